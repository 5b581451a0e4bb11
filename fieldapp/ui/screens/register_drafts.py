"""The unfinished registrations of this laptop: go on with one, or throw it away."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from fieldapp.services.drafts import Draft
from fieldapp.ui import theme
from fieldapp.ui.models.draft_content import from_map
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.wrap_layout import WrapLayout, with_room_behind


class DraftsPanel(QWidget):
    """A list walked by arrows: Enter goes on with a draft, Delete twice throws it away, Esc goes back to the form."""

    chosen = Signal(object)
    discarded = Signal(object)
    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = session._
        self._session = session
        self._drafts: list[Draft] = []
        self._sure: Draft | None = None
        heading = QLabel(_("Unfinished registrations"))
        heading.setProperty("kind", "section")
        self._hint = QLabel()
        self._hint.setProperty("kind", "secondary")
        self._hint.setWordWrap(True)
        self.list = _List()
        self.list.setAccessibleName(heading.text())
        self.open_button = QPushButton(_("Go on with it   Enter"))
        self.open_button.setProperty("kind", "primary")
        self.discard_button = QPushButton(_("Discard   Del"))
        self.discard_button.setProperty("kind", "danger")
        theme.set_icon(self.discard_button, "trash-2")
        self.back_button = QPushButton(_("Back to the form   Esc"))
        self.back_button.setProperty("kind", "quiet")
        buttons = WrapLayout(gap=theme.SPACE[1], line_gap=theme.SPACE[1], fill=True, at_end=True)
        buttons.addWidget(with_room_behind(self.back_button))
        for button in (self.discard_button, self.open_button):
            buttons.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.SPACE[1], 0, theme.SPACE[3], 0)
        box.setSpacing(theme.SPACE[2])
        box.addWidget(heading)
        box.addWidget(self._hint)
        box.addWidget(self.list, 1)
        box.addStretch(0)
        box.addLayout(buttons)
        self.list.entered_by_key.connect(self._open)
        self.list.itemDoubleClicked.connect(lambda _item: self._open())
        self.list.deleted_by_key.connect(self._discard)
        self.list.currentRowChanged.connect(self._be_unsure)
        self.open_button.clicked.connect(self._open)
        self.discard_button.clicked.connect(self._discard)
        self.back_button.clicked.connect(self.closed)

    def show_drafts(self, drafts: Sequence[Draft]) -> None:
        """Show these drafts; the marked row stays where it was."""
        row = max(0, self.list.currentRow())
        self._drafts = list(drafts)
        self.list.clear()
        for draft in self._drafts:
            self.list.addItem(QListWidgetItem(draft_words(self._session, draft)))
        self.list.setCurrentRow(min(row, len(self._drafts) - 1))
        for button in (self.open_button, self.discard_button):
            button.setVisible(bool(self._drafts))
        self.list.setVisible(bool(self._drafts))
        self._be_unsure()

    def take_focus(self) -> None:
        """Take the keyboard to the list, or to the way back where there is nothing in it."""
        first = self.list if self._drafts else self.back_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _be_unsure(self, _row: int = 0) -> None:
        self._sure = None
        _ = self._session._
        nothing = _("There is nothing unfinished. Esc in the form puts a family aside; it is then found here.")
        self._hint.setText("" if self._drafts else nothing)
        self._hint.setVisible(not self._drafts)
        self.discard_button.setText(_("Discard   Del"))

    def _current(self) -> Draft | None:
        row = self.list.currentRow()
        return self._drafts[row] if 0 <= row < len(self._drafts) else None

    def _open(self) -> None:
        draft = self._current()
        if draft is not None:
            self.chosen.emit(draft)

    def _discard(self) -> None:
        draft = self._current()
        if draft is None:
            return
        if self._sure is not draft:
            self._sure = draft
            _ = self._session._
            self.discard_button.setText(_("Really discard   Del"))
            self._hint.setText(_("What was typed is then gone for good. Press Del once more to discard it."))
            self._hint.show()
            return
        self.discarded.emit(draft)


class _List(QListWidget):
    entered_by_key = Signal()
    deleted_by_key = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_by_key.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted_by_key.emit()
        else:
            super().keyPressEvent(event)


def draft_words(session: Session, draft: Draft) -> str:
    """Return a draft in one line: when, who, how many."""
    content = from_map(draft.content)
    settled = content.settled()
    size = len(settled.people) + sum(content.counts.values())
    people = session.language.ngettext("{number} person", "{number} people", size)
    name = content.title or session._("no name yet")
    return f"{session.moment(draft.saved_at_ms)} · {name} · {people}"
