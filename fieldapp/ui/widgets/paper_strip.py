"""What was read from a paper, beside the fields it belongs to: what differs can be taken, what was filled undone."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.widgets.banner import ICONS
from fieldapp.ui.widgets.wrap_layout import WrapLayout


class PaperStrip(QFrame):
    """One reading or one problem; hidden while there is none. The keys are Alt and a digit for each differing field.

    The keys work in the fields that the strip is made for, wherever it is put.
    """

    take_wanted = Signal(str)
    undo_wanted = Signal()
    other_wanted = Signal()
    """The paper is of somebody else, who is to be added."""
    closed = Signal()
    spoke = Signal()
    """It says something else now, or nothing any more."""

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._fields = parent or self
        self.setProperty("kind", "banner")
        self._sign = QLabel()
        self._text = _words()
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.undo_button = QPushButton(language.gettext("Undo the reading   F9"))
        theme.set_icon(self.undo_button, "undo-2")
        self.undo_button.clicked.connect(self.undo_wanted)
        self.other_button = QPushButton(language.gettext("Somebody else: add them   Alt+0"))
        theme.set_icon(self.other_button, "user-plus")
        self.other_button.clicked.connect(self.other_wanted)
        other = QShortcut(QKeySequence("Alt+0"), self._fields, self._on_other_key)
        other.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.close_button = QPushButton(language.gettext("Close"))
        self.close_button.clicked.connect(self.clear)
        self.take_buttons: dict[str, QPushButton] = {}
        self._keys: list[QShortcut] = []
        self._rows: list[QWidget] = []
        self._brief = ""
        self._differing = QVBoxLayout()
        self._differing.setSpacing(theme.SPACE[0])
        self._differing.setContentsMargins(theme.size("icon") + theme.SPACE[2], 0, 0, 0)  # in line with the text
        buttons = WrapLayout(gap=theme.SPACE[1], line_gap=theme.SPACE[0], at_end=True)
        buttons.addWidget(self.other_button)
        buttons.addWidget(self.undo_button)
        buttons.addWidget(self.close_button)
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE[2])
        top.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._text, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE[3], theme.SPACE[1], theme.SPACE[3], theme.SPACE[2])
        column.setSpacing(theme.SPACE[1])
        column.addLayout(top)
        column.addLayout(self._differing)
        column.addLayout(buttons)
        self.hide()

    @property
    def text(self) -> str:
        """What stands in the strip, empty while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def show_reading(
        self,
        lines: Sequence[str],
        differing: Sequence[tuple[str, str]],
        *,
        can_undo: bool,
        may_be_other: bool = False,
        brief: str = "",
    ) -> None:
        """Show a reading. `differing` has for each such field its name and the words that compare paper and field.

        `may_be_other` says that the paper looks like that of another person; `brief` has the words for little room.
        """
        self._show("warn" if differing else "info", "\n".join(lines))
        self._brief = brief or self._brief
        for place, (name, words) in enumerate(differing, 1):
            self._add_differing(name, words, place)
        self.undo_button.setVisible(can_undo)
        self.other_button.setVisible(may_be_other)
        self.spoke.emit()

    def show_problem(self, words: str) -> None:
        """Say why a paper could not be read."""
        self._show("danger", words)
        self.undo_button.hide()
        self.other_button.hide()
        self.spoke.emit()

    def set_brief(self, *, brief: bool) -> None:
        """Leave out what stands in the fields and beside them, or show everything."""
        words = self._brief if brief else self.accessibleName()
        if self._text.text() != words:
            self._text.setText(words)
        for row in self._rows:
            row.setVisible(not brief)

    def clear(self) -> None:
        """Take it away."""
        if not self.isHidden():
            had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
            self.hide()
            self._forget_differing()
            self.spoke.emit()
            if had_focus:
                self.closed.emit()

    def _on_other_key(self) -> None:
        if not self.isHidden() and not self.other_button.isHidden():
            self.other_wanted.emit()

    def _show(self, state: str, words: str) -> None:
        theme.set_property(self, "state", state)
        theme.set_icon(self._sign, ICONS[state], state)
        self._text.setText(words)
        self._brief = words
        self.setAccessibleName(words)
        self._forget_differing()
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _forget_differing(self) -> None:
        self.take_buttons = {}
        for key in self._keys:
            key.setEnabled(False)
            key.deleteLater()
        self._keys, self._rows = [], []
        while (item := self._differing.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()

    def _add_differing(self, name: str, words: str, place: int) -> None:
        _ = self._language.gettext
        label = _words()
        label.setText(words)
        keys = f"Alt+{place}"
        button = QPushButton(_("Take it   {keys}", keys=keys))
        button.setAccessibleName(f"{_('Take what the paper says')}: {words}")
        key = QShortcut(QKeySequence(keys), self._fields, button.click)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._keys.append(key)
        button.clicked.connect(lambda: self.take_wanted.emit(name))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label, 1)
        line.addWidget(button)
        self._differing.addWidget(row)
        self._rows.append(row)
        self.take_buttons[name] = button


def _words() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
