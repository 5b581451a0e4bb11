"""The state of the exchange in one sentence: the most pressing thing first."""

import pytest

from fieldapp.domain.backlog import Pressure
from fieldapp.domain.problems import Problem
from fieldapp.i18n import Language
from fieldapp.services.bundles import Imported
from fieldapp.services.elsewhere import Elsewhere
from fieldapp.ui.models.exchange_words import advice_words, imported_words, last_words, reason_words, state_words

NOW = 1_767_618_060_000


def state(records: int = 0, pressure: Pressure = Pressure.NONE, laptops: int = 1, **more: object) -> Elsewhere:
    values: dict[str, object] = {
        "last_written_ms": NOW, "last_taken_ms": None, "last_backup_ms": None, "conflicts": 0, "put_aside": 0,
        "waiting": 0, **more,
    }  # fmt: skip
    return Elsewhere(records, records, NOW if records else None, pressure, laptops, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "level", "sentence"),
    [
        (state(), "ok", "Everything is safe elsewhere"),
        (state(12, Pressure.SOME), "info", "12 records are only on this laptop, oldest 3 h"),
        (state(120, Pressure.WARN), "warn", "120 records are only on this laptop, oldest 3 h"),
        (state(1, Pressure.DANGER), "danger", "1 record is only on this laptop, oldest 3 h"),
        (state(12, Pressure.SOME, revoked=True), "danger", "This laptop was revoked"),
        (state(12, Pressure.SOME, expires_ms=NOW), "danger", "The certificate of this laptop ran out"),
        (state(last_written_ms=None), "info", "Nothing is registered yet"),
        (state(last_written_ms=None, last_backup_ms=NOW), "ok", "Everything has a back-up"),
    ],
)
def test_one_sentence_says_where_it_stands(language: Language, given: Elsewhere, level: str, sentence: str) -> None:
    kind, said, meaning = state_words(language, given, "3 h", NOW)
    assert (kind, said) == (level, sentence)
    assert meaning


def test_a_danger_says_that_it_is_one(language: Language) -> None:
    assert "more than the operation allows" in state_words(language, state(1, Pressure.DANGER), "25 h", NOW)[2]


def test_what_waits_is_said_below(language: Language) -> None:
    said = last_words(language, state(waiting=2), str)
    assert "2 entries wait for another stick" in said
    assert "No back-up was made" in said


def test_what_came_of_files_is_said_line_by_line(language: Language, tmp_path) -> None:
    done = Imported(files=2, added=9, waiting=1, put_aside=3)
    done.refused = [(tmp_path, Problem("bundle_damaged", name=f"{number}.bundle")) for number in range(6)]
    kind, said = imported_words(language, done, "K7")
    lines = said.split("\n")
    assert kind == "warn"
    assert lines[0] == "9 new entries were taken in."
    assert len(lines) == 8
    assert lines[-1] == "And 2 more files."


def test_every_reason_has_its_words(language: Language) -> None:
    for reason in ("fork", "follows_fork", "device_revoked_line", "signature_wrong", "payload_differs"):
        assert reason_words(language, reason)[0].isupper()
        assert advice_words(language, reason)
