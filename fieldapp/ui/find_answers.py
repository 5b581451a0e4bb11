"""The answers below the find box, while somebody types: the list, that nobody was found, and the search of every row.

What was typed is looked for off the main thread; an answer to what was typed before is dropped.
"""

from threading import Event

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from fieldapp.services.search import SearchCancelled, search, search_every_row
from fieldapp.ui import theme
from fieldapp.ui.models.found_lines import FoundLine, found_lines
from fieldapp.ui.screens.group_page_person import plain_label
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.find_box import FindBox
from fieldapp.ui.widgets.found_list import FoundList, line_of

_PAUSE_MS = 60
_MOST = 30
_ROWS_IN_SIGHT = 8
_WIDTH = 620


class FindAnswers(QFrame):
    """Lies over the window below the find box. `chosen` carries who was chosen as a FoundLine."""

    chosen = Signal(object)
    _progressed = Signal(int, int, int)

    def __init__(self, session: Session, box: FindBox, over: QWidget) -> None:
        super().__init__(over)
        self._session, self._box, self._over = session, box, over
        self._turn = 0
        self._is_stale = self._is_wide = self._enter_waits = False
        self._stop = Event()
        _ = session._
        self.setProperty("kind", "answers")
        self.list = FoundList(self)
        self.list.setAccessibleName(_("People found"))
        self.said = plain_label("", "secondary")
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("Progress of the search"))
        self.bar.setTextVisible(False)
        self.every_button = QPushButton(_("Search every row   Ctrl+Enter"))
        self.stop_button = QPushButton(_("Stop   Esc"))
        for button in (self.every_button, self.stop_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.keys = QLabel(_("↑ ↓ choose · Enter opens the family · Esc closes"))
        self.keys.setProperty("kind", "hint")
        self.keys.setWordWrap(True)
        self._lay_out()
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._ask)
        box.field.textChanged.connect(self._on_typed)
        box.field.installEventFilter(self)
        box.left.connect(self.close_answers)
        self.list.itemClicked.connect(self._on_clicked)
        self.every_button.clicked.connect(self.search_every_row)
        self.stop_button.clicked.connect(self._stop.set)
        self._progressed.connect(self._on_progressed)
        self.hide()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(theme.SPACE[2])
        foot.addWidget(self.keys, 1)
        foot.addWidget(self.every_button)
        foot.addWidget(self.stop_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE[1], theme.SPACE[1], theme.SPACE[1], theme.SPACE[1])
        column.setSpacing(theme.SPACE[1])
        for part in (self.list, self.said, self.bar):
            column.addWidget(part)
        column.addLayout(foot)

    def close_answers(self) -> None:
        """Take the answers away, and stop what runs."""
        self._turn += 1
        self._stop.set()
        self._soon.stop()
        self._enter_waits = False
        self.hide()

    def search_every_row(self) -> None:
        """Compare what was typed with everybody's names; Esc stops that."""
        text, desk, language = self._box.field.text(), self._session.desk, self._session.language
        if not text.strip() or self._is_wide:
            return
        self._turn += 1
        self._soon.stop()
        self._stop = Event()
        turn, stop = self._turn, self._stop
        self._is_wide = True
        self.bar.setRange(0, 0)
        self._say(self._session._("Every row is being searched…"), searching=True)

        def progressed(done: int, whole: int) -> None:
            if isValid(self):
                self._progressed.emit(turn, done, whole)

        def failed(error: Exception) -> None:
            self._is_wide = False
            if turn != self._turn:
                return
            if isinstance(error, SearchCancelled):
                self._say(self._session._("The search was stopped."))
            else:
                self._on_failed(error)

        self._session.work.query(
            lambda: found_lines(language, search_every_row(desk, text, _MOST, progressed, stop.is_set), desk.today()),
            lambda lines: self._on_wide(turn, lines),
            failed,
            owner=self,
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take the arrows, Enter and Esc from the box while there is something to choose."""
        if event.type() == QEvent.Type.FocusOut and watched is self._box.field and not self.underMouse():
            self.close_answers()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        return self._takes(event) or super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        key, steps = event.key(), {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
        if key == Qt.Key.Key_Escape and self._is_wide:
            self._stop.set()
            return True
        if key in steps and self.isVisible():
            self.list.step(steps[Qt.Key(key)])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._box.field.text().strip():
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.search_every_row()
            elif self._is_stale:
                self._enter_waits = True
            else:
                self._choose(self.list.chosen)
            return True
        return False

    def _on_typed(self, text: str) -> None:
        self._turn += 1
        self._stop.set()
        self._enter_waits = False
        self._is_stale = bool(text.strip())
        if self._is_stale:
            self._soon.start()
        else:
            self._soon.stop()
            self.hide()

    def _ask(self) -> None:
        turn, text, desk, language = self._turn, self._box.field.text(), self._session.desk, self._session.language
        self._session.work.query(
            lambda: found_lines(language, search(desk, text, _MOST), desk.today()),
            lambda lines: self._show(turn, lines),
            self._on_failed,
            owner=self,
        )

    def _on_failed(self, error: Exception) -> None:
        self.close_answers()
        self._session.work.failed.emit(error)

    def _on_progressed(self, turn: int, done: int, whole: int) -> None:
        if turn == self._turn:
            self.bar.setRange(0, whole)
            self.bar.setValue(done)

    def _on_wide(self, turn: int, lines: tuple[FoundLine, ...]) -> None:
        self._is_wide = False
        if turn != self._turn:
            return
        _ = self._session._
        if lines:
            self._list(lines)
        else:
            self._say(_("Nobody here has a name like this. Press F2 to register the family."))

    def _show(self, turn: int, lines: tuple[FoundLine, ...]) -> None:
        if turn != self._turn:
            return
        self._is_stale = False
        if not lines:
            self._say(
                self._session._("Nobody was found. Leave a word out, add the year of birth, or search every row."),
                can_search=True,
            )
            return
        self._list(lines)
        if self._enter_waits:
            self._choose(self.list.chosen)

    def _list(self, lines: tuple[FoundLine, ...]) -> None:
        self.list.show_lines(lines)
        self._stand(has_list=True, can_search=True)

    def _say(self, text: str, *, searching: bool = False, can_search: bool = False) -> None:
        self.list.show_lines(())
        self.said.setText(text)
        self._stand(has_list=False, searching=searching, can_search=can_search)

    def _stand(self, *, has_list: bool, searching: bool = False, can_search: bool = False) -> None:
        self.list.setVisible(has_list)
        self.said.setVisible(not has_list)
        self.keys.setVisible(has_list)
        self.bar.setVisible(searching)
        self.stop_button.setVisible(searching)
        self.every_button.setVisible(can_search and not searching)
        self.setAccessibleName(self.said.text() if not has_list else self.list.accessibleName())
        self._place()
        self.show()
        self.raise_()

    def _place(self) -> None:
        over = self._over
        corner = self._box.mapTo(over, QPoint(0, self._box.height() + 2))
        width = min(over.width() - theme.SPACE[2], max(self._box.width(), _WIDTH * theme.percent() // 100))
        if self.list.isVisibleTo(self):
            rows = min(self.list.count(), _ROWS_IN_SIGHT)
            self.list.setFixedHeight(rows * self.list.sizeHintForRow(0) + theme.SPACE[1])
        right = corner.x() + self._box.width()
        self.setFixedWidth(width)
        self.adjustSize()
        height = min(self.sizeHint().height(), over.height() - corner.y() - theme.SPACE[1])
        if self.list.isVisibleTo(self) and self.sizeHint().height() > height:
            self.list.setFixedHeight(max(theme.size("row"), self.list.height() - self.sizeHint().height() + height))
        self.resize(width, height)
        self.move(max(theme.SPACE[0], right - width), corner.y())

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self._choose(line_of(item))

    def _choose(self, line: FoundLine | None) -> None:
        if line is not None:
            self._box.field.clear()
            self.close_answers()
            self.chosen.emit(line)
