"""A message at the top of a place: what happened and what to do, with a sign, a word and perhaps one action."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)

from fieldapp.i18n import Language
from fieldapp.ui import theme

ICONS = {
    "ok": "circle-check",
    "warn": "triangle-alert",
    "danger": "octagon-alert",
    "info": "info",
}


class Banner(QFrame):
    """One message; hidden while there is none. `kind` is ok, warn, danger or info."""

    closed = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action: Callable[[], object] | None = None
        self._language = language
        self.setProperty("kind", "banner")
        self._sign = QLabel()
        self._text = QLabel()
        self._text.setWordWrap(True)
        self.action_button = QPushButton()
        self.action_button.clicked.connect(self._act)
        self.close_button = QToolButton()
        self.close_button.setToolTip(language.gettext("Close this message"))
        self.close_button.setAccessibleName(language.gettext("Close this message"))
        theme.set_icon(self.close_button, "x")
        self.close_button.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE[3], theme.SPACE[1], theme.SPACE[1], theme.SPACE[1])
        row.setSpacing(theme.SPACE[2])
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self.action_button)
        row.addWidget(self.close_button)
        self.hide()

    @property
    def text(self) -> str:
        """The message shown, empty when there is none."""
        return "" if self.isHidden() else self._text.text()

    def say(
        self,
        kind: str,
        text: str,
        action_text: str | None = None,
        action: Callable[[], object] | None = None,
    ) -> None:
        """Show a message in place of the one before."""
        theme.set_property(self, "state", kind)
        theme.set_property(self._text, "state", kind)
        theme.set_icon(self._sign, ICONS[kind], kind)
        self._sign.setAccessibleName(self._word(kind))
        self._text.setText(text)
        self._action = action
        self.action_button.setVisible(action_text is not None)
        self.action_button.setText(action_text or "")
        self.setAccessibleName(f"{self._word(kind)}: {text}")
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Take the message away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _act(self) -> None:
        action = self._action
        self.clear()
        if action is not None:
            action()

    def _word(self, kind: str) -> str:
        _ = self._language.gettext
        return {
            "ok": _("Done"),
            "warn": _("Attention"),
            "danger": _("Problem"),
            "info": _("Note"),
        }[kind]
