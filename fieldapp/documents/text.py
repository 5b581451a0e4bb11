"""Text that is measured before it is drawn: shaped, wrapped into lines, shrunk within limits.

What cannot fit ends with an ellipsis, and a character no bundled face has becomes a visible mark: nothing is lost
without a sign. Lengths are in points; a `Line` is measured at size 1 and scales.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from fieldapp.documents import fonts
from fieldapp.documents.fonts import Face

ELLIPSIS = "…"
LEADING = 1.2
"""Distance of base lines, in sizes."""
ASCENT = 0.78
DESCENT = 0.22
ARABIC_DESCENT = 0.42
"""How far letters reach over and under the base line, in sizes (accents on capitals and tails included)."""

_LONGEST = 600
"""Characters of one text that are looked at; longer ones could not be shown and would only cost time."""
_STEP = 0.5
_BREAKS = re.compile(r"(?<=[^\W\d]-)(?=[^\W\d])")
"""After a hyphen between letters, as of two surnames; never within times and numbers."""
_DOT = "\N{MIDDLE DOT}"
_PHONE = re.compile(r"\+[0-9][0-9 ()-]*[0-9]|[0-9]+(?: [0-9]+)+")
"""A number in groups: among Arabic letters its groups would stand in the other order, and another number be called."""
_EMBEDDED = "\N{LEFT-TO-RIGHT EMBEDDING}{}\N{POP DIRECTIONAL FORMATTING}"


@dataclass(frozen=True, slots=True)
class Line:
    """Text ready to draw: its pieces, each with the font that has its glyphs, in visual order; width at size 1."""

    pieces: tuple[tuple[str, str], ...]
    width: float

    @property
    def descent(self) -> float:
        """How far the letters reach under the base line, in sizes; Arabic ones reach deeper."""
        return ARABIC_DESCENT if any("Arabic" in font for font, _ in self.pieces) else DESCENT


@dataclass(frozen=True, slots=True)
class Style:
    """A face with its usual size and the smallest it may shrink to."""

    face: Face
    size: float
    smallest: float = 0.0

    @property
    def limit(self) -> float:
        """The smallest size allowed; the usual one where none is given."""
        return self.smallest or self.size


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines at the size at which they fit; `cut` tells that the last one ends with an ellipsis."""

    lines: tuple[Line, ...]
    face: Face
    size: float
    cut: bool = False

    @property
    def leading(self) -> float:
        """The distance of base lines."""
        deepest = max((line.descent for line in self.lines), default=DESCENT)
        return self.size * (LEADING + deepest - DESCENT)

    @property
    def height(self) -> float:
        """The height the lines take."""
        return len(self.lines) * self.leading

    @property
    def width(self) -> float:
        """The width of the longest line."""
        return max((line.width for line in self.lines), default=0.0) * self.size


@lru_cache(maxsize=4096)
def shape(text: str, face: Face) -> Line:
    """Return one line of text, its Arabic letters joined and ordered, its glyphs assigned to fonts."""
    own = fonts.primary(face)
    text = _cleaned(text)
    if fonts.ARABIC.search(text):
        text = _visual(text)
        other = fonts.fallback(face)
    else:
        other = None
    known, other_known = fonts.glyphs(own), fonts.glyphs(other) if other else {}
    if all(ord(ch) in known for ch in text):
        pieces: tuple[tuple[str, str], ...] = ((own, text),)
    else:
        marked = ((own, ch) if ord(ch) in known else (other, ch) if ord(ch) in other_known else (own, fonts.REPLACEMENT)
                  for ch in text)  # fmt: skip
        pieces = tuple(
            (str(name), _once("".join(ch for _, ch in run))) for name, run in groupby(marked, lambda m: m[0])
        )
    return Line(pieces, sum(fonts.width(part, name) for name, part in pieces))


def forget() -> None:
    """Forget the texts that were measured; called when a document is done, so that no names stay in memory for it."""
    shape.cache_clear()


def fit(
    text: str | Sequence[str],
    style: Style,
    width: float,
    lines: int = 1,
    prefer: int = 0,
) -> Fitted:
    """Set paragraphs into at most `lines` lines of a width: shrink first, cut with an ellipsis as the last resort.

    With `prefer` lines given, a size at which that many are enough is taken if it is not under the middle of the range.
    """
    paragraphs = [text] if isinstance(text, str) else list(text)
    measured = [_Paragraph(paragraph, style.face) for paragraph in paragraphs]
    tiers = ((prefer, (style.size + style.limit) / 2), (lines, style.limit)) if prefer else ((lines, style.limit),)
    # A word is broken only where no size allowed has room for it.
    longest = max((paragraph.longest_word for paragraph in measured), default=0.0)
    for whole in (True, False):
        for most, smallest in tiers:
            size = style.size
            while size >= smallest - 1e-6:
                if not whole or longest * size <= width:
                    wrapped = [line for paragraph in measured for line in paragraph.wrapped(width / size)]
                    if len(wrapped) <= most:
                        return Fitted(tuple(shape(line, style.face) for line in wrapped), style.face, size)
                size -= _STEP
    return _cut(measured, style, width, lines)


