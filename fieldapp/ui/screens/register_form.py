"""The registration form: its sections in the order of the paper form, filled from a draft and read into one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from fieldapp.domain.birth import Birth
from fieldapp.domain.record import Consent, FieldProblem
from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.models import draft_choices
from fieldapp.ui.models.draft_content import ArrivalDraft, GroupDraft, PersonDraft
from fieldapp.ui.screens.register_keys import EnterGoesOn
from fieldapp.ui.screens.register_members import MembersSection
from fieldapp.ui.screens.register_section import Section
from fieldapp.ui.widgets.choice_row import Answer, ChoiceRow
from fieldapp.ui.widgets.code_field import CodeField
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.member_fields import MemberFields
from fieldapp.ui.widgets.needs_field import NeedsField
from fieldapp.ui.widgets.wrap_layout import WrapLayout
from fieldapp.words import say


class RegisterForm(QScrollArea):
    """The whole form. `changed` is emitted with every change a person makes; `passed` behind the last field."""

    changed = Signal()
    passed = Signal()

    def __init__(self, language: Language, today: Callable[[], date], post: str, *, with_protection: bool) -> None:
        super().__init__()
        self._language, self._post = language, post
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.focal = MemberFields(language, today, member=False)
        self.members = MembersSection(language, today, self._who_is_focal, with_protection=with_protection)
        self.needs = NeedsField(language, with_protection=with_protection)
        self._make_arrival()
        self.consent = ChoiceRow(self._consent_answers())
        self._lay_out()
        self._connect()
        self.begin(ArrivalDraft())

    def _make_arrival(self) -> None:
        _, code = self._language.gettext, self._language.code
        self.post = CodeField(draft_choices.posts(code))
        self.crossing_kind = CodeField(draft_choices.crossing_kinds(code))
        self.origin_state = CodeField(draft_choices.origin_states(code))
        self.destination = CodeField(draft_choices.destinations(code), free_text=True)
        self.phone = QLineEdit()
        self.frames = {
            "post": FieldFrame(_("Border post"), self.post, chars=24),
            "crossing_kind": FieldFrame(_("How they crossed"), self.crossing_kind, chars=14),
            "origin_state": FieldFrame(_("From which state"), self.origin_state, chars=14),
            "destination": FieldFrame(_("Where they want to go"), self.destination, chars=18),
            "phone": FieldFrame(_("Phone"), self.phone, chars=16),
        }

    def _consent_answers(self) -> tuple[Answer, ...]:
        _ = self._language.gettext
        yes, no = _("Yes, they agree"), _("No; registered all the same, not shared")
        return (Answer(Consent.AGREES.value, yes[0], yes, yes), Answer(Consent.REFUSES.value, no[0], no, no))

    def _lay_out(self) -> None:
        _ = self._language.gettext
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, theme.SPACE[3], theme.SPACE[3])
        column.setSpacing(theme.SPACE[4])
        first = Section(1, _("Focal point"))
        first.column.addWidget(self.focal)
        arrival = Section(3, _("Arrival"))
        line = WrapLayout(gap=12, line_gap=4, fill=True)
        for frame in self.frames.values():
            line.addWidget(frame)
        arrival.column.addLayout(line)
        now = Section(4, _("What the focal point needs now"))
        now.column.addWidget(self.needs)
        consent = Section(5, _("Do they agree that their data is shared with those who help?"))
        consent.column.addWidget(self.consent)
        self.consent.setAccessibleName(_("Consent"))
        for section in (first, self.members, arrival, now, consent):
            column.addWidget(section)
        column.addStretch(1)
        self.setWidget(page)

    def _connect(self) -> None:
        self.focal.changed.connect(self.changed)
        self.members.changed.connect(self.changed)
        self.needs.changed.connect(self.changed)
        self.consent.changed.connect(self.changed)
        self.phone.textEdited.connect(self.changed)
        codes = (self.post, self.crossing_kind, self.origin_state, self.destination)
        for field in codes:
            field.changed.connect(self.changed)
        self.post.changed.connect(self._follow_post)
        self._to_members = EnterGoesOn(self.focal.stops, self)
        self._to_members.passed.connect(self.members.begin_new)
        self._to_end = EnterGoesOn((*codes, self.phone, self.needs, self.consent), self)
        self._to_end.passed.connect(self.passed)
        self.members.passed.connect(self._to_end.start)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._keep_in_sight)

    def _keep_in_sight(self, _old: QWidget | None, new: QWidget | None) -> None:
        # Qt scrolls by itself for Tab alone, and the form is walked with Enter.
        if new is not None and self.isAncestorOf(new):
            self.ensureWidgetVisible(new, 0, theme.SPACE[5] * 2)

    def _who_is_focal(self) -> tuple[PersonDraft, Birth]:
        return self.focal.draft, self.focal.birth

    def _follow_post(self) -> None:
        if self.crossing_kind.is_guess or not self.crossing_kind.text():
            self.crossing_kind.guess(draft_choices.mode_of_post(self.post.code))

    def begin(self, shared: ArrivalDraft) -> None:
        """Empty the form for the next family; what it may share with the last one stands there as a guess."""
        self.focal.start_blank()
        self.members.set_members((), {})
        self.needs.set_needs(())
        self.consent.set_code("")
        self._put_arrival(shared)
        if not self.post.text():
            self.post.guess(self._post)
        if not self.crossing_kind.text():
            self.crossing_kind.guess(draft_choices.mode_of_post(self.post.code))
        self.clear_problems()

    def _put_arrival(self, arrival: ArrivalDraft) -> None:
        self.post.set_value(arrival.post)
        self.crossing_kind.set_value(arrival.crossing_kind)
        self.origin_state.set_value(arrival.origin_state)
        self.destination.set_value(arrival.destination)
        self.phone.setText(arrival.phone)

    @property
    def draft(self) -> GroupDraft:
        """What stands in the form."""
        focal = replace(self.focal.draft, needs=self.needs.needs, need_typed=self.needs.typed)
        editing, index = self.members.editing
        arrival = ArrivalDraft(
            post=self.post.value,
            crossing_kind=self.crossing_kind.value,
            origin_state=self.origin_state.value,
            destination=self.destination.value,
            phone=self.phone.text(),
        )
        people = (focal, *self.members.members)
        return GroupDraft(people, editing, index, self.members.grid.counts, arrival, self.consent.code)

    def set_draft(self, draft: GroupDraft) -> None:
        """Put a draft into the form."""
        focal = draft.people[0]
        self.focal.set_draft(focal)
        self.needs.set_needs(focal.needs, focal.need_typed)
        self.members.set_members(draft.people[1:], draft.counts, draft.editing, draft.editing_index)
        self._put_arrival(draft.arrival)
        self.consent.set_code(draft.consent)
        self.clear_problems()

    def start(self) -> None:
        """Give the keyboard to the first field."""
        self._to_members.start()
        self.verticalScrollBar().setValue(0)

    def clear_problems(self) -> None:
        """Take all errors and warnings away."""
        self.focal.clear_problems()
        for frame in self.frames.values():
            frame.set_problem("")

    def show_problems(self, problems: tuple[FieldProblem, ...]) -> bool:
        """Say beside each field what is wrong with it; the first error gets the keyboard. False if it has no field."""
        first: QWidget | None = None
        for problem in problems:
            field = self._show_problem(problem)
            if field is not None and problem.blocking and first is None:
                first = field
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is not None

    def _show_problem(self, problem: FieldProblem) -> QWidget | None:
        if problem.member == 0:
            return self.focal.show_problem(problem)
        if problem.member is not None:
            return self.members.show_problem(problem)
        frame = self.frames.get(problem.field)
        if frame is None:
            return None
        words = say(self._language, problem.code, value=problem.value, limit=problem.limit)
        frame.set_problem(words, blocking=problem.blocking)
        return frame.field
