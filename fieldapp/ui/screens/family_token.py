"""A pre-printed slip for a family: scanned or typed, bound once, and refused with who has it."""

from functools import partial

from PySide6.QtWidgets import QLabel

from fieldapp.services.tokens import NotAToken, TokenTaken, bind_token
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.edit_panel import EditPanel
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.plain_field import PlainField
from fieldapp.words import say


class TokenPanel(EditPanel):
    """Takes the text of a pre-printed slip."""

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(session, shell, _("Hand over a pre-printed slip"), _("Bind it to the family  Ctrl+Enter"))
        self.own = QLabel()
        self.own.setProperty("kind", "secondary")
        self.own.setWordWrap(True)
        self.token = PlainField()
        self.token.returnPressed.connect(self.save)
        self.frames["token"] = FieldFrame(
            _("Pre-printed slip"), self.token, _("scan it, or type TK and what follows"), chars=30
        )
        self.fields.addWidget(self.own)
        self.fields.addWidget(self.frames["token"])
        self.fields.addStretch(1)

    def clear(self) -> None:
        self.token.clear()
        had = ", ".join(self.page.tokens) if self.page else ""
        self.own.setText(self.session._("They have {tokens} already.", tokens=had))
        self.own.setVisible(bool(had))

    def save(self) -> None:
        if self.page is None or not self.primary_button.isEnabled():
            return
        self.frames["token"].set_problem("")
        work = partial(bind_token, self.session.desk, self.page.group_id, self.token.text())
        self.write(work, lambda token: self.session._("{token} belongs to this family now.", token=token))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, NotAToken | TokenTaken):
            super()._on_failed(error)
            return
        self.primary_button.setEnabled(True)
        self.frames["token"].set_problem(say(self.session.language, error.code, **error.values))
        self.take_focus()
        self.token.selectAll()
