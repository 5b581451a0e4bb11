"""Members who leave their family: into a family of their own, or into another one that is registered."""

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox

from fieldapp.domain.people import GroupPage, IndividualRow, PeopleQuery
from fieldapp.domain.problems import Problem
from fieldapp.services import find
from fieldapp.services.membership import move_members, split_group, undo_move, undo_split
from fieldapp.services.register import Registered
from fieldapp.ui.models.person_words import full_name
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.edit_panel import EditPanel
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.member_rows import MemberRow, MemberRows
from fieldapp.ui.widgets.plain_field import PlainField

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fieldapp.services.desk import Desk

_PAUSE_MS = 150
_MOST_FOUND = 40


class LeavingPanel(EditPanel):
    """What both ways of leaving ask: who goes, and why. The focal point stays."""

    def __init__(self, session: Session, shell: Shell, title: str, primary: str) -> None:
        super().__init__(session, shell, title, primary)
        _ = session._
        self.members = MemberRows(session.language, related=True)
        self.reason = PlainField()
        self.frames["members"] = FieldFrame(
            _("Who goes, and what they are to the new focal point"), self.members, chars=40
        )
        self.frames["reason"] = FieldFrame(_("Reason"), self.reason, _("it is kept in the history"), chars=40)

    def clear(self) -> None:
        self.reason.clear()
        for frame in self.frames.values():
            frame.set_problem("")
        page = self.page
        if page is not None:
            rows = [
                MemberRow(one.individual_id, full_name(one.given_names, one.surnames))
                for one in page.members
                if one.individual_id != page.focal_point_id and not one.withdrawn
            ]
            self.members.show_rows(rows)

    def take_focus(self) -> None:
        self.members.take_focus()

    def asked(self) -> bool:
        """Say beside the fields what is missing; return whether nothing is."""
        _ = self.session._
        self.frames["members"].set_problem("" if self.members.chosen else _("Choose at least one member."))
        self.frames["reason"].set_problem("" if self.reason.text().strip() else _("Say why, in a few words."))
        if not self.members.chosen:
            self.members.take_focus()
        elif not self.reason.text().strip():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(self.members.chosen and self.reason.text().strip())

    def put_back(
        self,
        undo: "Callable[[Desk, GroupPage, UUID, Sequence[UUID], str], None]",
        page: GroupPage,
        to: UUID,
        members: tuple[UUID, ...],
        reason: str,
    ) -> None:
        """Put members who just left back into their family, as what they were before."""
        self.take_back(
            partial(undo, self.session.desk, page, to, members, self.undone(reason)),
            self.session._("They belong to {family} again.", family=page.number),
        )


class SplitPanel(LeavingPanel):
    """Makes a family of its own out of some members; it gets a number of its own."""

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(session, shell, _("Make a family of some members"), _("Make the family  Ctrl+Enter"))
        self.focal = QComboBox()
        self.frames["focal_point"] = FieldFrame(_("Their focal point"), self.focal, chars=30)
        for name in ("members", "focal_point", "reason"):
            self.fields.addWidget(self.frames[name])
        self.fields.addStretch(1)
        self.members.changed.connect(self._on_chosen)
        self.focal.currentIndexChanged.connect(self._on_focal)

    def clear(self) -> None:
        self.focal.clear()
        super().clear()

    def _on_chosen(self) -> None:
        before, page = self.focal.currentData(), self.page
        if page is None:
            return
        self.focal.blockSignals(True)
        self.focal.clear()
        for one in page.members:
            if one.individual_id in self.members.chosen:
                self.focal.addItem(full_name(one.given_names, one.surnames), one.individual_id)
        self.focal.setCurrentIndex(max(self.focal.findData(before), 0))
        self.focal.blockSignals(False)
        self._on_focal()

    def _on_focal(self) -> None:
        for who in self.members.chosen:
            self.members.show_relationship(who, who != self.focal.currentData())

    def save(self) -> None:
        page = self.page
        if page is None or not self.primary_button.isEnabled() or not self.asked():
            return
        focal = self.focal.currentData()
        assert isinstance(focal, UUID)
        desk, reason = self.session.desk, self.reason.text()
        self.write(
            partial(split_group, desk, page, dict(self.members.relationships), focal, reason),
            self._said,
            lambda made: self.put_back(undo_split, page, made.group_id, made.member_ids, reason),
        )

    def _said(self, made: Registered) -> str:
        return self.session._("They are a family of their own now: {number}. Print its slip.", number=made.number)


class MovePanel(LeavingPanel):
    """Moves members into another registered family, found by its number or a name."""

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(session, shell, _("Move members to another family"), _("Move them  Ctrl+Enter"))
        self.search, self.found = PlainField(), QComboBox()
        self.frames["to"] = FieldFrame(_("To which family"), self.search, _("number, name or document"), chars=30)
        self.frames["found"] = FieldFrame(_("The family"), self.found, chars=40)
        for name in ("members", "to", "found", "reason"):
            self.fields.addWidget(self.frames[name])
        self.fields.addStretch(1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.search.textEdited.connect(lambda _text: self._pause.start())

    def clear(self) -> None:
        self.search.clear()
        self.found.clear()
        super().clear()

    def _look(self) -> None:
        text, desk = self.search.text().strip(), self.session.desk
        if text:
            query = PeopleQuery(text=text, order=find.BEST)
            self.session.work.query(
                lambda: find.individuals(desk, query, 0, _MOST_FOUND),
                lambda rows: self._show_found(text, rows),
                owner=self,
            )

    def _show_found(self, text: str, rows: list[IndividualRow]) -> None:
        if text != self.search.text().strip() or self.page is None:
            return
        self.found.clear()
        families: Mapping[UUID, IndividualRow] = {row.group_id: row for row in reversed(rows)}
        for group_id, row in families.items():
            if group_id != self.page.group_id:
                number = row.group_number or row.number
                self.found.addItem(f"{number}  {full_name(row.given_names, row.surnames)}", group_id)
        nobody = self.session._("Nobody was found. Try the number on the slip.")
        self.frames["to"].set_problem("" if self.found.count() else nobody)

    def save(self) -> None:
        page, _ = self.page, self.session._
        if page is None or not self.primary_button.isEnabled():
            return
        to = self.found.currentData()
        if not isinstance(to, UUID):
            self.frames["to"].set_problem(_("Find the family by its number or a name."))
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.asked():
            members, reason = dict(self.members.relationships), self.reason.text()
            self.write(
                partial(_move, self.session.desk, page, to, members, reason),
                _("They belong to {family} now.", family=self.found.currentText()),
                lambda _done: self.put_back(undo_move, page, to, tuple(members), reason),
            )


def _move(desk: "Desk", page: GroupPage, to: UUID, members: dict[UUID, str], reason: str) -> None:
    target = find.group_page(desk, to, audited=False)
    if target.withdrawn:
        raise Problem("family_withdrawn")
    move_members(desk, page, target, members, reason)
