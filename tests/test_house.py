"""The checks of the house run as they are documented."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from fieldapp.exchange import claims, registration_file

ROOT = Path(__file__).parent.parent


def test_ci_takes_its_command_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    block = readme.split("<!-- test command -->")[1].split("<!-- end -->")[0]
    lines = [line for line in block.splitlines() if line and not line.startswith("```")]
    assert len(lines) == 1
    for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports", "pytest"):
        assert tool in lines[0]
    assert "<!-- test command -->" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_no_file_of_the_program_has_two_subjects() -> None:
    lengths = {
        path.relative_to(ROOT): len(path.read_text("utf-8").splitlines()) for path in (ROOT / "fieldapp").rglob("*.py")
    }
    assert {path: length for path, length in lengths.items() if length > 400} == {}


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "benchmarks").glob("[a-z]*.py")), ids=lambda path: path.stem)
def test_every_benchmark_can_be_loaded(path: Path) -> None:
    """They are run by hand and seldom: what they use must not be renamed without them."""
    command = [sys.executable, "-c", f"import tests.benchmarks.{path.stem}"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, check=False)
    if "No module named 'pandas'" in done.stderr:
        pytest.skip("needs the extra bench")
    assert done.returncode == 0, done.stderr


def test_the_readme_documents_what_the_code_documents() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for module, begins in ((claims, "| key | what"), (registration_file, "```json")):
        said = inspect.getdoc(module) or ""
        assert said[said.index(begins) :] in readme
    assert ", ".join(claims.RELATIONSHIPS) in readme
