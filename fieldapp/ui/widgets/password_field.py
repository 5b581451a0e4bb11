"""A field for a password: it can be looked at, and it says when the caps lock seems to be on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fieldapp.i18n import Language
from fieldapp.ui import theme


class _Line(QLineEdit):
    caps_seen = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Compare the letter with the shift key: Qt does not tell the state of the caps lock."""
        text = event.text()
        if len(text) == 1 and text.isalpha() and text.upper() != text.lower():
            has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_seen.emit(text.isupper() != has_shift)
        super().keyPressEvent(event)


class PasswordField(QWidget):
    """A label, a line that hides what is typed, a button that shows it, and a hint below."""

    changed = Signal(str)

    def __init__(
        self,
        language: Language,
        label: str,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._language = language
        self._hint_text = hint
        self._is_caps = False
        self._state = ""
        self._message = ""
        self.line = _Line()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(label)
        self.line.textEdited.connect(self._on_edited)
        self.line.caps_seen.connect(self._on_caps_seen)
        self._label = QLabel(label)
        self._label.setBuddy(self.line)
        self.show_button = QPushButton()
        self.show_button.setCheckable(True)
        self.show_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show_button.toggled.connect(self._on_show_toggled)
        self._hint = QLabel()
        self._hint.setProperty("kind", "hint")
        self._hint.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[1])
        row.addWidget(self.line, 1)
        row.addWidget(self.show_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE[0])
        column.addWidget(self._label)
        column.addLayout(row)
        column.addWidget(self._hint)
        self.setFocusProxy(self.line)
        self._on_show_toggled(False)
        self._show_hint()

    @property
    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    @property
    def hint(self) -> str:
        """What stands under the line."""
        return "" if self._hint.isHidden() else self._hint.text()

    def clear(self) -> None:
        """Empty the line and hide what is typed again."""
        self.line.clear()
        self.show_button.setChecked(False)

    def say(self, text: str, state: str = "error") -> None:
        """Show under the line what is wrong (`error`), or in another state; the empty text brings the hint back."""
        self._message, self._state = text, state if text else ""
        theme.set_property(self.line, "state", "error" if self._state == "error" else None)
        self._show_hint()

    def _show_hint(self) -> None:
        caps = self._language.gettext("Caps lock seems to be on.") if self._is_caps else ""
        text = " ".join(part for part in (self._message or self._hint_text, caps) if part)
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
        theme.set_property(self._hint, "state", self._state or ("warn" if self._is_caps else None))
        self.line.setAccessibleDescription(text)

    def _on_edited(self, text: str) -> None:
        if self._state == "error":
            self.say("")
        self.changed.emit(text)

    def _on_caps_seen(self, is_caps: bool) -> None:
        if is_caps != self._is_caps:
            self._is_caps = is_caps
            self._show_hint()

    def _on_show_toggled(self, shown: bool) -> None:
        _ = self._language.gettext
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        words = _("Hide the password") if shown else _("Show the password")
        theme.set_icon(self.show_button, "eye-off" if shown else "eye")
        self.show_button.setToolTip(words)
        self.show_button.setAccessibleName(words)
