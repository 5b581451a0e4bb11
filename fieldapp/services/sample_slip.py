"""A slip to try a printer and its paper with: invented people, marked as practice, signed with a key nobody trusts."""

from uuid import UUID

from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.domain.record import Sex
from fieldapp.domain.slip import PRACTICE_ISSUER, SlipContent, SlipMember
from fieldapp.services.desk import Desk
from fieldapp.services.slips import IssuedSlip, slip_pdf
from fieldapp.trust.signing import SigningKey

_PEOPLE = (
    SlipMember(
        1, "María de los Ángeles", "Villalobos González", Sex.FEMALE, Birth(BirthQuality.EXACT, 1989, 2, 14), "HEAD",
        "VEN",
    ),
    SlipMember(2, "José Gregorio", "Peña Villalobos", Sex.MALE, Birth(BirthQuality.YEAR, 2012), "SON_DAUGHTER", "VEN"),
    SlipMember(3, "Ñusta", "Villalobos", Sex.FEMALE, Birth(), "MOTHER_FATHER", "VEN"),
)  # fmt: skip


def sample_slip_pdf(desk: Desk, slip_language: str, layout: str) -> bytes:
    """Return the slip of an invented family as a PDF; nothing of it is in the log. Raises KeyError for no layout."""
    from fieldapp.exchange.credential import encode_credential  # noqa: PLC0415 - start-up needs no codes

    content = SlipContent(
        UUID(int=0), UUID(int=0), f"{desk.device.post}-{desk.device.code}-00000-0", _PEOPLE, len(_PEOPLE),
        desk.device.post, desk.today(), desk.now_ms(), desk.operation.organisation, desk.operation.contact,
        desk.operation.country, slip_language, practice=True,
    )  # fmt: skip
    nobodys = SigningKey.generate(desk.random_bytes)
    codes = encode_credential(content, nobodys.sign, desk.device.kid, PRACTICE_ISSUER)
    return slip_pdf(IssuedSlip(content, codes), layout, desk.zone)
