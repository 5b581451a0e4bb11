"""A field with its label above and one line below: the hint, or in its place what is wrong and what would be right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.ui import theme

_ICONS = {"error": "circle-alert", "warn": "triangle-alert"}


class FieldFrame(QWidget):
    """Label, field, line below. `chars` is the least width of the field in average characters, `stretch` its share."""

    def __init__(
        self,
        label: str,
        field: QWidget,
        hint: str = "",
        *,
        chars: int = 10,
        stretch: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._hint = hint
        self._state = ""
        self.label = QLabel(label)
        theme.set_property(self.label, "kind", "label")
        self.label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(label)
        self._icon = QLabel()
        self._line = QLabel(hint)
        theme.set_property(self._line, "kind", "hint")
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        self._line.setWordWrap(True)
        self._line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.SPACE[0])
        below.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._line, 1)
        self._icon.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.SPACE[0])  # the focus ring needs the room
        box.addWidget(self.label)
        box.addWidget(field)
        box.addLayout(below)
        box.addStretch(1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHorizontalStretch(stretch)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusProxy(field)
        room = chars * field.fontMetrics().averageCharWidth() + 24
        self.setMinimumWidth(max(room, self.label.fontMetrics().horizontalAdvance(label)))

    @property
    def state(self) -> str:
        """`error`, `warn` or nothing."""
        return self._state

    @property
    def message(self) -> str:
        """What stands below the field now."""
        return self._line.text()

    def set_hint(self, text: str) -> None:
        """Say something quietly below the field; an error that stands there stays."""
        self._hint = text
        if not self._state:
            self._line.setText(text)

    def set_problem(self, text: str, *, blocking: bool = True) -> None:
        """Say below the field what is wrong; with no text the hint comes back."""
        self._state = ("error" if blocking else "warn") if text else ""
        theme.set_property(self._line, "kind", "error" if self._state == "error" else "hint")
        theme.set_property(self._line, "state", self._state or None)
        self._icon.setVisible(bool(self._state))
        if self._state:
            theme.set_icon(self._icon, _ICONS[self._state], "danger" if blocking else "warn", 16)
        self._line.setText(text or self._hint)
        self._line.setMinimumWidth(0)
        show_state = getattr(self.field, "show_problem", None)
        if show_state is not None:
            show_state(self._state)
        self.field.setAccessibleDescription(text or self._hint)


def mark(widget: QWidget, *, problem: str = "", guess: bool = False) -> None:
    """Show by the look of a field that something is wrong, or else that its value is only a guess."""
    theme.set_property(widget, "state", problem or ("guess" if guess else None))
