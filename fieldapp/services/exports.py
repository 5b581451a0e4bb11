"""Which files left the program with people's data in them, so that an erasure can follow them as far as they are known."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import cbor2

from fieldapp.storage.units import ReadUnit, WriteUnit

BUNDLE, LIST, BACKUP = "bundle", "list", "backup"
_SLIP, _SLIPS_OF_SEVERAL = "slip", "slips"
_NAME, _SLIPS, _TO_CLEAR = "exports", "slip_files_{group}", "files_to_clear"
_MOST = 500
"""So many are remembered, the latest."""


@dataclass(frozen=True, slots=True)
class KnownExport:
    """A file that was written: what it is (`bundle`, `list`, `backup`), where it was written to and when (ms)."""

    kind: str
    path: Path
    at_ms: int


@dataclass(frozen=True, slots=True)
class ToClear:
    """Files that an erasure is still to follow: known ones, and slips, each with whether it is alone in there."""

    known: tuple[KnownExport, ...] = ()
    slips: tuple[tuple[Path, bool], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.known or self.slips)


@dataclass(frozen=True, slots=True)
class Cleared:
    """What became of files that were written before: bundles that were deleted, and others that may hold the person.

    `slips` are the files with the family's slip that were deleted; among `left` are those that could not be.
    """

    removed: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()
    slips: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.removed or self.left or self.slips)

    def and_then(self, more: "Cleared") -> "Cleared":
        """Return what came of both."""
        left = tuple(dict.fromkeys((*self.left, *more.left)))
        return Cleared((*self.removed, *more.removed), left, (*self.slips, *more.slips))


def remember(unit: WriteUnit, kind: str, paths: Iterable[Path], at_ms: int) -> None:
    """Keep that files were written, in the caller's transaction."""
    kept = [[one.kind, str(one.path), one.at_ms] for one in known_exports(unit)]
    written = [str(path.absolute()) for path in paths]
    kept += [[kind, path, at_ms] for path in written]
    unit.put_local(_NAME, cbor2.dumps(kept[-_MOST:]))
    _written_anew(unit, written)


def known_exports(unit: ReadUnit) -> tuple[KnownExport, ...]:
    """Return the files that were written, the latest last; whether they are still there is not known."""
    kept = unit.get_local(_NAME)
    return tuple(KnownExport(kind, Path(path), at_ms) for kind, path, at_ms in cbor2.loads(kept)) if kept else ()


