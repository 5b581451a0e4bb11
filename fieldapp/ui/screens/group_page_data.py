"""The tab Data: every field of the family and its members, who said it and when, and the conflicts to decide."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fieldapp.domain import fields as packed_fields
from fieldapp.domain.people import FieldState, GroupPage, PersonPage, Sibling
from fieldapp.services.correct import ANSWERABLE, edit_group, edit_individual
from fieldapp.ui import theme
from fieldapp.ui.models import person_words as words
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.edit_group import EditGroup
from fieldapp.ui.screens.edit_panel import EditPanel
from fieldapp.ui.screens.edit_person import EditPerson
from fieldapp.ui.screens.group_page_person import plain_label
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.scrolled import scrolled

_LIST_LETTERS = 24
_PORTRAIT_HEIGHT = 160
_PERSON_FIELDS = (
    "portrait", "given_names", "surnames", "sex", "birth", "nationalities", "documents", "relationship", "phone", "origin",
    "address", "language", "ethnic_group", "marital_status", "education", "occupation", "functioning",
)  # fmt: skip
_GROUP_FIELDS = (
    "consent", "consent_language", "consent_shares", "phone", "shelter_place", "destination", "complete", "declared", "others", "note",
)  # fmt: skip


class DataTab(QWidget):
    """The family and its members at the left, the fields of the chosen one at the right. Emits `editing_changed`."""

    editing_changed = Signal(bool)

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self._session, self._shell = session, shell
        self._page: GroupPage | None = None
        self._who_said: dict[UUID, str] = {}
        _ = session._
        self.subjects = QListWidget()
        self.subjects.setAccessibleName(_("Family and members"))
        letter = self.subjects.fontMetrics().averageCharWidth()
        self.subjects.setMinimumWidth(_LIST_LETTERS // 2 * letter)
        self.subjects.setMaximumWidth(_LIST_LETTERS * letter)
        self.subjects.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.edit_button = QPushButton(_("Edit  Ctrl+E"))
        theme.set_icon(self.edit_button, "pencil")
        self.edit_person, self.edit_group = EditPerson(session, shell), EditGroup(session, shell)
        self.right = QStackedWidget()
        self._area = scrolled(QWidget())
        self.choices: list[QPushButton] = []
        self._lay_out()
        self.subjects.currentRowChanged.connect(lambda _row: self._show_subject())
        self.subjects.itemActivated.connect(lambda _item: self.edit())
        self.edit_button.clicked.connect(self.edit)
        for panel in (self.edit_person, self.edit_group):
            panel.closed.connect(self.close_form)

    def _lay_out(self) -> None:
        reading = QWidget()
        column = QVBoxLayout(reading)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area, 1)
        line = QHBoxLayout()
        line.addWidget(self.edit_button)
        line.addStretch(1)
        column.addLayout(line)
        self._reading = reading
        for page in (reading, self.edit_person, self.edit_group):
            self.right.addWidget(page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.SPACE[2], 0, 0)
        row.setSpacing(theme.SPACE[3])
        row.addWidget(self.subjects, 1)
        row.addWidget(self.right, 3)

    @property
    def is_editing(self) -> bool:
        """Whether a form is open."""
        return self.right.currentWidget() is not self._reading

    def show_page(self, page: GroupPage) -> None:
        """Show a family; who was chosen stays chosen, and a form that is open stays as it is."""
        is_new = self._page is None or self._page.group_id != page.group_id
        row = 0 if is_new else self.subjects.currentRow()
        self._page = page
        language = self._session.language
        self._who_said = {
            line.change_id: ", ".join(
                part for part in (line.staff_name, line.device_code, self._session.moment(line.at_ms)) if part
            )
            for line, _member in words.family_history(page)
        }
        self.subjects.blockSignals(True)
        self.subjects.clear()
        self.subjects.addItem(language.gettext("The family"))
        for number, member in enumerate(page.members, start=1):
            self.subjects.addItem(f"{number}  {words.short_name(member.given_names, member.surnames)}")
            self.subjects.item(number).setToolTip(words.full_name(member.given_names, member.surnames))
        self.subjects.setCurrentRow(min(max(row, 0), len(page.members)))
        self.subjects.blockSignals(False)
        if is_new and self.is_editing:
            self.close_form()
        self._show_subject()

    def choose(self, individual_id: UUID | None) -> None:
        """Choose a member, or None for the family."""
        members = self._page.members if self._page else ()
        row = next((n for n, one in enumerate(members, start=1) if one.individual_id == individual_id), 0)
        self.subjects.setCurrentRow(row)

    def chosen(self) -> PersonPage | None:
        """Return the member that is chosen, None for the family."""
        row = self.subjects.currentRow()
        return self._page.members[row - 1] if self._page and 0 < row <= len(self._page.members) else None

    def edit(self) -> None:
        """Open the form of whom is chosen."""
        if self._page is None or self.is_editing:
            return
        member = self.chosen()
        panel: EditPanel = self.edit_group
        if member is not None:
            self.edit_person.begin_with(self._page, member)
            panel = self.edit_person
        else:
            self.edit_group.begin(self._page)
        self.right.setCurrentWidget(panel)
        self.subjects.setEnabled(False)
        panel.take_focus()
        self.editing_changed.emit(True)

    def close_form(self) -> None:
        """Go back from the form to reading."""
        self.right.setCurrentWidget(self._reading)
        self.subjects.setEnabled(True)
        self.subjects.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editing_changed.emit(False)

    def _show_subject(self) -> None:
        page, member = self._page, self.chosen()
        if page is None:
            return
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, theme.SPACE[1], 0)
        column.setSpacing(theme.SPACE[2])
        states = member.fields if member else page.fields
        names = [name for name in (_PERSON_FIELDS if member else _GROUP_FIELDS) if name in states]
        self.choices = []
        for name in names:
            if states[name].in_conflict:
                column.addWidget(self._conflict(name, states[name]))
        card = QFrame()
        card.setProperty("kind", "card")
        grid = QGridLayout(card)
        grid.setContentsMargins(theme.SPACE[3], theme.SPACE[2], theme.SPACE[3], theme.SPACE[2])
        grid.setHorizontalSpacing(theme.SPACE[3])
        grid.setVerticalSpacing(theme.SPACE[1])
        grid.setColumnStretch(1, 1)
        for line, name in enumerate(names):
            self._add_field(grid, line, name, states[name])
        column.addWidget(card)
        column.addStretch(1)
        self._area.setWidget(shown)
        shown.setAutoFillBackground(False)

    def _add_field(self, grid: QGridLayout, line: int, name: str, state: FieldState) -> None:
        language, _ = self._session.language, self._session._
        label = QLabel(words.field_words(language, name))
        label.setProperty("kind", "secondary")
        value = plain_label(words.value_words(language, name, state.shown.value))
        if name == "portrait" and isinstance(state.shown.value, bytes):
            _show_portrait(value, state.shown.value)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        said = self._said(state.shown)
        older = [words.value_words(language, name, each.value) for each in state.values[1:]] if state.quiet else []
        hint = "\n".join([said, *(_("Also said: {value}", value=each) for each in older)])
        for widget in (label, value):
            widget.setToolTip(hint)
            widget.setAccessibleDescription(hint)
        grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, line, 1)

    def _said(self, sibling: Sibling) -> str:
        return self._who_said.get(sibling.change_id) or self._session.moment(sibling.at_ms)

    def _conflict(self, name: str, state: FieldState) -> QFrame:
        language, _ = self._session.language, self._session._
        frame = QFrame()
        frame.setProperty("kind", "banner")
        frame.setProperty("state", "danger")
        grid = QGridLayout(frame)
        grid.setContentsMargins(theme.SPACE[3], theme.SPACE[2], theme.SPACE[3], theme.SPACE[2])
        grid.setVerticalSpacing(theme.SPACE[1])
        grid.setColumnStretch(1, 1)
        heading = plain_label(
            _("{field}: two desks wrote different values", field=words.field_words(language, name)), "section"
        )
        heading.setProperty("state", "danger")
        grid.addWidget(heading, 0, 0, 1, 3)
        permitted = self._session.desk.actor.role in ANSWERABLE
        for line, sibling in enumerate(state.values, start=1):
            text = words.value_words(language, name, sibling.value)
            grid.addWidget(plain_label(text), line, 0)
            grid.addWidget(plain_label(self._said(sibling), "secondary"), line, 1)
            if permitted:
                button = QPushButton(_("This is right"))
                button.setAccessibleName(_("This is right: {value}", value=text))
                button.clicked.connect(partial(self._decide, name, sibling))
                grid.addWidget(button, line, 2)
                self.choices.append(button)
        if not permitted:
            grid.addWidget(
                plain_label(_("A supervisor decides which is right."), "hint"), len(state.values) + 1, 0, 1, 3
            )
        return frame

    def _decide(self, name: str, sibling: Sibling) -> None:
        page, member, desk, _ = self._page, self.chosen(), self._session.desk, self._session._
        if page is None:
            return
        values = {name: record_value(name, sibling.value)}
        reason = _("Decided between values of two desks")
        function = (
            partial(edit_individual, desk, member, values, reason)
            if member
            else partial(edit_group, desk, page, values, reason)
        )
        self._session.work.change(
            function,
            lambda _done: self._shell.show_banner("ok", _("The conflict is decided; both values stay in the history.")),
            self._shell.show_problem,
            changes="groups",
            owner=self,
        )


def _show_portrait(label: QLabel, portrait: bytes) -> None:
    """Put a photo in the place of its words."""
    pixmap = QPixmap()
    if portrait and pixmap.loadFromData(portrait):
        label.setPixmap(pixmap.scaledToHeight(_PORTRAIT_HEIGHT, Qt.TransformationMode.SmoothTransformation))


def record_value(name: str, value: object) -> object:
    """Return a field's value as the record has it, from the value a change carries."""
    match name:
        case "birth":
            return packed_fields.birth_of(value)
        case "documents":
            return packed_fields.documents_of(value)
        case "nationalities" | "consent_shares":
            return packed_fields.texts_of(value)
        case "functioning":
            return packed_fields.functioning_of(value)
        case "others":
            return packed_fields.others_of(value)
        case "focal_point":
            return packed_fields.uuid_of(value)
        case "sex":
            return packed_fields.sex_of(value)
        case "consent":
            return packed_fields.consent_of(value)
        case "complete":
            return bool(value)
        case _:
            return value
