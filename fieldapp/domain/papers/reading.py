"""Any paper in hand: from what was typed or decoded to the fields of a person, whichever paper it is.

A scanner set to another keyboard layout than the computer is undone first, as far as the check digits prove it.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.birth import Birth
from fieldapp.domain.names import from_capitals
from fieldapp.domain.papers import colombian_card
from fieldapp.domain.papers.kinds import COLOMBIA, VISA, kind_of
from fieldapp.domain.papers.layouts import LONGEST, undo
from fieldapp.domain.papers.mrz import read_zone
from fieldapp.domain.papers.repair import repaired
from fieldapp.domain.papers.unreadable import PaperUnreadable
from fieldapp.domain.papers.zone import Zone
from fieldapp.domain.papers.zone_forms import LENGTHS
from fieldapp.domain.record import Sex

_CITIZEN, _MINOR = "CO_CC", "CO_TI"
_SHORTEST_ZONE, _LONGEST_ZONE = min(LENGTHS) // 2, max(LENGTHS) + 8
"""Characters of half a scan of the shortest form, and of the longest one with some too many."""
_TWO_FILLERS = "<<"
_OTHER_FILLERS = ";.\\"
"""What a filler becomes on the keyboard layouts we know."""
_FEWEST_OTHERS = 4
_MAY_BE_THE_LAYOUT = frozenset({"mrz_length", "mrz_character"})
_CARD_LETTERS = "pubdsk"
"""The part of the card's marker that every keyboard layout types alike."""


class PaperSource(StrEnum):
    """What was read: a machine-readable zone, the code on the back of the Colombian card, an identity credential."""

    ZONE = "mrz"
    CARD = "card"
    CREDENTIAL = "credential"


@dataclass(frozen=True, slots=True)
class PaperReading:
    """A paper as read, ready to be compared with what is typed.

    `kind` is a code of the list `documents`, empty where it cannot be told; `code` the document code of a zone. `plain`
    names have no accents and N for ñ; cut ones stopped where the line ended. Names may be empty (`notes` says why: codes
    for `words`). `repaired` says that look-alike characters were changed.
    """

    source: PaperSource
    kind: str
    number: str
    country: str
    given_names: str
    surnames: str
    sex: Sex
    birth: Birth
    nationality: str
    expiry: dt.date | None = None
    code: str = ""
    names_cut: bool = False
    plain: bool = False
    repaired: bool = False
    notes: tuple[str, ...] = ()

    def has_expired(self, today: dt.date) -> bool:
        """Tell whether the paper has run out; it identifies its holder all the same."""
        return self.expiry is not None and self.expiry < today


def looks_like_paper(text: str | bytes) -> bool:
    """Tell cheaply whether a scan is of a paper, even when half of it is missing or the keyboard layout is wrong."""
    if len(text) > LONGEST:
        return False
    scan = text.decode("latin-1") if isinstance(text, bytes) else text
    if _CARD_LETTERS in scan.lower():
        return True
    kept = "".join(scan.split())
    if not _SHORTEST_ZONE <= len(kept) <= _LONGEST_ZONE or not kept[0].isalpha():
        return False
    return _TWO_FILLERS in kept or any(
        kept.count(filler) >= _FEWEST_OTHERS and filler * 2 in kept for filler in _OTHER_FILLERS
    )


def read_paper(text: str | bytes, today: dt.date, *, from_picture: bool = False) -> PaperReading:
    """Read a scan: bytes as a barcode library decoded them, or text as a scanner typed it.

    `from_picture` allows look-alike characters to be put right. Raises PaperUnreadable; of several reasons, the one that
    the text as it came gave.
    """
    if len(text) > LONGEST:
        raise PaperUnreadable()
    if colombian_card.is_card(text):
        return _from_card(text, today)
    scan = text.decode("latin-1") if isinstance(text, bytes) else text
    try:
        return _from_text(scan, today, from_picture)
    except PaperUnreadable as problem:
        first = problem
    may_be_the_layout = first.code in _MAY_BE_THE_LAYOUT and (len(scan) <= 2 * _LONGEST_ZONE or looks_like_paper(scan))
    for meant in undo(scan) if may_be_the_layout else ():
        try:
            return _from_card(meant, today) if colombian_card.is_card(meant) else _from_zone(read_zone(meant, today))
        except PaperUnreadable as problem:
            if colombian_card.is_card(meant):
                first = problem
    raise first if looks_like_paper(scan) else PaperUnreadable()


def _from_text(scan: str, today: dt.date, from_picture: bool) -> PaperReading:
    try:
        return _from_zone(read_zone(scan, today))
    except PaperUnreadable:
        if not from_picture:
            raise
        return _from_zone(read_zone(repaired(scan), today), repaired=True)


def _from_zone(zone: Zone, *, repaired: bool = False) -> PaperReading:
    nuip = colombian_card.nuip(zone)
    return PaperReading(
        source=PaperSource.ZONE,
        kind=_CITIZEN if nuip else kind_of(zone),
        number=nuip or zone.number,
        country=zone.issuer,
        given_names=from_capitals(zone.given_names),
        surnames=from_capitals(zone.surnames),
        sex=zone.sex,
        birth=zone.birth,
        nationality=zone.nationality,
        expiry=zone.expiry,
        code=zone.code,
        names_cut=zone.names_cut,
        plain=True,
        repaired=repaired,
        notes=("paper_is_a_visa",) if zone.code.startswith(VISA) else (),
    )


def _from_card(scan: str | bytes, today: dt.date) -> PaperReading:
    card = colombian_card.read_card(scan, today)
    return PaperReading(
        source=PaperSource.CARD,
        kind=_MINOR if card.is_minors else _CITIZEN,
        number=card.number,
        country=COLOMBIA,
        given_names=from_capitals(card.given_names),
        surnames=from_capitals(card.surnames),
        sex=card.sex,
        birth=card.birth,
        nationality=COLOMBIA,
        names_cut=card.names_cut,
        notes=("card_names_run_together",) if card.names_run_together else (),
    )
