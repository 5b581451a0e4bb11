"""The privacy notice of this operation."""

from fieldapp.i18n import Language
from fieldapp.services.desk import Desk


def privacy_notice(desk: Desk, language: Language, paper: str = "letter") -> bytes:
    """Return the notice as a one-page PDF on `letter` or `a4` paper."""
    from fieldapp.documents.notice import render_notice  # noqa: PLC0415 - reportlab is slow to import

    return render_notice(desk.operation.organisation, desk.operation.contact, language, paper=paper)
