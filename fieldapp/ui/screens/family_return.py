"""A family that is back: one key adds an arrival for all of it or for some, and nobody is registered twice."""

from functools import partial

from PySide6.QtWidgets import QLabel

from fieldapp.domain.people import GroupPage
from fieldapp.services.membership import record_return
from fieldapp.ui import theme
from fieldapp.ui.models import draft_choices, person_words
from fieldapp.ui.models.draft_content import CodeValue
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.edit_panel import EditPanel
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.code_field import CodeField
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.member_rows import MemberRow, MemberRows
from fieldapp.ui.widgets.wrap_layout import WrapLayout


class ReturnPanel(EditPanel):
    """Records that a registered family came over again: everybody is ticked, and how they cross is guessed."""

    def __init__(self, session: Session, shell: Shell) -> None:
        _, code = session._, session.language.code
        super().__init__(session, shell, _("They are back"), _("Add the arrival  Ctrl+Enter"))
        self.last = QLabel()
        self.last.setProperty("kind", "hint")
        self.last.setWordWrap(True)
        self.members = MemberRows(session.language, related=False)
        self.crossing = CodeField(draft_choices.crossing_kinds(code))
        self.origin = CodeField(draft_choices.origin_states(code))
        self.frames["members"] = FieldFrame(_("Who is back"), self.members, chars=30)
        self.frames["crossing_kind"] = FieldFrame(_("How they crossed"), self.crossing, chars=20)
        self.frames["origin_state"] = FieldFrame(_("From which state"), self.origin, chars=24)
        self.fields.addWidget(self.last)
        line = WrapLayout(gap=theme.SPACE[3], line_gap=theme.SPACE[0], fill=True)
        for name in ("crossing_kind", "origin_state"):
            line.addWidget(self.frames[name])
        self.fields.addWidget(self.frames["members"])
        self.fields.addLayout(line)
        self.fields.addStretch(1)

    def clear(self) -> None:
        page = self.page
        if page is None:
            return
        self.last.setText(self._last_words(page))
        here = [member for member in page.members if not member.withdrawn]
        names = (person_words.full_name(one.given_names, one.surnames) for one in here)
        rows = [MemberRow(one.individual_id, name, chosen=True) for one, name in zip(here, names, strict=True)]
        self.members.show_rows(rows)
        before = next((move for move in reversed(page.movements) if move.kind == "arrival"), None)
        self.crossing.set_value(CodeValue.guessed(draft_choices.mode_of_post(self.session.desk.device.post)))
        self.origin.set_value(CodeValue.guessed(before.origin_state if before else ""))

    def _last_words(self, page: GroupPage) -> str:
        if not page.movements:
            return ""
        last, language = page.movements[-1], self.session.language
        return self.session._(
            "Last movement: {kind}, {moment}, {post}.",
            kind=person_words.movement_words(language, last.kind),
            moment=self.session.moment(last.at_ms),
            post=person_words.post_words(language, last.post),
        )

    def take_focus(self) -> None:
        self.members.take_focus()

    def save(self) -> None:
        page, _ = self.page, self.session._
        if page is None or not self.primary_button.isEnabled():
            return
        self.crossing.take_marked()
        self.origin.take_marked()
        chosen = self.members.chosen
        if not chosen:
            self.frames["members"].set_problem(_("Choose at least one member."))
            self.members.take_focus()
            return
        work = partial(
            record_return, self.session.desk, page, chosen, crossing_kind=self.crossing.code,
            origin_state=self.origin.code,
        )  # fmt: skip
        said = self.session.language.ngettext(
            "{number} person is back; the arrival is recorded.",
            "{number} people are back; the arrival is recorded.",
            len(chosen),
        )
        self.write(work, said)
