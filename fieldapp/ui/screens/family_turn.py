"""A turn for a family that is registered already; on somebody else's day it needs a reason."""

from functools import partial

from PySide6.QtWidgets import QLabel

from fieldapp.services.turns import NotTheirDay, give_turn
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.edit_panel import EditPanel
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.plain_field import PlainField
from fieldapp.words import say


class TurnPanel(EditPanel):
    """Gives the family its turn of today."""

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(session, shell, _("Give a turn"), _("Give the turn  Ctrl+Enter"))
        self.own = QLabel()
        self.own.setProperty("kind", "secondary")
        self.own.setWordWrap(True)
        self.reason = PlainField()
        self.frames["reason"] = FieldFrame(
            _("Reason"),
            self.reason,
            _("only where today is for other documents; otherwise it may stay empty"),
            chars=40,
        )
        self.fields.addWidget(self.own)
        self.fields.addWidget(self.frames["reason"])
        self.fields.addStretch(1)

    def clear(self) -> None:
        self.reason.clear()
        today = self.session.desk.today().isoformat()
        own = next((turn for turn in self.page.turns if turn.day == today), None) if self.page else None
        self.own.setText(self.session._("They have turn {label} today.", label=own.label) if own else "")
        self.own.setVisible(own is not None)

    def save(self) -> None:
        if self.page is None or not self.primary_button.isEnabled():
            return
        rule, reason = self.session.settings.turn_rule, self.reason.text()
        work = partial(give_turn, self.session.desk, self.page.group_id, rule, reason)
        self.write(work, lambda label: self.session._("Their turn is {label}.", label=label))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, NotTheirDay):
            super()._on_failed(error)
            return
        self.primary_button.setEnabled(True)
        self.frames["reason"].set_problem(say(self.session.language, error.code, **error.values))
        self.take_focus()
