"""Section 3, the arrival: when, over which post, how, from where, where to; what the last family had is offered again."""

from datetime import datetime, tzinfo

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt, QTime, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QDateEdit, QDateTimeEdit, QLineEdit, QPushButton, QTimeEdit, QWidget

from fieldapp.domain.record import FieldProblem
from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.models import draft_choices
from fieldapp.ui.models.draft_content import ArrivalDraft
from fieldapp.ui.models.draft_entry import label_or_typed
from fieldapp.ui.screens.register_section import Section
from fieldapp.ui.widgets.code_field import CodeField
from fieldapp.ui.widgets.field_frame import FieldFrame, mark
from fieldapp.ui.widgets.wrap_layout import WrapLayout
from fieldapp.words import say


class ArrivalSection(Section):
    """The arrival. Until somebody changes date or time it is now, whenever the family is saved."""

    changed = Signal()
    last_wanted = Signal()

    def __init__(self, language: Language, zone: tzinfo, post: str, parent: QWidget | None = None) -> None:
        _, code = language.gettext, language.code
        super().__init__(3, _("Arrival"), parent)
        self._language, self._zone, self._post = language, zone, post
        self._is_now = True
        self.day, self.time = _DayField(), _TimeField()
        self.post = CodeField(draft_choices.posts(code))
        self.crossing_kind = CodeField(draft_choices.crossing_kinds(code))
        self.origin_state = CodeField(draft_choices.origin_states(code))
        self.destination = CodeField(draft_choices.destinations(code), free_text=True)
        self.phone = _PhoneField()
        self._now_hint = _("now, until you change it")
        self.frames = {
            "arrival": FieldFrame(_("Day of arrival"), self.day, self._now_hint, chars=13, stretch=2),
            "time": FieldFrame(_("Time"), self.time, chars=9, stretch=1),
            "post": FieldFrame(_("Border post"), self.post, chars=26, stretch=5),
            "crossing_kind": FieldFrame(_("How they crossed"), self.crossing_kind, chars=12, stretch=2),
            "origin_state": FieldFrame(_("From which state"), self.origin_state, chars=18, stretch=3),
            "destination": FieldFrame(
                _("Where they want to go"), self.destination, _("a town, or their own words"), chars=24, stretch=4
            ),
            "phone": FieldFrame(_("Phone"), self.phone, chars=16, stretch=3),
        }
        line = WrapLayout(gap=12, line_gap=4, fill=True)
        for frame in self.frames.values():
            line.addWidget(frame)
        self.column.addLayout(line)
        self.last_button = QPushButton()
        self.last_button.setProperty("kind", "quiet")
        theme.set_icon(self.last_button, "history")
        self.last_button.hide()
        self.beside.addWidget(self.last_button)
        self._connect()

    def _connect(self) -> None:
        for field in (self.post, self.crossing_kind, self.origin_state, self.destination):
            field.changed.connect(self.changed)
        self.post.changed.connect(self._follow_post)
        self.phone.textEdited.connect(self.changed)
        self.last_button.clicked.connect(self.last_wanted)
        self.day.dateChanged.connect(self._on_moved)
        self.time.timeChanged.connect(self._on_moved)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """The stops of the keyboard in their order."""
        return tuple(frame.field for frame in self.frames.values())

    @property
    def draft(self) -> ArrivalDraft:
        """What stands in the section."""
        return ArrivalDraft(
            at_ms=0 if self._is_now else self._moment_ms(),
            post=self.post.value,
            crossing_kind=self.crossing_kind.value,
            origin_state=self.origin_state.value,
            destination=self.destination.value,
            phone=self.phone.text(),
        )

    def set_draft(self, draft: ArrivalDraft, now_ms: int) -> None:
        """Put an arrival into the section; where it says nothing, the usual answers stand as guesses."""
        self._is_now = not draft.at_ms
        self._show_moment(draft.at_ms or now_ms)
        self.post.set_value(draft.post)
        self.crossing_kind.set_value(draft.crossing_kind)
        self.origin_state.set_value(draft.origin_state)
        self.destination.set_value(draft.destination)
        self.phone.setText(draft.phone)
        if not self.post.text():
            self.post.guess(self._post)
        if not self.crossing_kind.text():
            self.crossing_kind.guess(draft_choices.mode_of_post(self.post.code))
        for frame in self.frames.values():
            frame.set_problem("")

    def show_now(self, now_ms: int) -> None:
        """Let the clock go on as long as nobody has changed it."""
        if self._is_now:
            self._show_moment(now_ms)

    def offer_last(self, last: ArrivalDraft | None) -> None:
        """Offer what the last family had, in its words; None offers nothing."""
        self.last_button.setVisible(last is not None)
        if last is None:
            return
        code = self._language.code
        parts = (
            label_or_typed(last.origin_state, draft_choices.origin_states(code)),
            label_or_typed(last.destination, draft_choices.destinations(code)),
        )
        words = " · ".join(part for part in parts if part) or draft_choices.posts(code).label(last.post.code)
        self.last_button.setText(self._language.gettext("As the last family: {words}   Ctrl+R", words=words))

    def take_last(self, last: ArrivalDraft, now_ms: int) -> None:
        """Take what the last family had; the phone and the time stay as they are."""
        own = self.draft
        self.set_draft(
            ArrivalDraft(own.at_ms, last.post, last.crossing_kind, last.origin_state, last.destination, own.phone),
            now_ms,
        )
        self.changed.emit()

    def show_problem(self, problem: FieldProblem) -> QWidget | None:
        """Say beside its field what is wrong; return the field, or None when it is not one of these."""
        frame = self.frames.get(problem.field)
        if frame is None:
            return None
        words = say(self._language, problem.code, value=problem.value, limit=problem.limit)
        frame.set_problem(words, blocking=problem.blocking)
        return frame.field

    def _follow_post(self) -> None:
        if self.crossing_kind.is_guess or not self.crossing_kind.text():
            self.crossing_kind.guess(draft_choices.mode_of_post(self.post.code))

    def _moment_ms(self) -> int:
        day, hour = self.day.date(), self.time.time()
        local = datetime(day.year(), day.month(), day.day(), hour.hour(), hour.minute(), tzinfo=self._zone)
        return int(local.timestamp() * 1000)

    def _show_moment(self, at_ms: int) -> None:
        local = datetime.fromtimestamp(at_ms / 1000, self._zone)
        for field in (self.day, self.time):
            field.blockSignals(True)
        self.day.setDate(QDate(local.year, local.month, local.day))
        self.time.setTime(QTime(local.hour, local.minute))
        for field in (self.day, self.time):
            field.blockSignals(False)
            field.be_guess(self._is_now)
        self.frames["arrival"].set_hint(self._now_hint if self._is_now else "")

    def _on_moved(self) -> None:
        self._is_now = False
        for field in (self.day, self.time):
            field.be_guess(False)
        self.frames["arrival"].set_hint("")
        self.frames["arrival"].set_problem("")
        self.changed.emit()


