"""Printing the privacy notice in the language of the slips, for the wall of the desk or to hand out."""

from PySide6.QtWidgets import QWidget

from fieldapp.domain.problems import Problem
from fieldapp.i18n import language
from fieldapp.services.notices import privacy_notice
from fieldapp.ui.places import Shell
from fieldapp.ui.printing import print_pdf
from fieldapp.ui.session import Session


def print_notice(session: Session, shell: Shell, window: QWidget) -> None:
    """Print the notice and say whether the printer has it."""
    settings = session.settings
    words = language(settings.slip_language)

    def say(problem: Problem | None) -> None:
        if problem is None:
            shell.show_banner("ok", session._("The notice is printed."))
        else:
            shell.show_problem(problem)

    session.work.query(
        lambda: privacy_notice(session.desk, words, settings.summary_paper),
        lambda pdf: print_pdf(window, pdf, settings, say),
        owner=window,
    )
