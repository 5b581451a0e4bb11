"""The turn screen: a window of its own for a second screen, to be read from across the room. Numbers, never names."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QVBoxLayout, QWidget

from fieldapp.i18n import Language, language
from fieldapp.services.turns import NEXT_SHOWN, CallList, call_list
from fieldapp.ui import theme
from fieldapp.ui.models import person_words
from fieldapp.ui.session import Session

_SHARES = {"serving": 0.30, "heading": 0.075, "next": 0.10, "foot": 0.045}
"""Heights of the letters as shares of the window's: 30 % of a 40 cm screen is 12 cm, readable at well over 8 m."""
_SMALLEST_PX = 14


class TurnScreen(QWidget):
    """Shows who is served and who comes next, as the calls go. Esc closes it; the main window is not touched."""

    def __init__(self, session: Session) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._session = session
        self.setObjectName("turn-screen")
        self.setProperty("kind", "turn-screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # The program ends with its main window, whether or not this one stands open.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle(session._("Turns"))
        self.heading, self.serving = QLabel(), QLabel()
        self.after, self.foot = QLabel(), QLabel()
        self.next = [QLabel() for _place in range(NEXT_SHOWN)]
        for label in (self.heading, self.serving, self.after, self.foot, *self.next):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._heads = _in_both_languages(session)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE[5]] * 4)
        column.addWidget(self.heading)
        column.addWidget(self.serving, 5)
        column.addWidget(self.after)
        row = QGridLayout()
        for place, label in enumerate(self.next):
            row.addWidget(label, 0, place)
        column.addLayout(row, 2)
        column.addWidget(self.foot)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        session.work.changed.connect(self._on_changed)
        self.show_calls(CallList())
        self.refresh()

    def open(self) -> None:
        """Stand on the second screen in full size where there is one, else in a window beside the other."""
        screens = QApplication.screens()
        own = QApplication.primaryScreen()
        second = next((screen for screen in screens if screen is not own), None)
        if second is not None:
            self.setGeometry(second.geometry())
            self.showFullScreen()
        else:
            self.resize(960, 600)
            self.show()

    def refresh(self) -> None:
        """Read the call list anew."""
        desk = self._session.desk
        self._session.work.query(lambda: call_list(desk), self.show_calls, owner=self)

    def _on_changed(self, kind: str) -> None:
        if kind in {"turns", "groups"}:
            self.refresh()

    def show_calls(self, calls: CallList) -> None:
        """Show a call list."""
        now, soon = self._heads
        self.heading.setText(now)
        self.after.setText(soon)
        serving = calls.serving
        self.serving.setText(serving.label if serving else person_words.NOTHING)
        self.setAccessibleName(f"{now} {self.serving.text()}")
        for place, label in enumerate(self.next):
            label.setText(calls.waiting[place].label if place < len(calls.waiting) else "")
        session = self._session
        post = person_words.post_words(session.language, session.desk.device.post)
        self.foot.setText(f"{post} · {session.moment(session.desk.now_ms())}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the letters grow with the window; a long label takes the width it has."""
        super().resizeEvent(event)
        self._fit(self.serving, "serving", bold=True)
        for label in (self.heading, self.after):
            self._fit(label, "heading", bold=False)
        for label in self.next:
            self._fit(label, "next", bold=True)
        self._fit(self.foot, "foot", bold=False)

    def _fit(self, label: QLabel, share: str, *, bold: bool) -> None:
        font = QFont(self.font())
        font.setBold(bold)
        wide = self.width() / (len(label.text()) or 1) / 0.62
        room = wide if share != "next" else self.width() / NEXT_SHOWN / 4.4
        font.setPixelSize(max(_SMALLEST_PX, int(min(self.height() * _SHARES[share], room))))
        label.setFont(font)


def _in_both_languages(session: Session) -> tuple[str, str]:
    """Return the headings in the language of the slips, and in the screen's where that is another."""
    spoken = [language(session.settings.slip_language)]
    if session.language.code != spoken[0].code:
        spoken.append(session.language)

    def both(words: "str") -> str:
        return " · ".join(dict.fromkeys(_said(one, words) for one in spoken))

    return both("now"), both("next")


def _said(spoken: Language, which: str) -> str:
    _ = spoken.gettext
    return _("Now serving") if which == "now" else _("Next")
