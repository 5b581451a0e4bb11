"""The one window: set-up or sign-in, the questions between, the shell, and the lock over it. Knows no place."""

import logging
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMainWindow,
    QStackedWidget,
    QWidget,
)

from fieldapp import i18n
from fieldapp import settings as stored_settings
from fieldapp.i18n import Language
from fieldapp.services.desk import Desk
from fieldapp.services.set_up import (
    confirm_recovery_key,
    is_recovery_confirmed,
    is_set_up,
)
from fieldapp.services.sign_in import (
    ClockQuestion,
    check_password,
    clock_question,
    confirm_clock,
    sign_in,
    sign_out,
    staff_here,
)
from fieldapp.settings import Settings
from fieldapp.ui import theme
from fieldapp.ui.idle import IdleWatch
from fieldapp.ui.screens.lock import LockScreen
from fieldapp.ui.screens.questions import ClockScreen, RecoveryCheckScreen
from fieldapp.ui.screens.set_up import SetUpScreen, Surroundings
from fieldapp.ui.screens.sign_in import SignInScreen
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from fieldapp.ui.widgets.focus_ring import FocusRing
from fieldapp.ui.work import Work

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
        self._translator = QTranslator(self)
        self._ring = FocusRing(app)
        self._idle = IdleWatch(app)
        self._idle.idle.connect(self.lock)
        self._idle.counting.connect(self._on_counting)
        self._focus_before_lock: QWidget | None = None
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.setWindowTitle("fieldapp")
        self.resize(*_SIZE)
        self.setMinimumSize(*_SMALLEST)
        theme.apply(app, self.settings)
        self._use_language(self.language)

    # What is shown

    @property
    def page(self) -> QWidget | None:
        """The page in sight: a start page or the shell."""
        return self._stack.currentWidget()

    def _show(self, page: QWidget) -> None:
        before = self._stack.currentWidget()
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None and before is not page and before is not self.shell:
            self._stack.removeWidget(before)
            before.deleteLater()

    def begin(self) -> None:
        """Show set-up on a laptop without a register, else sign-in."""
        if is_set_up(self._surroundings.folder):
            self._show_sign_in()
        else:
            self._show_set_up()

    def _show_set_up(self) -> None:
        page = SetUpScreen(self.language, self.settings, self.work, self._surroundings)
        page.language_chosen.connect(self._on_language_chosen)
        page.finished.connect(self._on_set_up)
        self._show(page)

    def _show_sign_in(self) -> None:
        around = self._surroundings
        page = SignInScreen(
            self.language,
            staff_here(around.folder),
            lambda name, password: sign_in(
                around.folder,
                name,
                password,
                clock=around.clock,
                random_bytes=around.random_bytes,
            ),
            self.work,
            around.clock,
        )
        page.language_chosen.connect(self._on_language_chosen)
        page.signed_in.connect(self._on_signed_in)
        self.setWindowTitle("fieldapp")
        self._show(page)

    # Language and look

    def _use_language(self, language: Language) -> None:
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
        self.settings = self.settings.changed(language=code)
        self._use_language(i18n.language(code))
        if self._surroundings.folder.is_dir():
            self._keep(self._surroundings.folder, self.settings)
        self.begin()

    def _keep(self, folder: Path, settings: Settings) -> None:
        try:
            stored_settings.save(folder, settings)
        except OSError:
            log.warning("the settings could not be kept", exc_info=True)

    # The way in

    def _on_set_up(self, desk: Desk, settings: Settings) -> None:
        self.settings = settings
        self._keep(desk.folder, settings)
        self._open_shell(desk)

    def _on_signed_in(self, desk: Desk) -> None:
        self.work.query(
            lambda: clock_question(desk),
            lambda asked: self._ask_clock(desk, asked),
            owner=self,
        )

    def _ask_clock(self, desk: Desk, asked: ClockQuestion | None) -> None:
        if asked is None:
            self._ask_recovery_key(desk)
            return
        zone = desk.operation.time_zone
        page = ClockScreen(
            self.language,
            asked.code,
            self.language.moment(asked.last_ms, zone),
            self.language.moment(asked.now_ms, zone),
        )
        page.confirmed.connect(
            lambda: self.work.change(
                lambda: confirm_clock(desk),
                lambda _done: self._ask_recovery_key(desk),
                changes="",
                owner=self,
            )
        )
        page.went_back.connect(lambda: self._leave(desk))
        self._show(page)

    def _ask_recovery_key(self, desk: Desk) -> None:
        if is_recovery_confirmed(desk.folder):
            self._open_shell(desk)
            return
        page = RecoveryCheckScreen(self.language, desk.folder, self.work, confirm_recovery_key)
        page.confirmed.connect(lambda: self._open_shell(desk))
        page.put_off.connect(lambda: self._open_shell(desk))
        self._show(page)

    def _leave(self, desk: Desk) -> None:
        self.work.change(lambda: sign_out(desk), lambda _done: self.begin(), changes="", owner=self)

    def _open_shell(self, desk: Desk) -> None:
        work = Work(self)
        work.changed.connect(self._on_changed)
        self.session = Session(desk, work, self.settings, self.language)
        self._show_shell("register")
        self._idle.start(self.settings.idle_lock_minutes)

    def _show_shell(self, place: str) -> None:
        assert self.session is not None
        before = self.shell
        self.shell = MainShell(self.session)
        self.shell.lock_asked.connect(self.lock)
        self.shell.sign_out_asked.connect(self.sign_out)
        self._show(self.shell)
        self.shell.go_to(place)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()

    def _on_changed(self, kind: str) -> None:
        if kind != "settings" or self.session is None or self.shell is None:
            return
        before, self.settings = self.settings, self.session.settings
        if (before.theme, before.text_percent) != (
            self.settings.theme,
            self.settings.text_percent,
        ):
            theme.apply(self._app, self.settings)
            self.shell.fit_rail()
        if self.session.language.code != self.language.code:
            self._use_language(self.session.language)
            self.shell.places[self.shell.current].left()
            self._show_shell(self.shell.current)
        self._idle.start(self.settings.idle_lock_minutes)

    # The lock and the way out

    def lock(self) -> None:
        """Hide everything behind the password of whoever is signed in. Does nothing where nobody is."""
        if self.session is None or self.shell is None or self.page is not self.shell:
            return
        self._idle.stop()
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
        self._show(self.shell)
        self.shell.go_to(self.shell.current)
        if self._focus_before_lock is not None and self.shell.isAncestorOf(self._focus_before_lock):
            self._focus_before_lock.setFocus()
        self._idle.start(self.settings.idle_lock_minutes)

    def _on_counting(self, seconds: int | None) -> None:
        if self.shell is not None:
            self.shell.status.count_down(seconds)

    def sign_out(self) -> None:
        """Save what runs, close the register and ask who is next."""
        if self.session is None:
            return
        desk = self._end_session()
        self.work.change(lambda: sign_out(desk), lambda _done: self.begin(), changes="", owner=self)

    def _end_session(self) -> Desk:
        assert self.session is not None
        self._idle.stop()
        if self.shell is not None:
            if self.page is self.shell:
                self.shell.places[self.shell.current].left()
            self._stack.removeWidget(self.shell)
            self.shell.deleteLater()
            self.shell = None
        desk = self.session.desk
        self.session.work.shut_down()
        self.session.work.deleteLater()
        self.session = None
        return desk

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """End only when every place agrees; a save that runs is waited for."""
        if self.shell is not None and not all(place.is_safe_to_close() for place in self.shell.places.values()):
            event.ignore()
            return
        page = self.page
        self.work.shut_down()
        if self.session is not None:
            sign_out(self._end_session())
        elif isinstance(page, SetUpScreen) and (desk := page.abandoned_desk()) is not None:
            sign_out(desk)
        event.accept()
