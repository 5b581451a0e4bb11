"""Another focal point for a family, with what everybody is to them."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from fieldapp.domain.people import PersonPage
from fieldapp.services.membership import change_focal_point, undo_focal_point
from fieldapp.ui.models.draft_entry import guessed_relationship
from fieldapp.ui.models.person_words import full_name
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.edit_panel import EditPanel
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.member_rows import MemberRow, MemberRows
from fieldapp.ui.widgets.plain_field import PlainField

_BOTH_WAYS = frozenset({"WIFE_HUSBAND", "FREE_UNION", "BROTHER_SISTER", "COUSIN", "NOT_RELATED"})
"""Relationships that are the same seen from either side."""


class FocalPointPanel(EditPanel):
    """Chooses the new focal point; the relationships of the others are asked anew, for they were to somebody else."""

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(session, shell, _("Another focal point"), _("Change the focal point  Ctrl+Enter"))
        self.who = QComboBox()
        self.members = MemberRows(session.language, related=True, pick=False)
        self.reason = PlainField()
        self.frames["focal_point"] = FieldFrame(_("The new focal point"), self.who, chars=30)
        self.frames["members"] = FieldFrame(_("What the others are to them"), self.members, chars=40)
        self.frames["reason"] = FieldFrame(_("Reason"), self.reason, _("it is kept in the history"), chars=40)
        for frame in self.frames.values():
            self.fields.addWidget(frame)
        self.fields.addStretch(1)
        self.who.currentIndexChanged.connect(self._on_chosen)

    def clear(self) -> None:
        self.reason.clear()
        page = self.page
        if page is None:
            return
        self.who.blockSignals(True)
        self.who.clear()
        for one in page.members:
            if one.individual_id != page.focal_point_id and not one.withdrawn:
                self.who.addItem(full_name(one.given_names, one.surnames), one.individual_id)
        self.who.blockSignals(False)
        self._on_chosen()

    def _on_chosen(self) -> None:
        page, chosen = self.page, self.who.currentData()
        if page is None:
            return
        focal = next((one for one in page.members if one.individual_id == chosen), None)
        rows = [
            MemberRow(
                one.individual_id,
                full_name(one.given_names, one.surnames),
                relationship=self._guess(focal, one, page.focal_point_id),
            )
            for one in page.members
            if one.individual_id != chosen and not one.withdrawn
        ]
        self.members.show_rows(rows)

    def _guess(self, focal: PersonPage | None, one: PersonPage, before: UUID) -> str:
        if focal is None:
            return ""
        if one.individual_id == before and focal.relationship in _BOTH_WAYS:
            return focal.relationship
        return guessed_relationship(focal.birth, one.birth, False, self.session.desk.today())

    def save(self) -> None:
        page, _ = self.page, self.session._
        chosen = self.who.currentData()
        if page is None or not self.primary_button.isEnabled() or not isinstance(chosen, UUID):
            return
        if not self.reason.text().strip():
            self.frames["reason"].set_problem(_("Say why, in a few words."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        desk, reason = self.session.desk, self.reason.text()
        self.write(
            partial(change_focal_point, desk, page, dict(self.members.relationships), chosen, reason),
            _("{name} is the focal point now. Print a new slip.", name=self.who.currentText()),
            lambda _done: self.take_back(
                partial(undo_focal_point, desk, page, chosen, self.undone(reason)),
                _("The focal point is the one before again."),
            ),
        )
