"""What can be added to a family: a note, and a movement with its destination. Panels in the page, not dialogs."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPlainTextEdit

from fieldapp.domain.record import MovementKind
from fieldapp.services.correct import add_note, record_movement
from fieldapp.ui import theme
from fieldapp.ui.models import draft_choices, person_words
from fieldapp.ui.models.draft_entry import PLACES_LANGUAGE, destination_text
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.edit_panel import EditPanel
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.choice_row import Answer, ChoiceRow
from fieldapp.ui.widgets.code_field import CodeField
from fieldapp.ui.widgets.field_frame import FieldFrame, mark
from fieldapp.ui.widgets.plain_field import PlainField
from fieldapp.ui.widgets.wrap_layout import WrapLayout

_NOTE_LINES = 3
_TO_SOMEWHERE = frozenset({MovementKind.DEPARTURE, MovementKind.TRANSFER_OUT})
_KINDS = (MovementKind.DEPARTURE, MovementKind.TRANSFER_OUT, MovementKind.TRANSFER_IN, MovementKind.DEATH)


class NoteEdit(QPlainTextEdit):
    """A few lines of text; Tab goes on to the next field."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _NOTE_LINES + theme.SPACE[4])

    def show_problem(self, state: str) -> None:
        """Show by the border that something is wrong (`error`, `warn`) or not."""
        mark(self, problem=state)


class NotePanel(EditPanel):
    """Adds a note to a family. A note can be read by everybody at the post, so it is no place for protection needs."""

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(session, shell, _("Add a note"), _("Add the note  Ctrl+Enter"))
        self.text = NoteEdit(_("Note"))
        hint = _("Everybody at this post can read it. Write no protection needs here.")
        self.frames["note"] = FieldFrame(_("Note"), self.text, hint)
        self.fields.addWidget(self.frames["note"])

    def clear(self) -> None:
        self.text.clear()

    def save(self) -> None:
        if self.page is None:
            return
        text = self.text.toPlainText()
        desk, group_id = self.session.desk, self.page.group_id
        self.write(partial(add_note, desk, group_id, text), self.session._("The note is added."))


class MovementPanel(EditPanel):
    """Records that a family, or one of it, left, was transferred, came back or died."""

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(session, shell, _("Record a movement"), _("Record the movement  Ctrl+Enter"))
        words = [person_words.movement_words(session.language, kind) for kind in _KINDS]
        self.kind = ChoiceRow([Answer(str(kind), "", word, word) for kind, word in zip(_KINDS, words, strict=True)])
        self.who = QComboBox()
        self.who.setAccessibleName(_("Who"))
        self.destination = CodeField(draft_choices.destinations(PLACES_LANGUAGE), free_text=True)
        self.reason = PlainField()
        for name, label, field, hint in (
            ("kind", _("What happened"), self.kind, ""),
            ("who", _("Who"), self.who, ""),
            ("destination", _("Where to"), self.destination, _("Town, shelter or country")),
            ("reason", _("Reason"), self.reason, _("May stay empty")),
        ):
            self.frames[name] = FieldFrame(label, field, hint, chars=30)
        for names in (("kind", "who"), ("destination", "reason")):
            line = WrapLayout(gap=theme.SPACE[2], line_gap=theme.SPACE[0], fill=True)
            for name in names:
                line.addWidget(self.frames[name])
            self.fields.addLayout(line)
        self.fields.addStretch(1)
        self.kind.changed.connect(self._on_kind)

    def clear(self) -> None:
        self.kind.set_code("")
        self.destination.clear()
        self.reason.clear()
        self.who.clear()
        page, _ = self.page, self.session._
        if page is not None:
            self.who.addItem(_("The whole family"), page.group_id)
            for member in page.members if len(page.members) > 1 else ():
                self.who.addItem(person_words.full_name(member.given_names, member.surnames), member.individual_id)
        self._on_kind()

    def _on_kind(self) -> None:
        self.frames["kind"].set_problem("")
        self.frames["destination"].setVisible(not self.kind.code or self.kind.code in _TO_SOMEWHERE)

    def save(self) -> None:
        _ = self.session._
        if self.page is None:
            return
        if not self.kind.code:
            self.frames["kind"].set_problem(_("Choose what happened."))
            self.kind.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.destination.take_marked()
        kind = MovementKind(self.kind.code)
        subject = self.who.currentData()
        destination = destination_text(self.destination.value) if kind in _TO_SOMEWHERE else ""
        desk = self.session.desk
        assert isinstance(subject, UUID)
        self.write(
            partial(record_movement, desk, subject, kind, destination, self.reason.text()),
            _("The movement is recorded: {kind}.", kind=person_words.movement_words(self.session.language, kind)),
        )
