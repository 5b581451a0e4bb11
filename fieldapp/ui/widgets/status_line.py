"""The line at the foot of the window: where this is, the day so far, and what still lies only on this laptop.

The only place for background news; it never pops up over work.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from fieldapp.domain.backlog import Pressure
from fieldapp.i18n import Language
from fieldapp.ui import theme

_SIGNS = {
    Pressure.NONE: ("info", "info"),
    Pressure.SOME: ("info", "info"),
    Pressure.WARN: ("triangle-alert", "warn"),
    Pressure.DANGER: ("octagon-alert", "danger"),
}
_MINUTE_MS, _HOUR_MS, _DAY_MS = 60_000, 3_600_000, 86_400_000


def age_words(language: Language, milliseconds: int) -> str:
    """Return how long ago something was, in the largest unit that fits: `3 h`, `12 min`, `2 days`."""
    if milliseconds >= _DAY_MS:
        days = milliseconds // _DAY_MS
        return language.ngettext("{number} day", "{number} days", days)
    if milliseconds >= _HOUR_MS:
        return language.gettext("{number} h", number=milliseconds // _HOUR_MS)
    return language.gettext("{number} min", number=max(0, milliseconds) // _MINUTE_MS)


class StatusLine(QFrame):
    """Says post and desk, today's count, records only here; `say` adds a passing message, `count_down` the lock."""

    def __init__(self, language: Language, where: str) -> None:
        super().__init__()
        self._language = language
        self.setProperty("kind", "status")
        self._where = ElidedLabel(where)
        self._message = _label()
        self._today = _label()
        self._sign = QLabel()
        self._only_here = _label()
        self._lock_sign = QLabel()
        self._countdown = _label()
        theme.set_property(self._countdown, "state", "warn")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE[3], theme.SPACE[1], theme.SPACE[3], theme.SPACE[1])
        row.setSpacing(theme.SPACE[1])
        row.addWidget(self._where, 1)
        for widget in (self._message, self._lock_sign, self._countdown):
            row.addWidget(widget)
        row.addSpacing(theme.SPACE[3])
        row.addWidget(self._today)
        row.addSpacing(theme.SPACE[3])
        row.addWidget(self._sign)
        row.addWidget(self._only_here)
        for widget in (
            self._message,
            self._lock_sign,
            self._countdown,
            self._sign,
            self._only_here,
            self._today,
        ):
            widget.hide()

    @property
    def text(self) -> str:
        """All that is shown, for tests and for reading aloud."""
        labels = (
            self._where,
            self._message,
            self._countdown,
            self._today,
            self._only_here,
        )
        return " | ".join(label.text() for label in labels if not label.isHidden() and label.text())

    def say(self, text: str) -> None:
        """Show a passing message; the empty text takes it away."""
        self._message.setText(text)
        self._message.setVisible(bool(text))

    def show_figures(
        self, arrivals: int, only_here: int, oldest_age_ms: int, pressure: Pressure = Pressure.SOME
    ) -> None:
        """Show today's arrivals, how many records lie only on this laptop, how old the oldest is and how pressing that is."""
        self._today.setText(self._language.ngettext("{number} today", "{number} today", arrivals))
        self._today.show()
        sign, kind = _SIGNS[pressure] if only_here else ("circle-check", "ok")
        theme.set_icon(self._sign, sign, kind, 16)
        theme.set_property(self._only_here, "state", kind)
        self._only_here.setText(self._only_here_words(only_here, oldest_age_ms))
        self._sign.show()
        self._only_here.show()

    def _only_here_words(self, only_here: int, oldest_age_ms: int) -> str:
        if not only_here:
            return self._language.gettext("Nothing waits only on this laptop")
        return self._language.ngettext(
            "{number} record only on this laptop, oldest {age}",
            "{number} records only on this laptop, oldest {age}",
            only_here,
            age=age_words(self._language, oldest_age_ms),
        )

    def count_down(self, seconds: int | None) -> None:
        """Say that the window locks in so many seconds; None takes it away."""
        shown = seconds is not None
        if shown:
            theme.set_icon(self._lock_sign, "lock", "warn", 16)
            self._countdown.setText(
                self._language.ngettext(
                    "Locks in {number} second",
                    "Locks in {number} seconds",
                    seconds or 0,
                )
            )
        self._lock_sign.setVisible(shown)
        self._countdown.setVisible(shown)


class ElidedLabel(QLabel):
    """A label that ends in dots where there is no room; the whole text is its tooltip and is what is read aloud."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("kind", "hint")
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw as much of the text as fits."""
        painter = QPainter(self)
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        self.style().drawItemText(painter, room, flags, self.palette(), self.isEnabled(), shown, self.foregroundRole())


def _label(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setProperty("kind", "hint")
    return label
