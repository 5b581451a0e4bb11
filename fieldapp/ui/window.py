"""The one window: the way in, the shell, and the lock over it. It knows no place from within."""

import gc
import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMainWindow, QStackedWidget, QWidget

from fieldapp import i18n, words
from fieldapp import settings as stored_settings
from fieldapp.domain.problems import Problem
from fieldapp.i18n import Language
from fieldapp.settings import Settings
from fieldapp.ui import theme
from fieldapp.ui.entrance import Entrance
from fieldapp.ui.idle import IdleWatch
from fieldapp.ui.surroundings import Surroundings
from fieldapp.ui.widgets.focus_ring import FocusRing
from fieldapp.ui.widgets.start_page import StartPage
from fieldapp.ui.work import Work

if TYPE_CHECKING:
    from fieldapp.services.desk import Desk
    from fieldapp.ui.session import Session
    from fieldapp.ui.shell import MainShell

log = logging.getLogger(__name__)
_SIZE = (1366, 740)
_SMALLEST = (960, 600)


class MainWindow(QMainWindow):
    """Shows one page at a time; under the lock the shell stays alive, so that nothing begun is lost."""

    def __init__(self, app: QApplication, surroundings: Surroundings) -> None:
        super().__init__()
        self._app, self._surroundings = app, surroundings
        self.settings = stored_settings.load(surroundings.folder)
        self.language = i18n.language(self.settings.language or i18n.system_language())
        self.work = Work(self)
        self.session: Session | None = None
        self.shell: MainShell | None = None
        self.entrance = Entrance(surroundings, self.work, self)
        self.entrance.page_made.connect(self._show)
        self.entrance.opened.connect(self._on_opened)
        self.entrance.language_chosen.connect(self._on_language_chosen)
        self.entrance.practice_asked.connect(lambda: self.practise(anew=False))
        self.idle = IdleWatch(app)
        self.idle.idle.connect(self.lock)
        self.idle.counting.connect(self._on_counting)
        self._translator = QTranslator(self)
        self._ring = FocusRing(app)
        self._focus_before_lock: QWidget | None = None
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.setWindowTitle("fieldapp")
        self.resize(*_SIZE)
        self.setMinimumSize(*_SMALLEST)
        theme.apply(app, self.settings)
        self._use_language(self.language)

    @property
    def page(self) -> QWidget | None:
        """The page in sight: a start page, the shell or the lock."""
        return self._stack.currentWidget()

    def begin(self) -> None:
        """Show the way in."""
        self.setWindowTitle("fieldapp")
        self.entrance.begin(self.language, self.settings)

    def _show(self, page: QWidget) -> None:
        before = self._stack.currentWidget()
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None and before is not page and before is not self.shell:
            self._stack.removeWidget(before)
            before.deleteLater()

    def _use_language(self, language: Language) -> None:
        """Take a language for words, for Qt's own buttons, and for the direction of the whole window."""
        self.language = language
        self._app.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if language.is_right_to_left else Qt.LayoutDirection.LeftToRight
        )
        QLocale.setDefault(QLocale(language.locale))
        QCoreApplication.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{language.code}", folder):
            QCoreApplication.installTranslator(self._translator)

    def _on_language_chosen(self, code: str) -> None:
        self._keep(self.settings.changed(language=code))
        self._use_language(i18n.language(code))
        self.begin()

    def _keep(self, settings: Settings) -> None:
        self.settings = settings
        if not self._surroundings.folder.is_dir():
            return
        try:
            stored_settings.save(self._surroundings.folder, settings)
        except OSError:
            log.warning("the settings could not be kept", exc_info=True)

    def _on_opened(self, desk: "Desk", settings: Settings) -> None:
        import fieldapp.ui.shell  # noqa: F401, PLC0415 - the places load the register's libraries
        from fieldapp.ui.session import Session  # noqa: PLC0415 - the first page has none

        # The libraries stay to the end: a search for garbage among them would hold up a key for 50 ms.
        gc.freeze()
        if settings != self.settings:
            self._keep(settings)
        work = Work(self)
        work.changed.connect(self._on_changed)
        self.session = Session(desk, work, self.settings, self.language)
        self._show_shell("register")
        self._watch_idleness()

    def _watch_idleness(self) -> None:
        """Lock when nobody is there; practice has nothing to lock, and its learner no password."""
        if self.session is not None and not self.session.desk.is_practice:
            self.idle.start(self.settings.idle_lock_minutes)

    def practise(self, *, anew: bool) -> None:
        """Leave the register, if one is open, and open the practice register; `anew` begins with a fresh one."""
        from fieldapp.services.sign_in import sign_out  # noqa: PLC0415 - loaded by the sign-in
        from fieldapp.ui import practice  # noqa: PLC0415 - seldom asked

        def enter() -> None:
            practice.enter(
                self._surroundings, self.work, lambda desk: self._on_opened(desk, self.settings), self._on_no_practice,
                owner=self, anew=anew,
            )  # fmt: skip

        if self.session is None:
            enter()
            return
        desk = self._end_session()
        self.work.change(lambda: sign_out(desk), lambda _done: enter(), changes="", owner=self)

    def _on_no_practice(self, error: Exception) -> None:
        self.begin()
        page = self.page
        if isinstance(page, StartPage):
            code, values = (error.code, error.values) if isinstance(error, Problem) else ("problem", {})
            page.say(words.say(self.language, code, **values))

    def _show_shell(self, place: str) -> None:
        from fieldapp.ui.shell import MainShell  # noqa: PLC0415 - the places load the register's libraries

        assert self.session is not None
        before = self.shell
        self.shell = MainShell(self.session)
        self.shell.lock_asked.connect(self.lock)
        self.shell.sign_out_asked.connect(self.sign_out)
        self.shell.practice_asked.connect(lambda anew: self.practise(anew=anew))
        self._show(self.shell)
        self.shell.go_to(place)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()

    def _on_changed(self, kind: str) -> None:
        if kind != "settings" or self.session is None or self.shell is None:
            return
        before, self.settings = self.settings, self.session.settings
        if (before.theme, before.text_percent) != (self.settings.theme, self.settings.text_percent):
            theme.apply(self._app, self.settings)
            self.shell.fit_rail()
        if self.session.language.code != self.language.code:
            self._use_language(self.session.language)
            self.shell.places[self.shell.current].left()
            self._show_shell(self.shell.current)
        self._watch_idleness()

    def lock(self) -> None:
        """Hide everything behind the password of whoever is signed in. Does nothing where nobody is."""
        from fieldapp.services.sign_in import check_password  # noqa: PLC0415 - loaded by the sign-in
        from fieldapp.ui.screens.lock import LockScreen  # noqa: PLC0415

        if self.session is None or self.shell is None or self.page is not self.shell or self.session.desk.is_practice:
            return
        self.idle.stop()
        for window in self._app.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                window.reject()
        self._focus_before_lock = self._app.focusWidget()
        self.shell.places[self.shell.current].left()
        desk = self.session.desk
        page = LockScreen(self.session, lambda password: check_password(desk, password))
        page.unlocked.connect(self._on_unlocked)
        page.sign_out_asked.connect(self.sign_out)
        self.setWindowTitle("fieldapp")
        self._show(page)
        page.password.setFocus()

    def _on_unlocked(self) -> None:
        assert self.shell is not None
        focus, self._focus_before_lock = self._focus_before_lock, None
        self._show(self.shell)
        self.shell.come_back(focus)
        self._watch_idleness()

    def _on_counting(self, seconds: int | None) -> None:
        if self.shell is not None:
            self.shell.status.count_down(seconds)

    def sign_out(self) -> None:
        """Save what runs, close the register and ask who is next."""
        from fieldapp.services.sign_in import sign_out  # noqa: PLC0415 - loaded by the sign-in

        if self.session is None:
            return
        desk = self._end_session()
        self.work.change(lambda: sign_out(desk), lambda _done: self.begin(), changes="", owner=self)

    def _end_session(self) -> "Desk":
        assert self.session is not None
        self.idle.stop()
        if self.shell is not None:
            shell, self.shell = self.shell, None
            if self.page is shell:
                shell.places[shell.current].left()
            self._stack.removeWidget(shell)
            shell.deleteLater()
        desk = self.session.desk
        self.session.work.shut_down()
        self.session.work.deleteLater()
        self.session = None
        return desk

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter that nobody else took presses the button that has the keyboard."""
        focused = self._app.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """End only when every place agrees; a save that runs is waited for."""
        if self.shell is not None and not all(place.is_safe_to_close() for place in self.shell.places.values()):
            event.ignore()
            return
        page = self.page
        self.work.shut_down()
        desk = self._end_session() if self.session is not None else _desk_of(page)
        if desk is not None:
            from fieldapp.services.sign_in import sign_out  # noqa: PLC0415 - loaded by the sign-in

            sign_out(desk)
        event.accept()


def _desk_of(page: QObject | None) -> "Desk | None":
    """Return the register that a page between sign-in and shell holds open."""
    return getattr(page, "desk", None)
