"""The table of the people list: which columns there is room for, and the order that a header asks for."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from fieldapp.ui import theme
from fieldapp.ui.models.people_model import MARKS_ROLE, PeopleModel
from fieldapp.ui.models.people_rows import Column
from fieldapp.ui.widgets.marked_text import draw_marked

_LETTERS = {
    Column.NUMBER: 17,
    Column.AGE: 11,
    Column.SEX: 7,
    Column.GROUP: 8,
    Column.ORIGIN: 10,
    Column.ARRIVED: 10,
    Column.STATE: 16,
    Column.ANSWER: 22,
}
_LEAST_NAME = 18
_LET_GO = (Column.ORIGIN, Column.SEX, Column.ARRIVED, Column.GROUP, Column.AGE)
"""The columns that are hidden, in this order, where the text is large or the window small; the card shows them too."""
_ORDERS = {Column.NUMBER: "number", Column.NAME: "name", Column.ARRIVED: "number"}
"""Numbers are given in the order of registration, so a list by arrival is a list by number."""


class PeopleTable(QTableView):
    """Rows of people. `order_asked` carries the order's name and whether it runs down."""

    order_asked = Signal(str, bool)

    def __init__(self, model: PeopleModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order = ("number", True)
        self._shows_answers = False
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(theme.size("icon"), theme.size("icon")))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.size("row"))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        header.sectionClicked.connect(self._on_header)
        marked = MarkedCells(self)
        for column in (Column.NUMBER, Column.NAME, Column.AGE, Column.ORIGIN, Column.ANSWER):
            self.setItemDelegateForColumn(column, marked)
        header.moveSection(header.visualIndex(Column.ANSWER), Column.NAME + 1)
        self._fit()

    def show_answers(self, *, shown: bool) -> None:
        """Show beside the names what answers a search, or give its room back."""
        if shown != self._shows_answers:
            self._shows_answers = shown
            self._fit()

    def show_order(self, order: str, *, descending: bool) -> None:
        """Show by an arrow in the header how the rows are ordered."""
        self._order = (order, descending)
        column = next((each for each, name in _ORDERS.items() if name == order), None)
        self.horizontalHeader().setSortIndicatorShown(column is not None)
        if column is None:
            return
        way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        header.setSortIndicator(column, way)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide what there is no room for, so that the names can be read."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        letter = self.fontMetrics().averageCharWidth()
        self.setColumnHidden(Column.ANSWER, not self._shows_answers)
        wanted = sum(_LETTERS.values()) - (0 if self._shows_answers else _LETTERS[Column.ANSWER])
        left = self.viewport().width() - letter * (wanted + _LEAST_NAME)
        for column, letters in _LETTERS.items():
            self.setColumnWidth(column, letters * letter)
        for column in _LET_GO:
            is_hidden = left < 0
            self.setColumnHidden(column, is_hidden)
            left += letter * _LETTERS[column] if is_hidden else 0

    def _on_header(self, section: int) -> None:
        order = _ORDERS.get(Column(section))
        if order is None:
            # Qt has moved the arrow to whatever was clicked.
            self.show_order(self._order[0], descending=self._order[1])
            return
        shown, descending = self._order
        self.order_asked.emit(order, not descending if order == shown else order != "name")


class MarkedCells(QStyledItemDelegate):
    """Draws a cell as any other, with the letters marked that answer what was typed."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a cell without marks the usual way."""
        marks = index.data(MARKS_ROLE)
        if not marks:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        style, text = option.widget.style(), option.text
        margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, option.widget) + 1
        room = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, option.widget)
        room = room.adjusted(margin, 0, -margin, 0)
        option.text = ""
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        if option.displayAlignment & Qt.AlignmentFlag.AlignRight:
            wide = QFontMetrics(_bold(option.font)).horizontalAdvance(text)
            room.setLeft(max(room.left(), room.right() - wide))
        draw_marked(painter, room, text, marks, option.font, middle=True)
        painter.restore()


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold
