"""The members of a family as rows to choose from, each with its relationship to a focal point where that is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.models import draft_choices
from fieldapp.ui.models.draft_content import CodeValue
from fieldapp.ui.widgets.code_field import CodeField


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One row: whom it is about, how they are called, whether they are chosen, and the relationship guessed."""

    individual_id: UUID
    name: str
    chosen: bool = False
    relationship: str = ""


class MemberRows(QWidget):
    """Rows with a box to tick. With `related` each chosen row also asks for the relationship, with `pick` off all count."""

    changed = Signal()

    def __init__(self, language: Language, *, related: bool, pick: bool = True) -> None:
        super().__init__()
        self._language, self._related, self._pick = language, related, pick
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE[3])
        self._grid.setVerticalSpacing(theme.SPACE[1])
        self._boxes: dict[UUID, QCheckBox] = {}
        self._relations: dict[UUID, CodeField] = {}

    def show_rows(self, rows: Sequence[MemberRow]) -> None:
        """Show these rows in place of those before."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._boxes.clear()
        self._relations.clear()
        for line, row in enumerate(rows):
            self._add(line, row)
        self._grid.setColumnStretch(2, 1)

    def _add(self, line: int, row: MemberRow) -> None:
        # An ampersand in a name is a letter and no shortcut.
        box = QCheckBox(row.name.replace("&", "&&"))
        box.setAccessibleName(row.name)
        box.setChecked(row.chosen or not self._pick)
        box.setMinimumHeight(theme.size("target"))
        self._boxes[row.individual_id] = box
        label = box if self._pick else QLabel(row.name)
        if not self._pick:
            box.setParent(self)
            box.hide()
        self._grid.addWidget(label, line, 0)
        if self._related:
            field = CodeField(draft_choices.relationships(self._language.code))
            field.setAccessibleName(self._language.gettext("Relationship of {name}", name=row.name))
            field.setMinimumWidth(field.fontMetrics().averageCharWidth() * 26)
            field.set_value(CodeValue.guessed(row.relationship))
            field.changed.connect(self.changed)
            self._relations[row.individual_id] = field
            self._grid.addWidget(field, line, 1)
            field.setVisible(box.isChecked())
        box.toggled.connect(lambda on, who=row.individual_id: self._on_toggled(who, on))

    def _on_toggled(self, who: UUID, is_on: bool) -> None:  # noqa: FBT001 - the signature is the signal's
        if who in self._relations:
            self._relations[who].setVisible(is_on)
        self.changed.emit()

    @property
    def chosen(self) -> tuple[UUID, ...]:
        """Who is chosen, in the order of the rows."""
        return tuple(who for who, box in self._boxes.items() if box.isChecked())

    @property
    def relationships(self) -> Mapping[UUID, str]:
        """The relationship of each who is chosen, `UNKNOWN` where none was said."""
        for field in self._relations.values():
            field.take_marked()
        return {who: (self._relations[who].code if self._related else "") or "UNKNOWN" for who in self.chosen}

    def set_relationship(self, who: UUID, code: str) -> None:
        """Guess a relationship, unless somebody has said one."""
        if who in self._relations:
            self._relations[who].guess(code)

    def show_relationship(self, who: UUID, is_asked: bool) -> None:  # noqa: FBT001 - shows or not
        """Ask for somebody's relationship or not."""
        if who in self._relations:
            self._relations[who].setVisible(is_asked)

    def take_focus(self) -> None:
        """Take the keyboard to the first row."""
        first = next(iter(self._boxes.values()), None) if self._pick else next(iter(self._relations.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
