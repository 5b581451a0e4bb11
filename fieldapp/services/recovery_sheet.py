"""The recovery key's paper: the sheet to print, and whether the key was typed back from it."""

from pathlib import Path

from fieldapp.i18n import Language
from fieldapp.services.desk import Desk
from fieldapp.trust import access_file


def recovery_sheet(desk: Desk, recovery_key: str, language: Language) -> bytes:
    """Return the PDF of the sheet that keeps the recovery key; it is never stored by the program."""
    from fieldapp.documents.recovery import render_recovery_sheet  # noqa: PLC0415 - reportlab is loaded once, here

    operation = desk.operation
    return render_recovery_sheet(
        recovery_key, operation.name, operation.organisation, desk.device.code, desk.today(), language
    )


def is_recovery_confirmed(folder: Path) -> bool:
    """Tell whether the recovery key of the register in a folder was typed back. Raises what reading the file raises."""
    return access_file.load(folder).recovery_confirmed
