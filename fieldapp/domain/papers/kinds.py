"""Which kind of our list `documents` a paper is, as far as its machine-readable zone tells."""

from fieldapp.domain.papers.zone import Zone

VENEZUELA, COLOMBIA = "VEN", "COL"
PASSPORT, VISA = "P", "V"
CARDS = ("A", "C", "I")
"""First letters of the document codes of identity cards (Doc 9303-5, 4.2.2.1)."""


def kind_of(zone: Zone) -> str:
    """Return the code of the list `documents`, empty where the paper is none of them or could be several.

    A visa identifies nobody by itself. A card that Colombia issued to a Venezuelan can be a permit (PPT) or a foreigner's
    card: which one only a person can see. The Colombian citizen's card is told by `colombian_card`.
    """
    first = zone.code[:1]
    if first == PASSPORT:
        return "VE_PAS" if zone.issuer == VENEZUELA else "XX_PAS"
    if first not in CARDS:
        return ""
    is_own = zone.nationality == zone.issuer
    if zone.issuer == VENEZUELA:
        return "VE_CED_V" if is_own else "VE_CED_E"
    if zone.issuer == COLOMBIA:
        return "" if is_own or zone.nationality == VENEZUELA else "CO_CE"
    return "XX_ID"
