"""The hub's fold: people as its look-up and its counts read them, made from the log by a worker that can begin anew.

Its cursor is a version vector. A serial number would not do: two bundles that come at once may be committed in another
order than they were numbered, and the later one would be passed over in silence.
"""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, delete, select
from sqlalchemy.dialects.postgresql import insert

from fieldapp.domain.changes import Change, Kind
from fieldapp.domain.fields import text_of, uuid_of
from fieldapp.domain.fold import SubjectState, fold
from fieldapp.domain.names import search_key
from fieldapp.domain.permissions import Grants, fold_grants
from fieldapp.hub import revoking, store
from fieldapp.hub.store import SEALED, WITH_PAYLOAD
from fieldapp.hub.tables import CHANGES, ERASURES, FOLDED, PEOPLE, STATE
from fieldapp.trust.envelopes import decode
from fieldapp.trust.intake import LogKey

_AT_ONCE = 2000
_STAFF = (Kind.STAFF_GRANTED, Kind.STAFF_DISABLED)
_NO_AUDIT = CHANGES.c.kind.not_like("audit.%")


def fold_next(engine: Engine, root_public: bytes) -> int:
    """Fold the next changes, in one transaction with the cursor; return how many they were, 0 when all are folded."""
    with engine.begin() as connection:
        connection.execute(select(STATE.c.name).where(STATE.c.name == "folding").with_for_update())
        done = 0
        subjects: set[UUID] = set()
        staff: list[Change] = []
        for key, (since, until) in _ahead(connection).items():
            if done >= _AT_ONCE:
                break
            until = min(until, since + _AT_ONCE - done)  # noqa: PLW2901 - the part of it that is taken now
            its = (CHANGES.c.device == key[0]) & (CHANGES.c.epoch == key[1])
            its &= (CHANGES.c.seq > since) & (CHANGES.c.seq <= until)
            rows = connection.execute(
                select(CHANGES.c.subject, CHANGES.c.kind, *SEALED).select_from(WITH_PAYLOAD).where(its & _NO_AUDIT)
            )
            for row in rows:
                subjects.add(row.subject)
                if row.kind in _STAFF:
                    staff.append(decode(row.envelope, row.body, root_public))
            _move_on(connection, key, until)
            done += until - since
        every = [decode(one.envelope, one.body, root_public) for one in store.sealed_of_kinds(connection, _STAFF)]
        grants = fold_grants(every, revoking.limits(connection))
        if staff:
            new = {change.change_id for change in staff}
            before = fold_grants(change for change in every if change.change_id not in new)
            subjects |= _subjects_by(connection, grants.differing(before))
        _refold(connection, sorted(subjects), grants, root_public)
        return done


def begin_anew(engine: Engine) -> None:
    """Forget the fold; the worker makes it again from the log."""
    with engine.begin() as connection:
        connection.execute(delete(PEOPLE))
        connection.execute(delete(FOLDED))


def _ahead(connection: Connection) -> dict[LogKey, tuple[int, int]]:
    """Return the logs that have more than was folded: from where, and to where."""
    folded = {(row.device, row.epoch): row.seq for row in connection.execute(select(FOLDED))}
    held = store.vector(connection)
    return {key: (folded.get(key, 0), seq) for key, (seq, _) in sorted(held.items()) if seq > folded.get(key, 0)}


def _move_on(connection: Connection, key: LogKey, seq: int) -> None:
    row = {"device": key[0], "epoch": key[1], "seq": seq}
    statement = insert(FOLDED).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["device", "epoch"], set_={"seq": seq}))


def _subjects_by(connection: Connection, staff: set[UUID]) -> set[UUID]:
    if not staff:
        return set()
    its = select(CHANGES.c.subject).distinct().where(CHANGES.c.staff.in_(list(staff)), _NO_AUDIT)
    return {row.subject for row in connection.execute(its)}


def _refold(connection: Connection, subjects: list[UUID], grants: Grants, root_public: bytes) -> None:
    """Make the rows of subjects anew from all the hub has of them: an order that waits has erased already."""
    for start in range(0, len(subjects), _AT_ONCE):
        batch = subjects[start : start + _AT_ONCE]
        changes: dict[UUID, list[Change]] = defaultdict(list)
        its = select(*SEALED).select_from(WITH_PAYLOAD).where(CHANGES.c.subject.in_(batch), _NO_AUDIT)
        for row in connection.execute(its):
            change = decode(row.envelope, row.body, root_public)
            changes[change.subject].append(change)
        erased = {
            row.subject for row in connection.execute(select(ERASURES.c.subject).where(ERASURES.c.subject.in_(batch)))
        }
        states = (fold(subject, changes[subject], grants) for subject in batch if subject not in erased)
        people = [person for state in states if (person := _person(state)) is not None]
        connection.execute(delete(PEOPLE).where(PEOPLE.c.subject.in_(batch)))
        if people:
            connection.execute(insert(PEOPLE), people)


def _person(state: SubjectState) -> dict[str, Any] | None:
    if state.registration is None or state.registration.kind != Kind.INDIVIDUAL_REGISTERED:
        return None
    names = f"{state.value('surnames')} {state.value('given_names')}"
    return {
        "subject": state.subject, "group_id": uuid_of(state.value("group")),
        "number": text_of(dict(state.registration.payload or {}), "number"), "name_key": search_key(names),
        "sex": str(state.value("sex")), "birth": str(state.value("birth")), "post": state.registration.post,
        "state": state.movements[-1].kind if state.movements else "", "conflict": state.in_conflict,
        "withdrawn": state.is_withdrawn,
    }  # fmt: skip
