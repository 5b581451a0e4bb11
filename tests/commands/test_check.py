"""`fieldapp check`: the register is verified, its index made anew, and Ctrl+C leaves both as they were."""

import json
import signal
import subprocess
import sys
from pathlib import Path

from tests.commands.conftest import Run

FAMILIES = 300


def register(run: Run, folder: Path, families: int) -> None:
    names = ("Ana", "Luz", "Iris", "Olga", "Nora")
    groups = [
        {"members": [
            {"given_names": name, "surnames": "Rojas", "relationship": "SON_DAUGHTER" if name != "Ana" else "HEAD"}
            for name in names
        ]}
        for _ in range(families)
    ]  # fmt: skip
    path = folder.parent / "families.json"
    path.write_text(json.dumps({"groups": groups}))
    done = run("register", path, "--data-dir", folder)
    assert done.exit_code == 0, done.output


def test_a_register_is_verified_and_its_index_made_anew(run: Run, post: Path) -> None:
    register(run, post, 2)

    done = run("check", "--rebuild-index", "--data-dir", post)

    assert done.exit_code == 0, done.output
    assert "The search index has 10 individuals." in done.stdout
    assert "The register is in order:" in done.stdout


def test_ctrl_c_stops_the_rebuild_and_the_register_is_as_before(run: Run, post: Path) -> None:
    register(run, post, FAMILIES)
    command = [sys.executable, "-u", "-m", "fieldapp", "check", "--rebuild-index", "--data-dir", str(post)]

    # What a shell started behind it ignores Ctrl+C, and so would what is started here.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        signal.signal(signal.SIGINT, before)
        assert running.stdout is not None
        assert "Making the search index anew" in running.stdout.readline()
        running.send_signal(signal.SIGINT)
        said = running.communicate()[1]

    assert running.returncode == 130, said
    assert "Stopped. What was finished until then is kept; nothing is half done." in said
    assert "Traceback" not in said
    done = run("check", "--data-dir", post)
    assert done.exit_code == 0, done.output
