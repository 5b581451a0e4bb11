"""The wheel alone, unpacked far from the checkout, has all it needs: it starts, speaks Spanish and makes a day's papers."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldapp import __version__
from fieldapp.i18n import SLIP_LANGUAGES, SOURCE_LANGUAGE

ROOT = Path(__file__).parent.parent
SOURCES = ("fieldapp", "resources", "translations")
PAPERS = ("pyproject.toml", "README.md", "LICENSE", ".gitignore")

Run = Callable[..., str]


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel holds, and nothing else; unpacking needs neither pip nor a network."""
    source, built, target = (tmp_path_factory.mktemp(name) for name in ("source", "built", "target"))
    for name in SOURCES:
        # Built from a copy: the build writes compiled catalogues, which other tests may be reading.
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    for name in PAPERS:
        if (ROOT / name).exists():
            shutil.copy2(ROOT / name, source)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(built), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(target)
    return target


@pytest.fixture
def python(target: Path, tmp_path: Path) -> Run:
    """Run Python in an empty folder with the unpacked wheel before everything else; returns what it printed."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FIELDAPP_", "LC_", "LANG"))}

    def run(*arguments: object, language: str = "en_GB") -> str:
        environment = {**kept, "PYTHONPATH": str(target), "LANG": f"{language}.UTF-8"}
        command = [sys.executable, "-W", "error", *(str(argument) for argument in arguments)]
        done = subprocess.run(
            command, cwd=elsewhere, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return done.stdout

    return run


def test_it_finds_its_own_files_and_not_those_of_the_checkout(python: Run, target: Path) -> None:
    said = python("-c", "from fieldapp import paths; print(paths.__file__, paths.resources(), paths.translations())")

    package = target / "fieldapp"
    assert said.split() == [str(package / "paths.py"), str(package / "resources"), str(package / "translations")]


def test_every_resource_of_the_checkout_came_along(target: Path) -> None:
    def files(folder: Path) -> set[str]:
        return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}

    assert files(target / "fieldapp" / "resources") == files(ROOT / "resources")


def test_the_translations_are_compiled_already(python: Run, target: Path) -> None:
    catalogues = target / "fieldapp" / "translations"
    assert [path.name for path in catalogues.rglob("*.*") if path.is_file()] == ["fieldapp.mo"] * len(
        set(SLIP_LANGUAGES) - {SOURCE_LANGUAGE}
    )
    program = (
        "import sys; from fieldapp.i18n import language\n"
        "print(language('es').gettext('The register is ready in {folder}', folder='x'), 'babel' in sys.modules)"
    )
    assert python("-c", program).strip() == "El registro está listo en x False"


def test_it_tells_its_version_and_its_commands(python: Run) -> None:
    assert python("-m", "fieldapp", "--version").strip() == f"fieldapp {__version__}"
    commands = python("-m", "fieldapp", "--help")
    assert all(name in commands for name in ("setup", "register", "verify", "staff", "backup", "restore", "demo"))


@pytest.mark.parametrize(("language", "word"), [("es_CO", "familias"), ("en_GB", "families")])
def test_it_makes_a_day_with_all_its_papers(python: Run, tmp_path: Path, language: str, word: str) -> None:
    out = tmp_path / "day"

    said = python("-m", "fieldapp", "demo", "--out", out, "--groups", 3, language=language)

    assert f"3 {word}" in said
    slips = sorted((out / "slips").iterdir())
    assert len(slips) == 3
    assert all(paper.read_bytes().startswith(b"%PDF") for paper in (*slips, out / "summary.pdf"))
    assert {path.name for path in out.iterdir()} >= {"summary.pdf", "people.csv", "issuer.json", "slips", "data"}


def test_it_brings_the_command_to_type(target: Path) -> None:
    (about,) = target.glob("fieldapp-*.dist-info")
    assert "fieldapp = fieldapp.__main__:main" in (about / "entry_points.txt").read_text("utf-8")
