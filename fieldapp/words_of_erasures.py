"""What became of the files of a laptop that held somebody who was erased, in words, a line each."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from fieldapp.i18n import Language


class Cleared(Protocol):
    """Bundles and slips that were deleted, and files that may still hold the person."""

    @property
    def removed(self) -> Sequence[Path]: ...

    @property
    def slips(self) -> Sequence[Path]: ...

    @property
    def left(self) -> Sequence[Path]: ...


def cleared_lines(language: Language, done: Cleared) -> list[str]:
    """Return what was deleted, and the files that may still hold the person, each with its path."""
    lines = []
    if done.removed:
        lines.append(
            language.ngettext(
                "{number} file for other laptops was deleted; write to the stick again.",
                "{number} files for other laptops were deleted; write to the stick again.",
                len(done.removed),
            )
        )
    lines += [language.gettext("{path} was deleted: it held the family's slip.", path=path) for path in done.slips]
    return lines + left_lines(language, done.left)


def left_lines(language: Language, left: Sequence[Path]) -> list[str]:
    """Return the files that may still hold somebody who was erased, each with its path."""
    return [language.gettext("{path} may still hold the person. Destroy it if it may go.", path=path) for path in left]


def arrived_lines(language: Language, done: Cleared) -> list[str]:
    """Return the same where the erasure came from another laptop; nothing where no file was concerned."""
    lines = cleared_lines(language, done)
    return [language.gettext("Somebody was erased, on this laptop too."), *lines] if lines else []
