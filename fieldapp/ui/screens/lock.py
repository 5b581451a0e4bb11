"""The locked window: only the one who locked it comes back in, by password; others may sign in after a sign-out.

Everything open lies untouched beneath.
"""

from collections.abc import Callable

from PySide6.QtCore import Signal

from fieldapp.ui.screens.sign_in import WaitCount
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.password_field import PasswordField
from fieldapp.ui.widgets.start_page import StartPage


class LockScreen(StartPage):
    """Emits `unlocked`, or `sign_out_asked`."""

    unlocked = Signal()
    sign_out_asked = Signal()

    def __init__(self, session: Session, check: Callable[[str], bool]) -> None:
        language = session.language
        _ = language.gettext
        super().__init__(
            language,
            _("Locked: {name}", name=session.desk.actor.display_name),
            _("What was begun is still here and saved."),
            primary=_("Unlock"),
            back=_("Sign out, so that somebody else can sign in"),
        )
        self._session, self._check = session, check
        self.password = PasswordField(language, _("Password"))
        self.body.addWidget(self.password)
        self._wait = WaitCount(self)
        self.went_on.connect(self.unlock)
        self.back_button.clicked.connect(self.sign_out_asked)
        self.setFocusProxy(self.password)

    def unlock(self) -> None:
        """Try the password; the answer comes a moment later."""
        password = self.password.text
        if not password:
            self.password.say(self.language.gettext("Type the password."))
            return
        self.set_busy(True, self.language.gettext("Checking the password..."))
        self._session.work.change(
            lambda: self._check(password),
            self._on_checked,
            self._on_refused,
            changes="",
        )

    def _on_checked(self, is_right: bool) -> None:  # noqa: FBT001 - the answer of the service
        self.set_busy(False)
        self.password.clear()
        if is_right:
            self.unlocked.emit()
        else:
            self.say(self.language.gettext("The password is not right."), "warn")
            self.password.setFocus()

    def _on_refused(self, error: Exception) -> None:
        self.set_busy(False)
        self.password.clear()
        self.password.setFocus()
        self._wait.refused(error)
