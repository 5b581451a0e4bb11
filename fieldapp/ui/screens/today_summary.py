"""The day's summary as it will be on paper, to look at before it is saved or printed.

That a summary was made is logged when it leaves the program, not when it is looked at.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fieldapp.domain.problems import Problem
from fieldapp.domain.summary import Summary
from fieldapp.services.desk import Desk
from fieldapp.services.summarise import log_summary, summarise, summary_pdf
from fieldapp.trust.safe_files import write_whole
from fieldapp.ui import theme
from fieldapp.ui.places import Shell
from fieldapp.ui.printing import print_pdf
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.pdf_view import PdfView
from fieldapp.ui.widgets.scrolled import scrolled

_PAGE_ROWS = 26


class SummaryView(QWidget):
    """A page of the place Today. Emits `left` when staff goes back to the figures, `ready` when a PDF is shown."""

    left = Signal()
    ready = Signal()

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self._session, self._shell = session, shell
        _ = session._
        self._summary: Summary | None = None
        self._pdf = b""
        self._folder = Path.home()
        self.heading = QLabel()
        self.heading.setProperty("kind", "section")
        self.view = PdfView(_("Summary"))
        self.back_button = QPushButton(_("Back  Esc"))
        self.print_button = QPushButton(_("Print  Ctrl+P"))
        self.save_button = QPushButton(_("Save as PDF  Ctrl+Enter"))
        self.save_button.setProperty("kind", "primary")
        for button, icon in (
            (self.back_button, "arrow-left"), (self.print_button, "printer"), (self.save_button, "download"),
        ):  # fmt: skip
            theme.set_icon(button, icon)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE[2])
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        buttons.addWidget(self.print_button)
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE[2])
        column.addWidget(self.heading)
        # The whole page at once is too small to be read, so it is as wide as a page on a desk, and scrolls.
        self.view.setMinimumHeight(theme.size("row") * _PAGE_ROWS)
        self.area = scrolled(self.view)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(_("Summary"))
        column.addWidget(self.area, 1)
        column.addLayout(buttons)
        self.back_button.clicked.connect(self.left)
        self.print_button.clicked.connect(self.print_summary)
        self.save_button.clicked.connect(self.choose_file)
        for keys, action in (
            ("Escape", self.left.emit), ("Ctrl+P", self.print_summary),
            ("Ctrl+Return", self.choose_file), ("Ctrl+Enter", self.choose_file),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self, action)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def pdf(self) -> bytes:
        """The PDF that is shown, nothing before there is one."""
        return self._pdf

    def open(self, day: date, cut_off: str, failed: Callable[[Exception], object]) -> None:
        """Count a day up to a cut-off, draw its summary in the background, then show it."""
        desk, language, paper = self._session.desk, self._session.language, self._session.settings.summary_paper

        def draw() -> tuple[Summary, bytes]:
            summary = summarise(desk, day, cut_off)
            return summary, summary_pdf(summary, language, paper, desk.zone)

        self._session.work.query(draw, self._show, failed, owner=self)

    def take_focus(self) -> None:
        """Take the keyboard to the usual next step."""
        self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, drawn: tuple[Summary, bytes]) -> None:
        self._summary, self._pdf = drawn
        _, language = self._session._, self._session.language
        day = language.date(self._summary.day)
        self.heading.setText(_("Summary of {day} up to {time}", day=day, time=self._summary.cut_off))
        self.view.show_pdf(self._pdf)
        self.ready.emit()

    def choose_file(self) -> None:
        """Ask where the summary goes, beginning where the last one went, then save it."""
        summary = self._summary
        if summary is None:
            return
        code, cut_off = self._session.desk.device.code, summary.cut_off.replace(":", "")
        name = self._folder / f"summary-{code}-{summary.day:%Y-%m-%d}-{cut_off}.pdf"
        chosen, _kind = QFileDialog.getSaveFileName(self, self._session._("Summary PDF"), str(name), "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the summary that is shown to a file, and log that it was made."""
        if self._summary is None:
            return
        self._folder = path.parent
        self.save_button.setEnabled(False)
        self._session.work.change(
            partial(_write, self._session.desk, path, self._summary, self._pdf),
            partial(self._on_saved, path),
            self._on_failed,
            changes="",
            owner=self,
        )

    def print_summary(self) -> None:
        """Print the summary that is shown, and log that it was made."""
        if self._summary is not None:
            print_pdf(self, self._pdf, self._session.settings, self._on_printed)

    def _on_printed(self, problem: Problem | None) -> None:
        _ = self._session._
        if problem is not None:
            self._shell.show_problem(problem)
            return
        assert self._summary is not None
        self._session.work.change(partial(log_summary, self._session.desk, self._summary), changes="", owner=self)
        self._shell.show_banner("ok", _("The summary is printed."))

    def _on_saved(self, path: Path, _done: None) -> None:
        self.save_button.setEnabled(True)
        self._shell.show_banner("ok", self._session._("The summary is saved: {path}", path=str(path)))

    def _on_failed(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        self._shell.show_problem(error)


def _write(desk: Desk, path: Path, summary: Summary, pdf: bytes) -> None:
    write_whole(path, pdf)
    log_summary(desk, summary)
