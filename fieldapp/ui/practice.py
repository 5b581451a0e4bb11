"""Practice in the window: entered from the way in or from Settings, said on every screen, left again at any time."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from fieldapp.services.practice import PracticeSteps, open_practice, practice_steps, reset_practice
from fieldapp.ui.session import Session
from fieldapp.ui.surroundings import Surroundings
from fieldapp.ui.widgets.practice_strip import PracticeStrip
from fieldapp.ui.work import Work

if TYPE_CHECKING:
    from fieldapp.services.desk import Desk


def enter(
    around: Surroundings,
    work: Work,
    opened: "Callable[[Desk], object]",
    failed: Callable[[Exception], object],
    *,
    owner: QObject,
    anew: bool = False,
) -> None:
    """Open the practice register of a data folder off the main thread; `anew` throws the one that is there away."""

    def open_it() -> "Desk":
        if anew:
            reset_practice(around.folder)
        return open_practice(around.folder, clock=around.clock, random_bytes=around.random_bytes)

    work.change(open_it, opened, failed, changes="", owner=owner)


class PracticeGuide(QObject):
    """Keeps the strip of a practice session in step with what the learner has tried."""

    def __init__(self, session: Session, strip: PracticeStrip) -> None:
        super().__init__(strip)
        self._session, self._strip = session, strip
        session.work.changed.connect(lambda kind: self.refresh() if kind != "settings" else None)
        self._show(PracticeSteps())
        self.refresh()

    def refresh(self) -> None:
        """Read what was tried."""
        desk = self._session.desk
        self._session.work.query(lambda: practice_steps(desk), self._show, owner=self)

    def _show(self, steps: PracticeSteps) -> None:
        _ = self._session._
        self._strip.show_steps((
            (_("register somebody alone"), steps.single),
            (_("register a family of five"), steps.family),
            (_("find a family and open it"), steps.found),
            (_("correct something"), steps.corrected),
            (_("print a slip again"), steps.reprinted),
        ))  # fmt: skip
        if steps.all_done:
            self._strip.words.setText(_("PRACTICE: well done, that was all of it. You can leave, or begin anew."))
