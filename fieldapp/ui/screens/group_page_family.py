"""The tab Family: what holds for all of them, then a row for each member. Emits whom staff wants to see in full."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QTableWidgetItem, QVBoxLayout, QWidget

from fieldapp.domain.people import GroupPage, PersonPage
from fieldapp.domain.record import FOCAL_POINT
from fieldapp.ui import theme
from fieldapp.ui.models import person_words as words
from fieldapp.ui.screens.group_page_person import plain_label
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.row_table import RowTable
from fieldapp.ui.widgets.wrap_layout import WrapLayout

_NAME, _NEEDS = 1, 6
_LEAST_NAME = 24
_LETTERS = {0: 4, 2: 10, 3: 11, 4: 16, 5: 30, 6: 20}


class FamilyTab(QWidget):
    """Who belongs to the family, to read. `member_asked` carries the id of a member that was chosen with Enter."""

    member_asked = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._page: GroupPage | None = None
        self._wanted: UUID | None = None
        self._facts = QFrame()
        self._facts.setProperty("kind", "card")
        self._line = WrapLayout(self._facts, gap=theme.SPACE[4], line_gap=theme.SPACE[1])
        self._line.setContentsMargins(theme.SPACE[3], theme.SPACE[2], theme.SPACE[3], theme.SPACE[2])
        policy = self._facts.sizePolicy()
        policy.setHeightForWidth(True)
        self._facts.setSizePolicy(policy)
        _ = session._
        heads = ("", _("Name"), _("Age"), _("Sex"), _("Relationship"), _("Documents"), _("Needs"))
        self.table = MembersTable(_("Members"), heads)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE[2], 0, 0)
        column.setSpacing(theme.SPACE[2])
        column.addWidget(self._facts)
        column.addWidget(self.table, 1)
        self.table.itemActivated.connect(self._on_activated)

    def show_page(self, page: GroupPage) -> None:
        """Show a family; who was chosen stays chosen."""
        row = self.table.currentRow() if self._page and self._page.group_id == page.group_id else 0
        self._page = page
        self._show_facts(page)
        self.table.show_rows(self._texts(page, member) for member in page.members)
        # Whoever may not see protection needs gets none in the page, so an empty column says nothing about anybody.
        self.table.setColumnHidden(_NEEDS, not any(member.needs for member in page.members))
        self.table.fit()
        if page.members:
            self.table.setCurrentCell(min(max(row, 0), len(page.members) - 1), _NAME)
        self._mark_wanted()

    def choose(self, individual_id: UUID | None) -> None:
        """Mark a member as soon as the family is read."""
        self._wanted = individual_id

    @property
    def chosen(self) -> UUID | None:
        """Who is chosen in the table."""
        members, row = self._page.members if self._page else (), self.table.currentRow()
        return members[row].individual_id if 0 <= row < len(members) else None

    def _mark_wanted(self) -> None:
        members = self._page.members if self._page else ()
        for number, member in enumerate(members):
            if member.individual_id == self._wanted:
                self.table.setCurrentCell(number, _NAME)
                self._wanted = None

    def _texts(self, page: GroupPage, member: PersonPage) -> tuple[str, ...]:
        language = self._session.language
        is_focal = member.individual_id == page.focal_point_id
        relation = words.relationship_words(language, FOCAL_POINT if is_focal else member.relationship, member.sex)
        return (
            str(member.ordinal) if member.ordinal else "",
            words.full_name(member.given_names, member.surnames),
            words.age_words(language, member.birth, self._session.desk.today()),
            words.sex_words(language, member.sex),
            relation,
            # Of a family taken over from its slip nobody knows what papers it has.
            words.documents_words(language, member.documents)
            if member.documents or not page.from_slip
            else words.NOTHING,
            ", ".join(words.need_words(language, need.code) for need in member.needs),
        )

    def _show_facts(self, page: GroupPage) -> None:
        while (item := self._line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()  # Qt would show later, as a window of its own, what was just added
                widget.deleteLater()
        language, _ = self._session.language, self._session._
        pairs = [
            (_("Size"), language.ngettext("{number} person", "{number} people", page.declared_size)),
            (_("Phone"), page.phone or words.NOTHING),
            (_("Place in the shelter"), page.shelter_place or words.NOTHING),
            (_("Destination"), words.value_words(language, "destination", page.destination)),
            (_("Consent"), words.value_words(language, "consent", page.consent)),
            (_("Post"), words.post_words(language, page.post)),
        ]
        for move in page.movements:
            parts = (
                self._session.moment(move.at_ms),
                words.origin_words(language, move.origin_state),
                move.destination,
            )
            said = ", ".join(part for part in parts if part and part != words.NOTHING)
            pairs.append((words.movement_words(language, move.kind), said))
        for member in page.members:
            who = words.short_name(member.given_names, member.surnames)
            pairs += [
                (_("{name} is looking for", name=who), words.search_words(language, note)) for note in member.tracing
            ]
            pairs += [
                (_("{name} was referred to", name=who), f"{one.to}, {self._session.moment(one.at_ms)}")
                for one in member.referrals
            ]
        pairs += [(_("Note"), note) for note in (page.note, *page.notes) if note]
        for label, value in pairs:
            self._line.addWidget(_fact(label, value))
        self._facts.updateGeometry()

    def _on_activated(self, item: QTableWidgetItem) -> None:
        if self._page is not None:
            self.member_asked.emit(self._page.members[item.row()].individual_id)


def _fact(label: str, value: str) -> QWidget:
    """Return a label over its value; a long value wraps."""
    widget = QWidget()
    name = QLabel(label)
    name.setProperty("kind", "hint")
    said = plain_label(value)
    room = said.fontMetrics().horizontalAdvance(value) + theme.SPACE[1]
    most = said.fontMetrics().averageCharWidth() * 60
    said.setMinimumWidth(min(room, most))
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(name)
    column.addWidget(said)
    column.addStretch(1)
    policy = widget.sizePolicy()
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
    return widget


class MembersTable(RowTable):
    """Gives the names what the other columns leave, and never less than can be read; then it scrolls sideways."""

    def __init__(self, name: str, heads: Sequence[str]) -> None:
        super().__init__(name, heads)
        self.horizontalHeader().setMinimumSectionSize(2)
        self.setHorizontalScrollMode(RowTable.ScrollMode.ScrollPerPixel)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Fit the columns to the width there is."""
        letter = self.fontMetrics().averageCharWidth()
        left = self.viewport().width()
        for column, letters in _LETTERS.items():
            self.setColumnWidth(column, letters * letter)
            left -= 0 if self.isColumnHidden(column) else letters * letter
        self.setColumnWidth(_NAME, max(left, _LEAST_NAME * letter))
