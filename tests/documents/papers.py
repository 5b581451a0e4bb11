"""Synthetic slips and summaries for the tests of paper: fixed, made-up people."""

import io
import random
from datetime import date, timedelta
from uuid import UUID

from PIL import Image

from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.domain.record import Sex
from fieldapp.domain.registration_number import RegistrationNumber
from fieldapp.domain.slip import SlipContent, SlipMember
from fieldapp.domain.summary import AGE_GROUPS, Summary

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


def portrait() -> bytes:
    """Return a picture that stands for a photo of a face, in the form of those on paper."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((360, 480)).save(out, "JPEG")
    return out.getvalue()


def code_text(length: int, seed: int = 1) -> str:
    """Return a text as a signed code has it: of the Base45 letters, without order."""
    chooser = random.Random(seed)  # noqa: S311 - a test's text, not a secret
    return "".join(chooser.choice(BASE45) for _ in range(length))


def codes_for(size: int) -> tuple[str, ...]:
    """Return texts as long as the codes of a family of a size: one for up to eight members, else two."""
    if size <= 8:  # noqa: PLR2004 - members in one code
        return (code_text(min(733, 330 + 50 * size)),)
    return (code_text(720, 2), code_text(700, 3))


def empty_summary(**changes: object) -> Summary:
    """Return the summary of a day on which nobody came."""
    values: dict[str, object] = {
        "day": ARRIVED,
        "cut_off": "20:00",
        "made_by": "Yuli Rincón",
        "made_at_ms": 1767661440000,
        "organisation": "Alcaldía de Villa del Rosario",
        "operation": "Frontera 2026",
        "posts": ("PSB",),
        "shelter": "Albergue La Parada",
        "arrivals": 0,
        "groups": 0,
        "individuals_in_full": 0,
        "arrivals_by_hour": (0,) * 24,
        "arrivals_by_post": {},
        "by_sex_and_age": {},
        "by_nationality": {},
        "needs": {},
        "crossing_kinds": {},
        "last_seven_days": tuple((ARRIVED - timedelta(days=back), 0) for back in range(7, 0, -1)),
        "cumulative": 0,
        "children_alone": 0,
        "to_complete": 0,
        "without_documents": 0,
        "slips_issued": 0,
        "slips_reprinted": 0,
        "slips_voided": 0,
        "slips_reissued": 0,
        "slips_expired": 0,
        "slips_not_printed": 0,
        "drafts": 0,
        "only_here": 0,
        "conflicts": 0,
    }
    return Summary(**(values | changes))  # type: ignore[arg-type]


def usual_summary() -> Summary:
    """Return the summary of a usual day at one post."""
    by_hour = (0,) * 6 + (4, 11, 19, 26, 22, 17, 12, 9, 7, 6, 5, 3, 1) + (0,) * 5
    ages = {
        (sex, group): count
        for sex, counts in (
            (Sex.FEMALE, (9, 12, 8, 41, 5, 1)),
            (Sex.MALE, (11, 10, 7, 30, 4, 0)),
            (Sex.OTHER, (0, 0, 0, 1, 0, 0)),
            (Sex.UNKNOWN, (0, 0, 0, 0, 0, 3)),
        )
        for group, count in zip(AGE_GROUPS, counts, strict=True)
    }
    return empty_summary(
        arrivals=142,
        groups=40,
        individuals_in_full=131,
        arrivals_by_hour=by_hour,
        arrivals_by_post={"PSB": 142},
        by_sex_and_age=ages,
        by_nationality={"VEN": 118, "COL": 15, "ECU": 3, "PER": 2, "": 4},
        needs={"CR-CC": 3, "CR": 5, "DS": 7, "WR-PY": 9},
        crossing_kinds={"bridge": 96, "trocha": 46},
        last_seven_days=tuple(
            (ARRIVED - timedelta(days=back), count)
            for back, count in zip(range(7, 0, -1), (88, 94, 71, 103, 120, 131, 97), strict=True)
        ),
        cumulative=1234,
        children_alone=2,
        to_complete=5,
        without_documents=27,
        slips_issued=39,
        slips_reprinted=3,
        slips_voided=1,
        slips_reissued=0,
        slips_expired=0,
        slips_not_printed=2,
        drafts=2,
        only_here=12,
        conflicts=1,
        vector={(UUID(int=0x0198C0DE << 96), 1): 4512},
    )


def largest_summary() -> Summary:
    """Return a day larger than any that has been: every list full, every number long."""
    nationalities = ("VEN", "COL", "ECU", "PER", "HTI", "CUB", "DOM", "BRA", "CHL", "ARG", "XXA", "")
    posts = ("PSB", "PFPS", "PAG", "PUN", "PJAP", "PCA", "PIN", "PGN")
    needs = ("CR", "CR-AF", "CR-CC", "CR-CH", "CR-CP", "CR-LO", "CR-LW", "CR-MS", "CR-NE", "CR-SQ", "DS", "ER", "FU")
    ways = ("bridge", "land", "river", "trocha", "air", "other", "unknown")
    return empty_summary(
        organisation="Oficina de Gestión del Riesgo de Desastres de la Alcaldía Municipal de Villa del Rosario",
        operation="Respuesta interagencial a la afluencia masiva en la frontera nororiental 2026",
        posts=posts,
        shelter="Albergue temporal Coliseo Eustorgio Colmenares Baptista",
        made_by="María Fernanda de los Ángeles Villavicencio Etxeberria",
        cut_off="24:00",
        arrivals=54321,
        groups=15012,
        individuals_in_full=48765,
        arrivals_by_hour=tuple(1000 + 137 * hour for hour in range(24)),
        arrivals_by_post={code: 9000 - 900 * index for index, code in enumerate(posts)},
        by_sex_and_age={(sex, group): 2468 + 13 * index for index, (sex, group) in enumerate(
            (sex, group) for sex in Sex for group in AGE_GROUPS
        )},
        by_nationality={code: 13000 - 1200 * index for index, code in enumerate(nationalities)},
        needs={code: 3000 - 200 * index for index, code in enumerate(needs)},
        crossing_kinds={code: 20000 - 2500 * index for index, code in enumerate(ways)},
        last_seven_days=tuple((ARRIVED - timedelta(days=back), 40000 + back) for back in range(7, 0, -1)),
        cumulative=2987654,
        children_alone=1234,
        to_complete=12345,
        without_documents=23456,
        slips_issued=15012,
        slips_reprinted=1234,
        slips_voided=567,
        slips_reissued=89,
        slips_expired=1234,
        slips_not_printed=56,
        drafts=89,
        only_here=54321,
        conflicts=234,
        vector={(UUID(int=(0x0198C0DE + index) << 96), 1): 400000 + index for index in range(14)},
    )  # fmt: skip
