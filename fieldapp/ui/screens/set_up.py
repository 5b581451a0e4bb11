"""The set-up assistant of a first run: questions, the register is made, its recovery key is kept and typed."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldapp import words
from fieldapp.domain.ids import RandomBytes
from fieldapp.domain.problems import Problem
from fieldapp.domain.record import FieldProblem
from fieldapp.i18n import Language
from fieldapp.services.desk import Desk
from fieldapp.services.recovery_sheet import recovery_sheet
from fieldapp.services.set_up import (
    SetUpDone,
    SetUpPlan,
    check_plan,
    confirm_recovery_key,
    set_up,
)
from fieldapp.services.staff import password_problem
from fieldapp.settings import Settings
from fieldapp.ui.screens.questions import RecoveryCheckScreen
from fieldapp.ui.screens.set_up_key import KeyScreen
from fieldapp.ui.screens.set_up_steps import (
    STEPS,
    AdministratorStep,
    LanguageStep,
    OperationStep,
    PaperStep,
    PlaceStep,
    Step,
)
from fieldapp.ui.surroundings import Surroundings
from fieldapp.ui.work import Work

_LETTERS, _DIGITS = "ABCDEFGHJKLMNPRSTUVWXYZ", "23456789"
"""For a suggested device code: without the characters that are taken for one another."""


def suggested_code(random_bytes: RandomBytes) -> str:
    """Return a device code, a letter and a digit, for a laptop that was given none."""
    first, second = random_bytes(2)
    return _LETTERS[first % len(_LETTERS)] + _DIGITS[second % len(_DIGITS)]


class SetUpScreen(QStackedWidget):
    """Emits `finished` with the opened desk and the preferences chosen, `language_chosen` with a code, and
    `join_asked` with a suggested device code when the laptop is to join an operation that there is."""

    finished = Signal(object, object)
    language_chosen = Signal(str)
    join_asked = Signal(str)

    def __init__(
        self,
        language: Language,
        settings: Settings,
        work: Work,
        surroundings: Surroundings,
    ) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.language, self._work, self._surroundings = language, work, surroundings
        self._settings = settings.changed(language=language.code)
        self._done: SetUpDone | None = None
        operation = OperationStep(language)
        code = suggested_code(surroundings.random_bytes)
        place = PlaceStep(language, code)
        first = LanguageStep(language, self.language_chosen.emit)
        first.join_button.clicked.connect(lambda: self.join_asked.emit(code))
        administrator = AdministratorStep(
            language,
            work,
            password_problem,
            lambda: (*operation.answers().values(), *place.answers().values()),
        )
        self.paper = PaperStep(language)
        self.steps: list[Step] = [
            first,
            operation,
            place,
            administrator,
            self.paper,
        ]
        for step in self.steps:
            self.addWidget(step)
            step.went_on.connect(self._on_went_on)
            step.went_back.connect(self._on_went_back)
        self.paper.primary_button.setText(language.gettext("Make the register"))
        self._show(self.steps[0])

    @property
    def is_done(self) -> bool:
        """Whether the register has been made; what is left is to keep its key."""
        return self._done is not None

    @property
    def desk(self) -> Desk | None:
        """The opened register, until the key was typed back and the desk is handed on."""
        return self._done.desk if self._done else None

    def plan(self) -> SetUpPlan:
        """Return what was answered so far."""
        given: dict[str, str] = {}
        for step in self.steps:
            given |= step.answers()
        return SetUpPlan(**given)

    def _show(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        take_focus: Callable[[], None] = getattr(page, "take_focus", page.setFocus)
        QTimer.singleShot(0, page, take_focus)

    def _on_went_on(self) -> None:
        step = self.currentWidget()
        assert isinstance(step, Step)
        plan = self.plan()
        step.set_busy(True)
        self._work.query(lambda: check_plan(plan), self._on_checked, self._on_failed)

    def _on_checked(self, problems: tuple[FieldProblem, ...]) -> None:
        step = self.currentWidget()
        assert isinstance(step, Step)
        step.set_busy(False)
        if step.show_problems(problems):
            return
        place = self.steps.index(step)
        if place + 1 < len(self.steps):
            self._show(self.steps[place + 1])
        else:
            self._make(problems)

    def _on_went_back(self) -> None:
        step = self.currentWidget()
        if isinstance(step, Step) and self.steps.index(step) > 0:
            self._show(self.steps[self.steps.index(step) - 1])

    def _make(self, problems: tuple[FieldProblem, ...]) -> None:
        blocking = [problem for problem in problems if problem.blocking]
        if blocking:
            step = next(
                (one for one in self.steps if one.asks(blocking[0].field)),
                self.steps[1],
            )
            self._show(step)
            step.show_problems(problems)
            return
        plan, around = self.plan(), self._surroundings
        self._settings = self._settings.changed(**self.paper.preferences())
        self.paper.set_busy(True, self.language.gettext("Making the keys and the register..."))
        self._work.change(
            lambda: set_up(
                around.folder,
                plan,
                clock=around.clock,
                random_bytes=around.random_bytes,
            ),
            self._on_made,
            self._on_failed,
            changes="",
        )

    def _on_failed(self, error: Exception) -> None:
        step = self.currentWidget()
        assert isinstance(step, Step)
        step.set_busy(False)
        if isinstance(error, Problem):
            step.say(words.say(self.language, error.code, **error.values))
        else:
            step.say(words.say(self.language, "problem"))

    def _on_made(self, done: SetUpDone) -> None:
        self._done = done
        language = self.language
        key_page = KeyScreen(
            language,
            done.recovery_key,
            lambda: recovery_sheet(done.desk, done.recovery_key, language, self._settings.summary_paper),
            self._work,
            self._settings,
            (STEPS - 1, STEPS),
        )
        check_page = RecoveryCheckScreen(
            language,
            self._surroundings.folder,
            self._work,
            confirm_recovery_key,
            again=False,
            steps=(STEPS, STEPS),
        )
        key_page.kept.connect(lambda: self._show(check_page))
        check_page.put_off.connect(lambda: self._show(key_page))
        check_page.confirmed.connect(self._on_confirmed)
        for page in (key_page, check_page):
            self.addWidget(page)
        self._show(key_page)

    def _on_confirmed(self) -> None:
        assert self._done is not None
        desk, self._done = self._done.desk, None
        self.finished.emit(desk, self._settings)
