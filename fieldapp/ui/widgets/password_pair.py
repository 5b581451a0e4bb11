"""A new password, typed twice, with words on its strength while it is typed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.widgets.password_field import PasswordField
from fieldapp.ui.work import Work
from fieldapp.words import Weakness, weakness_words

_PAUSE_MS = 200


Judge = Callable[[str, Sequence[str]], Weakness | None]


class PasswordPair(QWidget):
    """Two password fields. `related` gives the names an attacker would try first."""

    def __init__(
        self,
        language: Language,
        work: Work,
        judge: Judge,
        related: Callable[[], Sequence[str]],
        label: str = "",
    ) -> None:
        super().__init__()
        self._language, self._work, self._judge, self._related = (
            language,
            work,
            judge,
            related,
        )
        _ = language.gettext
        self.first = PasswordField(
            language,
            label or _("Password"),
            _("At least 10 characters; four words are good"),
        )
        self.second = PasswordField(language, _("The same password again"))
        self.first.changed.connect(self._on_changed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE[2])
        column.addWidget(self.first)
        column.addWidget(self.second)
        self.setFocusProxy(self.first)

    @property
    def text(self) -> str:
        """The password."""
        return self.first.text

    def is_repeated(self) -> bool:
        """Tell whether both fields say the same, and say so beside the second if they do not."""
        same = self.first.text == self.second.text
        self.second.say("" if same else self._language.gettext("This is not the same as above."))
        if not same:
            self.second.setFocus()
        return same

    def refuse(self, text: str) -> None:
        """Say beside the first field what is wrong."""
        self.first.say(text)
        self.first.setFocus()

    def clear(self) -> None:
        """Empty both fields."""
        for each in (self.first, self.second):
            each.clear()
            each.say("")

    def _on_changed(self, _text: str) -> None:
        self._pause.start()

    def _ask(self) -> None:
        password, related = self.first.text, tuple(self._related())
        if password:
            self._work.query(lambda: (password, self._judge(password, related)), self._on_judged)
        else:
            self.first.say("")

    def _on_judged(self, judged: tuple[str, Weakness | None]) -> None:
        password, weakness = judged
        if password != self.first.text:
            return
        if weakness is None:
            self.first.say(self._language.gettext("Strong password."), "ok")
        else:
            self.first.say(weakness_words(self._language, weakness), "warn")
