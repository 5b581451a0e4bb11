"""The members already entered, as a table: number, name, sex, age, relationship."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fieldapp.code_lists import code_list
from fieldapp.domain.birth import BirthError
from fieldapp.i18n import Language
from fieldapp.ui.models.draft_choices import relationship_word
from fieldapp.ui.models.draft_content import PersonDraft
from fieldapp.ui.models.draft_entry import birth_of

_Index = QModelIndex | QPersistentModelIndex


class MembersModel(QAbstractTableModel):
    """Rows ready to show; the first member after the focal point stands in row 0."""

    def __init__(self, language: Language, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        _ = language.gettext
        self._language, self._today = language, today
        self._heads = (_("No."), _("Name"), _("Sex"), _("Age"), _("Relationship"))
        self._rows: list[tuple[str, ...]] = []

    def show_people(self, members: Sequence[PersonDraft]) -> None:
        """Show these members, without the focal point."""
        self.beginResetModel()
        self._rows = [self._row(number, person) for number, person in enumerate(members, start=2)]
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - the signature is Qt's
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - the signature is Qt's
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._heads[index.column()]}: {self._rows[index.row()][index.column()]}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._heads[section]
        return None

    def _row(self, number: int, person: PersonDraft) -> tuple[str, ...]:
        language = self._language.code
        sex = code_list("sex")[person.sex].extra.get("short", person.sex) if person.sex in code_list("sex") else "?"
        try:
            age = birth_of(person, self._today()).age_on(self._today())
        except BirthError:
            age = None
        relationship = relationship_word(person.relationship.code, person.sex, language) or person.relationship.typed
        name = person.full_name or self._language.gettext("(no name yet)")
        return str(number), name, sex, "?" if age is None else str(age), relationship or "?"
