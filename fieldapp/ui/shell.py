"""The shell around the places: rail, header, banner and status line. It knows no place from within."""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from fieldapp import words
from fieldapp.code_lists import code_list
from fieldapp.domain.people import TodayFigures
from fieldapp.domain.problems import EnvironmentProblem, Problem
from fieldapp.services.summarise import todays_figures
from fieldapp.services.warm_up import warm_up
from fieldapp.ui import theme, tokens
from fieldapp.ui.find_answers import FindAnswers
from fieldapp.ui.picture_drop import PictureDrop
from fieldapp.ui.places import Place
from fieldapp.ui.scan_router import ScanRouter
from fieldapp.ui.screens.people_place import PeoplePlace
from fieldapp.ui.screens.register_place import RegisterPlace
from fieldapp.ui.screens.scan_answer import Answer, ScanAnswer
from fieldapp.ui.screens.settings_place import SettingsPlace
from fieldapp.ui.screens.shortcuts_place import ShortcutsPlace
from fieldapp.ui.screens.synchronise_place import SynchronisePlace
from fieldapp.ui.screens.today_place import TodayPlace
from fieldapp.ui.session import Session
from fieldapp.ui.wedge import Wedge
from fieldapp.ui.widgets.banner import Banner
from fieldapp.ui.widgets.find_box import FindBox
from fieldapp.ui.widgets.practice_strip import PracticeStrip
from fieldapp.ui.widgets.rail import Rail, RailEntry
from fieldapp.ui.widgets.status_line import StatusLine

log = logging.getLogger(__name__)
_FIGURES_EVERY_MS = 60_000
_GATHER_MS = 250
_WARM_UP_AFTER_MS = 1500