def _cut(paragraphs: "list[_Paragraph]", style: Style, width: float, lines: int) -> Fitted:
    """Give each paragraph its share of the lines, and end with an ellipsis where one needs more."""
    em = width / style.limit
    wrapped = [paragraph.wrapped(em) for paragraph in paragraphs]
    shares = [min(1, len(needed)) for needed in wrapped]
    while sum(shares) < lines and any(share < len(needed) for share, needed in zip(shares, wrapped, strict=True)):
        least = min((share, index) for index, share in enumerate(shares) if share < len(wrapped[index]))
        shares[least[1]] += 1
    kept: list[str] = []
    for share, needed in zip(shares, wrapped, strict=True):
        if share < len(needed):
            kept += [
                *needed[: share - 1],
                _shortened(" ".join(needed[share - 1 :]), style.face, em),
            ]
        else:
            kept += needed
    return Fitted(
        tuple(shape(line, style.face) for line in kept),
        style.face,
        style.limit,
        cut=True,
    )


def _shortened(text: str, face: Face, em: float) -> str:
    """Return as much of the text as fits with an ellipsis after it."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if shape(text[:middle].rstrip() + ELLIPSIS, face).width <= em:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


class _Paragraph:
    """A paragraph with its words measured once, so that trying sizes costs little."""

    def __init__(self, text: str, face: Face) -> None:
        self.face = face
        # A line may also end after a hyphen; what follows one is set without a space.
        self.words = [
            (part, " " if number == 0 else "", shape(part, face).width)
            for word in _words(_cleaned(text))
            for number, part in enumerate(_BREAKS.split(word))
        ]
        self.space = fonts.width(" ", fonts.primary(face))
        self.longest_word = max((width for _, _, width in self.words), default=0.0)

    def wrapped(self, em: float) -> list[str]:
        """Return the lines of a width given in sizes; a word that is wider is broken."""
        lines: list[str] = []
        line, used = "", 0.0
        for word, gap, word_width in self.words:
            needed = used + (self.space if gap else 0.0) + word_width
            if line and needed <= em + 1e-6:
                line, used = f"{line}{gap}{word}", needed
                continue
            if line:
                lines.append(line)
            line, used = word, word_width
            while used > em + 1e-6 and len(line) > 1:
                fits = self._longest_start(line, em)
                lines.append(line[:fits])
                line = line[fits:]
                used = shape(line, self.face).width
        return [*lines, line] if line else lines

    def _longest_start(self, word: str, em: float) -> int:
        low, high = 1, len(word) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if shape(word[:middle], self.face).width <= em:
                low = middle
            else:
                high = middle - 1
        return low


def _words(text: str) -> list[str]:
    """Return the words between which a line may end; a dot that parts two facts stays with the first of them."""
    words: list[str] = []
    for word in text.split():
        if word == _DOT and words:
            words[-1] = f"{words[-1]} {word}"
        else:
            words.append(word)
    return words


def _cleaned(text: str) -> str:
    """Return the text without invisible characters, its white space made single spaces, its marks kept to a few."""
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + ELLIPSIS
    if text.isascii() and text.isprintable():
        return text
    kept: list[str] = []
    marks = 0
    for ch in unicodedata.normalize("NFC", text):
        category = unicodedata.category(ch)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if category in {"Cc", "Zl", "Zp", "Zs"}:
            kept.append(" ")
        elif category not in {"Cf"} and marks <= 2 and not "\ufe00" <= ch <= "\ufe0f":  # noqa: PLR2004 - stacked marks
            kept.append(ch)
    return "".join(kept)


def _visual(text: str) -> str:
    """Return text with Arabic letters joined, in the order in which it is drawn from left to right.

    Facts that dots part are each ordered by themselves; the first letter tells from which side they follow each other.
    """
    facts = text.split(f" {_DOT} ")
    if len(facts) > 1:
        ordered = [_visual(fact) if fonts.ARABIC.search(fact) else fact for fact in facts]
        if _begins_at_the_right(text):
            ordered.reverse()
        return f" {_DOT} ".join(ordered)
    import arabic_reshaper  # noqa: PLC0415
    import bidi  # noqa: PLC0415
    from bidi import algorithm  # noqa: PLC0415

    joined = _PHONE.sub(lambda found: _EMBEDDED.replace("{}", found[0]), arabic_reshaper.reshape(text))
    try:
        return str(algorithm.get_display(joined))
    except AssertionError:
        # It gives up at letters that its tables do not know; the other one knows them, but turns no brackets.
        return str(bidi.get_display(joined))


def _begins_at_the_right(text: str) -> bool:
    directions = (unicodedata.bidirectional(ch) for ch in text)
    return next((each for each in directions if each in {"L", "R", "AL"}), "L") != "L"


def _once(text: str) -> str:
    """Return the text with a run of replacement marks made one: an emoji may be made of several characters."""
    while fonts.REPLACEMENT * 2 in text:
        text = text.replace(fonts.REPLACEMENT * 2, fonts.REPLACEMENT)
    return text
