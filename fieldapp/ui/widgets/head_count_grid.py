"""People who are counted and not entered one by one: sex by age group, walked by arrows and filled by digits."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QIntValidator, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from fieldapp.code_lists import code_list
from fieldapp.domain.record import LARGEST_GROUP, Sex
from fieldapp.domain.summary import AGE_GROUPS
from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.widgets.field_frame import mark

_SEXES = (Sex.FEMALE, Sex.MALE, Sex.UNKNOWN)


class HeadCountGrid(QWidget):
    """A small grid of counts. The keyboard stops in it once; arrows walk the cells."""

    changed = Signal()
    returnPressed = Signal()  # noqa: N815 - named like that of Qt's own fields, so that Enter goes on from all alike

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.SPACE[0])
        ages, sexes = code_list("age_groups"), code_list("sex")
        age_words = [ages.label(code, language.code) if code in ages else code for code in AGE_GROUPS]
        for column, (code, words) in enumerate(zip(AGE_GROUPS, age_words, strict=True)):
            head = _words("?" if code == "other" else _short(code), "hint")
            head.setToolTip(words)
            grid.addWidget(head, 0, column + 1, Qt.AlignmentFlag.AlignHCenter)
        self._cells: list[list[_Cell]] = []
        for row, sex in enumerate(_SEXES):
            sex_words = sexes.label(sex, language.code)
            name = _words(sex_words, "secondary")
            name.setContentsMargins(0, 0, theme.SPACE[1], 0)
            grid.addWidget(name, row + 1, 0)
            cells = [_Cell(self, row, column) for column in range(len(AGE_GROUPS))]
            for column, cell in enumerate(cells):
                cell.setAccessibleName(f"{sex_words}, {age_words[column]}")
                cell.setToolTip(cell.accessibleName())
                cell.textEdited.connect(self._on_edited)
                grid.addWidget(cell, row + 1, column + 1)
            self._cells.append(cells)
        self._total = _words("", "secondary")
        grid.addWidget(self._total, len(_SEXES), len(AGE_GROUPS) + 1)
        grid.setColumnStretch(len(AGE_GROUPS) + 2, 1)
        self._enter_at(self._cells[0][0])
        self._show_total()

    @property
    def counts(self) -> dict[str, int]:
        """How many of each `SEX:AGE_GROUP`, without the zeros."""
        found = {
            f"{sex}:{age}": cell.count
            for sex, cells in zip(_SEXES, self._cells, strict=True)
            for age, cell in zip(AGE_GROUPS, cells, strict=True)
        }
        return {key: count for key, count in found.items() if count}

    @property
    def total(self) -> int:
        """How many people are counted here."""
        return sum(self.counts.values())

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Put counts into the grid without saying that they changed; the keyboard comes in at the first cell."""
        for sex, cells in zip(_SEXES, self._cells, strict=True):
            for age, cell in zip(AGE_GROUPS, cells, strict=True):
                count = counts.get(f"{sex}:{age}", 0)
                cell.setText(str(count) if count else "")
        self._enter_at(self._cells[0][0])
        self._show_total()

    @property
    def entry(self) -> QWidget:
        """The cell the keyboard comes in at: the one it was in last."""
        return self.focusProxy() or self

    def show_problem(self, state: str) -> None:
        """Show by the borders of the cells that something is wrong, or not."""
        for cells in self._cells:
            for cell in cells:
                mark(cell, problem=state if cell.count else "")

    def walk(self, cell: "_Cell", rows: int, columns: int) -> None:
        """Go so many cells down and right, stopping at the edge."""
        row = min(max(cell.row + rows, 0), len(_SEXES) - 1)
        column = min(max(cell.column + columns, 0), len(AGE_GROUPS) - 1)
        target = self._cells[row][column]
        self._enter_at(target)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter_at(self, cell: "_Cell") -> None:
        for cells in self._cells:
            for each in cells:
                each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each is cell else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(cell)

    def _on_edited(self, _text: str) -> None:
        self._show_total()
        self.changed.emit()

    def _show_total(self) -> None:
        self._total.setText(f"= {self._language.number(self.total)}" if self.total else "")


class _Cell(QLineEdit):
    """One count."""

    def __init__(self, grid: HeadCountGrid, row: int, column: int) -> None:
        super().__init__()
        self._grid = grid
        self.row, self.column = row, column
        self.setValidator(QIntValidator(0, LARGEST_GROUP, self))
        self.setMaxLength(2)
        self.setPlaceholderText("·")
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFixedWidth(theme.size("primary"))

    @property
    def count(self) -> int:
        text = self.text()
        return int(text) if text.isdigit() else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        sideways = -1 if mirrored else 1
        steps = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -sideways),
            Qt.Key.Key_Right: (0, sideways),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self._grid.walk(self, *step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._grid.returnPressed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()


def _words(text: str, kind: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("kind", kind)
    return label


def _short(age_group: str) -> str:
    return age_group.replace("_", "–", 1) if not age_group.endswith("_") else f"{age_group[:-1]}+"
