"""The staff of this laptop as large buttons: arrows walk, letters filter, Enter or a click chooses."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fieldapp.domain.names import search_key
from fieldapp.i18n import Language
from fieldapp.ui import theme, tokens

_COLUMNS = 2
_ROWS_SHOWN = 4
_BUTTON_HEIGHT = 64


class PersonButtons(QWidget):
    """Emits `chosen` with a short name. `locked` names carry a lock and the word for it."""

    chosen = Signal(str)

    def __init__(
        self,
        language: Language,
        names: Sequence[str],
        locked: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._language = language
        self._typed = ""
        self.buttons: dict[str, QPushButton] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.SPACE[2])
        self._grid.setContentsMargins(0, 0, 0, 0)
        for name in names:
            button = QPushButton(name)
            theme.set_property(button, "kind", "person")
            button.setCheckable(True)
            button.installEventFilter(self)
            theme.set_icon(button, "lock" if name in locked else "user-round", "", 24)
            if name in locked:
                button.setText(language.gettext("{name} (locked for minutes)", name=name))
            button.setAccessibleName(button.text())
            button.clicked.connect(lambda _checked=False, name=name: self._choose(name))
            self.buttons[name] = button
        self._hint = QLabel()
        self._hint.setProperty("kind", "hint")
        inner = QWidget()
        inner.setProperty("kind", "plain")
        inner.setLayout(self._grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE[0])
        rows = -(-len(names) // _COLUMNS)
        if rows > _ROWS_SHOWN:
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            scroll.setWidget(inner)
            height = tokens.sized(_BUTTON_HEIGHT, theme.percent()) + theme.SPACE[2]
            scroll.setFixedHeight(_ROWS_SHOWN * height + height // 2)
            column.addWidget(scroll)
        else:
            column.addWidget(inner)
        column.addWidget(self._hint)
        self._hint.setVisible(len(names) > _COLUMNS)
        self._arrange()

    @property
    def shown(self) -> list[str]:
        """The names that fit what was typed, in their order."""
        typed = search_key(self._typed)
        return [name for name in self.buttons if search_key(name).startswith(typed)]

    def mark(self, name: str) -> None:
        """Show a person as chosen."""
        for other, button in self.buttons.items():
            button.setChecked(other == name)

    def _choose(self, name: str) -> None:
        self.mark(name)
        self.chosen.emit(name)

    def take_focus(self) -> None:
        """Give the keyboard to the chosen button, else to the first."""
        chosen = next((button for button in self.buttons.values() if button.isChecked()), None)
        first = self.buttons[self.shown[0]] if self.shown else None
        button = chosen or first
        if button is not None:
            button.setFocus(Qt.FocusReason.TabFocusReason)

    def _arrange(self) -> None:
        shown = self.shown
        for name, button in self.buttons.items():
            self._grid.removeWidget(button)
            if name not in shown:
                button.hide()
        for place, name in enumerate(shown):
            self._grid.addWidget(self.buttons[name], place // _COLUMNS, place % _COLUMNS)
            self.buttons[name].show()
        _ = self._language.gettext
        self._hint.setText(
            _("Beginning with “{typed}”; Esc shows all", typed=self._typed)
            if self._typed
            else _("Type the first letters of the name to find it")
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take the keys of the buttons: Qt would walk them in another order."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._took(event):
            return True
        return super().eventFilter(watched, event)

    def _took(self, event: QKeyEvent) -> bool:
        text, key = event.text(), Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._typed:
            self._filter("")
        elif key == Qt.Key.Key_Backspace:
            self._filter(self._typed[:-1])
        elif key in _STEPS:
            self._step(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = next((name for name in self.shown if self.buttons[name].hasFocus()), None)
            if focused is not None:
                self._choose(focused)
        elif len(text) == 1 and text.isprintable() and not text.isspace():
            self._filter(self._typed + text)
        else:
            return False
        return True

    def _filter(self, typed: str) -> None:
        before = self._typed
        self._typed = typed
        if not self.shown:
            self._typed = before
            return
        self._arrange()
        self.buttons[self.shown[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, by: int) -> None:
        shown = self.shown
        here = next(
            (place for place, name in enumerate(shown) if self.buttons[name].hasFocus()),
            0,
        )
        there = min(max(here + by, 0), len(shown) - 1)
        self.buttons[shown[there]].setFocus(Qt.FocusReason.OtherFocusReason)


_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_COLUMNS,
    Qt.Key.Key_Down: _COLUMNS,
}
