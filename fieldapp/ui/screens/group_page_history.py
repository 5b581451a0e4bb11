"""The tab History: what was done with a family and its members, newest first."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from fieldapp.domain.people import GroupPage
from fieldapp.ui import theme
from fieldapp.ui.models import person_words as words
from fieldapp.ui.session import Session

_WHAT = 2
_LETTERS = {0: 19, 1: 22, _WHAT: 24, 3: 24}
_SHARES = {_WHAT: 3, 3: 2}
"""How the columns of long words share what is left of the width."""


class HistoryTable(QTableWidget):
    """Four columns, each of which can be read; where text is large it scrolls sideways."""

    def __init__(self) -> None:
        super().__init__(0, 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        letter = self.fontMetrics().averageCharWidth()
        left = max(0, self.viewport().width() - letter * sum(_LETTERS.values()))
        for column, letters in _LETTERS.items():
            share = left * _SHARES.get(column, 0) // sum(_SHARES.values())
            self.setColumnWidth(column, letters * letter + share)


class HistoryTab(QWidget):
    """A table of when, about whom, what, and by whom in which role at which desk."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        _ = session._
        self.table = HistoryTable()
        self.table.setAccessibleName(_("History"))
        self.table.setHorizontalHeaderLabels([_("When"), _("About"), _("What"), _("Who")])
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setMinimumSectionSize(theme.size("row"))
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, theme.SPACE[2], 0, 0)
        box.addWidget(self.table)

    def show_page(self, page: GroupPage) -> None:
        """Show the history of a family."""
        language, _ = self._session.language, self._session._
        lines = words.family_history(page)
        self.table.setRowCount(len(lines))
        for row, (line, member) in enumerate(lines):
            about = words.short_name(member.given_names, member.surnames) if member else _("Family")
            role = words.role_words(language, line.role) if line.role else ""
            who = ", ".join(part for part in (line.staff_name, role, line.device_code) if part)
            texts = (self._session.moment(line.at_ms), about, words.history_words(language, line), who)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)

    def texts(self) -> list[str]:
        """Return what was done, newest first."""
        return [item.text() for row in range(self.table.rowCount()) if (item := self.table.item(row, _WHAT))]
