"""The checks of the house run as they are documented."""

from pathlib import Path

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
