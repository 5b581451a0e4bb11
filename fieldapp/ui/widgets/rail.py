"""The rail at the side: the places with their keys, who is signed in, and the lock. Narrow, it shows icons alone."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fieldapp.i18n import Language
from fieldapp.ui import theme, tokens


@dataclass(frozen=True, slots=True)
class RailEntry:
    """One place on the rail: its name in code, its word, its icon and its key."""

    name: str
    word: str
    icon: str
    key: str


class RailButton(QPushButton):
    """A word with an icon before it and the key behind it."""

    def __init__(self, word: str, icon: str, key: str) -> None:
        super().__init__(word)
        self._word = word
        self.setProperty("kind", "rail")
        self.setAccessibleName(word)
        self.setAccessibleDescription(key)
        self.setToolTip(f"{word}  {key}")
        theme.set_icon(self, icon)
        self._key = QLabel(key)
        self._key.setProperty("kind", "hint")
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE[2], 0, theme.SPACE[2], 0)
        row.addStretch()
        row.addWidget(self._key)

    def set_collapsed(self, collapsed: bool) -> None:
        """Show the icon alone, or icon, word and key."""
        self.setText("" if collapsed else f" {self._word}")
        self._key.setVisible(not collapsed)
        theme.set_property(self, "collapsed", collapsed)


class Rail(QFrame):
    """Emits `chosen` with the name of a place, and `lock_asked`."""

    chosen = Signal(str)
    lock_asked = Signal()

    def __init__(self, entries: tuple[RailEntry, ...], who: str, role: str, language: Language) -> None:
        super().__init__()
        _ = language.gettext
        self.setProperty("kind", "rail")
        self.is_collapsed = False
        self._name = QLabel("fieldapp")
        self._name.setProperty("kind", "section")
        self._who = QLabel(who)
        self._who.setWordWrap(True)
        self._role = QLabel(role)
        self._role.setProperty("kind", "hint")
        self._role.setWordWrap(True)
        self.buttons = {entry.name: RailButton(entry.word, entry.icon, entry.key) for entry in entries}
        self.lock_button = RailButton(_("Lock"), "lock", "Ctrl+L")
        self.lock_button.clicked.connect(self.lock_asked)
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE[3], 0, theme.SPACE[2])
        column.setSpacing(0)
        column.addWidget(_indented(self._name))
        column.addSpacing(theme.SPACE[3])
        for name, button in self.buttons.items():
            button.setCheckable(True)
            self._group.addButton(button)
            button.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
            column.addWidget(button)
        column.addStretch()
        self._person = _indented(self._who, self._role)
        column.addWidget(self._person)
        column.addSpacing(theme.SPACE[1])
        column.addWidget(self.lock_button)
        self.set_collapsed(False)

    def show_chosen(self, name: str) -> None:
        """Mark the place that is shown; a name that is not on the rail marks none."""
        self._group.setExclusive(False)
        for button_name, button in self.buttons.items():
            button.setChecked(button_name == name)
        self._group.setExclusive(True)

    def set_collapsed(self, collapsed: bool) -> None:
        """Show icons alone, or icons with their words."""
        self.is_collapsed = collapsed
        narrow = tokens.RAIL_WIDTH_COLLAPSED - tokens.SIZES["icon"] + theme.size("icon")
        self.setFixedWidth(narrow if collapsed else tokens.sized(tokens.RAIL_WIDTH, theme.percent()))
        self._name.setText("f" if collapsed else "fieldapp")
        self._person.setVisible(not collapsed)
        for button in (*self.buttons.values(), self.lock_button):
            button.set_collapsed(collapsed)


def _indented(*widgets: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(theme.SPACE[3], 0, theme.SPACE[1], 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget)
    return box
