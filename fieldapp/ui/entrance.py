"""The way in: set-up on a first run, else sign-in; then the clock and the recovery key, if they are in question.

The register's libraries take as long to load as Qt itself. They are loaded on a worker thread while the name and the
password are typed, so nothing here imports them at the top.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from fieldapp import words
from fieldapp.domain.problems import Problem
from fieldapp.i18n import Language
from fieldapp.services.doorstep import has_register, is_recovery_confirmed, staff_at_door, wants_to_join
from fieldapp.settings import Settings
from fieldapp.ui.screens.sign_in import SignInScreen
from fieldapp.ui.surroundings import Surroundings
from fieldapp.ui.widgets.start_page import StartPage
from fieldapp.ui.work import Work

if TYPE_CHECKING:
    from fieldapp.services.desk import Desk
    from fieldapp.services.sign_in import ClockQuestion


_LOAD_AFTER_MS = 400
"""The first picture and the first key come before the loading, which holds the interpreter up."""


class Entrance(QObject):
    """Emits `page_made` for each page to show, `opened` with desk and settings, `language_chosen` with a code, `practice_asked`."""

    page_made = Signal(QWidget)
    opened = Signal(object, object)
    language_chosen = Signal(str)
    practice_asked = Signal()

    def __init__(self, surroundings: Surroundings, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._around, self._work = surroundings, work
        self._language = Language("en")
        self._settings = Settings()

    def begin(self, language: Language, settings: Settings) -> None:
        """Show the first page in a language."""
        self._language, self._settings = language, settings
        try:
            page = self._sign_in_page() if has_register(self._around.folder) else self._first_page()
        except Problem as problem:
            page = self._dead_end(problem)
        self.page_made.emit(page)
        QTimer.singleShot(_LOAD_AFTER_MS, self, self._load_ahead)

    def _load_ahead(self) -> None:
        self._work.query(_load, lambda _done: None, lambda _error: None, owner=self)

    def _sign_in_page(self) -> QWidget:
        around = self._around

        def open_desk(name: str, password: str) -> "Desk":
            from fieldapp.services.sign_in import sign_in  # noqa: PLC0415 - loaded ahead on a worker thread

            return sign_in(around.folder, name, password, clock=around.clock, random_bytes=around.random_bytes)

        staff = staff_at_door(around.folder, around.clock())
        page = SignInScreen(self._language, staff, open_desk, self._work, around.clock)
        page.language_chosen.connect(self.language_chosen)
        page.signed_in.connect(self._on_signed_in)
        page.practice_asked.connect(self.practice_asked)
        return page

    def _first_page(self) -> QWidget:
        return self._join_page("") if wants_to_join(self._around.folder) else self._set_up_page()

    def _set_up_page(self) -> QWidget:
        from fieldapp.ui.screens.set_up import SetUpScreen  # noqa: PLC0415 - only a first run needs it

        page = SetUpScreen(self._language, self._settings, self._work, self._around)
        page.language_chosen.connect(self.language_chosen)
        page.finished.connect(self.opened)
        page.join_asked.connect(lambda code: self.page_made.emit(self._join_page(code)))
        return page

    def _join_page(self, device_code: str) -> QWidget:
        from fieldapp.ui.screens.join import JoinScreen  # noqa: PLC0415 - seldom asked

        page = JoinScreen(self._language, self._work, self._around, device_code)
        page.joined.connect(lambda: self.begin(self._language, self._settings))
        page.left.connect(lambda: self.page_made.emit(self._set_up_page()))
        return page

    def _dead_end(self, problem: Problem) -> QWidget:
        """Return a page that says why the register cannot be opened, with a way to look again."""
        _ = self._language.gettext
        page = StartPage(self._language, _("The register cannot be opened"), primary=_("Look again"))
        page.say(words.say(self._language, problem.code, **problem.values))
        page.went_on.connect(lambda: self.begin(self._language, self._settings))
        return page

    def _on_signed_in(self, desk: "Desk") -> None:
        from fieldapp.services.sign_in import clock_question  # noqa: PLC0415 - loaded by the sign-in

        self._work.query(lambda: clock_question(desk), lambda asked: self._ask_clock(desk, asked), owner=self)

    def _ask_clock(self, desk: "Desk", asked: "ClockQuestion | None") -> None:
        from fieldapp.services.sign_in import confirm_clock, sign_out  # noqa: PLC0415 - loaded by the sign-in
        from fieldapp.ui.screens.questions import ClockScreen  # noqa: PLC0415 - seldom asked

        if asked is None:
            self._ask_recovery_key(desk)
            return
        language, zone = self._language, desk.operation.time_zone
        page = ClockScreen(
            language, asked.code, language.moment(asked.last_ms, zone), language.moment(asked.now_ms, zone)
        )

        def confirm() -> None:
            self._work.change(
                lambda: confirm_clock(desk), lambda _done: self._ask_recovery_key(desk), changes="", owner=self
            )

        def leave() -> None:
            self._work.change(
                lambda: sign_out(desk), lambda _done: self.begin(language, self._settings), changes="", owner=self
            )

        page.confirmed.connect(confirm)
        page.went_back.connect(leave)
        page.desk = desk
        self.page_made.emit(page)

    def _ask_recovery_key(self, desk: "Desk") -> None:
        from fieldapp.services.set_up import confirm_recovery_key  # noqa: PLC0415 - loaded by the sign-in
        from fieldapp.ui.screens.questions import RecoveryCheckScreen  # noqa: PLC0415 - seldom asked

        if is_recovery_confirmed(desk.folder):
            self.opened.emit(desk, self._settings)
            return
        page = RecoveryCheckScreen(self._language, desk.folder, self._work, confirm_recovery_key)
        page.confirmed.connect(lambda: self.opened.emit(desk, self._settings))
        page.put_off.connect(lambda: self.opened.emit(desk, self._settings))
        page.desk = desk
        self.page_made.emit(page)


def _load() -> None:
    """Load what opening the register needs."""
    import fieldapp.services.set_up  # noqa: PLC0415
    import fieldapp.services.sign_in  # noqa: F401, PLC0415
