"""How long the program takes from its start to a usable sign-in window, against a bare PySide6 window.

Run by hand: `python -m tests.benchmarks.bench_start`. Both are whole processes, in turn; prints medians and ratios. Ours
comes in by the program's own entry, as `python -m fieldapp window --data-dir DIR`; only Qt's loop is given an end. Both
run from byte code, as an installed program does, whatever this shell says about writing it.
"""

import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fieldapp.commands.door import clock
from fieldapp.services.demo import demo_plan
from fieldapp.services.set_up import set_up
from fieldapp.services.sign_in import sign_out

ROUNDS = 15
_USABLE = 7
"""Exit code of a process that saw its window usable."""

_BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

app = QApplication(sys.argv[:1])
window = QWidget()
field = QLineEdit()
QVBoxLayout(window).addWidget(field)
window.resize(1366, 740)
window.show()
window.activateWindow()

def look():
    field.setFocus()
    app.processEvents()
    print(time.monotonic())
    app.exit(7)

QTimer.singleShot(0, look)
sys.exit(app.exec())
"""
_OURS = """
import sys, time
from fieldapp import app as composition

open_window = composition.open_window

def open_until_usable(*arguments):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    def look():
        app = QApplication.instance()
        for window in QApplication.topLevelWidgets():
            page = getattr(window, "page", None)
            if type(page).__name__ == "SignInScreen" and window.isVisible() and page.password.isEnabled():
                app.processEvents()
                print(time.monotonic())
                app.exit(7)
                return
        QTimer.singleShot(0, look)

    run_loop = QApplication.exec
    QApplication.exec = lambda *_: QTimer.singleShot(0, look) or run_loop()
    return open_window(*arguments)

composition.open_window = open_until_usable
from fieldapp.__main__ import main
main()
"""


def _seconds(code: str, folder: Path, *arguments: str) -> tuple[float, float]:
    """Return the seconds until the window is usable, and until the process is gone."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPYCACHEPREFIX": str(folder)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code, *arguments], env=environment, capture_output=True, check=False)
    ended = time.monotonic()
    assert done.returncode == _USABLE, done.stderr.decode()[-500:]
    return float(done.stdout) - began, ended - began


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "data"
        plan = demo_plan("rosa", "tres mesas pintan lunas 58")
        sign_out(set_up(data, plan, clock=clock, random_bytes=secrets.token_bytes).desk)
        start = ("window", "--data-dir", str(data))
        _seconds(_BARE, folder), _seconds(_OURS, folder, *start)
        rounds = [(_seconds(_BARE, folder), _seconds(_OURS, folder, *start)) for _ in range(ROUNDS)]
    for what, place in (("until usable", 0), ("whole process", 1)):
        bare = statistics.median(other[place] for other, _mine in rounds)
        ours = statistics.median(mine[place] for _other, mine in rounds)
        ratios = sorted(mine[place] / other[place] for other, mine in rounds)
        print(f"{what}: bare window {bare:.3f} s, sign-in window {ours:.3f} s (medians)")
        print(f"{what}: ratio {statistics.median(ratios):.2f}x, from {ratios[0]:.2f}x to {ratios[-1]:.2f}x")


if __name__ == "__main__":
    main()
