"""The list of every key, shown by F1: those that work everywhere and those of the place one came from."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fieldapp.ui import theme
from fieldapp.ui.places import Place, Shell
from fieldapp.ui.session import Session


class ShortcutsPlace(Place):
    """Shows keys; Esc goes back to where one was."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__(session, shell)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(theme.SPACE[4])
        inner = QWidget()
        inner.setProperty("kind", "page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._columns)
        column.addStretch()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.SPACE[4], theme.SPACE[3], theme.SPACE[4], theme.SPACE[3])
        outer.addWidget(self._scroll)

    def title(self) -> str:
        """Return the words in the header."""
        return self.session._("Keys")

    def entered(self) -> None:
        """Take the keyboard, so that the arrows scroll."""
        self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_keys(self, place_title: str, place_keys: tuple[tuple[str, str], ...]) -> None:
        """List the keys of a place beside those that work everywhere."""
        while (item := self._columns.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        _ = self.session._
        everywhere = (
            ("F2", _("Register a family")),
            ("F3", _("People")),
            ("F4", _("Today")),
            ("F5", _("Synchronise")),
            ("F6", _("Settings")),
            ("F7", _("The next family to complete")),
            ("F10", _("Read with the camera")),
            ("Ctrl+Shift+O", _("Read a picture or PDF")),
            ("Ctrl+K", _("Find anyone")),
            ("Ctrl+L", _("Lock the window")),
            ("F1", _("This list; Esc goes back")),
            ("Enter", _("Go on to the next field")),
            ("Tab", _("Next field; Shift+Tab goes back")),
            ("Ctrl+Enter", _("The main button of the page")),
        )
        if place_keys:
            self._columns.addWidget(_card(place_title, place_keys), 1)
        self._columns.addWidget(_card(_("Everywhere"), everywhere), 1)
        if not place_keys:
            self._columns.addStretch(1)


def _card(title: str, keys: tuple[tuple[str, str], ...]) -> QFrame:
    card = QFrame()
    card.setProperty("kind", "card")
    heading = QLabel(title)
    heading.setProperty("kind", "section")
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.SPACE[3])
    grid.setVerticalSpacing(theme.SPACE[2])
    for row, (key, meaning) in enumerate(keys):
        sign = QLabel(key)
        sign.setProperty("kind", "key")
        words = QLabel(meaning)
        words.setWordWrap(True)
        grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(words, row, 1)
    grid.setColumnStretch(1, 1)
    column = QVBoxLayout(card)
    column.setContentsMargins(theme.SPACE[4], theme.SPACE[3], theme.SPACE[4], theme.SPACE[4])
    column.setSpacing(theme.SPACE[3])
    column.addWidget(heading)
    column.addLayout(grid)
    column.addStretch()
    return card
