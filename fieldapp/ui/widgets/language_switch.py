"""The languages of the screen as buttons, each named in itself."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QWidget

from fieldapp.i18n import LANGUAGES
from fieldapp.ui import theme


class LanguageSwitch(QWidget):
    """Emits `chosen` with a language's code when a person chooses another one."""

    chosen = Signal(str)

    def __init__(self, current: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE[1])
        sign = QLabel()
        theme.set_icon(sign, "languages", "secondary")
        row.addWidget(sign)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for code, name in LANGUAGES.items():
            button = QPushButton(name)
            button.setProperty("kind", "choice")
            button.setCheckable(True)
            button.setChecked(code == current)
            button.clicked.connect(lambda _checked=False, code=code: self.chosen.emit(code))
            self._group.addButton(button)
            self.buttons[code] = button
            row.addWidget(button)
