"""Sign-in: who is at the desk, and their password. Says how long to wait after wrong ones, while the time runs down."""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton

from fieldapp import words
from fieldapp.domain.problems import Problem
from fieldapp.i18n import Language
from fieldapp.ui.widgets.language_switch import LanguageSwitch
from fieldapp.ui.widgets.password_field import PasswordField
from fieldapp.ui.widgets.person_buttons import PersonButtons
from fieldapp.ui.widgets.start_page import StartPage
from fieldapp.ui.work import Work

if TYPE_CHECKING:
    from fieldapp.services.desk import Desk

_MINUTE = 60


class Badge(Protocol):
    """A staff member of this laptop as sign-in knows them."""

    @property
    def short_name(self) -> str: ...

    @property
    def locked_until_ms(self) -> int: ...


def wait_words(language: Language, code: str, seconds: int, left: int) -> str:
    """Return what to say after a wrong password when the next try is taken in so many seconds."""
    if code == "sign_in_locked" or seconds >= _MINUTE:
        text = f"{seconds // _MINUTE}:{seconds % _MINUTE:02d}"
        return language.gettext(
            "Too many wrong passwords. This name is locked for {time} minutes; others can sign in.",
            time=text,
        )
    again = (
        language.ngettext("Try again in {number} second.", "Try again in {number} seconds.", seconds)
        if seconds
        else language.gettext("Try again.")
    )
    more = language.ngettext(
        "{number} more try before this name is locked for some minutes.",
        "{number} more tries before this name is locked for some minutes.",
        left,
    )
    return f"{language.gettext('The password is not right.')} {again} {more}"


class WaitCount:
    """Shows a refusal on a page and counts its seconds down; the primary button waits with it."""

    def __init__(self, page: StartPage, now: Callable[[], float] = time.monotonic) -> None:
        self._page = page
        self._now = now
        self._until = 0.0
        self._code, self._left = "", 0
        self._timer = QTimer(page)
        self._timer.setInterval(250)
        self._timer.timeout.connect(self.tick)

    def begin(self, problem: Problem) -> None:
        """Show a refusal that carries `wait_seconds` and `left`."""
        self._code = problem.code
        self._left = _number(problem.values.get("left"))
        self._until = self._now() + _number(problem.values.get("wait_seconds"))
        self._timer.start()
        self.tick()

    def refused(self, error: Exception) -> None:
        """Say why a password was refused, and count down where it says how long to wait."""
        if isinstance(error, Problem) and "wait_seconds" in error.values:
            self.begin(error)
        elif isinstance(error, Problem):
            self._page.say(words.say(self._page.language, error.code, **error.values))
        else:
            self._page.say(words.say(self._page.language, "problem"))

    def stop(self) -> None:
        """Forget it, for example when another name is chosen."""
        self._timer.stop()
        self._page.primary_button.setEnabled(True)
        self._page.say("")

    def tick(self) -> None:
        """Show what is left."""
        seconds = max(0, -int(-(self._until - self._now()) // 1))
        self._page.primary_button.setEnabled(seconds == 0)
        if seconds == 0 and self._code == "sign_in_locked":
            self._page.say(
                self._page.language.gettext("The password can be tried again now."),
                "info",
            )
        else:
            self._page.say(wait_words(self._page.language, self._code, seconds, self._left), "warn")
        if seconds == 0:
            self._timer.stop()


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


class SignInScreen(StartPage):
    """Emits `signed_in` with the opened desk, `language_chosen` with a code, and `practice_asked`."""

    signed_in = Signal(object)
    language_chosen = Signal(str)
    practice_asked = Signal()

    def __init__(
        self,
        language: Language,
        staff: Sequence[Badge],
        open_desk: "Callable[[str, str], Desk]",
        work: Work,
        now_ms: Callable[[], int],
    ) -> None:
        _ = language.gettext
        super().__init__(language, _("Who is at the desk?"), primary=_("Sign in"))
        self._open_desk = open_desk
        self._work = work
        self.chosen = ""
        locked = [badge.short_name for badge in staff if badge.locked_until_ms > now_ms()]
        self.people = PersonButtons(language, [badge.short_name for badge in staff], locked)
        self.people.chosen.connect(self.choose)
        self.password = PasswordField(language, _("Password"))
        self.languages = LanguageSwitch(language.code)
        self.languages.chosen.connect(self.language_chosen)
        self.practice_button = QPushButton(_("Practise"))
        self.practice_button.setProperty("kind", "quiet")
        self.practice_button.setToolTip(_("A register to learn on; nothing in it is real"))
        self.practice_button.clicked.connect(self._practise)
        self.top.addWidget(self.practice_button)
        self.top.addWidget(self.languages)
        self.body.addWidget(self.people)
        self.body.addWidget(self.password)
        self._wait = WaitCount(self)
        self.went_on.connect(self.sign_in)
        self.password.setEnabled(False)
        self.primary_button.setEnabled(False)
        if len(staff) == 1:
            self.choose(staff[0].short_name)
        else:
            QTimer.singleShot(0, self.people.take_focus)

    def _practise(self) -> None:
        self.practice_button.setEnabled(False)
        self.set_busy(True, self.language.gettext("Opening the practice register..."))
        self.practice_asked.emit()

    def choose(self, short_name: str) -> None:
        """Take a person, and the keyboard to the password."""
        self.chosen = short_name
        self.people.mark(short_name)
        self._wait.stop()
        self.password.setEnabled(True)
        self.password.clear()
        QTimer.singleShot(0, self.password.setFocus)

    def sign_in(self) -> None:
        """Try the password; the answer comes a moment later."""
        if not self.chosen or not self.password.text:
            self.password.say(self.language.gettext("Type the password."))
            self.password.setFocus()
            return
        name, password = self.chosen, self.password.text
        self.set_busy(True, self.language.gettext("Opening the register..."))
        self._work.change(
            lambda: self._open_desk(name, password),
            self._on_opened,
            self._on_refused,
            changes="",
        )

    def _on_opened(self, desk: "Desk") -> None:
        self.password.clear()
        self.signed_in.emit(desk)

    def _on_refused(self, error: Exception) -> None:
        self.set_busy(False)
        self.password.clear()
        self.password.setFocus()
        self._wait.refused(error)
