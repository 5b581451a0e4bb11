"""Questions between sign-in and work: is the clock right, and is the recovery key on paper."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from fieldapp import words
from fieldapp.domain.problems import Problem
from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.plain_field import PlainField
from fieldapp.ui.widgets.start_page import StartPage
from fieldapp.ui.widgets.step_line import StepLine
from fieldapp.ui.work import Work

if TYPE_CHECKING:
    from fieldapp.services.desk import Desk


class ClockScreen(StartPage):
    """Asks whether the laptop's clock is right when the last record says otherwise. Emits `confirmed`; Esc leaves."""

    confirmed = Signal()
    desk: "Desk | None" = None

    def __init__(self, language: Language, code: str, last: str, now: str) -> None:
        _ = language.gettext
        behind = code == "clock_behind"
        super().__init__(
            language,
            _("Is the clock of this laptop right?"),
            _(
                "The last record was made at {last}, and the clock says {now}. That is earlier.",
                last=last,
                now=now,
            )
            if behind
            else _(
                "The last record was made at {last}, and the clock says {now}.",
                last=last,
                now=now,
            ),
            primary=_("The clock is right"),
            back=_("It is wrong: sign out  Esc"),
        )
        self.say(
            _("If it is wrong, sign out, set date and time of the laptop, and sign in again."),
            "warn",
        )
        self.went_on.connect(self.confirmed)
        QTimer.singleShot(0, self, self.primary_button.setFocus)


class RecoveryCheckScreen(StartPage):
    """Has the recovery key typed from its paper. Emits `confirmed`, or `put_off` until the next sign-in."""

    confirmed = Signal()
    put_off = Signal()
    desk: "Desk | None" = None

    def __init__(
        self,
        language: Language,
        folder: Path,
        work: Work,
        confirm: Callable[[Path, str], bool],
        *,
        again: bool = True,
        steps: tuple[int, int] | None = None,
    ) -> None:
        _ = language.gettext
        super().__init__(
            language,
            _("Type the recovery key from its paper"),
            _(
                "The recovery key was not typed back yet. It is the only way in when every password is forgotten,"
                " so check now that the paper is right."
            )
            if again
            else _("Type it as it stands on the paper. Hyphens, spaces and capitals do not matter."),
            primary=_("Check the key"),
            back=_("Ask again next time  Esc") if again else _("Back to the key  Esc"),
        )
        self._folder, self._work, self._confirm = folder, work, confirm
        self.field = PlainField()
        self.frame = FieldFrame(_("Recovery key"), self.field, _("Seven groups of four letters and digits"))
        self.field.textEdited.connect(lambda _text: self.frame.set_problem(""))
        if steps is not None:
            self.body.addWidget(StepLine(language, *steps))
            self.body.addSpacing(theme.SPACE[1])
        self.body.addWidget(self.frame)
        self.went_on.connect(self.check)
        self.went_back.connect(self.put_off)
        self.field.setFocus()

    def check(self) -> None:
        """Compare what was typed with the key."""
        typed = self.field.text()
        self.set_busy(True, self.language.gettext("Checking the key..."))
        self._work.change(
            lambda: self._confirm(self._folder, typed),
            self._on_checked,
            self._on_failed,
            changes="",
        )

    def _on_checked(self, is_right: bool) -> None:  # noqa: FBT001 - the answer of the service
        self.set_busy(False)
        if is_right:
            self.confirmed.emit()
        else:
            self._refuse(words.say(self.language, "recovery_key_wrong"))

    def _on_failed(self, error: Exception) -> None:
        self.set_busy(False)
        if isinstance(error, Problem):
            self._refuse(words.say(self.language, error.code, **error.values))
        else:
            self.say(words.say(self.language, "problem"))

    def _refuse(self, text: str) -> None:
        self.frame.set_problem(text)
        self.field.setFocus()
        self.field.selectAll()
