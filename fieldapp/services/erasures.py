"""What an erasure takes along on this laptop beside the log, wherever it was ordered: drafts, slips in files and bundles.

What is to be cleared is written down in the transaction that erases, and cleared after it; whoever opens the register
next goes on where a crash came between.
"""

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from uuid import UUID

from fieldapp.domain.changes import Change
from fieldapp.domain.fields import uuid_of
from fieldapp.domain.fold import fold
from fieldapp.services import exports
from fieldapp.services.desk import Desk
from fieldapp.services.exports import Cleared
from fieldapp.storage import journal, records
from fieldapp.storage.drafts import drafts, drop_draft, forget_in_drafts
from fieldapp.storage.units import WriteUnit


def forget(unit: WriteUnit, subjects: Collection[UUID]) -> None:
    """Drop the drafts that name people who are about to be erased, and keep which files are to be cleared afterwards.

    Asked while the log still has what was said of them. Of whom it has nothing, no file of this laptop has anything.
    """
    known: dict[UUID, list[Change]] = {}
    for change in journal.of_subjects(unit.connection, subjects, unit.root_public):
        if change.payload is not None:
            known.setdefault(change.subject, []).append(change)
    if not known:
        if journal.speaks_ahead_of(unit.connection, subjects):  # a void, say: bundles have carried it
            exports.must_clear(unit, ())
        return
    grants = unit.standing.grants(unit.connection)
    named = []
    for subject, changes in known.items():
        state = fold(subject, changes, grants)
        names = [str(state.value(name)).casefold() for name in ("given_names", "surnames") if state.value(name)]
        named.append((str(subject), names))
        forget_in_drafts(unit, subject)
    for draft in drafts(unit):
        said = json.dumps(draft.content, ensure_ascii=False).casefold()
        if any(its in said or (names and all(name in said for name in names)) for its, names in named):
            drop_draft(unit, draft.draft_id)
    groups = {group for subject, changes in known.items() for group in _groups(unit, subject, changes)}
    exports.must_clear(unit, [slip for group in sorted(groups) for slip in exports.take_slips(unit, group)])


def _groups(unit: WriteUnit, subject: UUID, changes: Iterable[Change]) -> set[UUID]:
    """Return a group itself, or every family that somebody was ever a member of: its slips of then are in files too."""
    groups = {subject, records.group_of(unit, subject) or subject}
    for change in changes:
        fields = dict(change.payload or {}).get("fields")
        group = uuid_of(fields.get("group")) if isinstance(fields, dict) else None
        if group is not None:
            groups.add(group)
    return groups


def clear_files(desk: Desk) -> Cleared:
    """Delete the bundles and slips that erasures are still to follow; name those that are left, and lists and back-ups.

    Bundles on a stick that is not plugged in wait until it is again. Nothing may be reading a bundle of this laptop
    meanwhile.
    """
    with desk.database.read() as unit:
        due = exports.within_reach(exports.to_clear(unit))
    if not due:
        return Cleared()
    removed, left = exports.clear_away(due.known)
    with desk.database.write() as writing:
        # Nobody can save a new slip in the place of an old one while this transaction lasts.
        now = exports.ToClear(due.known, exports.to_clear(writing).slips)
        slips, there = exports.clear_slips(now.slips)
        exports.note_cleared(writing, now, (*left, *there))
    return Cleared(removed, (*left, *there), slips)


def look_at(desk: Desk, paths: Iterable[Path]) -> None:
    """Keep that somebody looked at files which may still hold a person: they are named no longer."""
    with desk.database.write() as unit:
        exports.looked_at(unit, paths)
