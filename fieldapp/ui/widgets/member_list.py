"""The compact list of the members entered so far: arrows walk it, Enter edits, Delete removes."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.models.draft_content import PersonDraft
from fieldapp.ui.models.draft_members import MembersModel

_NAME_COLUMN = 1


class MemberList(QTableView):
    """As high as its rows; hidden while there is nobody."""

    edit_wanted = Signal(int)
    remove_wanted = Signal(int)

    def __init__(self, language: Language, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = MembersModel(language, today, self)
        self.setModel(self._model)
        self.setAccessibleName(language.gettext("Members entered so far: Enter changes, Delete removes"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().hide()
        self.doubleClicked.connect(lambda index: self.edit_wanted.emit(index.row()))
        self.hide()

    def show_people(self, members: Sequence[PersonDraft]) -> None:
        """Show these members, without the focal point; the marked row stays where it was."""
        row = self.currentIndex().row()
        self._model.show_people(members)
        self.setVisible(bool(members))
        height = theme.size("row")
        self.verticalHeader().setDefaultSectionSize(height)
        self.setFixedHeight(height * len(members) + 2)
        header = self.horizontalHeader()
        for column in range(self._model.columnCount()):
            is_name = column == _NAME_COLUMN
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Stretch if is_name else QHeaderView.ResizeMode.ResizeToContents
            )
        if members and row >= 0:
            self.selectRow(min(row, len(members) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self.edit_wanted.emit(row)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and row >= 0:
            self.remove_wanted.emit(row)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentIndex().row() < 0 and self._model.rowCount():
            self.selectRow(0)
