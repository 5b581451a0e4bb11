"""Chips: a filter that is put on and taken off, and a mark of a record as a word with an icon."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from fieldapp.ui import theme
from fieldapp.ui.models.person_words import Mark
from fieldapp.ui.widgets.wrap_layout import WrapLayout


class FilterChip(QPushButton):
    """A filter: pressed it holds and shows a cross, pressed again it is gone."""

    def __init__(self, text: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.setToolTip(hint)
        self.setAccessibleDescription(hint)
        theme.set_property(self, "kind", "chip")
        self._on_toggled(on=False)
        self.toggled.connect(lambda on: self._on_toggled(on=on))

    def sizeHint(self) -> QSize:
        """Return the size of the pressed chip, whose words are bold, so that pressing it moves nothing."""
        hint = super().sizeHint()
        bold = QFont(self.font())
        bold.setBold(True)
        wider = QFontMetrics(bold).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())
        return hint if self.font().bold() else QSize(hint.width() + max(0, wider) + theme.SPACE[0], hint.height())

    def _on_toggled(self, *, on: bool) -> None:
        theme.set_icon(self, "x" if on else "plus", pixels=16)


class MarkChip(QFrame):
    """A mark as icon and word; why it is there shows on hover and is read out."""

    def __init__(self, mark: Mark, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_property(self, "kind", "chip")
        theme.set_property(self, "state", mark.state)
        picture, word = QLabel(), QLabel(mark.text)
        theme.set_icon(picture, mark.icon, mark.state, 16)
        theme.set_property(word, "state", mark.state)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE[1], 2, theme.SPACE[2], 2)
        row.setSpacing(theme.SPACE[0])
        row.addWidget(picture)
        row.addWidget(word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # The sheet rounds a chip by half of this height; Qt rounds nothing that is lower.
        self.setMinimumHeight(theme.size("target") + 2)
        self.setToolTip(mark.why)
        self.setAccessibleName(mark.text)
        self.setAccessibleDescription(mark.why)


class MarkRow(QWidget):
    """The marks of a record, side by side, going on below when the line is full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = WrapLayout(self, gap=theme.SPACE[1], line_gap=theme.SPACE[0])
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._marks: tuple[Mark, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of the marks."""
        return tuple(mark.text for mark in self._marks)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show these marks and no others."""
        if tuple(marks) == self._marks:
            return
        self._marks = tuple(marks)
        while (item := self._line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()  # Qt would show later, as a window of its own, what was just added
                widget.deleteLater()
        for mark in marks:
            self._line.addWidget(MarkChip(mark))
        self.setVisible(bool(marks))
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0) if not self._marks else super().minimumSizeHint()
