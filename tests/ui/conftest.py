"""A program without a screen, dressed like the real one, and a desk to sit at. A warning of Qt fails the test."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QtMsgType
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp import i18n
from fieldapp.domain.record import Role
from fieldapp.services.desk import Desk
from fieldapp.settings import Settings
from fieldapp.ui import theme
from fieldapp.ui.screens.synchronise_place import SynchronisePlace
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from fieldapp.ui.widgets.focus_ring import FocusRing
from fieldapp.ui.work import Work
from tests.desks import make_desk, take_over

PATIENCE_MS = 30_000
_BENIGN = (
    "This plugin does not support propagateSizeHints",
    # Qt's multimedia looks for a graphics card first, and does without.
    "Couldn't load va", "Couldn't resolve va", "QRhi* {anonymous}::ThreadLocalRhiHolder",
)  # fmt: skip
_BAD = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}


@pytest.fixture
def qtbot(qtbot: QtBot) -> QtBot:
    """A robot with patience: a busy machine is slow, and a wait ends as soon as what it waits for is there."""
    qtbot.waitUntil = partial(qtbot.waitUntil, timeout=PATIENCE_MS)
    return qtbot


@pytest.fixture(scope="session")
def focus_ring(qapp: QApplication) -> FocusRing:
    """The ring around what has the keyboard, one for the program as in the real one."""
    return FocusRing(qapp)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication, focus_ring: FocusRing) -> None:
    """Begin each test in the light theme at 100 %."""
    if (theme.current(), theme.percent(), qapp.property("fieldapp_theme")) != ("light", 100, "light"):
        theme.apply(qapp, Settings())


@pytest.fixture(autouse=True)
def qt_is_content(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail when Qt warned of something."""
    log = request.getfixturevalue("qtlog")
    yield
    said = [record.message for record in log.records if record.type in _BAD and not record.message.startswith(_BENIGN)]
    assert not said, f"Qt warned: {said}"


@pytest.fixture
def language() -> i18n.Language:
    """English, the source of every other language."""
    return i18n.language("en")


@pytest.fixture
def work(qapp: QApplication) -> Iterator[Work]:
    """The threads of a window, ended after the test."""
    made = Work()
    yield made
    made.shut_down()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A real register with the registrar at the desk."""
    opened = make_desk(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def session(desk: Desk, work: Work, language: i18n.Language) -> Session:
    """The registrar's session."""
    return Session(desk, work, Settings(language=language.code), language)


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printer that prints into a file, this one, chosen for everything."""

    def remembered(_settings: Settings) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "paper.pdf"))
        return printer

    monkeypatch.setattr("fieldapp.ui.printing.remembered_printer", remembered)
    return tmp_path / "paper.pdf"


@pytest.fixture
def admin_session(session: Session) -> Session:
    """The administrator's session at the same desk."""
    take_over(session.desk, Role.ADMINISTRATOR)
    return session


@pytest.fixture
def no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without any printer."""
    monkeypatch.setattr("fieldapp.ui.printing.QPrinterInfo.availablePrinterNames", list)


@pytest.fixture
def show_shell(qtbot: QtBot, session: Session) -> Iterator[Callable[[str], MainShell]]:
    """Shows the window's shell at a place, as after signing in; the test ends once nothing is on its way any more."""

    def show(place: str = "") -> MainShell:
        made = MainShell(session)
        qtbot.addWidget(made)
        made.resize(1366, 768)
        with qtbot.waitExposed(made):
            made.show()
        made.activateWindow()
        if place:
            made.go_to(place)
        return made

    yield show
    qtbot.waitUntil(lambda: not session.work.is_busy)


def shown_at_sync(qtbot: QtBot, desk: Desk, work: Work, language: i18n.Language) -> SynchronisePlace:
    """Show the window of a laptop at its place Sync."""
    shell = MainShell(Session(desk, work, Settings(language=language.code), language))
    qtbot.addWidget(shell)
    shell.resize(1366, 740)
    with qtbot.waitExposed(shell):
        shell.show()
    shell.activateWindow()
    shell.go_to("synchronise")
    made = shell.places["synchronise"]
    assert isinstance(made, SynchronisePlace)
    return made
