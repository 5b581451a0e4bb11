"""Whom somebody of a family is looking for: noted for the protection officer and the supervisor alone."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from fieldapp.services.protection import note_search
from fieldapp.ui import theme
from fieldapp.ui.models.person_words import full_name
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.edit_panel import EditPanel
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.choice_row import Answer, ChoiceRow
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.plain_field import PlainField
from fieldapp.ui.widgets.wrap_layout import WrapLayout


class SearchPanel(EditPanel):
    """Notes a search: who seeks, whom, where and when last seen, and whether others may be told."""

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(session, shell, _("Somebody they are looking for"), _("Note the search  Ctrl+Enter"))
        self.who = QComboBox()
        self.name, self.relation, self.last_place, self.last_seen = (PlainField() for _field in range(4))
        self.may_share = ChoiceRow([
            Answer("yes", "y", _("Yes, they agree"), _("Yes, they agree")),
            Answer("no", "n", _("No, it stays here"), _("No, it stays here")),
        ])  # fmt: skip
        for name, label, field, hint in (
            ("who", _("Who is looking"), self.who, ""),
            ("name", _("Name of the person sought"), self.name, ""),
            ("relation", _("What they are to them"), self.relation, ""),
            ("last_place", _("Where last seen"), self.last_place, ""),
            ("last_seen", _("When last seen"), self.last_seen, _("in their words")),
            ("may_share", _("May other organisations be told?"), self.may_share, ""),
        ):
            self.frames[name] = FieldFrame(label, field, hint, chars=24)
        for names in (("who", "name", "relation"), ("last_place", "last_seen", "may_share")):
            line = WrapLayout(gap=theme.SPACE[3], line_gap=theme.SPACE[0], fill=True)
            for name in names:
                line.addWidget(self.frames[name])
            self.fields.addLayout(line)
        self.fields.addStretch(1)

    def clear(self) -> None:
        self.who.clear()
        for field in (self.name, self.relation, self.last_place, self.last_seen):
            field.clear()
        self.may_share.set_code("no")
        for one in self.page.members if self.page else ():
            self.who.addItem(full_name(one.given_names, one.surnames), one.individual_id)

    def take_focus(self) -> None:
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        who, desk = self.who.currentData(), self.session.desk
        if not isinstance(who, UUID) or not self.primary_button.isEnabled():
            return
        for frame in self.frames.values():
            frame.set_problem("")
        work = partial(
            note_search, desk, who, self.name.text(), relation=self.relation.text(), last_place=self.last_place.text(),
            last_seen=self.last_seen.text(), may_share=self.may_share.code == "yes",
        )  # fmt: skip
        self.write(work, self.session._("The search is noted."))