class _PhoneField(QLineEdit):
    def show_problem(self, state: str) -> None:
        mark(self, problem=state)


class _DayField(QDateEdit):
    """A day typed as on paper, day first."""

    _guess = False

    def __init__(self) -> None:
        super().__init__()
        _write_like_text(self)
        self.setLocale(QLocale(QLocale.Language.C))  # digits as everywhere in the form
        self.setDisplayFormat("dd/MM/yyyy")
        self.setDateRange(QDate(2000, 1, 1), QDateTime.currentDateTime().date().addYears(50))

    @property
    def goes_without_saying(self) -> bool:
        """Whether Enter may pass by: they arrive now."""
        return self._guess

    def be_guess(self, guess: bool) -> None:
        self._guess = guess
        mark(self, guess=guess)

    def show_problem(self, state: str) -> None:
        mark(self, problem=state, guess=self._guess)
        if state:
            self.setSelectedSection(QDateEdit.Section.DaySection)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setSelectedSection(QDateEdit.Section.DaySection)


class _TimeField(QTimeEdit):
    """A time of day as 08:41."""

    _guess = False

    @property
    def goes_without_saying(self) -> bool:
        """Whether Enter may pass by: they arrive now."""
        return self._guess

    def be_guess(self, guess: bool) -> None:
        self._guess = guess
        mark(self, guess=guess)

    def __init__(self) -> None:
        super().__init__()
        _write_like_text(self)
        self.setLocale(QLocale(QLocale.Language.C))
        self.setDisplayFormat("HH:mm")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setSelectedSection(QTimeEdit.Section.HourSection)


def _write_like_text(field: QDateTimeEdit) -> None:
    """Digits read from left to right in every script, and stand as far from the border as in other fields."""
    field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    field.lineEdit().setTextMargins(theme.SPACE[1], 0, 0, 0)
