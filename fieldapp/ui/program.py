"""The program with its window: Qt started, one window opened, until it is closed."""

import gc
import logging
import signal
import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from fieldapp import paths
from fieldapp.ui import qt_messages, theme
from fieldapp.ui.garbage import look_for_garbage
from fieldapp.ui.surroundings import Surroundings
from fieldapp.ui.window import MainWindow

log = logging.getLogger(__name__)

TURN_S = 0.001
"""So long may another thread keep the interpreter from a key press each time it needs it; Python's own 5 ms add up."""


def run(surroundings: Surroundings) -> int:
    """Open the window on a data folder and return the exit code when it is closed."""
    sys.setswitchinterval(TURN_S)
    qt_messages.install()
    app = QApplication([*sys.argv[:1], *theme.STYLE_ARGUMENTS])
    app.setApplicationName("fieldapp")
    app.setDesktopFileName("fieldapp")
    app.setWindowIcon(QIcon(str(paths.resources() / "icons" / "clipboard-pen.svg")))
    sys.excepthook = _on_unexpected
    window = MainWindow(app, surroundings)
    window.begin()
    window.show()
    # What stands now stands to the end; no later search for garbage need walk it, and none holds up a key for it.
    gc.freeze()
    signal.signal(signal.SIGINT, lambda *_: window.close())
    # Python sees Ctrl+C only between two lines of its own.
    wake = QTimer(app)
    wake.timeout.connect(look_for_garbage)
    wake.start(500)
    return app.exec()


def _on_unexpected(kind: type[BaseException], error: BaseException, trace: object) -> None:
    """Log an error of ours and say sorry in the window that is open; the program goes on."""
    log.critical("unexpected error", exc_info=(kind, error, error.__traceback__))
    for window in QApplication.topLevelWidgets():
        if isinstance(window, MainWindow) and window.shell is not None and isinstance(error, Exception):
            window.shell.show_problem(error)
