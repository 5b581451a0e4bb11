"""A surface with a heading and rows below it: what a settings page is made of."""

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from fieldapp.ui import theme


class Card(QFrame):
    """A card; `column` takes what belongs in it."""

    def __init__(self, title: str, intro: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.SPACE[4], theme.SPACE[3], theme.SPACE[4], theme.SPACE[4])
        self.column.setSpacing(theme.SPACE[2])
        heading = QLabel(title)
        heading.setProperty("kind", "section")
        self.column.addWidget(heading)
        if intro:
            words = QLabel(intro)
            words.setProperty("kind", "secondary")
            words.setWordWrap(True)
            self.column.addWidget(words)
