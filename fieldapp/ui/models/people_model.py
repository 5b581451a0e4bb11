"""The people list as a lazy table: 100,000 rows, of which only the pages around what is looked at are held.

A page is asked for when the view first wants one of its rows; until it is there its rows are placeholders. An answer
to a question that has been replaced by a newer one is thrown away.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QIcon

from fieldapp.domain.people import IndividualRow
from fieldapp.i18n import Language
from fieldapp.services.search import Found
from fieldapp.ui import theme
from fieldapp.ui.models.people_rows import HEADERS, Column, RowWriter, ShownRow
from fieldapp.ui.work import Work

PAGE_ROWS = 200
PAGES_KEPT = 8
PAGES_WAITING = 3
"""Of the pages that a fast scroll passed over, only so many of the latest are still fetched."""
WAITING = "\N{HORIZONTAL ELLIPSIS}"
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The role that gives the whole IndividualRow, None while it is being fetched."""
MARKS_ROLE = int(Qt.ItemDataRole.UserRole) + 2
"""The role that gives the letters of a cell that answer a search."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NUMERIC = frozenset({Column.AGE, Column.GROUP})


@dataclass(frozen=True, slots=True)
class PeopleSource:
    """A question to the register: how many rows answer it, and the rows from an offset. Called off the main thread."""

    count: Callable[[], int]
    rows: Callable[[int, int], Sequence[IndividualRow | Found]]


@dataclass(frozen=True, slots=True)
class _Answer:
    count: int
    pages: dict[int, list[ShownRow]]


class PeopleModel(QAbstractTableModel):
    """The rows that answer one question."""

    answered = Signal(int)
    """The number of rows is known and the first of them are there."""
    failed = Signal(object)
    """The register could not be read; carries the exception."""

    def __init__(self, work: Work, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work, self._language = work, language
        self._source: PeopleSource | None = None
        self._writer: RowWriter | None = None
        self._asked = 0
        self._count = 0
        self._pages: OrderedDict[int, list[ShownRow]] = OrderedDict()
        self._wanted: list[int] = []
        self._fetching = False
        self._coming: int | None = None
        self._roles: dict[int, Callable[[ShownRow, Column], object]] = {
            Qt.ItemDataRole.DisplayRole: lambda row, column: row.texts[column],
            Qt.ItemDataRole.ToolTipRole: self._hint,
            Qt.ItemDataRole.AccessibleTextRole: self._hint,
            Qt.ItemDataRole.DecorationRole: _decoration,
            ROW_ROLE: lambda row, _column: row.row,
            MARKS_ROLE: lambda row, column: row.marks.get(column, ()),
        }

    def ask(self, source: PeopleSource, writer: RowWriter) -> None:
        """Ask a new question; the rows of the old one stay until the answer is there."""
        self._source, self._writer = source, writer
        self._send([0], self._on_new_answer)

    @property
    def is_asked(self) -> bool:
        """Whether there is a question whose answer can be read anew."""
        return self._source is not None

    def refresh(self) -> None:
        """Ask the same question again, without losing the place."""
        if self._source is not None:
            self._send(list(self._pages)[-2:] or [0], self._on_same_answer)

    def row_at(self, row: int) -> IndividualRow | None:
        """Return a row, None while it is being fetched."""
        shown = self._shown(row)
        return shown.row if shown else None

    def find(self, individual_id: UUID) -> int | None:
        """Return where a person stands among the rows that are held."""
        for page, rows in self._pages.items():
            for offset, shown in enumerate(rows):
                if shown.row.individual_id == individual_id:
                    return page * PAGE_ROWS + offset
        return None

    @property
    def has_answers(self) -> bool:
        """Whether some of the rows that are held say what answers a search."""
        return any(shown.texts[Column.ANSWER] for rows in self._pages.values() for shown in rows)

    @property
    def pages_held(self) -> int:
        """How many pages are in memory."""
        return len(self._pages)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            sideways = Qt.AlignmentFlag.AlignRight if index.column() in _NUMERIC else Qt.AlignmentFlag.AlignLeft
            return sideways | Qt.AlignmentFlag.AlignVCenter
        answer = self._roles.get(role)
        if answer is None or not index.isValid():
            return None
        row = self._shown(index.row())
        if row is None:
            is_first = role == Qt.ItemDataRole.DisplayRole and index.column() == Column.NUMBER
            return WAITING if is_first else None
        return answer(row, Column(index.column()))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._language.gettext(HEADERS[Column(section)])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            sideways = Qt.AlignmentFlag.AlignRight if section in _NUMERIC else Qt.AlignmentFlag.AlignLeft
            return sideways | Qt.AlignmentFlag.AlignVCenter
        return None

    def _hint(self, row: ShownRow, column: Column) -> str:
        return self._writer.hint(row, column) if self._writer else ""

    def _shown(self, row: int) -> ShownRow | None:
        page, offset = divmod(row, PAGE_ROWS)
        rows = self._pages.get(page)
        if rows is None:
            self._want(page)
            return None
        self._pages.move_to_end(page)
        return rows[offset] if offset < len(rows) else None

    def _want(self, page: int) -> None:
        if page in self._wanted or page == self._coming:
            return
        self._wanted = [*self._wanted[-(PAGES_WAITING - 1) :], page]
        if not self._fetching:
            self._fetching = True
            # The view asks while it paints; going to the register has to wait until it is done.
            QTimer.singleShot(0, self, self._fetch)

    def _fetch(self) -> None:
        source, writer = self._source, self._writer
        if not self._wanted or source is None or writer is None:
            self._fetching = False
            return
        page = self._coming = self._wanted.pop()
        self._work.query(
            partial(_read_page, source, writer, page),
            partial(self._on_page, self._asked, page),
            partial(self._on_failed, self._asked),
            owner=self,
        )

    def _on_page(self, asked: int, page: int, rows: list[ShownRow]) -> None:
        self._coming = None
        if asked == self._asked:
            self._keep(page, rows)
            first = page * PAGE_ROWS
            last = min(first + PAGE_ROWS, self._count) - 1
            if last >= first:
                self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))
        self._fetch()

    def _keep(self, page: int, rows: list[ShownRow]) -> None:
        self._pages[page] = rows
        self._pages.move_to_end(page)
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)

    def _send(self, pages: Sequence[int], done: Callable[[_Answer], None]) -> None:
        source, writer = self._source, self._writer
        if source is None or writer is None:
            return
        self._asked += 1
        asked = self._asked

        def read() -> _Answer:
            # Only the newest question is worth an answer: typing on makes the earlier ones pointless.
            if asked != self._asked:
                return _Answer(0, {})
            return _Answer(source.count(), {page: _read_page(source, writer, page) for page in pages})

        def on_answer(answer: _Answer) -> None:
            if asked == self._asked:
                done(answer)

        self._work.query(read, on_answer, partial(self._on_failed, asked), owner=self)

    def _on_new_answer(self, answer: _Answer) -> None:
        self.beginResetModel()
        self._take(answer)
        self.endResetModel()
        self.answered.emit(self._count)

    def _on_same_answer(self, answer: _Answer) -> None:
        if answer.count != self._count:
            self._on_new_answer(answer)
            return
        self._take(answer)
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(Column) - 1))
        self.answered.emit(self._count)

    def _take(self, answer: _Answer) -> None:
        self._count = answer.count
        self._wanted.clear()
        self._pages.clear()
        for page, rows in answer.pages.items():
            self._keep(page, rows)

    def _on_failed(self, asked: int, error: Exception) -> None:
        self._fetching, self._coming = False, None
        if asked == self._asked:
            self.failed.emit(error)


def _read_page(source: PeopleSource, writer: RowWriter, page: int) -> list[ShownRow]:
    return [writer.write(row) for row in source.rows(page * PAGE_ROWS, PAGE_ROWS)]


def _decoration(row: ShownRow, column: Column) -> object:
    return _icon(row.icon, row.icon_role, theme.current()) if column is Column.STATE else None


@lru_cache(maxsize=64)
def _icon(name: str, role: str, _theme: str) -> QIcon:
    """Return an icon of the theme in use; a table asks for it at every painting of a row."""
    return theme.icon(name, role)
