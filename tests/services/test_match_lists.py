"""Long lists are compared piece by piece, and nothing is different for it."""

from datetime import date
from pathlib import Path

import pytest

from fieldapp.services.match_lists import MatchCancelled, match_two

TODAY = date(2026, 1, 5)
NAMES = ("Ana", "Rosa", "Luz", "Zoraida", "Wilmer", "Yesenia", "Omar", "Ines")
SURNAMES = ("Quispe Mora", "Rojas Paz", "Chávez Luna", "Peña Díaz", "Tovar")


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    people = [
        f"{name},{surnames},{1950 + 7 * place}-03-{10 + place}"
        for place, name in enumerate(NAMES)
        for surnames in SURNAMES
    ]
    left, right = tmp_path / "left.csv", tmp_path / "right.csv"
    left.write_text("\n".join(("given_names,surnames,birth_date", *people)))
    right.write_text("\n".join(("given_names,surnames,birth_date", *reversed(people))))
    return left, right


def test_a_list_in_pieces_has_the_same_pairs_in_the_same_order(lists: tuple[Path, Path], tmp_path: Path) -> None:
    whole, pieces = tmp_path / "whole.csv", tmp_path / "pieces.csv"

    at_once = match_two(*lists, whole, TODAY)
    piece_by_piece = match_two(*lists, pieces, TODAY, at_once=7)

    assert pieces.read_bytes() == whole.read_bytes()
    assert piece_by_piece == at_once
    assert at_once.strong == len(NAMES) * len(SURNAMES)


def test_progress_says_how_much_is_read_and_then_how_much_is_compared(lists: tuple[Path, Path], tmp_path: Path) -> None:
    said: list[tuple[int, int]] = []

    match_two(*lists, tmp_path / "pairs.csv", TODAY, at_once=7, progress=lambda *its: said.append(its))

    assert said == [(0, 0), (0, 40 * 6)]


def test_a_comparison_that_is_stopped_leaves_the_pairs_of_before(lists: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "pairs.csv"
    out.write_text("of before")
    answers = iter((False, True))

    with pytest.raises(MatchCancelled):
        match_two(*lists, out, TODAY, cancelled=lambda: next(answers))

    assert out.read_text() == "of before"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
