"""The page before the shell: a card in the middle with a title, what is asked, what went wrong, and the way on.

Sign-in, set-up, the lock and the questions between are all such pages, so that they look and feel alike.
"""

import itertools

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fieldapp.i18n import Language
from fieldapp.ui import theme, tokens

CARD_WIDTH = 620


class StartPage(QWidget):
    """A card with `body` to be filled. Enter emits `went_on` (as the primary button does), Esc emits `went_back`."""

    went_on = Signal()
    went_back = Signal()

    def __init__(
        self,
        language: Language,
        title: str,
        intro: str = "",
        *,
        primary: str,
        back: str = "",
    ) -> None:
        super().__init__()
        self.language = language
        self.setProperty("kind", "page")
        self._title = _words(title, "title")
        self._intro = _words(intro, "secondary")
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.SPACE[2])
        self._sign = QLabel()
        self._problem = _words("", "body")
        self.problem_box = QFrame()
        self.problem_box.setProperty("kind", "banner")
        self.primary_button = QPushButton(primary)
        theme.set_property(self.primary_button, "kind", "primary")
        self.primary_button.clicked.connect(self.went_on)
        self.back_button = QPushButton(back)
        self.back_button.clicked.connect(self.went_back)
        self.top = QHBoxLayout()
        self.card = QFrame()
        self._lay_out()
        # Only now: a widget without a parent would be shown as a window of its own.
        self._intro.setVisible(bool(intro))
        self.back_button.setVisible(bool(back))

    def _lay_out(self) -> None:
        name = QLabel("fieldapp")
        name.setProperty("kind", "section")
        self.top.setContentsMargins(theme.SPACE[4], theme.SPACE[3], theme.SPACE[4], theme.SPACE[1])
        self.top.addWidget(name)
        self.top.addStretch()
        problem_row = QHBoxLayout(self.problem_box)
        problem_row.setContentsMargins(theme.SPACE[3], theme.SPACE[2], theme.SPACE[3], theme.SPACE[2])
        problem_row.setSpacing(theme.SPACE[2])
        problem_row.addWidget(self._sign)
        problem_row.addWidget(self._problem, 1)
        self.problem_box.hide()
        self.footer = QHBoxLayout()
        self.footer.setSpacing(theme.SPACE[2])
        self.footer.addWidget(self.back_button)
        self.footer.addStretch()
        self.footer.addWidget(self.primary_button)
        self.card.setProperty("kind", "card")
        column = self._column = QVBoxLayout(self.card)
        column.setContentsMargins(theme.SPACE[5], theme.SPACE[4], theme.SPACE[5], theme.SPACE[4])
        column.setSpacing(theme.SPACE[2])
        column.addWidget(self._title)
        column.addWidget(self._intro)
        column.addSpacing(theme.SPACE[1])
        column.addLayout(self.body)
        column.addWidget(self.problem_box)
        column.addSpacing(theme.SPACE[2])
        column.addLayout(self.footer)
        self.card.setMaximumWidth(tokens.sized(CARD_WIDTH, theme.percent()))
        inner = QWidget()
        inner.setProperty("kind", "page")
        middle = QHBoxLayout(inner)
        middle.setContentsMargins(theme.SPACE[4], theme.SPACE[3], theme.SPACE[4], theme.SPACE[4])
        middle.addStretch(1)
        middle.addWidget(self.card, 100, Qt.AlignmentFlag.AlignVCenter)
        middle.addStretch(1)
        scroll = QScrollArea()
        # One of our own: whoever asks for a widget Qt made has every kind of widget loaded first, 18 ms at the start.
        scroll.setViewport(QWidget())
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self.top)
        outer.addWidget(scroll, 1)

    @property
    def problem(self) -> str:
        """What went wrong, as shown; empty when nothing did."""
        return "" if self.problem_box.isHidden() else self._problem.text()

    def set_title(self, title: str, intro: str = "") -> None:
        """Change the title and the words under it."""
        self._title.setText(title)
        self._intro.setText(intro)
        self._intro.setVisible(bool(intro))

    def say(self, text: str, kind: str = "danger") -> None:
        """Say above the buttons what went wrong (danger, warn) or what goes on (info); the empty text takes it away."""
        signs = {
            "danger": "octagon-alert",
            "warn": "triangle-alert",
            "info": "info",
            "ok": "circle-check",
        }
        self._problem.setText(text)
        if text:
            theme.set_property(self.problem_box, "state", kind)
            theme.set_property(self._problem, "state", kind)
            theme.set_icon(self._sign, signs[kind], kind)
        self.problem_box.setAccessibleName(text)
        self.problem_box.setVisible(bool(text))

    def set_busy(self, busy: bool, text: str = "") -> None:
        """Take no second answer while the first is worked on, and say so."""
        self.primary_button.setEnabled(not busy)
        self.back_button.setEnabled(not busy)
        if busy:
            self.say(text, "info")
        elif self.problem_box.property("state") == "info":
            self.say("")

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Let Tab walk the card from the top down, the way on before the way back, whatever was made first."""
        super().showEvent(event)
        self.order_tabs()

    def order_tabs(self) -> None:
        """Put what takes the keyboard into the order in which it stands."""
        ends = [self.primary_button, self.back_button]
        inner = [
            widget
            for widget in self.card.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None and widget not in ends
        ]
        self._column.activate()
        inner.sort(key=lambda widget: (widget.mapTo(self.card, widget.rect().topLeft()).y(), widget.x()))
        for before, after in itertools.pairwise([*inner, *ends]):
            QWidget.setTabOrder(before, after)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter presses the button that has the keyboard, else it goes on; Esc goes back."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        focused = self.focusWidget()
        if is_enter and isinstance(focused, QPushButton) and focused is not self.primary_button:
            focused.click()
        elif is_enter and self.primary_button.isEnabled():
            self.went_on.emit()
        elif event.key() == Qt.Key.Key_Escape and self.back_button.isEnabled() and not self.back_button.isHidden():
            self.went_back.emit()
        else:
            super().keyPressEvent(event)


def _words(text: str, kind: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("kind", kind)
    label.setWordWrap(True)
    return label
