"""Which files left the program with people's data in them, so that an erasure can follow them as far as they are known."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import cbor2

from fieldapp.storage.units import ReadUnit, WriteUnit

BUNDLE, LIST, BACKUP = "bundle", "list", "backup"
_NAME, _SLIPS = "exports", "slip_files_{group}"
_MOST = 500
"""So many are remembered, the latest."""


@dataclass(frozen=True, slots=True)
class KnownExport:
    """A file that was written: what it is (`bundle`, `list`, `backup`), where it was written to and when (ms)."""

    kind: str
    path: Path
    at_ms: int


def remember(unit: WriteUnit, kind: str, paths: Iterable[Path], at_ms: int) -> None:
    """Keep that files were written, in the caller's transaction."""
    kept = [[one.kind, str(one.path), one.at_ms] for one in known_exports(unit)]
    kept += [[kind, str(path.absolute()), at_ms] for path in paths]
    unit.put_local(_NAME, cbor2.dumps(kept[-_MOST:]))


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
