"""The registration form: its sections in the order of the paper form, filled from a draft and read into one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, tzinfo

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from fieldapp.domain.birth import Birth
from fieldapp.domain.record import FieldProblem
from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.models.draft_content import ArrivalDraft, CodeValue, GroupDraft, PersonDraft
from fieldapp.ui.screens.register_arrival import ArrivalSection
from fieldapp.ui.screens.register_consent import ConsentSection
from fieldapp.ui.screens.register_keys import EnterGoesOn
from fieldapp.ui.screens.register_members import MembersSection
from fieldapp.ui.screens.register_needs import NeedsSection
from fieldapp.ui.screens.register_section import Section
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.member_fields import MemberFields
from fieldapp.ui.widgets.portrait_field import TakesPortraits


class RegisterForm(QScrollArea):
    """The whole form. `changed` is emitted with every change a person makes; `passed` behind the last field.

    `now_ms` gives the wall time, `today` the day at the post.
    """

    changed = Signal()
    passed = Signal()
    walked = Signal()
    """The keyboard went to another field."""

    def __init__(
        self,
        language: Language,
        today: Callable[[], date],
        now_ms: Callable[[], int],
        zone: tzinfo,
        post: str,
        *,
        with_protection: bool,
    ) -> None:
        super().__init__()
        self._language, self._now_ms = language, now_ms
        self._focal_needs: tuple[tuple[str, ...], str] = ((), "")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.focal = MemberFields(language, today, member=False)
        self.members = MembersSection(language, today, self._who_is_focal, with_protection=with_protection)
        self.arrival = ArrivalSection(language, zone, post)
        self.needs = NeedsSection(language, with_protection=with_protection)
        self.consent = ConsentSection(language)
        self._lay_out()
        self._connect()
        self.begin()

    def _lay_out(self) -> None:
        _ = self._language.gettext
        page = QWidget()
        self.column = QVBoxLayout(page)
        self.column.setContentsMargins(theme.SPACE[1], 0, theme.SPACE[3], theme.SPACE[3])
        self.column.setSpacing(theme.SPACE[3])
        first = Section(1, _("Focal point"))
        first.column.addWidget(self.focal)
        for section in (first, self.members, self.arrival, self.needs, self.consent):
            self.column.addWidget(section)
        self.column.addStretch(1)
        self.setWidget(page)

    def _connect(self) -> None:
        self.focal.changed.connect(self.changed)
        self.focal.given_names.changed.connect(self._show_people)
        self.focal.surnames.changed.connect(self._show_people)
        self.members.changed.connect(self.changed)
        self.members.members_changed.connect(self._show_people)
        self.arrival.changed.connect(self.changed)
        self.needs.needs_changed.connect(self._on_needs)
        self.consent.changed.connect(self.changed)
        self.consent.answered.connect(self._show_end)
        self._to_members = EnterGoesOn(self.focal.stops, self)
        self._to_members.passed.connect(self.members.begin)
        self._to_end = EnterGoesOn((*self.arrival.stops, self.needs.field, *self.consent.stops), self)
        self._to_end.passed.connect(self.passed)
        self.members.passed.connect(self._to_end.start)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the field with the keyboard in sight where what stands over the form takes room from it."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._show_focused)  # once all words have found their new lines

    def _show_focused(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self._bring_into_sight(focused)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        # Qt scrolls by itself for Tab alone, and the form is walked with Enter.
        if new is None or not self.isAncestorOf(new):
            return
        self.walked.emit()
        self._bring_into_sight(new)

    def _bring_into_sight(self, field: QWidget) -> None:
        frame: QWidget | None = field
        while frame is not None and not isinstance(frame, FieldFrame):
            frame = frame.parentWidget()
        self._settle_layout()
        self.ensureWidgetVisible(frame or field, 0, theme.SPACE[4])
        self.ensureWidgetVisible(field, 0, 0)  # where the frame is higher than what is seen of the form

    def _show_end(self) -> None:
        """Bring to whom the data goes into sight: the answer has just said it."""
        self._settle_layout()
        self.ensureWidgetVisible(self.consent.frames["consent_shares"], 0, theme.SPACE[2])

    def _settle_layout(self) -> None:
        page = self.widget()
        if page is not None:
            QApplication.sendPostedEvents(page, QEvent.Type.LayoutRequest)

    def _who_is_focal(self) -> tuple[PersonDraft, Birth]:
        return self.focal.draft, self.focal.birth

    def _people(self) -> tuple[PersonDraft, ...]:
        needs, typed = self._focal_needs
        return (replace(self.focal.draft, needs=needs, need_typed=typed), *self.members.members)

    def _show_people(self) -> None:
        self.needs.show_people(self._people())

    def _on_needs(self, index: int) -> None:
        needs, typed = self.needs.field.needs, self.needs.field.typed
        if index == 0:
            self._focal_needs = (needs, typed)
        else:
            self.members.set_needs(index - 1, needs, typed)
        self._show_people()
        self.changed.emit()

    def begin(self, last: ArrivalDraft | None = None) -> None:
        """Empty the form for the next family; the usual answers stand there as guesses.

        The next family most likely came as the last one did, over the same post from the same state.
        """
        self.focal.start_blank()
        self.members.set_members((), {})
        self._focal_needs = ((), "")
        self._show_people()
        self.consent.set_draft(GroupDraft())
        like_last = replace(last.shared(), destination=CodeValue()) if last else ArrivalDraft()
        self.arrival.set_draft(like_last, self._now_ms())
        self.clear_problems()
        self.verticalScrollBar().setValue(0)

    def set_portrait_taker(self, taker: TakesPortraits) -> None:
        """Say who gets the photos of the focal point and of the members."""
        for fields in (self.focal, self.members.editor.fields):
            fields.more.portrait.taker = taker

    @property
    def draft(self) -> GroupDraft:
        """What stands in the form."""
        editing, index = self.members.editing
        counts = self.members.grid.counts
        consent = self.consent
        return GroupDraft(
            self._people(),
            editing,
            index,
            counts,
            self.arrival.draft,
            consent.answer.code,
            consent.language_value,
            consent.shares.codes,
        )

    def set_draft(self, draft: GroupDraft) -> None:
        """Put a draft into the form."""
        focal = draft.people[0]
        self.focal.set_draft(focal)
        self._focal_needs = (focal.needs, focal.need_typed)
        self.members.set_members(draft.people[1:], draft.counts, draft.editing, draft.editing_index)
        self._show_people()
        self.arrival.set_draft(draft.arrival, self._now_ms())
        self.consent.set_draft(draft)
        self.clear_problems()

    def start(self) -> None:
        """Give the keyboard to the first field."""
        self._to_members.start()
        self.verticalScrollBar().setValue(0)

    def clear_problems(self) -> None:
        """Take all errors and warnings away."""
        self.focal.clear_problems()
        self.members.clear_problems()
        for frame in (*self.arrival.frames.values(), *self.consent.frames.values()):
            frame.set_problem("")

    def show_problems(self, problems: tuple[FieldProblem, ...]) -> bool:
        """Say beside each field what is wrong with it; the first error gets the keyboard. False if it has no field."""
        first: QWidget | None = None
        shown = next((problem.member for problem in problems if problem.blocking), None)
        for problem in problems:
            if problem.member and problem.member != shown:
                continue  # the editor shows one member at a time: the first with an error
            field = self._show_problem(problem)
            if field is not None and problem.blocking and first is None:
                first = field
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is not None

    def _show_problem(self, problem: FieldProblem) -> QWidget | None:
        if problem.member == 0 and problem.field != "needs":
            return self.focal.show_problem(problem)
        if problem.member:
            return self.members.show_problem(problem)
        if problem.field == "needs":
            self.needs.field.show_problem("error")
            return self.needs.field.other
        if problem.field == "others":
            return self.members.show_count_problem(problem)
        if problem.field in self.consent.frames:
            return self.consent.show_problem(problem)
        return self.arrival.show_problem(problem)
