"""Section 4, what each of the family needs now: first whose, then the usual needs by a digit."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from fieldapp.i18n import Language
from fieldapp.ui.models.draft_content import PersonDraft
from fieldapp.ui.screens.register_section import Section
from fieldapp.ui.widgets.needs_field import NeedsField


class NeedsSection(Section):
    """The needs of one person at a time. `needs_changed` says whose (0 is the focal point)."""

    needs_changed = Signal(int)

    def __init__(self, language: Language, *, with_protection: bool, parent: QWidget | None = None) -> None:
        _ = language.gettext
        super().__init__(4, _("What they need now"), parent)
        self._language = language
        self._people: list[PersonDraft] = []
        self.who = QComboBox()
        self.who.setAccessibleName(_("Whose needs"))
        self.who.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.field = NeedsField(language, with_protection=with_protection)
        self.beside.insertSpacing(1, 12)
        self.beside.insertWidget(2, self.who)
        self.column.addWidget(self.field)
        self.who.hide()
        self.who.currentIndexChanged.connect(self._on_chosen)
        self.field.changed.connect(lambda: self.needs_changed.emit(self.index))

    @property
    def index(self) -> int:
        """Whose needs are shown; 0 is the focal point."""
        return max(0, self.who.currentIndex())

    def show_people(self, people: Sequence[PersonDraft]) -> None:
        """Show this family; whose needs are shown stays, as long as that person is there."""
        chosen = min(self.index, len(people) - 1)
        self._people = list(people)
        names = [self._name(number, person) for number, person in enumerate(people, start=1)]
        self.who.blockSignals(True)
        if [self.who.itemText(row) for row in range(self.who.count())] != names:
            self.who.clear()
            self.who.addItems(names)
        self.who.setCurrentIndex(chosen)
        self.who.blockSignals(False)
        self.who.setVisible(len(people) > 1)
        shown = people[chosen]
        if (self.field.needs, self.field.typed) != (shown.needs, shown.need_typed):
            self.field.set_needs(shown.needs, shown.need_typed)

    def _on_chosen(self, index: int) -> None:
        if 0 <= index < len(self._people):
            self.field.set_needs(self._people[index].needs, self._people[index].need_typed)

    def _name(self, number: int, person: PersonDraft) -> str:
        name = person.full_name
        if not name and number == 1:
            name = self._language.gettext("Focal point")
        return f"{number}  {name or self._language.gettext('(no name yet)')}"
