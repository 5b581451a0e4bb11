"""A numbered section of the registration form: its heading with what belongs beside it, and its content below."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldapp.ui import theme


class Section(QWidget):
    """A heading and a column; sections never collapse by themselves."""

    def __init__(self, number: int, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.heading = QLabel(f"{number}  {title}")
        self.heading.setProperty("kind", "section")
        self.beside = QHBoxLayout()
        self.beside.setSpacing(theme.SPACE[1])
        self.beside.addWidget(self.heading)
        self.beside.addStretch(1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.SPACE[1])
        self.column.addLayout(self.beside)
