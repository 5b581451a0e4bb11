"""`fieldapp codes`: a list is written out, changed elsewhere and read again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldapp import code_lists
from fieldapp.commands.door import DONE, ENVIRONMENT, REFUSED
from tests.commands.conftest import Run


@pytest.fixture(autouse=True)
def _lists_of_the_program() -> Iterator[None]:
    yield
    code_lists.use({})


def test_codes_of_a_file_are_added_worded_and_ended(run: Run, post: Path, tmp_path: Path) -> None:
    listed = run("codes", "list", "services", "--data-dir", post).stdout
    assert "meal,Comida,Meal,yes" in listed.splitlines()
    file = tmp_path / "services.csv"
    file.write_text(
        listed.replace("meal,Comida,Meal,yes", "meal,Almuerzo,Lunch,no") + "shower,Ducha,Shower,\n", "utf-8"
    )

    done = run("codes", "import", "services", file, "--data-dir", post)
    assert done.exit_code == DONE, done.output
    assert "2 codes changed" in done.stdout
    assert "Nothing was changed" in run("codes", "import", "services", file, "--data-dir", post).stdout
    after = run("codes", "list", "services", "--data-dir", post).stdout.splitlines()
    assert {"meal,Almuerzo,Lunch,no", "shower,Ducha,Shower,yes"} <= set(after)


def test_what_cannot_be_taken_is_told(run: Run, post: Path, tmp_path: Path) -> None:
    file = tmp_path / "posts.csv"
    assert run("codes", "import", "services", file, "--data-dir", post).exit_code == ENVIRONMENT
    file.write_text("code,label_es\nestadio,Estadio\n", "utf-8")
    wrong = run("codes", "import", "border_posts", file, "--data-dir", post)
    assert wrong.exit_code == REFUSED
    assert "two to six capital letters" in wrong.output
    assert "Lists that can" in run("codes", "list", "sex", "--data-dir", post).output
