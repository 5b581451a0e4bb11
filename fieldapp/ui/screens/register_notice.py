"""Printing the privacy notice in the language of the slips, for the wall of the desk or to hand out."""

from PySide6.QtWidgets import QWidget

from fieldapp.i18n import language
from fieldapp.services.notices import privacy_notice
from fieldapp.ui.places import Shell
from fieldapp.ui.printing import print_pdf
from fieldapp.ui.session import Session


def print_notice(session: Session, shell: Shell, window: QWidget) -> None:
    """Print the notice and say whether the printer has it."""
    settings = session.settings
    words = language(settings.slip_language)

    def say(is_printed: bool) -> None:
        _ = session._
        kind, text = ("ok", _("The notice is printed.")) if is_printed else ("warn", _("The notice was not printed."))
        shell.show_banner(kind, text)

    session.work.query(
        lambda: privacy_notice(session.desk, words, settings.summary_paper),
        lambda pdf: print_pdf(window, pdf, settings, say),
        owner=window,
    )
