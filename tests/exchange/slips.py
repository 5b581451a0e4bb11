"""Slips to encode in tests: invented people, a fixed key, nothing left to chance."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.domain.record import Sex
from fieldapp.domain.slip import SlipContent, SlipMember
from fieldapp.exchange.credential import IssuerKey
from fieldapp.trust.signing import SigningKey

KEY = SigningKey.from_bytes(bytes(range(32)))
KID = b"A7"
ORGANISATION = "Alcaldía de Villa del Rosario"
ISSUER = IssuerKey(KID, KEY.public_bytes, "A7")
ARRIVED = date(2026, 1, 5)

MARIA = SlipMember(
    1, "María Fernanda", "Rodríguez de la Cruz", Sex.FEMALE, Birth.exact(date(1989, 2, 14)), "HEAD", "VEN"
)  # fmt: skip

FAMILY = (
    MARIA,
    SlipMember(2, "José Gregorio", "Peña Márquez", Sex.MALE, Birth(BirthQuality.YEAR, 1985), "WIFE_HUSBAND", "COL"),
    SlipMember(3, "Yuleisy del Valle", "Peña Rodríguez", Sex.FEMALE, Birth.exact(date(2010, 7, 1)), "SON_DAUGHTER", "VEN"),
    SlipMember(4, "Wilmer Alejandro", "Peña Rodríguez", Sex.MALE, Birth.exact(date(2013, 9, 3)), "SON_DAUGHTER", "VEN"),
    SlipMember(5, "Samuel David", "Peña Rodríguez", Sex.MALE, Birth.exact(date(2017, 1, 30)), "SON_DAUGHTER", "VEN"),
    SlipMember(6, "Sofía Valentina", "Peña Rodríguez", Sex.FEMALE, Birth.exact(date(2017, 1, 30)), "SON_DAUGHTER", "VEN"),
    SlipMember(7, "Ángel Emmanuel", "Peña Rodríguez", Sex.MALE, Birth(BirthQuality.YEAR_MONTH, 2025, 3), "SON_DAUGHTER", "VEN"),
    SlipMember(8, "Carmen Josefina", "de la Cruz Urdaneta", Sex.FEMALE, Birth(BirthQuality.AGE, age=67, stated_on=ARRIVED), "MOTHER_FATHER", "VEN"),
)  # fmt: skip


def slip(*members: SlipMember, **changes: object) -> SlipContent:
    """Return a slip for these members, one woman alone if there are none."""
    content = SlipContent(
        slip_id=UUID("019b8c0a-2f40-7d3b-8a51-6c1f00b2d3e4"),
        group_id=UUID("019b8c09-91c8-7c15-9f0e-2b7a4d5e6f70"),
        number="PSB-A7-00042-K",
        members=members or (MARIA,),
        group_size=len(members) or 1,
        post="PSB",
        arrived_on=ARRIVED,
        issued_at_ms=1_767_620_460_000,
        organisation=ORGANISATION,
        contact="Tel. 300 000 0000",
        country="COL",
    )
    return replace(content, **changes)  # type: ignore[arg-type]
