"""Synthetic slips and summaries for the tests of paper: fixed, made-up people."""

import random
from datetime import date
from uuid import UUID

from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.domain.record import Sex
from fieldapp.domain.registration_number import RegistrationNumber
from fieldapp.domain.slip import SlipContent, SlipMember

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
ISSUED_MS = 1767622860000  # 5 January 2026, 09:21 in Bogota
ARRIVED = date(2026, 1, 5)

FAMILY = (
    (
        "María de los Ángeles",
        "Villalobos González",
        Sex.FEMALE,
        Birth.exact(date(1989, 2, 14)),
        "HEAD",
        "VEN",
    ),
    (
        "José Gregorio",
        "Pérez Urdaneta",
        Sex.MALE,
        Birth(BirthQuality.YEAR, 1987),
        "FREE_UNION",
        "VEN",
    ),
    (
        "Valentina",
        "Pérez Villalobos",
        Sex.FEMALE,
        Birth.exact(date(2014, 9, 3)),
        "SON_DAUGHTER",
        "VEN",
    ),
    (
        "Santiago Andrés",
        "Pérez Villalobos",
        Sex.MALE,
        Birth(BirthQuality.YEAR_MONTH, 2019, 6),
        "SON_DAUGHTER",
        "COL",
    ),
    (
        "Carmen",
        "González",
        Sex.FEMALE,
        Birth(BirthQuality.AGE, age=67, stated_on=ARRIVED),
        "MOTHER_FATHER",
        "VEN",
    ),
    ("Ñusta", "Epieyú", Sex.FEMALE, Birth(), "NOT_RELATED", ""),
    (
        "Luis",
        "D'Ambrosio Núñez",
        Sex.MALE,
        Birth.exact(date(2001, 12, 31)),
        "BROTHER_SISTER",
        "VEN",
    ),
    (
        "Alex",
        "",
        Sex.OTHER,
        Birth(BirthQuality.AGE, age=1, stated_on=ARRIVED),
        "NEPHEW_NIECE",
        "VEN",
    ),
)


def member(ordinal: int) -> SlipMember:
    """Return a made-up member; the first is the focal point."""
    given, surnames, sex, birth, relationship, nationality = FAMILY[(ordinal - 1) % len(FAMILY)]
    return SlipMember(
        ordinal,
        given,
        surnames,
        sex,
        birth,
        relationship if ordinal <= len(FAMILY) else "OTHER",
        nationality,
    )


def slip(size: int = 4, language: str = "en", **changes: object) -> SlipContent:
    """Return a made-up slip of a family of a size."""
    values: dict[str, object] = {
        "slip_id": UUID(int=7),
        "group_id": UUID(int=8),
        "number": str(RegistrationNumber("PSB", "A7", 42)),
        "members": tuple(member(ordinal) for ordinal in range(1, size + 1)),
        "group_size": size,
        "post": "PSB",
        "arrived_on": ARRIVED,
        "issued_at_ms": ISSUED_MS,
        "organisation": "Alcaldía de Villa del Rosario",
        "contact": "Questions or corrections: Albergue La Parada, 607 555 0142, 08:00-18:00",
        "country": "COL",
        "language": language,
    }
    return SlipContent(**(values | changes))  # type: ignore[arg-type]


def code_text(length: int, seed: int = 1) -> str:
    """Return a text as a signed code has it: of the Base45 letters, without order."""
    chooser = random.Random(seed)  # noqa: S311 - a test's text, not a secret
    return "".join(chooser.choice(BASE45) for _ in range(length))


def codes_for(size: int) -> tuple[str, ...]:
    """Return texts as long as the codes of a family of a size: one for up to eight members, else two."""
    if size <= 8:  # noqa: PLR2004 - members in one code
        return (code_text(min(733, 330 + 50 * size)),)
    return (code_text(720, 2), code_text(700, 3))