def clear_away(exports: Iterable[KnownExport]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Delete the bundles that can be reached; return them, and the other files that are there and may hold the same.

    A bundle is never missed: the next one holds all that nobody has confirmed. Lists and back-ups are for people to judge.
    """
    removed, left = [], []
    for one in exports:
        try:
            if not one.path.is_file():
                continue
            if one.kind == BUNDLE:
                one.path.unlink()
                removed.append(one.path)
            else:
                left.append(one.path)
        except OSError:
            left.append(one.path)
    return tuple(removed), tuple(left)


def remember_slips(unit: WriteUnit, groups: Iterable[UUID], path: Path) -> None:
    """Keep that a file holds the slips of some groups, in the caller's transaction."""
    its = list(groups)
    for group in its:
        kept = [one for one in _slip_files(unit, group) if one[0] != str(path.absolute())]
        unit.put_local(_SLIPS.format(group=group.hex), cbor2.dumps([*kept, [str(path.absolute()), len(its) == 1]]))
    _written_anew(unit, [str(path.absolute())])


def _slip_files(unit: ReadUnit, group: UUID) -> list[tuple[str, bool]]:
    kept = unit.get_local(_SLIPS.format(group=group.hex))
    return [(path, alone) for path, alone in cbor2.loads(kept)] if kept else []


def take_slips(unit: WriteUnit, group: UUID) -> list[tuple[Path, bool]]:
    """Return the files with a group's slip, and whether it is alone in there; they are remembered no longer."""
    kept = [(Path(path), alone) for path, alone in _slip_files(unit, group)]
    if kept:
        unit.put_local(_SLIPS.format(group=group.hex), cbor2.dumps([]))
    return kept


def clear_slips(slips: Iterable[tuple[Path, bool]]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Delete the slips that can be reached; return them, and the files that are left: with other families' slips too.

    A file on a stick that is not plugged in now, or that was moved, is named as well: somebody must look.
    """
    removed, left = [], []
    for path, alone in slips:
        try:
            if not alone:
                raise OSError
            path.unlink()
            removed.append(path)
        except OSError:
            left.append(path)
    return tuple(removed), tuple(left)


# What is to be cleared is kept by path: what it is, when it was written, and whether it was looked for already and stays.
_Notes = dict[str, tuple[str, int, bool]]


def _notes(unit: ReadUnit) -> _Notes:
    kept = unit.get_local(_TO_CLEAR)
    return {path: (kind, at_ms, is_left) for path, kind, at_ms, is_left in cbor2.loads(kept)} if kept else {}


def _keep(unit: WriteUnit, notes: _Notes) -> None:
    unit.put_local(_TO_CLEAR, cbor2.dumps([[path, *note] for path, note in notes.items()]))


def must_clear(unit: WriteUnit, slips: Iterable[tuple[Path, bool]]) -> None:
    """Keep, in the transaction of an erasure, that slips and every file that is known now are to be cleared after it.

    A slip in whose place something else was written since, by whichever name, is not deleted: it is named.
    """
    notes = _notes(unit)
    known = known_exports(unit)
    of_others = {path for kept in unit.locals_named(_SLIPS.format(group="")) for path, _ in cbor2.loads(kept)}
    of_others |= {str(one.path) for one in known}
    notes |= {
        str(path): (_SLIP if alone and str(path) not in of_others else _SLIPS_OF_SEVERAL, 0, False)
        for path, alone in slips
    }
    notes |= {str(one.path): (one.kind, one.at_ms, False) for one in known}
    _keep(unit, notes)


def to_clear(unit: ReadUnit) -> ToClear:
    """Return the files that no erasure followed yet."""
    due = [(Path(path), kind, at_ms) for path, (kind, at_ms, is_left) in _notes(unit).items() if not is_left]
    known = tuple(KnownExport(kind, path, at_ms) for path, kind, at_ms in due if kind in {BUNDLE, LIST, BACKUP})
    slips = tuple((path, kind == _SLIP) for path, kind, _ in due if kind in {_SLIP, _SLIPS_OF_SEVERAL})
    return ToClear(known, slips)


def within_reach(due: ToClear) -> ToClear:
    """Leave out the bundles whose stick or folder is away: their names are nobody else's, so they can go at any time."""
    return ToClear(tuple(one for one in due.known if one.kind != BUNDLE or _is_there(one.path.parent)), due.slips)


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:  # it is there, and not for us: the file in it is to be named
        return True


def note_cleared(unit: WriteUnit, done: ToClear, left: Iterable[Path]) -> None:
    """Keep that files were looked for; those that are left stay known until somebody says to have looked at them."""
    notes, stay = _notes(unit), {str(path) for path in left}
    for path in [*(str(one.path) for one in done.known), *(str(path) for path, _ in done.slips)]:
        if path in notes:
            kind, at_ms, _ = notes.pop(path)
            if path in stay:
                notes[path] = kind, at_ms, True
    _keep(unit, notes)


def left_over(unit: ReadUnit) -> tuple[Path, ...]:
    """Return the files that may still hold somebody who was erased, as far as nobody has looked at them."""
    return tuple(Path(path) for path, (_, _, is_left) in _notes(unit).items() if is_left)


def looked_at(unit: WriteUnit, paths: Iterable[Path]) -> None:
    """Name files no longer that somebody looked at."""
    seen = {str(path) for path in paths}
    _keep(unit, {path: note for path, note in _notes(unit).items() if not (note[2] and path in seen)})


def _written_anew(unit: WriteUnit, paths: Iterable[str]) -> None:
    """Leave a file alone whose place another takes now."""
    notes, fresh = _notes(unit), set(paths)
    if fresh & set(notes):
        _keep(unit, {path: note for path, note in notes.items() if path not in fresh})
