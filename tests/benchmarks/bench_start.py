"""How long the program takes from its start to a usable sign-in window, against a bare PySide6 window.

Run by hand: `python -m tests.benchmarks.bench_start`. Both are whole processes, in turn; prints medians and the ratio.
"""

import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fieldapp.commands.opening import clock
from fieldapp.services.demo import demo_plan
from fieldapp.services.set_up import set_up
from fieldapp.services.sign_in import sign_out

ROUNDS = 15
_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
app = QApplication(sys.argv[:1])
window = QWidget()
field = QLineEdit()
QVBoxLayout(window).addWidget(field)
window.resize(1366, 740)
window.show()
window.activateWindow()
QTimer.singleShot(0, lambda: (field.setFocus(), app.processEvents(), app.quit()))
app.exec()
"""
_OURS = """
import secrets, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from fieldapp.commands.opening import clock
from fieldapp.ui import program
from fieldapp.ui.surroundings import Surroundings

def look():
    app = QApplication.instance()
    for window in QApplication.topLevelWidgets():
        page = getattr(window, "page", None)
        if type(page).__name__ == "SignInScreen" and window.isVisible():
            app.processEvents()
            app.exit(7)
            return
    QTimer.singleShot(0, look)

class Watched(program.MainWindow):
    def begin(self):
        super().begin()
        QTimer.singleShot(0, look)

program.MainWindow = Watched
sys.exit(program.run(Surroundings(Path(sys.argv[1]), clock, secrets.token_bytes)))
"""


def _seconds(code: str, *arguments: str, expected: int = 0) -> float:
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, *arguments], env=environment, capture_output=True, check=False)
    spent = time.perf_counter() - began
    assert done.returncode == expected, done.stderr.decode()[-500:]
    return spent


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        plan = demo_plan("rosa", "tres mesas pintan lunas 58")
        sign_out(set_up(data, plan, clock=clock, random_bytes=secrets.token_bytes).desk)
        _seconds(_BARE), _seconds(_OURS, str(data), expected=7)
        bare, ours = [], []
        for _ in range(ROUNDS):
            bare.append(_seconds(_BARE))
            ours.append(_seconds(_OURS, str(data), expected=7))
    ratios = sorted(mine / other for mine, other in zip(ours, bare, strict=True))
    print(f"bare window:    median {statistics.median(bare):.2f} s")
    print(f"sign-in window: median {statistics.median(ours):.2f} s")
    print(f"ratio: median {statistics.median(ratios):.2f}x, from {ratios[0]:.2f}x to {ratios[-1]:.2f}x")


if __name__ == "__main__":
    main()
