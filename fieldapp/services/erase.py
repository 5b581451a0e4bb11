"""Erase what was recorded of somebody: ordered by the administrator on a legal ground, signed by the root key, final."""

from collections.abc import Sequence
from uuid import UUID

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.names import tidy
from fieldapp.domain.problems import NotFound, Problem
from fieldapp.domain.record import Role
from fieldapp.services.desk import Desk
from fieldapp.services.erasures import clear_files, forget
from fieldapp.services.exports import Cleared
from fieldapp.services.opening import OpenedDesk, keys_of, operation_root
from fieldapp.services.review import pairs_with
from fieldapp.storage import records
from fieldapp.trust import access_file
from fieldapp.trust.envelopes import root_statement


def can_erase(desk: Desk) -> bool:
    """Tell whether this laptop holds what signs an erasure: the root key, open for who is signed in."""
    if not isinstance(desk, OpenedDesk):
        return False
    return operation_root(access_file.load(desk.folder), desk.keys.identity, desk.operation) is not None


def erase(desk: Desk, subject: UUID, ground: str) -> Cleared:
    """Erase an individual or a group here and, with the next bundles, everywhere; see `erase_all`."""
    return erase_all(desk, [subject], ground)


def erase_family(desk: Desk, group: UUID, ground: str) -> Cleared:
    """Erase a family with each of its members, in one step; see `erase_all`."""
    with desk.database.read() as unit:
        members = records.members_of(unit, group)
    return erase_all(desk, [*members, group], ground)


def erase_all(desk: Desk, subjects: Sequence[UUID], ground: str) -> Cleared:
    """Erase individuals and groups in one step; drafts that name them go too, and what was said of them and others who
    look like them.

    Bundles and slips that this laptop wrote to files that can still be reached are deleted; other files are named.
    Every laptop that the order comes to does the same with its own. The chain of the log still verifies, and no old
    bundle brings anything back. Raises NotAllowed, NotFound, Problem (`legal_ground_needed`, `root_key_missing`).
    """
    desk.require(Role.ADMINISTRATOR, doing="erase")
    if not tidy(ground):
        raise Problem("legal_ground_needed")
    root = operation_root(access_file.load(desk.folder), keys_of(desk).keys.identity, desk.operation)
    if root is None:
        raise Problem("root_key_missing")
    with desk.database.write() as unit:
        if any(records.state_of(unit, subject).registration is None for subject in subjects):
            raise NotFound
        forget(unit, subjects)
        pairs = [pair for subject in subjects for pair in pairs_with(unit, subject)]
        orders = []
        for each in dict.fromkeys((*subjects, *pairs)):
            payload: dict[str, object] = {"ground": tidy(ground)}
            payload["root_signature"] = root.sign(root_statement(Kind.ERASURE_ORDERED, each, payload))
            orders.append(ChangeDraft(Kind.ERASURE_ORDERED, each, payload))
        unit.record(desk.author, orders)
    return clear_files(desk)
