"""Records beside each other: a column for each, a row for each field; what differs is marked by sign and colour."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.models.compare_rows import CompareRow

_PHOTO, _LARGEST = 96, 125
SAME, DIFFERENT = "=", "\N{NOT EQUAL TO}"


class CompareGrid(QWidget):
    """A table that is only looked at, made anew for each comparison."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.SPACE[2], theme.SPACE[2], theme.SPACE[2], theme.SPACE[2])
        self._grid.setHorizontalSpacing(theme.SPACE[3])
        self._grid.setVerticalSpacing(theme.SPACE[1])
        self.signs: dict[str, str] = {}

    def show_sides(
        self,
        headings: Sequence[str],
        rows: Sequence[CompareRow],
        photos: Sequence[bytes] = (),
        marked: Sequence[int] = (),
    ) -> None:
        """Show these sides; `marked` are the columns that are in question, where there are more than two."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        self.signs = {}
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 0)
        for column, heading in enumerate(headings):
            head = self._label(heading, "section" if not marked or column in marked else "secondary")
            self._grid.addWidget(head, 0, column + 2)
            self._grid.setColumnStretch(column + 2, 1)
            photo = photos[column] if column < len(photos) else b""
            image = QImage.fromData(photo) if photo else QImage()
            if not image.isNull():
                self._grid.addWidget(self._photo(image), 1, column + 2)
        for place, row in enumerate(rows, 2):
            self._show_row(place, row, marked)
        self._grid.setRowStretch(len(rows) + 2, 1)
        self._grid.invalidate()

    def _show_row(self, place: int, row: CompareRow, marked: Sequence[int]) -> None:
        _ = self._language.gettext
        sign = "" if row.differs is None else (DIFFERENT if row.differs else SAME)
        self.signs[row.label] = sign
        state = "warn" if row.differs else ""
        said = _("differs") if row.differs else _("the same")
        self._grid.addWidget(self._label(row.label, "hint"), place, 0, Qt.AlignmentFlag.AlignTop)
        mark = self._label(sign, "secondary" if not state else "", state)
        mark.setAccessibleName(said if sign else "")
        mark.setToolTip(said if sign else "")
        self._grid.addWidget(mark, place, 1, Qt.AlignmentFlag.AlignTop)
        for column, text in enumerate(row.texts, 2):
            is_compared = not marked or column - 2 in marked
            words = self._label(text, "" if is_compared else "secondary", state if is_compared else "")
            says_sign = sign and is_compared
            words.setAccessibleName(f"{row.label}: {text}, {said}" if says_sign else f"{row.label}: {text}")
            self._grid.addWidget(words, place, column, Qt.AlignmentFlag.AlignTop)

    def _label(self, text: str, kind: str, state: str = "") -> QLabel:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        if kind:
            label.setProperty("kind", kind)
        if state:
            label.setProperty("state", state)
            font = label.font()
            font.setBold(True)
            label.setFont(font)
        return label

    def _photo(self, image: QImage) -> QLabel:
        picture = QLabel()
        side = _PHOTO * min(theme.percent(), _LARGEST) // 100
        scaled = image.scaled(
            side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        picture.setPixmap(QPixmap.fromImage(scaled))
        picture.setAccessibleName(self._language.gettext("Photo"))
        return picture
