"""The same mistakes made at the hub; the world with a hub must notice each."""

import pytest
from sqlalchemy import text

from fieldapp.exchange import receipts
from fieldapp.hub import deliver, ingest, store
from fieldapp.trust.envelopes import SealedChange, decode
from tests.simulator.mutants import (
    Any_,
    Plant,
    receipt_without_hash,
    same_number_is_the_same_change,
)


class Instead:
    """A module with some of its functions replaced, for one of those that use it."""

    def __init__(self, module: object, **functions: object) -> None:
        self._module = module
        self.__dict__.update(functions)

    def __getattr__(self, name: str) -> object:
        return getattr(self._module, name)


def hub_receipt_is_the_largest_seq(patch: pytest.MonkeyPatch) -> None:
    """What waits behind a gap is said to be held."""

    def with_waiting(connection):
        held = dict(store.vector(connection))
        for row in connection.execute(text("SELECT envelope FROM waiting")):
            change = decode(bytes(row.envelope), None)
            key = change.device, change.epoch
            if change.seq > held.get(key, (0, b""))[0]:
                held[key] = change.seq, SealedChange(bytes(row.envelope), b"", None, None).hash
        return held

    patch.setattr(deliver, "store", Instead(store, vector=with_waiting))


def hub_receipt_without_hash(patch: pytest.MonkeyPatch) -> None:
    """The laptop looks at the number only: the hub may hold the lines of its double."""
    receipt_without_hash(patch)


def hub_does_nothing_without_comparing(patch: pytest.MonkeyPatch) -> None:
    """ON CONFLICT DO NOTHING, and the line that stands there is taken for the one that came."""
    hashes, head_of = ingest._Intake._hashes, store.head_of

    def all_alike(self, key, least):
        return {seq: (Any_(digest), Any_(signature)) for seq, (digest, signature) in hashes(self, key, least).items()}

    def head_alike(connection, device, epoch):
        head = head_of(connection, device, epoch)
        return head and (head[0], Any_(head[1]))

    patch.setattr(ingest._Intake, "_hashes", all_alike)
    patch.setattr(ingest, "store", Instead(store, head_of=head_alike))


def hub_drops_what_differs(patch: pytest.MonkeyPatch) -> None:
    """The difference is seen and nothing is made of it, at the hub and on laptops."""
    same_number_is_the_same_change(patch)


def hub_serial_cursor(patch: pytest.MonkeyPatch) -> None:
    """Each laptop is given what came to the hub since it last asked, by a number in order of arrival."""
    came: list[tuple[object, int, int]] = []
    given: dict[object, int] = {}
    copy_in = ingest.copy_in

    def numbered(connection, added):
        copy_in(connection, added)
        came.extend((change.device, change.epoch, change.seq) for change, _ in added)

    def since_it_last_asked(connection, reader, _has):
        since = given.get((reader.device_id, reader.epoch), 0)
        given[reader.device_id, reader.epoch] = len(came)
        lines = [
            line
            for device, epoch, seq in dict.fromkeys(came[since:])
            for line in store.sealed_after(connection, device, epoch, seq - 1, 1)
        ]
        return lines, False

    patch.setattr(ingest, "copy_in", numbered)
    patch.setattr(deliver, "_lacking", since_it_last_asked)


def hub_erasure_is_not_absorbing(patch: pytest.MonkeyPatch) -> None:
    """An order of erasure is a line like others: nothing is taken away for it, and what comes later is kept."""
    patch.setattr(ingest._Intake, "_erase", lambda _self, _arrived: set())


def hub_receipt_before_the_commit(patch: pytest.MonkeyPatch) -> None:
    """The hub answers for the number that came, whether it joined or not."""
    right = receipts.write_receipt

    def one_more(device, epoch, level, held, key):
        return right(device, epoch, level, {log: (seq + 1, last) for log, (seq, last) in held.items()}, key)

    patch.setattr(deliver, "write_receipt", one_more)


MUTANTS_OF_HUB: tuple[Plant, ...] = (
    hub_receipt_is_the_largest_seq,
    hub_receipt_without_hash,
    hub_does_nothing_without_comparing,
    hub_drops_what_differs,
    hub_serial_cursor,
    hub_erasure_is_not_absorbing,
)
