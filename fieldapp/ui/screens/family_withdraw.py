"""Withdrawing a family or a person, and taking that back: in sight with its mark, and counted no more."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from fieldapp.services.membership import reinstate, withdraw
from fieldapp.ui.models.person_words import full_name
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.edit_panel import EditPanel
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.plain_field import PlainField


class WithdrawPanel(EditPanel):
    """Withdraws, or takes back, what is chosen, by how it stands."""

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(session, shell, _("Withdraw from the register"), "")
        self.who, self.reason = QComboBox(), PlainField()
        self.frames["who"] = FieldFrame(
            _("Who"), self.who, _("Stays in sight with its history, and counts no more."), chars=34
        )
        self.frames["reason"] = FieldFrame(_("Reason"), self.reason, _("it is kept in the history"), chars=40)
        for frame in self.frames.values():
            self.fields.addWidget(frame)
        self.fields.addStretch(1)
        self.who.currentIndexChanged.connect(self._on_chosen)

    def clear(self) -> None:
        self.reason.clear()
        page, _ = self.page, self.session._
        if page is None:
            return
        self.who.clear()
        self.who.addItem(_("The whole family"), (page.group_id, page.withdrawn))
        for one in page.members:
            self.who.addItem(full_name(one.given_names, one.surnames), (one.individual_id, one.withdrawn))
        self._on_chosen()

    def _chosen(self) -> tuple[UUID, bool] | None:
        data = self.who.currentData()
        return (data[0], data[1]) if data else None

    def _on_chosen(self) -> None:
        chosen, _ = self._chosen(), self.session._
        is_withdrawn = chosen is not None and chosen[1]
        self.heading.setText(_("Take back the withdrawal") if is_withdrawn else _("Withdraw from the register"))
        self.primary_button.setText(_("Take it back  Ctrl+Enter") if is_withdrawn else _("Withdraw  Ctrl+Enter"))

    def save(self) -> None:
        chosen, _ = self._chosen(), self.session._
        if chosen is None or not self.primary_button.isEnabled():
            return
        if not self.reason.text().strip():
            self.frames["reason"].set_problem(_("Say why, in a few words."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        desk, (subject, is_withdrawn) = self.session.desk, chosen
        if is_withdrawn:
            self.write(partial(reinstate, desk, subject, self.reason.text()), _("It counts again."))
            return
        self.write(
            partial(withdraw, desk, subject, self.reason.text()),
            _("Withdrawn. It stays in sight and counts no more."),
            lambda _done: self.take_back(
                partial(reinstate, desk, subject, _("Withdrawn by mistake")), _("It counts again.")
            ),
        )
