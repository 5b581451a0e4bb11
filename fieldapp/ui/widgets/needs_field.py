"""A person's specific needs: the usual ones by a digit, any other by typing a few letters of it.

Protection needs in detail are for protection officers; a registrar only sets the flag `for protection`.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fieldapp.code_lists import code_list
from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.models import draft_choices
from fieldapp.ui.models.draft_content import CodeValue
from fieldapp.ui.widgets.choice_button import ChoiceButton
from fieldapp.ui.widgets.code_field import CodeField
from fieldapp.ui.widgets.wrap_layout import WrapLayout

_NONE_KEY, _OTHER_KEY = "0", "8"


class QuickNeeds(QWidget):
    """The usual needs as buttons with their digits; one stop of the keyboard."""

    toggled = Signal(str)
    other_wanted = Signal()
    none_chosen = Signal()
    returnPressed = Signal()  # noqa: N815 - named like that of Qt's own fields, so that Enter goes on from all alike

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = WrapLayout(self, gap=4, line_gap=4)
        self.buttons: dict[str, QPushButton] = {}
        self._codes: dict[str, str] = {}
        for row in code_list("quick_needs"):
            word = row.label(language.code)
            button = ChoiceButton(f"{row.code}  {word}", "chip")
            button.setAccessibleName(word)
            button.setCheckable(row.code != _OTHER_KEY)
            button.clicked.connect(lambda _checked=False, key=row.code: self._on_clicked(key))
            layout.addWidget(button)
            self.buttons[row.code] = button
            self._codes[row.code] = row.extra.get("need_code", "")

    @property
    def codes(self) -> tuple[str, ...]:
        """The needs that have a digit of their own."""
        return tuple(code for key, code in self._codes.items() if code and key != _OTHER_KEY)

    def show_needs(self, needs: Sequence[str], *, none: bool) -> None:
        """Show which needs a person has, or that the answer was none."""
        for key, button in self.buttons.items():
            if button.isCheckable():
                button.setChecked(none if key == _NONE_KEY else self._codes[key] in needs)

    def press(self, key: str) -> None:
        """Do what a digit does."""
        if key == _OTHER_KEY:
            self.other_wanted.emit()
        elif key == _NONE_KEY:
            self.none_chosen.emit()
        else:
            self.toggled.emit(self._codes[key])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.returnPressed.emit()
        elif event.text() in self.buttons:
            self.press(event.text())
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, key: str) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.press(key)


class NeedsField(QWidget):
    """The needs of one person, in the order they were said."""

    changed = Signal()
    returnPressed = Signal()  # noqa: N815 - named like that of Qt's own fields, so that Enter goes on from all alike

    def __init__(self, language: Language, *, with_protection: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = language.gettext
        self._language = language
        self._needs: tuple[str, ...] = ()
        self._none = False
        self._took = False
        self._words = draft_choices.needs(language.code, with_protection=True)
        self.quick = QuickNeeds(language)
        self.quick.setAccessibleName(_("Needs now"))
        self.other = CodeField(draft_choices.needs(language.code, with_protection=with_protection))
        self.other.setAccessibleName(_("Another need"))
        self.other.setPlaceholderText(_("Another need: type a few letters"))
        self._chips = WrapLayout(gap=theme.SPACE[0], line_gap=theme.SPACE[0])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.SPACE[0])
        box.addWidget(self.quick)
        box.addLayout(self._chips)
        box.addWidget(self.other)
        self.setFocusProxy(self.quick)
        self.quick.toggled.connect(self._on_toggled)
        self.quick.none_chosen.connect(self._on_none)
        self.quick.other_wanted.connect(lambda: self.other.setFocus(Qt.FocusReason.TabFocusReason))
        self.quick.returnPressed.connect(self.returnPressed)
        self.other.changed.connect(self._on_other)
        self.other.returnPressed.connect(self._on_other_entered)

    @property
    def needs(self) -> tuple[str, ...]:
        """The codes of the needs."""
        return self._needs

    @property
    def typed(self) -> str:
        """What stands in the type-ahead and is not in the list."""
        return self.other.text()

    def set_needs(self, needs: Sequence[str], typed: str = "") -> None:
        """Put needs into the field without saying that they changed."""
        self._needs = tuple(dict.fromkeys(needs))
        self._none = False
        self.other.set_value(CodeValue(typed=typed))
        self._show()

    def show_problem(self, state: str) -> None:
        """Show by the border of the type-ahead that something is wrong, or not."""
        self.other.show_problem(state)

    def _on_toggled(self, code: str) -> None:
        left = tuple(each for each in self._needs if each != code)
        self._change(left if code in self._needs else (*self._needs, code))

    def _on_none(self) -> None:
        self._change(())
        self._none = True
        self._show()

    def _on_other(self) -> None:
        code = self.other.code
        if code and not self.other.is_offering:
            self.other.set_value(CodeValue())
            self._took = True
            self._change((*self._needs, code))
        else:
            self._took = False
            self.changed.emit()

    def _on_other_entered(self) -> None:
        # Enter takes the marked need first; only on the empty field it goes on.
        if self._took or self.other.text().strip():
            self._took = False
        else:
            self.returnPressed.emit()

    def _change(self, needs: Sequence[str]) -> None:
        self._needs = tuple(dict.fromkeys(needs))
        self._none = False
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.quick.show_needs(self._needs, none=self._none)
        while (item := self._chips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for code in self._needs:
            if code not in self.quick.codes:
                self._chips.addWidget(self._chip(code))
        self.quick.setAccessibleDescription(", ".join(self._words.label(code) for code in self._needs))

    def _chip(self, code: str) -> QPushButton:
        chip = QPushButton(self._words.label(code))
        chip.setProperty("kind", "chip")
        theme.set_icon(chip, "x", pixels=16)
        chip.setAccessibleName(self._language.gettext("Remove: {need}", need=self._words.label(code)))
        chip.clicked.connect(lambda: self._on_toggled(code))
        return chip
