"""Whether what was registered here has a copy elsewhere, said in one sentence; the stick and the back-up that make one."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.services.back_up import BackupDone
from fieldapp.services.correct import ANSWERABLE
from fieldapp.services.elsewhere import Elsewhere, elsewhere
from fieldapp.ui import theme
from fieldapp.ui.hub_watch import HubState, HubWatch
from fieldapp.ui.models.exchange_words import last_words, state_words
from fieldapp.ui.places import Place, Shell
from fieldapp.ui.screens.conflicts_page import ConflictsPage
from fieldapp.ui.screens.put_aside_page import PutAsidePage
from fieldapp.ui.screens.settings_safety import BackupCard
from fieldapp.ui.screens.synchronise_hub import HubCard
from fieldapp.ui.screens.synchronise_left import LeftFilesCard
from fieldapp.ui.screens.synchronise_stick import StickCard
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.banner import ICONS
from fieldapp.ui.widgets.scrolled import scrolled
from fieldapp.ui.widgets.status_line import age_words
from fieldapp.ui.widgets.wrap_layout import WrapLayout

_EVERY_MS = 60_000
_GATHER_MS = 250
_SIGN_PIXELS = 40


class SynchronisePlace(Place):
    """One sentence, what it means, the stick, and the back-up; what is to be looked at opens a page of its own."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__(session, shell)
        self._asked = 0
        self._sign = QLabel()
        self.sentence, self.meaning, self.last_backup = QLabel(), QLabel(), QLabel()
        for label, kind in ((self.sentence, "title"), (self.meaning, "body"), (self.last_backup, "hint")):
            label.setProperty("kind", kind)
            label.setWordWrap(True)
        self.stick_card = StickCard(session, shell)
        self.stick_card.exchanged.connect(self.refresh)
        self.watch = HubWatch(session, self)
        self.watch.told.connect(self._on_hub_told)
        self.hub_card = HubCard(session, shell, self.watch)
        self.left_card = LeftFilesCard(session, shell)
        self.left_card.looked_at.connect(self._on_looked_at)
        self.backup_card = MainBackup(session, shell)
        self.backup_card.made.connect(lambda: session.work.changed.emit("backups"))
        self.conflicts_button, self.aside_button = QPushButton(), QPushButton()
        self.conflicts_page = ConflictsPage(session, shell)
        self.aside_page = PutAsidePage(session, shell)
        self._lay_out()
        for button, page in (
            (self.conflicts_button, self.conflicts_page),
            (self.aside_button, self.aside_page),
        ):
            button.hide()
            button.clicked.connect(partial(self.open_page, page))
            page.left.connect(self.close_page)
        self._gather = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._every_minute = QTimer(self, interval=_EVERY_MS)
        for timer in (self._gather, self._every_minute):
            timer.timeout.connect(self.refresh)
        for keys, action in self.stick_card.key_actions():
            self._shortcut(keys, action)
        self._shortcut("Ctrl+D", self.conflicts_button.click)
        self._shortcut("Ctrl+Q", self.aside_button.click)
        session.work.changed.connect(self._on_changed)
        if not session.desk.is_practice:
            self.watch.start()

    def _shortcut(self, keys: str, action: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self._main, action)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def title(self) -> str:
        """Return the words in the header."""
        return self.session._("Sync")

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of this place."""
        _ = self.session._
        return (
            ("Ctrl+Enter", _("Write to the stick what is only here")),
            ("Ctrl+I", _("Take in what other laptops wrote")),
            ("Ctrl+O", _("Choose a folder")),
            ("Ctrl+D", _("Different values of two desks, for who answers for the day")),
            ("Ctrl+Q", _("What was put aside, for who answers for the day")),
        )

    def entered(self) -> None:
        """Count anew, with the keyboard on what makes a copy; once a minute again, as ages grow."""
        self.refresh()
        self._every_minute.start()
        page = self._pages.currentWidget()
        if isinstance(page, (ConflictsPage, PutAsidePage)):
            page.refresh()
            page.take_focus()
        else:
            self.take_focus()

    def take_focus(self) -> None:
        """Take the keyboard to what makes a copy: the stick where others can read it, else the back-up."""
        stick = self.stick_card.write_button
        (stick if stick.isEnabled() else self.backup_card.button).setFocus()

    def open_page(self, page: "ConflictsPage | PutAsidePage") -> None:
        """Show what is to be looked at."""
        self._pages.setCurrentWidget(page)
        page.refresh()
        page.take_focus()

    def close_page(self) -> None:
        """Show the sentence again."""
        self._pages.setCurrentWidget(self._main)
        self.refresh()
        self.take_focus()

    def left(self) -> None:
        """Stop counting; what runs goes on."""
        self._every_minute.stop()

    def is_safe_to_close(self) -> bool:
        """Tell whether nothing is being written or read."""
        return not self.stick_card.is_busy

    def refresh(self) -> None:
        """Count in the background; the sentence shown stays until then."""
        self._asked += 1
        asked, desk = self._asked, self.session.desk
        self.session.work.query(
            lambda: elsewhere(desk), lambda state: self._show(state) if asked == self._asked else None, owner=self
        )

    def _on_looked_at(self) -> None:
        self.refresh()
        self.take_focus()

    def _on_hub_told(self, state: HubState) -> None:
        if state.url and not state.is_busy and self.isVisible():
            self._gather.start()

    def _on_changed(self, kind: str) -> None:
        if kind != "settings" and self.isVisible():
            self._gather.start()

    def _lay_out(self) -> None:
        self._sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(theme.SPACE[1])
        for label in (self.sentence, self.meaning, self.last_backup):
            said.addWidget(label)
        looked_at = WrapLayout(gap=theme.SPACE[2], line_gap=theme.SPACE[1])
        for button in (self.conflicts_button, self.aside_button):
            looked_at.addWidget(button)
        said.addLayout(looked_at)
        answer = QFrame()
        answer.setProperty("kind", "card")
        row = QHBoxLayout(answer)
        row.setContentsMargins(theme.SPACE[4], theme.SPACE[4], theme.SPACE[4], theme.SPACE[4])
        row.setSpacing(theme.SPACE[3])
        row.addWidget(self._sign)
        row.addLayout(said, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.SPACE[4], theme.SPACE[3], theme.SPACE[4], theme.SPACE[3])
        column.setSpacing(theme.SPACE[3])
        column.addWidget(answer)
        column.addWidget(self.left_card)
        column.addWidget(self.stick_card)
        column.addWidget(self.backup_card)
        column.addWidget(self.hub_card)
        column.addStretch()
        self._main = scrolled(inside)
        self._pages = QStackedWidget()
        for page in (self._main, self.conflicts_page, self.aside_page):
            self._pages.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    def _show(self, state: Elsewhere) -> None:
        now_ms, language = self.session.desk.now_ms(), self.session.language
        age = age_words(language, now_ms - (now_ms if state.oldest_ms is None else state.oldest_ms))
        kind, sentence, meaning = state_words(language, state, age, now_ms)
        theme.set_icon(self._sign, ICONS[kind], kind, _SIGN_PIXELS)
        self.sentence.setText(sentence)
        self.meaning.setText(meaning)
        self.last_backup.setText(last_words(language, state, self.session.moment))
        self._show_looked_at(state)
        self.left_card.show_paths(state.left)
        had_focus = self.backup_card.button.hasFocus() and self.stick_card.write_button.isEnabled() is False
        self.stick_card.show_state(state)
        theme.set_property(self.backup_card.button, "kind", "" if state.laptops else "primary")
        theme.set_property(self.stick_card.write_button, "kind", "primary" if state.laptops else "")
        if had_focus and self.stick_card.write_button.isEnabled():
            self.take_focus()

    def _show_looked_at(self, state: Elsewhere) -> None:
        language = self.session.language
        may_look = self.session.desk.actor.role in ANSWERABLE
        self.conflicts_button.setText(
            language.ngettext(
                "{number} record with different values  Ctrl+D", "{number} records with different values  Ctrl+D",
                state.conflicts,
            )
        )  # fmt: skip
        self.aside_button.setText(
            language.ngettext("{number} entry put aside  Ctrl+Q", "{number} entries put aside  Ctrl+Q", state.put_aside)
        )
        theme.set_icon(self.conflicts_button, "git-merge")
        theme.set_icon(self.aside_button, "message-square-warning")
        self.conflicts_button.setVisible(may_look and state.conflicts > 0)
        self.aside_button.setVisible(may_look and state.put_aside > 0)


class MainBackup(BackupCard):
    """The back-up as an action of a place; `made` when one was written and read back."""

    made = Signal()

    def _on_done(self, done: BackupDone) -> None:
        super()._on_done(done)
        self.made.emit()
