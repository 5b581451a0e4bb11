"""The line that says how far everybody is compared with everybody; the work goes on behind other pages until it is done.

It runs in short pieces that wait for saves and for whoever is typing, and can be stopped and taken up at any time.
"""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from fieldapp.services.review_walk import Step, Walk
from fieldapp.ui import theme
from fieldapp.ui.session import Session

_GATHER_MS = 1500
"""Pairs that are found within so long are shown together."""


class ReviewWalking(QWidget):
    """Shown while the comparison is under way or was stopped. Emits `found` when there are pairs that were not there."""

    found = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._walk: Walk | None = None
        self._last = Step(0, 0)
        self._is_stopped = self._has_found = False
        self.said = QLabel()
        self.said.setProperty("kind", "secondary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(session._("Progress of the comparison"))
        self.button = QPushButton()
        self.button.setProperty("kind", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE[2])
        row.addWidget(self.said)
        row.addWidget(self.bar, 1)
        row.addWidget(self.button)
        self.button.clicked.connect(self._on_button)
        self._soon = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._soon.timeout.connect(self.found)
        self.hide()

    @property
    def is_walking(self) -> bool:
        """Whether people are being compared."""
        return self._walk is not None and not self._is_stopped

    def begin(self) -> None:
        """Compare whoever is not compared yet; where it was stopped it goes on."""
        self._is_stopped = False
        if self._walk is None:
            self._walk = Walk(self._session.desk)
            self._go_on()
        elif self._last.total:
            self._say(self._last)

    def stop(self) -> None:
        """Stop after the piece that is under way; what was found stays."""
        self._is_stopped = True
        self._say(self._last)

    def _go_on(self) -> None:
        walk, work = self._walk, self._session.work
        assert walk is not None
        # What is written waits for saves and for whoever types; looking beside them then does not disturb them.
        work.change(
            walk.keep, lambda _none: self._on_kept(walk), self._on_failed, changes="", urgent=False, owner=self
        )  # fmt: skip

    def _on_kept(self, walk: Walk) -> None:
        if self._has_found and not self._soon.isActive():
            self._soon.start()
        self._has_found = False
        if self._is_stopped:
            self._walk = None
        else:
            self._session.work.query(walk.look, self._on_step, self._on_failed, owner=self)

    def _on_step(self, step: Step) -> None:
        self._has_found = self._has_found or step.found
        if step.is_over:
            self._walk = None
            self.hide()
            if self._soon.isActive():
                self._soon.stop()
                self.found.emit()
        else:
            self._say(step)
            self._go_on()

    def _say(self, step: Step) -> None:
        _ = self._session._
        self._last = step
        self.bar.setRange(0, max(1, step.total))
        self.bar.setValue(step.done)
        percent = 100 * step.done // max(1, step.total)
        if self._is_stopped:
            self.said.setText(_("Stopped at {percent} %; the rest is not compared yet.", percent=percent))
        else:
            self.said.setText(_("Comparing everybody: {percent} %", percent=percent))
        self.button.setText(_("Go on comparing") if self._is_stopped else _("Stop comparing"))
        self.setAccessibleName(self.said.text())
        self.show()

    def _on_button(self) -> None:
        if self._is_stopped:
            self.begin()
        else:
            self.stop()

    def _on_failed(self, error: Exception) -> None:
        self._walk = None
        self._is_stopped = True
        self._session.work.failed.emit(error)
