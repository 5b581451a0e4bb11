"""The recovery key, shown large once: to print, to save, or to copy by hand before it is typed back."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLabel, QPushButton

from fieldapp import words
from fieldapp.domain.problems import Problem
from fieldapp.i18n import Language
from fieldapp.settings import Settings
from fieldapp.ui import theme
from fieldapp.ui.widgets.start_page import StartPage
from fieldapp.ui.widgets.step_line import StepLine
from fieldapp.ui.work import Work


class KeyScreen(StartPage):
    """Emits `kept` when a person says that the key is on paper."""

    kept = Signal()

    def __init__(
        self,
        language: Language,
        recovery_key: str,
        sheet: Callable[[], bytes],
        work: Work,
        settings: Settings,
        steps: tuple[int, int],
    ) -> None:
        _ = language.gettext
        super().__init__(
            language,
            _("Keep this recovery key"),
            _(
                "It opens the register when every password is forgotten, and it is shown only now. Print it or write"
                " it down, and keep the paper locked away, not with the laptop."
            ),
            primary=_("It is on paper: next"),
        )
        self._sheet, self._work, self._settings = sheet, work, settings
        self.key_label = QLabel(_in_two_lines(recovery_key))
        self.key_label.setProperty("kind", "secret")
        self.key_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.key_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.key_label.setAccessibleName(f"{_('Recovery key')}: {' '.join(recovery_key.replace('-', ' '))}")
        self.print_button = QPushButton(_("Print  F8"))
        theme.set_icon(self.print_button, "printer")
        self.print_button.setShortcut("F8")
        self.print_button.clicked.connect(self.print_sheet)
        self.save_button = QPushButton(_("Save as PDF  F9"))
        theme.set_icon(self.save_button, "save")
        self.save_button.setShortcut("F9")
        self.save_button.clicked.connect(self.save_sheet)
        self.copied = QCheckBox(_("I have written it down by hand"))
        self.copied.toggled.connect(self._on_copied)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[2])
        row.addWidget(self.print_button)
        row.addWidget(self.save_button)
        row.addStretch()
        self.body.addWidget(StepLine(language, *steps))
        self.body.addSpacing(theme.SPACE[1])
        self.body.addWidget(self.key_label)
        self.body.addLayout(row)
        self.body.addWidget(self.copied)
        self.primary_button.setEnabled(False)
        self.went_on.connect(self.kept)

    def take_focus(self) -> None:
        """Give the keyboard to the usual way."""
        self.print_button.setFocus()

    def print_sheet(self) -> None:
        """Print the sheet; when that worked the way on is open."""
        self._work.query(self._sheet, self._on_print_ready, self._on_failed)

    def save_sheet(self) -> None:
        """Save the sheet where a person says, for example on a stick."""
        name, _kind = QFileDialog.getSaveFileName(
            self,
            self.language.gettext("Save the recovery sheet"),
            "fieldapp-recovery.pdf",
            "PDF (*.pdf)",
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Save the sheet to a file that only this user can read."""
        self._work.query(
            lambda: _write(path, self._sheet()),
            lambda _done: self._on_kept(),
            self._on_failed,
            owner=self,
        )

    def _on_print_ready(self, pdf: bytes) -> None:
        from fieldapp.ui.printing import print_pdf  # noqa: PLC0415 - the printer is asked for only here

        print_pdf(self, pdf, self._settings, self._on_printed)

    def _on_printed(self, problem: Problem | None) -> None:
        if problem is None:
            self._on_kept()
        else:
            self._on_failed(problem)

    def _on_kept(self) -> None:
        self.primary_button.setEnabled(True)
        self.primary_button.setFocus()
        self.say(self.language.gettext("Done. Look at the paper, then go on."), "ok")

    def _on_copied(self, is_copied: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.primary_button.setEnabled(is_copied)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Problem):
            self.say(words.say(self.language, error.code, **error.values))
        else:
            self.say(self.language.gettext("That did not work. Write the key down by hand, or try another place."))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter on the box that says it was written down ticks it first."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.copied.hasFocus() and not self.copied.isChecked():
            self.copied.click()
            return
        super().keyPressEvent(event)


def _in_two_lines(key: str) -> str:
    groups = key.split("-")
    half = -(-len(groups) // 2)
    return "-".join(groups[:half]) + "\n" + "-".join(groups[half:])


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
