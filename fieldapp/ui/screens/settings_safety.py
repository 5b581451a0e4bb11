"""Settings of safety: one's own password, the idle lock, a back-up to a file, the way out."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from fieldapp import words
from fieldapp.domain.problems import Problem
from fieldapp.services.back_up import BackupDone, back_up
from fieldapp.services.staff import change_own_password, password_problem
from fieldapp.ui import theme
from fieldapp.ui.places import Shell
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.password_field import PasswordField
from fieldapp.ui.widgets.password_pair import PasswordPair
from fieldapp.ui.widgets.progress_card import ProgressCard

_LONGEST_IDLE = 60


class SafetySettings(QWidget):
    """Three cards. `sign_out_asked` when a person wants to leave."""

    sign_out_asked = Signal()

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        _ = session._
        lock = Card(
            _("Lock"),
            _("The window locks by itself when nobody uses it. What was begun stays."),
        )
        self.idle = QSpinBox()
        self.idle.setRange(1, _LONGEST_IDLE)
        self.idle.setValue(session.settings.idle_lock_minutes)
        self.idle.setSuffix(f" {_('min')}")
        self.idle.setKeyboardTracking(False)
        # A spin box does not take the padding of the sheet.
        self.idle.lineEdit().setTextMargins(theme.SPACE[1], 0, theme.SPACE[1], 0)
        self.idle.setMaximumWidth(theme.size("field") * 4)
        self.idle.valueChanged.connect(lambda minutes: session.save_settings(idle_lock_minutes=minutes))
        lock.column.addWidget(FieldFrame(_("Locks after"), self.idle))
        sign_out = QPushButton(_("Sign out"))
        theme.set_icon(sign_out, "log-out")
        sign_out.clicked.connect(self.sign_out_asked)
        row = QHBoxLayout()
        row.addWidget(sign_out)
        row.addStretch()
        lock.column.addLayout(row)
        self.password_card = PasswordCard(session, shell)
        self.backup_card = BackupCard(session, shell)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE[3], 0, 0)
        column.setSpacing(theme.SPACE[3])
        for card in (self.backup_card, lock, self.password_card):
            column.addWidget(card)
        column.addStretch()


class PasswordCard(Card):
    """Changes one's own password."""

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(_("My password"))
        self._session, self._shell = session, shell
        actor, operation = session.desk.actor, session.desk.operation
        related = (
            actor.short_name,
            actor.display_name,
            operation.name,
            operation.organisation,
        )
        self.old = PasswordField(session.language, _("Present password"))
        self.pair = PasswordPair(
            session.language,
            session.work,
            password_problem,
            lambda: related,
            _("New password"),
        )
        self.button = QPushButton(_("Change the password"))
        self.button.clicked.connect(self.change)
        for widget in (self.old, self.pair):
            self.column.addWidget(widget)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.button)
        self.column.addLayout(row)

    def change(self) -> None:
        """Change it, if the new one is strong and typed twice alike."""
        language, desk = self._session.language, self._session.desk
        if not self.old.text:
            self.old.say(language.gettext("Type the password you have now."))
            self.old.setFocus()
            return
        if not self.pair.is_repeated():
            return
        old, new = self.old.text, self.pair.text
        self.button.setEnabled(False)
        self._session.work.change(
            lambda: change_own_password(desk, old, new),
            self._on_changed,
            self._on_failed,
            changes="staff",
        )

    def _on_changed(self, _done: object) -> None:
        self.button.setEnabled(True)
        self.old.clear()
        self.pair.clear()
        self._shell.show_banner(
            "ok",
            self._session._("Your password is changed. Use the new one from now on."),
        )

    def _on_failed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        language = self._session.language
        weakness = getattr(error, "problem", None)
        if weakness is not None:
            self.pair.refuse(words.weakness_words(language, weakness))
        elif isinstance(error, Problem) and error.code == "weak_password":
            self.pair.refuse(words.say(language, error.code, **error.values))
        elif isinstance(error, Problem):
            self.old.say(words.say(language, error.code, **error.values))
            self.old.setFocus()
        else:
            self._shell.show_problem(error)


class BackupCard(ProgressCard):
    """Writes a back-up to a file, with progress, and can be stopped."""

    _progressed = Signal(int, int)

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(
            _("Back-up"),
            _("A copy of the register in one encrypted file, read back to be sure. Keep it on another stick or disk."),
            _("Back up to a file"),
            "hard-drive",
            _("Stop"),
            _("Progress of the back-up"),
        )
        self._session, self._shell = session, shell
        self._is_stopped = False
        self.button.clicked.connect(self._choose)
        self.stop_button.clicked.connect(self._stop)
        self._progressed.connect(self._on_progressed)

    def _choose(self) -> None:
        today = datetime.fromtimestamp(self._session.desk.now_ms() / 1000, self._session.zone)
        name = f"fieldapp-{self._session.desk.device.code}-{today:%Y-%m-%d-%H%M}.backup"
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            self._session._("Back up to a file"),
            name,
            "",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self.back_up_to(Path(chosen))

    def back_up_to(self, path: Path) -> None:
        """Write the back-up in the background; saves go before it."""
        desk = self._session.desk
        self._is_stopped = False
        self.show_progress(0, 0)
        self.show_running(running=True)
        self._session.work.change(
            lambda: back_up(desk, path, **self._hooks()),
            self._on_done,
            self._on_failed,
            changes="",
            urgent=False,
        )

    def _hooks(self) -> dict[str, Callable[..., Any]]:
        return {
            "progress": self._progressed.emit,
            "cancelled": lambda: self._is_stopped,
        }

    def _stop(self) -> None:
        self._is_stopped = True
        self.stop_button.setEnabled(False)

    def _on_progressed(self, done: int, whole: int) -> None:
        self.show_progress(done, max(1, whole))

    def _on_done(self, done: BackupDone) -> None:
        self.show_running(running=False)
        language = self._session.language
        self.say(
            language.ngettext(
                "Done and read back: {path}, {number} change, {size} MB.",
                "Done and read back: {path}, {number} changes, {size} MB.",
                done.changes,
                path=str(done.path),
                size=language.number(done.bytes / 1_000_000, 1),
            ),
            "ok",
        )

    def _on_failed(self, error: Exception) -> None:
        self.show_running(running=False)
        if isinstance(error, Problem):
            state = "warn" if error.code == "backup_cancelled" else "danger"
            self.say(words.say(self._session.language, error.code, **error.values), state)
        else:
            self._shell.show_problem(error)
