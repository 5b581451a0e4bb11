"""A table of texts to read, one row chosen at a time. Tab leaves it, Enter and double click activate a row."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from fieldapp.ui import theme


class RowTable(QTableWidget):
    """Rows of texts under these heads. `wide` is the column that takes the width which the others leave.

    Without one, whoever makes the table gives the columns their widths, and long texts take more lines.
    """

    def __init__(self, name: str, heads: Sequence[str], wide: int | None = None) -> None:
        super().__init__(0, len(heads))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(heads)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        header, side = self.horizontalHeader(), self.verticalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        side.hide()
        if wide is not None:
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
            side.setDefaultSectionSize(theme.size("row"))
        else:
            side.setMinimumSectionSize(theme.size("row"))
            side.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            self.setWordWrap(True)
            self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_rows(self, rows: Iterable[Sequence[str]]) -> None:
        """Show these texts in place of those before; each says itself in full when pointed at."""
        texts = list(rows)
        self.setRowCount(len(texts))
        for row, line in enumerate(texts):
            for column, text in enumerate(line):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.setItem(row, column, item)

    def cell(self, row: int, column: int) -> QTableWidgetItem:
        """Return a cell that is shown, to dress it."""
        found = self.item(row, column)
        assert found is not None
        return found
