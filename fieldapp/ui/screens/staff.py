"""The staff of the register, for administrators: who there is, adding, disabling, a new password."""

from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
)

from fieldapp.code_lists import code_list
from fieldapp.services.staff import StaffMember, list_staff
from fieldapp.ui import theme
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.list_and_form import ListAndForm
from fieldapp.ui.screens.staff_forms import AddForm, DisableForm, ResetForm
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.row_table import RowTable

_STATE = 3


class StaffSettings(ListAndForm):
    """The list with its buttons; a form takes its place while somebody is added, disabled or given a password."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__(session, shell)
        _ = session._
        self.members: list[StaffMember] = []
        card = Card(
            _("Staff of this register"),
            _("Who may sign in. A disabled member keeps their name in the history."),
        )
        self.table = RowTable(_("Staff"), (_("Name"), _("Short name"), _("Role"), _("State")), wide=0)
        self.table.itemSelectionChanged.connect(self._on_selected)
        self.add_button = QPushButton(_("Add somebody"))
        theme.set_icon(self.add_button, "user-plus")
        self.reset_button = QPushButton(_("New password"))
        theme.set_icon(self.reset_button, "key-round")
        self.disable_button = QPushButton(_("Disable"))
        theme.set_property(self.disable_button, "kind", "danger")
        theme.set_icon(self.disable_button, "user-x")
        self.add_button.clicked.connect(lambda: self.open_form(AddForm(session)))
        self.reset_button.clicked.connect(lambda: self.open_form(ResetForm(session, self._chosen())))
        self.disable_button.clicked.connect(lambda: self.open_form(DisableForm(session, self._chosen())))
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[2])
        row.addWidget(self.add_button)
        row.addWidget(self.reset_button)
        row.addStretch()
        row.addWidget(self.disable_button)
        card.column.addWidget(self.table, 1)
        card.column.addLayout(row)
        self.show_card(card)
        session.work.changed.connect(self.on_changed)
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew."""
        desk = self._session.desk
        self._session.work.query(lambda: list_staff(desk), self._on_listed)

    def on_changed(self, kind: str) -> None:
        """Follow changes of the staff."""
        if kind == "staff":
            self.refresh()

    def _on_listed(self, members: "tuple[StaffMember, ...] | list[StaffMember]") -> None:
        self.members = list(members)
        _ = self._session._
        roles = code_list("roles")
        self.table.show_rows(
            (
                member.display_name,
                member.short_name,
                roles.label(str(member.role), self._session.language.code),
                _("Disabled") if member.disabled else _("May sign in"),
            )
            for member in self.members
        )
        for row, member in enumerate(self.members):
            self.table.cell(row, _STATE).setIcon(theme.icon("user-x" if member.disabled else "check"))
            for column in range(_STATE + 1) if member.disabled else ():
                self.table.cell(row, column).setForeground(theme.colour("secondary"))
        self._on_selected()

    def _chosen(self) -> StaffMember:
        return self.members[self.table.currentRow()]

    def _on_selected(self) -> None:
        row = self.table.currentRow()
        usable = bool(self.table.selectedItems()) and 0 <= row < len(self.members) and not self.members[row].disabled
        is_self = usable and self.members[row].staff_id == self._session.desk.actor.staff_id
        self.reset_button.setEnabled(usable)
        self.disable_button.setEnabled(usable and not is_self)
