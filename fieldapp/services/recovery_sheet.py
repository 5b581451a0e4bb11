"""The recovery key's paper."""

from fieldapp.i18n import Language
from fieldapp.services.desk import Desk


def recovery_sheet(desk: Desk, recovery_key: str, language: Language, paper: str = "letter") -> bytes:
    """Return the PDF of the sheet that keeps the recovery key; it is never stored by the program."""
    from fieldapp.documents.recovery import render_recovery_sheet  # noqa: PLC0415 - reportlab is loaded once, here

    operation = desk.operation
    return render_recovery_sheet(
        recovery_key, operation.name, operation.organisation, desk.device.code, desk.today(), language, paper=paper
    )
