"""Erase what was recorded of somebody: ordered by the administrator on a legal ground, signed by the root key, final."""

import json
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.names import tidy
from fieldapp.domain.problems import NotFound, Problem
from fieldapp.domain.record import Role
from fieldapp.services import exports
from fieldapp.services.desk import Desk
from fieldapp.services.opening import keys_of, operation_root
from fieldapp.services.review import pairs_with
from fieldapp.storage import records
from fieldapp.storage.drafts import drafts, drop_draft, forget_in_drafts
from fieldapp.trust import access_file
from fieldapp.trust.envelopes import root_statement


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of files that were written before: bundles that were deleted, and others that may hold the person.

    `slips` are the files with the family's slip that were deleted; among `left` are those that could not be.
    """

    removed: tuple[Path, ...]
    left: tuple[Path, ...]
    slips: tuple[Path, ...] = ()


def erase(desk: Desk, subject: UUID, ground: str) -> Erased:
    """Erase an individual or a group here and, with the next bundles, everywhere; drafts that name them go too, and
    what was said of them and others who look like them.

    Bundles and slips that this laptop wrote to files that can still be reached are deleted; other files are named.
    The chain of the log still verifies, and no old bundle brings anything back. Raises NotAllowed, NotFound, Problem
    (`legal_ground_needed`, `root_key_missing`).
    """
    desk.require(Role.ADMINISTRATOR, doing="erase")
    if not tidy(ground):
        raise Problem("legal_ground_needed")
    root = operation_root(access_file.load(desk.folder), keys_of(desk).keys.identity, desk.operation)
    if root is None:
        raise Problem("root_key_missing")
    payload: dict[str, object] = {"ground": tidy(ground)}
    payload["root_signature"] = root.sign(root_statement(Kind.ERASURE_ORDERED, subject, payload))
    with desk.database.write() as unit:
        state = records.state_of(unit, subject)
        if state.registration is None:
            raise NotFound
        names = [str(state.value(name)).casefold() for name in ("given_names", "surnames") if state.value(name)]
        forget_in_drafts(unit, subject)
        for draft in drafts(unit) if names else ():
            said = json.dumps(draft.content, ensure_ascii=False).casefold()
            if str(subject) in said or all(name in said for name in names):
                drop_draft(unit, draft.draft_id)
        orders = [ChangeDraft(Kind.ERASURE_ORDERED, subject, payload)]
        for pair in pairs_with(unit, subject):
            its: dict[str, object] = {"ground": tidy(ground)}
            its["root_signature"] = root.sign(root_statement(Kind.ERASURE_ORDERED, pair, its))
            orders.append(ChangeDraft(Kind.ERASURE_ORDERED, pair, its))
        slips = exports.take_slips(unit, records.group_of(unit, subject) or subject)
        unit.record(desk.author, orders)
        written = exports.known_exports(unit)
    removed, left = exports.clear_away(written)
    gone, there = exports.clear_slips(slips)
    return Erased(removed, (*left, *there), gone)
