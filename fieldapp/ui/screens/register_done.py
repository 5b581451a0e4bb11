"""The answer after a save: the number large, whether the slip was printed, and the way to the next family.

It holds nobody up: Enter goes on, and whoever just begins to type is already with the next family.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.widgets.wrap_layout import WrapLayout


class DoneCard(QWidget):
    """The confirmation. `next_wanted` carries what was typed already, often nothing."""

    next_wanted = Signal(str)
    print_wanted = Signal()
    file_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = language.gettext
        self._language = language
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sign = QLabel()
        theme.set_icon(self._sign, "circle-check", "ok", 48)
        self.heading = QLabel()
        self.heading.setProperty("kind", "title")
        self.number = QLabel()
        self.number.setProperty("kind", "large-number")
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.name = QLabel()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setProperty("kind", "section")
        self.name.setWordWrap(True)
        self.turn = QLabel()
        self.turn.setProperty("kind", "figure")
        self.turn.hide()
        self.paper = QLabel()
        self.paper.setProperty("kind", "secondary")
        self.paper.setWordWrap(True)
        self.again_button = QPushButton(_("Print the slip   Ctrl+P"))
        theme.set_icon(self.again_button, "printer")
        self.file_button = QPushButton(_("Save the slip as a file"))
        theme.set_icon(self.file_button, "download")
        self.open_button = QPushButton(_("Open the family"))
        self.open_button.setProperty("kind", "quiet")
        self.next_button = QPushButton(_("Next family   Enter"))
        self.next_button.setProperty("kind", "primary")
        self._lay_out()
        self.again_button.clicked.connect(self.print_wanted)
        self.file_button.clicked.connect(self.file_wanted)
        self.open_button.clicked.connect(self.open_wanted)
        self.next_button.clicked.connect(lambda: self.next_wanted.emit(""))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE[3])
        top.addWidget(self._sign)
        top.addWidget(self.heading, 1)
        buttons = WrapLayout(gap=theme.SPACE[1], line_gap=theme.SPACE[1])
        for button in (self.again_button, self.file_button):
            buttons.addWidget(button)
        last = QHBoxLayout()
        last.addWidget(self.open_button)
        last.addStretch(1)
        last.addWidget(self.next_button)
        card = QFrame()
        card.setProperty("kind", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(*[theme.SPACE[5]] * 4)
        inside.setSpacing(theme.SPACE[3])
        inside.addLayout(top)
        inside.addWidget(self.number)
        inside.addWidget(self.name)
        inside.addWidget(self.turn)
        inside.addWidget(self.paper)
        inside.addLayout(buttons)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.SPACE[1], 0, theme.SPACE[3], 0)
        column.addStretch(1)
        column.addWidget(card)
        column.addStretch(2)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll, 1)
        box.addLayout(last)

    def show_saved(self, number: str, name: str, size: int) -> None:
        """Show a family that is durably registered; its slip is on the way."""
        _ = self._language.gettext
        people = self._language.ngettext("{number} person", "{number} people", size)
        self.heading.setText(_("Registered"))
        self.number.setText(number)
        self.name.setText(f"{name} · {people}" if name else people)
        self.setAccessibleName(f"{self.heading.text()}: {number}, {self.name.text()}")
        self.show_paper("", has_slip=False)
        self.again_button.setText(_("Print the slip   Ctrl+P"))

    def show_turn(self, label: str) -> None:
        """Say the family's turn; the empty label takes it away."""
        self.turn.setText(self._language.gettext("Turn {label}", label=label))
        self.turn.setVisible(bool(label))

    def show_paper(self, words: str, *, has_slip: bool, printed: bool = False) -> None:
        """Say what became of the slip."""
        self.paper.setText(words)
        self.paper.setVisible(bool(words))
        self.file_button.setEnabled(has_slip)
        _ = self._language.gettext
        self.again_button.setText(_("Print again   Ctrl+P") if printed else _("Print the slip   Ctrl+P"))
        self.setAccessibleDescription(words)

    def take_focus(self) -> None:
        """Take the keyboard: Enter goes on."""
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_wanted.emit("")
        elif plain and typed.isprintable() and typed.strip():
            self.next_wanted.emit(typed)
        else:
            super().keyPressEvent(event)