class MainShell(QWidget):
    """The window of a signed-in member. Emits `lock_asked`; `sign_out_asked` comes from Settings."""

    lock_asked = Signal()
    sign_out_asked = Signal()
    practice_asked = Signal(bool)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._came_from = ""
        self.current = ""
        language, desk = session.language, session.desk
        self.setProperty("kind", "page")
        self.places = self._make_places()
        self.rail = Rail(
            self._entries(),
            desk.actor.display_name,
            code_list("roles").label(desk.actor.role.value, language.code),
            language,
        )
        self.find_box = FindBox(language)
        self.banner = Banner(language)
        self.status = StatusLine(language, self._where())
        self._title = QLabel()
        self._title.setProperty("kind", "title")
        self._stack = QStackedWidget()
        for place in self.places.values():
            self._stack.addWidget(place)
        self._answer = ScanAnswer(language)
        self._stack.addWidget(self._answer)
        self._focus_before_answer: QWidget | None = None
        self._lay_out()
        self.pictures = PictureDrop(session, self, self)
        self._connect()
        self._take_scans()
        self.refresh_figures()
        QTimer.singleShot(0, self, self._say_if_copy)

    def _entries(self) -> tuple[RailEntry, ...]:
        _ = self.session._
        return (
            RailEntry("register", _("Register"), "clipboard-pen", "F2"),
            RailEntry("people", _("People"), "users", "F3"),
            RailEntry("today", _("Today"), "chart-column", "F4"),
            RailEntry("synchronise", _("Sync"), "refresh-cw", "F5"),
            RailEntry("settings", _("Settings"), "settings", "F6"),
        )

    def _make_places(self) -> dict[str, Place]:
        return {
            "register": RegisterPlace(self.session, self),
            "people": PeoplePlace(self.session, self),
            "today": TodayPlace(self.session, self),
            "synchronise": SynchronisePlace(self.session, self),
            "settings": SettingsPlace(self.session, self),
            "keys": ShortcutsPlace(self.session, self),
        }

    def _where(self) -> str:
        device = self.session.desk.device
        post = code_list("border_posts").label(device.post, self.session.language.code)
        return self.session._(
            "{code} {post} - desk {device}",
            code=device.post,
            post=post,
            device=device.code,
        )

    def _lay_out(self) -> None:
        header = QFrame()
        header.setProperty("kind", "header")
        row = QHBoxLayout(header)
        row.setContentsMargins(theme.SPACE[4], theme.SPACE[1], theme.SPACE[4], theme.SPACE[1])
        row.addWidget(self._title, 1)
        row.addWidget(self.find_box, 1)
        banner_box = QVBoxLayout()
        banner_box.setContentsMargins(theme.SPACE[4], theme.SPACE[2], theme.SPACE[4], 0)
        banner_box.addWidget(self.banner)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(header)
        right.addLayout(banner_box)
        right.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.practice = self._practice_strip()
        if self.practice is not None:
            column.addWidget(self.practice)
        column.addLayout(middle, 1)
        column.addWidget(self.status)

    def _practice_strip(self) -> PracticeStrip | None:
        if not self.session.desk.is_practice:
            return None
        from fieldapp.ui.practice import PracticeGuide  # noqa: PLC0415 - practice alone needs it

        strip = PracticeStrip(self.session.language)
        strip.left.connect(self.sign_out_asked)
        strip.reset.connect(lambda: self.practice_asked.emit(True))
        self._guide = PracticeGuide(self.session, strip)
        return strip

    def _say_if_copy(self) -> None:
        """Say that the register is a copy of another one, when it was noticed at this opening."""
        desk, _ = self.session.desk, self.session._
        if not getattr(desk, "is_copy", False):
            return
        words = _("This register is a copy of another one. It goes on with the code {code}; the numbers so far stay valid.",
                  code=desk.device.code)  # fmt: skip
        self.banner.say("warn", words)
        desk.is_copy = False  # type: ignore[attr-defined]

    def ask_practice(self) -> None:
        """Close the register and open the practice register."""
        self.practice_asked.emit(False)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go_to)
        self.rail.lock_asked.connect(self.lock_asked)
        self.find_box.asked.connect(lambda text: self.go_to("people", text=text))
        self.find_box.left.connect(self._enter_current)
        self.answers = FindAnswers(self.session, self.find_box, self)
        self.answers.chosen.connect(lambda line: self.open_person(line.group_id, line.individual_id))
        for key, action in (
            ("F1", self.show_keys),
            ("F2", lambda: self.go_to("register")),
            ("F3", lambda: self.go_to("people")),
            ("F4", lambda: self.go_to("today")),
            ("F5", lambda: self.go_to("synchronise")),
            ("F6", lambda: self.go_to("settings")),
            ("F7", self.complete_next),
            ("F10", self.open_camera),
            ("Ctrl+Shift+O", self.pictures.choose),
            ("Ctrl+K", self.find_box.take_focus),
            ("Ctrl+L", self.lock_asked.emit),
        ):
            QShortcut(QKeySequence(key), self, action)
        self._leave_keys = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.places["keys"], self._leave_keys_place)
        self.session.work.failed.connect(self.show_problem)
        self.session.work.changed.connect(self.on_changed)
        self._gather = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._gather.timeout.connect(self.refresh_figures)
        self._every_minute = QTimer(self, interval=_FIGURES_EVERY_MS)
        self._every_minute.timeout.connect(self.refresh_figures)
        self._every_minute.start()
        QTimer.singleShot(_WARM_UP_AFTER_MS, self, self._warm_up)

    def _take_scans(self) -> None:
        self.router = ScanRouter(self.session, self, self)
        self._answer.closed.connect(self.close_answer)
        self.wedge = Wedge(
            self.session.scans, self._wants_scans, lambda: self.place_in_sight().way_back(), self._on_cut, parent=self
        )
        self.wedge.start()

    def _wants_scans(self) -> bool:
        return self.isVisible() and bool(self.current)

    def _on_cut(self) -> None:
        self.show_banner("warn", self.session._("What was pasted was far too long. Only its beginning stands here."))

    def place_in_sight(self) -> Place:
        """Return the place that is shown, or that an answer lies over."""
        return self.places[self.current]

    @property
    def answer(self) -> Answer | None:
        """The answer in sight, if there is one."""
        return self._answer.answer if self._stack.currentWidget() is self._answer else None

    def show_answer(self, answer: Answer) -> None:
        """Fill the middle with the answer to a scan; Esc brings the place back as it was."""
        if self._stack.currentWidget() is not self._answer:
            self._focus_before_answer = QApplication.focusWidget()
        self.banner.clear()
        self._answer.show_answer(answer)
        self._stack.setCurrentWidget(self._answer)
        self._answer.take_focus()

    def close_answer(self) -> None:
        """Show the place again, the keyboard where it was."""
        if self._stack.currentWidget() is not self._answer:
            return
        self._stack.setCurrentWidget(self.place_in_sight())
        focus = self._focus_before_answer
        if focus is not None and isValid(focus) and self.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _warm_up(self) -> None:
        self.session.work.query(warm_up, lambda _done: None, owner=self)

    def go_to(self, name: str, **arguments: Any) -> None:
        """Show a place; it takes the arguments by `asked`."""
        place = self.places[name]
        self.close_answer()
        if name != self.current:
            if self.current:
                self.places[self.current].left()
            self.banner.clear()
            self.current = name
            self._stack.setCurrentWidget(place)
            self.rail.show_chosen(name)
        if arguments:
            place.asked(**arguments)
        self._enter_current()

    def _enter_current(self) -> None:
        place = self.places[self.current]
        place.entered()
        self._title.setText(place.title())
        self.window().setWindowTitle(f"{place.title()} - fieldapp")

    def come_back(self, focus: QWidget | None) -> None:
        """Be in sight again after the lock, the keyboard where it was."""
        self._enter_current()
        if focus is not None and isValid(focus) and self.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_group(self, group_id: UUID) -> None:
        """Open a family's page among the people."""
        self.go_to("people", group_id=group_id)

    def open_person(self, group_id: UUID, individual_id: UUID) -> None:
        """Open a family's page at one of its members."""
        self.go_to("people", group_id=group_id, individual_id=individual_id)

    def open_camera(self) -> None:
        """Read a paper or a slip with the camera; what it reads arrives like any other scan."""
        from fieldapp.ui.screens.camera_dialog import read_with_camera  # noqa: PLC0415 - QtMultimedia is slow to load

        self.camera = read_with_camera(self.session, self)

    def complete_next(self) -> None:
        """Open the family that has waited longest for its members in full, at the first who has no name yet."""
        desk = self.session.desk
        self.session.work.query(lambda: todays_figures(desk).next_to_complete, self._on_next, owner=self)

    def _on_next(self, group_id: UUID | None) -> None:
        if group_id is None:
            self.show_banner("ok", self.session._("Every family is complete."))
        else:
            self.go_to("people", group_id=group_id, then="add")

    def show_keys(self) -> None:
        """List every key; Esc goes back."""
        if self.current == "keys":
            self._leave_keys_place()
            return
        place = self.places[self.current]
        self._came_from = self.current
        keys = self.places["keys"]
        assert isinstance(keys, ShortcutsPlace)
        keys.show_keys(place.title(), place.shortcuts())
        self.go_to("keys")

    def _leave_keys_place(self) -> None:
        self.go_to(self._came_from or "register")

    def show_banner(
        self,
        kind: str,
        text: str,
        action_text: str | None = None,
        action: Callable[[], object] | None = None,
    ) -> None:
        """Show a message at the top of the place."""
        self.banner.say(kind, text, action_text, action)

    def clear_banner(self) -> None:
        """Take the message away."""
        self.banner.clear()

    def show_problem(self, error: Exception) -> None:
        """Say in words what went wrong: what the surroundings did as a problem, what staff can mend as attention."""
        language = self.session.language
        if isinstance(error, Problem):
            kind = "danger" if isinstance(error, EnvironmentProblem) else "warn"
            self.banner.say(kind, words.say(language, error.code, **error.values))
        else:
            self.banner.say("danger", words.say(language, "problem"))

    def ask_sign_out(self) -> None:
        """Save, close the register and let somebody else sign in."""
        self.sign_out_asked.emit()

    def set_status(self, text: str) -> None:
        """Say something in the status line; the empty text takes it away."""
        self.status.say(text)

    def on_changed(self, kind: str) -> None:
        """Count the day anew soon after something changed, once for many changes."""
        if kind != "settings":
            self._gather.start()

    def refresh_figures(self) -> None:
        """Ask for today's figures and show them in the status line."""
        desk = self.session.desk
        self.session.work.query(lambda: todays_figures(desk), self._show_figures)

    def _show_figures(self, figures: TodayFigures) -> None:
        age = self.session.desk.now_ms() - (figures.oldest_only_here_ms or self.session.desk.now_ms())
        self.status.show_figures(figures.arrivals, figures.only_here, age, figures.pressure)
        for place in self.places.values():
            place.show_figures(figures)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show the rail as icons when there is little room for the text size in use."""
        super().resizeEvent(event)
        self.fit_rail()

    def fit_rail(self) -> None:
        """Choose between the rail with words and the one with icons."""
        is_narrow = self.width() < tokens.sized(tokens.COLLAPSE_BELOW, theme.percent())
        self.rail.set_collapsed(self.session.settings.collapsed_rail or is_narrow)
