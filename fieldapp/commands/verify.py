"""`fieldapp verify`: what a slip says and whether its signature holds."""

import json
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from fieldapp.commands.door import FOUND_WRONG, speech
from fieldapp.commands.opening import DataDir, open_desk, run_safely
from fieldapp.domain.problems import Problem
from fieldapp.domain.slip import SlipReading, Verdict
from fieldapp.i18n import Language
from fieldapp.words import say

_FILE_ENDINGS = (".png", ".jpg", ".jpeg", ".pdf", ".txt")
_LONGEST_NAME = 1024


def verify(
    what: Annotated[
        str,
        typer.Argument(
            help="A picture (PNG, JPEG), a PDF, a text file, or the text of a code.", metavar="IMAGE|PDF|TEXT"
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    issuer: Annotated[
        Path | None, typer.Option(help="File of trusted keys (`issuer.json`); needs no register.", metavar="FILE")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Print what a slip says and whether its signature holds.

    Without --data-dir no sign-in is needed: the keys of --issuer decide. With --data-dir the register's own laptops
    are trusted too, and voided slips are told apart. Exit code 0 only if every slip found is valid, otherwise 6.
    """
    from fieldapp.services.verify import read_issuers, verify_file, verify_text  # noqa: PLC0415 - `--help` is quick

    language = speech(data_dir)
    with run_safely(data_dir):
        trusted = read_issuers(issuer) if issuer else ()
        file = _file(what)
        with open_desk(data_dir) if data_dir else nullcontext() as desk:
            readings = verify_file(desk, file, trusted) if file else (verify_text(desk, what, trusted),)
            zone = desk.zone if desk else None
        if not readings:
            raise Problem("no_code_found", name=what)
        if as_json:
            typer.echo(json.dumps(_as_json(readings), ensure_ascii=False, indent=2))
        else:
            typer.echo("\n\n".join("\n".join(_lines(reading, language, zone)) for reading in readings))
        if any(reading.verdict is not Verdict.VALID for reading in readings):
            raise typer.Exit(FOUND_WRONG)


def _file(what: str) -> Path | None:
    """Return the file that is meant, None where the text itself is the code."""
    if len(what) > _LONGEST_NAME or "\0" in what:
        return None
    path = Path(what)
    try:
        meant = path.exists() or path.suffix.lower() in _FILE_ENDINGS
    except OSError:  # too long for a file name
        return None
    return path if meant else None


def _as_json(readings: tuple[SlipReading, ...]) -> dict[str, object]:
    return {
        "valid": all(reading.verdict is Verdict.VALID for reading in readings),
        "slips": [_slip(reading) for reading in readings],
    }


def _slip(reading: SlipReading) -> dict[str, object]:
    from fieldapp.services.verify import SIGNATURE_HOLDS  # noqa: PLC0415

    holds = None if reading.verdict is Verdict.ISSUER_UNKNOWN else reading.verdict in SIGNATURE_HOLDS
    issued_at = datetime.fromtimestamp(reading.issued_at_ms / 1000, UTC).isoformat() if reading.issued_at_ms else None
    expires_at = (
        datetime.fromtimestamp(reading.expires_at_ms / 1000, UTC).isoformat() if reading.expires_at_ms else None
    )
    return {
        "verdict": str(reading.verdict),
        "signature_holds": holds,
        "kid": reading.kid,
        "issuer": reading.issuer,
        "slip_id": str(reading.slip_id) if reading.slip_id else None,
        "group_id": str(reading.group_id) if reading.group_id else None,
        "number": reading.number,
        "full_name": reading.full_name,
        "group_size": reading.group_size,
        "post": reading.post,
        "country": reading.country,
        "arrived_on": reading.arrived_on.isoformat() if reading.arrived_on else None,
        "issued_at": issued_at,
        "expires_at": expires_at,
        "void_reason": reading.void_reason or None,
        "members": [
            {
                "ordinal": member.ordinal,
                "given_names": member.given_names,
                "surnames": member.surnames,
                "sex": str(member.sex),
                "birth_date": str(member.birth),
                "birth_date_quality": str(member.birth.quality),
                "relationship": member.relationship,
                "nationality": member.nationality,
            }
            for member in reading.members
        ],
    }


def _lines(reading: SlipReading, language: Language, zone: str | None) -> list[str]:
    from fieldapp.code_lists import code_list  # noqa: PLC0415

    _ = language.gettext
    lines = [say(language, f"slip_{reading.verdict}")]
    if reading.verdict is Verdict.NOT_A_SLIP or not reading.full_name:
        return lines
    lines += [f"{_('Number')}: {reading.number}", f"{_('Name')}: {reading.full_name}"]
    if reading.group_size:
        lines.append(f"{_('Group size')}: {language.number(reading.group_size)}")
    for member in reading.members:
        relationship = code_list("relationships").label(member.relationship, language.code)
        name = f"{member.given_names} {member.surnames}".strip()
        details = [str(member.sex), str(member.birth) or "?", member.nationality or "?", relationship]
        lines.append(f"  {member.ordinal}. {name} ({', '.join(details)})")
    if reading.post:
        lines.append(f"{_('Border post')}: {code_list('border_posts').label(reading.post, language.code)}")
    if reading.arrived_on:
        lines.append(f"{_('Arrived')}: {language.date(reading.arrived_on)}")
    if reading.issued_at_ms:
        lines.append(f"{_('Issued')}: {language.moment(reading.issued_at_ms, zone or 'America/Bogota')}")
    if reading.voided_at_ms:
        since = language.moment(reading.voided_at_ms, zone or "America/Bogota")
        lines.append(_("Void since {moment}: {reason}.", moment=since, reason=reading.void_reason.rstrip(".")))
    if reading.expires_at_ms:
        lines.append(f"{_('Valid until')}: {language.moment(reading.expires_at_ms, zone or 'America/Bogota')}")
    lines.append(f"{_('Issuer')}: {reading.issuer or reading.kid} ({reading.kid}) {reading.country}".rstrip())
    return lines
