"""Revocations at the hub: who is turned away, and up to which line of each epoch their logs still count.

The root's word counts as soon as it is seen, wherever it stands. Lines beyond it that came before stay in the log, so that
no chain breaks, but are listed in quarantine and folded no more.
"""

from collections.abc import Iterable
from uuid import UUID

import cbor2
from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from fieldapp.domain.permissions import both_limits, limits_said_by
from fieldapp.hub import store
from fieldapp.hub.tables import FOLDED, LOGS, REVOCATIONS
from fieldapp.trust.envelopes import decode
from fieldapp.trust.intake import REVOKED, Arrived, Judged

_ALL = 2**62


def limits(connection: Connection) -> dict[UUID, dict[int, int]]:
    """Return the limits of the devices that the root revoked."""
    rows = connection.execute(select(REVOCATIONS).where(REVOCATIONS.c.held.is_not(None)))
    return {row.device: {int(epoch): int(seq) for epoch, seq in cbor2.loads(row.held)} for row in rows}


def are_new(connection: Connection, arrived: Iterable[Arrived]) -> bool:
    """Tell whether a revocation among what came says more than is known."""
    return bool(_changed(limits(connection), arrived))


def _changed(known: dict[UUID, dict[int, int]], arrived: Iterable[Arrived]) -> dict[UUID, dict[int, int]]:
    after = dict(known)
    for change, _ in arrived:
        said = limits_said_by(change)
        if said is not None:
            before = after.get(change.subject)
            after[change.subject] = said if before is None else both_limits(before, said)
    return {device: held for device, held in after.items() if held != known.get(device)}


def take(connection: Connection, arrived: Iterable[Arrived], judged: Judged, now_ms: int) -> dict[UUID, dict[int, int]]:
    """Carry out the revocations among what came, and return the limits that hold from now on."""
    known = limits(connection)
    for device, after in _changed(known, arrived).items():
        known[device] = after
        held = cbor2.dumps([[epoch, min(seq, _ALL)] for epoch, seq in sorted(after.items())])
        statement = insert(REVOCATIONS).values(device=device, at_ms=now_ms, held=held)
        connection.execute(statement.on_conflict_do_update(index_elements=["device"], set_={"held": held}))
        _list_beyond(connection, device, after, judged)
    return known


def _list_beyond(connection: Connection, device: UUID, held: dict[int, int], judged: Judged) -> None:
    for epoch in connection.execute(select(LOGS.c.epoch).where(LOGS.c.device == device)).scalars().all():
        end = held.get(epoch, 0)
        for sealed in store.sealed_after(connection, device, epoch, end, _ALL):
            judged.put_aside(decode(sealed.envelope, None), sealed, REVOKED)
        # The worker goes back to there, and folds the subjects of what counts no more anew.
        its = (FOLDED.c.device == device) & (FOLDED.c.epoch == epoch) & (FOLDED.c.seq > end)
        connection.execute(update(FOLDED).where(its).values(seq=end))
