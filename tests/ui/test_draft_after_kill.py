"""A program that is killed while a family is being typed offers that family again at its next start."""

import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

from fieldapp.services.drafts import drafts
from fieldapp.services.sign_in import sign_in
from fieldapp.ui.models.draft_content import from_map

PASSWORD = "siete burros cruzan puente"

_TYPING = """
import secrets, sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication
from fieldapp.i18n import language
from fieldapp.settings import Settings
from fieldapp.ui import theme
from fieldapp.ui.session import Session
from fieldapp.ui.shell import MainShell
from fieldapp.ui.work import Work
from fieldapp.services.set_up import SetUpPlan, set_up
from tests.ui.keys import type_text

app = QApplication([])
theme.apply(app, Settings())
plan = SetUpPlan("Frontera", "Alcaldía", "+57", "PSB", "La Parada", "A7", "rosa", "Rosa", sys.argv[2])
now_ms = lambda: int(time.time() * 1000)
desk = set_up(Path(sys.argv[1]), plan, clock=now_ms, random_bytes=secrets.token_bytes).desk
shell = MainShell(Session(desk, Work(), Settings(), language("en")))
shell.show()
shell.go_to("register")
form = shell.places["register"].form
type_text(form.focal.given_names, "María")
type_text(form.focal.surnames, "Villalobos Ñáñez")
type_text(form.focal.born, "14/2/19")
print("typed", flush=True)
app.exec()
"""


def now_ms() -> int:
    return int(time.time() * 1000)


def test_what_was_typed_half_a_second_before_the_kill_is_there(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent.parent
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root)}
    program = subprocess.Popen(
        [sys.executable, "-c", _TYPING, str(tmp_path), PASSWORD], stdout=subprocess.PIPE, env=environment, text=True
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "typed\n"
    time.sleep(1.5)  # longer than the half second that may be lost, for a machine under load
    program.send_signal(signal.SIGKILL)
    program.wait(timeout=10)
    program.stdout.close()

    desk = sign_in(tmp_path, "rosa", PASSWORD, clock=now_ms, random_bytes=secrets.token_bytes)
    (draft,) = drafts(desk)
    (person,) = from_map(draft.content).people
    assert (person.given_names, person.surnames, person.born) == ("María", "Villalobos Ñáñez", "14/2/19")
    desk.close()
