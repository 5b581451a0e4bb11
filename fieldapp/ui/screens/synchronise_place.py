"""Whether what was registered here has a copy elsewhere, said in one sentence, and the back-up that makes one."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from fieldapp.domain.people import TodayFigures
from fieldapp.services.back_up import BackupDone
from fieldapp.services.summarise import todays_figures
from fieldapp.ui import theme
from fieldapp.ui.places import Place, Shell
from fieldapp.ui.screens.settings_safety import BackupCard
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.status_line import age_words

_EVERY_MS = 60_000
_GATHER_MS = 250
_SIGN_PIXELS = 40


class SynchronisePlace(Place):
    """One sentence, what it means, and the back-up."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__(session, shell)
        self._asked = 0
        self._sign = QLabel()
        self.sentence, self.meaning, self.last_backup = QLabel(), QLabel(), QLabel()
        for label, kind in ((self.sentence, "title"), (self.meaning, "body"), (self.last_backup, "hint")):
            label.setProperty("kind", kind)
            label.setWordWrap(True)
        self.backup_card = MainBackup(session, shell)
        self.backup_card.made.connect(lambda: session.work.changed.emit("backups"))
        self._lay_out()
        self._gather = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._every_minute = QTimer(self, interval=_EVERY_MS)
        for timer in (self._gather, self._every_minute):
            timer.timeout.connect(self.refresh)
        session.work.changed.connect(self._on_changed)

    def title(self) -> str:
        """Return the words in the header."""
        return self.session._("Sync")

    def entered(self) -> None:
        """Count anew, with the keyboard on the back-up; once a minute again, as ages grow."""
        self.refresh()
        self._every_minute.start()
        self.backup_card.button.setFocus()

    def left(self) -> None:
        """Stop counting; a back-up that runs goes on."""
        self._every_minute.stop()

    def refresh(self) -> None:
        """Count in the background; the sentence shown stays until then."""
        self._asked += 1
        asked, desk = self._asked, self.session.desk
        self.session.work.query(
            lambda: todays_figures(desk),
            lambda figures: self._show(figures) if asked == self._asked else None,
            owner=self,
        )

    def _on_changed(self, kind: str) -> None:
        if kind != "settings" and self.isVisible():
            self._gather.start()

    def _lay_out(self) -> None:
        self._sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(theme.SPACE[1])
        for label in (self.sentence, self.meaning, self.last_backup):
            said.addWidget(label)
        answer = QFrame()
        answer.setProperty("kind", "card")
        row = QHBoxLayout(answer)
        row.setContentsMargins(theme.SPACE[4], theme.SPACE[4], theme.SPACE[4], theme.SPACE[4])
        row.setSpacing(theme.SPACE[3])
        row.addWidget(self._sign)
        row.addLayout(said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE[4], theme.SPACE[3], theme.SPACE[4], theme.SPACE[3])
        column.setSpacing(theme.SPACE[3])
        column.addWidget(answer)
        column.addWidget(self.backup_card)
        column.addStretch()

    def _show(self, figures: TodayFigures) -> None:
        _ = self.session._
        if figures.only_here:
            state, sign = "warn", "triangle-alert"
            sentence = self._only_here_words(figures)
            meaning = _(
                "If this laptop is lost or breaks, they are lost with it. Make a back-up and keep it somewhere else."
            )
        elif figures.last_backup_ms is None:
            state, sign = "info", "info"
            sentence = _("Nothing is registered yet")
            meaning = _("There is nothing that could be lost. Make a back-up once families are registered.")
        else:
            state, sign = "ok", "circle-check"
            sentence = _("Everything has a back-up")
            meaning = _("Every record on this laptop was in the last back-up. Keep that file away from this laptop.")
        theme.set_icon(self._sign, sign, state, _SIGN_PIXELS)
        self.sentence.setText(sentence)
        self.meaning.setText(meaning)
        self.last_backup.setText(self._last_words(figures.last_backup_ms))

    def _only_here_words(self, figures: TodayFigures) -> str:
        now_ms = self.session.desk.now_ms()
        oldest_ms = now_ms if figures.oldest_only_here_ms is None else figures.oldest_only_here_ms
        return self.session.language.ngettext(
            "{number} record is only on this laptop, oldest {age}",
            "{number} records are only on this laptop, oldest {age}",
            figures.only_here,
            age=age_words(self.session.language, now_ms - oldest_ms),
        )

    def _last_words(self, last_backup_ms: int | None) -> str:
        if last_backup_ms is None:
            return self.session._("No back-up was made on this laptop yet.")
        return self.session._("Last back-up: {moment}", moment=self.session.moment(last_backup_ms))


class MainBackup(BackupCard):
    """The back-up as the one action of a place; `made` when one was written and read back."""

    made = Signal()

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__(session, shell)
        theme.set_property(self.button, "kind", "primary")

    def _on_done(self, done: BackupDone) -> None:
        super()._on_done(done)
        self.made.emit()
