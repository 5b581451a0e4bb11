"""Synchronising with the hub in the background, when a network is there: never in the way, resumed where it broke off."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from fieldapp.domain.problems import Problem
from fieldapp.services.desk import Desk
from fieldapp.services.elsewhere import knows_hub
from fieldapp.services.exports import Cleared
from fieldapp.ui.session import Session

if TYPE_CHECKING:
    from fieldapp.services.synchronise import Synchronised

_FIRST_MS, _EVERY_MS, _AGAIN_MS, _GATHER_MS = 5_000, 120_000, 60_000, 20_000
"""After the opening, after a success, after a failure, and after something was registered."""


@dataclass(frozen=True, slots=True)
class HubState:
    """What is known of the hub: its address, empty without one; when it was last reached (ms); what is wrong now.

    `cleared` are files that were deleted or are left as somebody's erasure came by it the last time.
    """

    url: str = ""
    reached_at_ms: int | None = None
    problem: Problem | None = None
    is_busy: bool = False
    cleared: Cleared = field(default_factory=Cleared)


class HubWatch(QObject):
    """Tries now and then. Emits `told` with a HubState whenever that changed."""

    told = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.state = HubState()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.try_now)
        session.work.changed.connect(self._on_changed)

    def start(self) -> None:
        """Begin to watch."""
        self._timer.start(_FIRST_MS)

    def try_now(self) -> None:
        """Synchronise now, unless it is under way."""
        if self.state.is_busy:
            return
        self._tell(HubState(self.state.url, self.state.reached_at_ms, self.state.problem, is_busy=True))
        desk, work = self._session.desk, self._session.work
        work.errand(lambda: _attempt(desk, lambda: not work.is_open), self._on_done, self._on_failed, owner=self)

    def _on_changed(self, kind: str) -> None:
        if kind in {"groups", "people", "slips", "staff"} and self.state.url and not self.state.is_busy:
            self._timer.start(_GATHER_MS)

    def _on_done(self, done: "tuple[str, Synchronised] | None") -> None:
        self._timer.start(_EVERY_MS)
        if done is None:
            self._tell(HubState())
            return
        url, came = done
        self._tell(HubState(url, self._session.desk.now_ms(), cleared=came.taken.cleared))
        if came.taken.added or came.taken.ahead:
            for kind in ("groups", "people", "staff"):
                self._session.work.changed.emit(kind)
            self._timer.start(_EVERY_MS)  # what came from there is no reason to go there again at once

    def _on_failed(self, error: Exception) -> None:
        self._timer.start(_AGAIN_MS)
        problem = error if isinstance(error, Problem) else Problem()
        self._tell(HubState(str(problem.values.get("url", "")) or self.state.url, self.state.reached_at_ms, problem))

    def _tell(self, state: HubState) -> None:
        self.state = state
        self.told.emit(state)


def _attempt(desk: Desk, cancelled: Callable[[], bool]) -> "tuple[str, Synchronised] | None":
    if not knows_hub(desk):
        return None
    from fieldapp.services.synchronise import known_hub, synchronise  # noqa: PLC0415 - the network's libraries are slow

    hub = known_hub(desk)
    if hub is None:
        return None
    return hub.url, synchronise(desk, hub, cancelled=cancelled)
