"""Comparing lists from the command line."""

import csv
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands.conftest import Run

LEFT = """given_names,surnames,sex,birth_date,document_number,phone,nationality,locality,note
María,Gonzales Pérez,F,14/02/1989,V-17345221,,Venezuela,Cúcuta,x
Wilmer,Rojas,M,not known,,,VEN,,
Zoraida,Quispe,F,31/31/1990,,,,,
"""
RIGHT = """Nombres;Apellidos;Sexo;Fecha de nacimiento;Cédula
Ana;Mora;mujer;1990-01-02;
Maria;Gonzalez Perez;mujer;1989-02-14;17.345.221
Guilmer;Rojas;hombre;1979;
"""


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compared(run: Run, tmp_path: Path, left: bytes | str, right: bytes | str, *options: object) -> list[dict[str, str]]:
    for name, content in (("left", left), ("right", right)):
        (tmp_path / f"{name}.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    out = tmp_path / "pairs.csv"
    done = run("match", tmp_path / "left.csv", "--against", tmp_path / "right.csv", "--out", out, *options)
    assert done.exit_code == 0, done.output
    return rows(out)


def test_two_lists_are_compared_without_signing_in(run: Run, tmp_path: Path) -> None:
    found = compared(run, tmp_path, LEFT, RIGHT)

    assert list(found[0]) == ["left_row", "right_row", "probability", "grade", "reasons"]
    assert (found[0]["left_row"], found[0]["right_row"], found[0]["grade"]) == ("1", "2", "strong")
    assert float(found[0]["probability"]) > 0.99
    assert found[0]["reasons"].split()[0] == "document_exact"
    assert all(row["left_row"] != "3" for row in found)


def test_names_alone_are_a_possibility_at_most(run: Run, tmp_path: Path) -> None:
    found = compared(run, tmp_path, LEFT, RIGHT, "--min-probability", "0.001")

    wilmer = [row for row in found if row["left_row"] == "2"]
    assert [(row["right_row"], row["grade"]) for row in wilmer] in ([("3", "possible")], [("3", "weak")])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_other_encodings_are_read(run: Run, tmp_path: Path, encoding: str) -> None:
    found = compared(run, tmp_path, LEFT.encode(encoding), RIGHT)

    assert found[0]["right_row"] == "2"
    assert "surnames_sound" in found[0]["reasons"]


def test_an_hxl_row_names_the_columns(run: Run, tmp_path: Path) -> None:
    left = (
        "A,B,C,D\n#respondee+name+given,#respondee+name+family,#date+birth,#id+doc\nMaria,Gonzalez,14/2/1989,17345221\n"
    )

    found = compared(run, tmp_path, left, RIGHT)

    assert [(row["left_row"], row["right_row"]) for row in found] == [("1", "2")]


@pytest.mark.parametrize(
    ("names", "born"),
    [
        ("محمد,الحسن", "1990-05-06"),
        ("小明,王", "1985-11-30"),
        ("Олександр,Шевченко", "1971-08-24"),
        ("Nguyễn,Văn An", "2001-02-03"),
    ],
)
def test_names_of_any_script(run: Run, tmp_path: Path, names: str, born: str) -> None:
    lines = "given_names,surnames,birth_date\n" + "".join(f"Ana{n},Luna{n},19{50 + n}-01-02\n" for n in range(40))

    found = compared(run, tmp_path, f"{lines}{names},{born}\n", f"given_names,surnames,birth_date\n{names},{born}\n")

    assert [(row["left_row"], row["right_row"], row["grade"]) for row in found] == [("41", "1", "strong")]


def test_two_hundred_columns_and_formulas_do_no_harm(run: Run, tmp_path: Path) -> None:
    header = ",".join([*(f"c{n}" for n in range(200)), "given_names", "surnames", "birth_date"])
    line = ",".join([*("=1+1" for _ in range(200)), "=cmd|' /C calc'!A0", "Pérez", "1990-01-05"])

    found = compared(run, tmp_path, f"{header}\n{line}\n", f"{header}\n{line}\n", "--min-probability", "0")

    assert [row["left_row"] for row in found] == ["1"]


@pytest.mark.parametrize("content", ["", "\n\n", "Ana,Luna\nRosa,Parra\n", "a;b;c\n1;2;3\n"])
def test_a_list_without_known_columns_is_refused_in_words(run: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "left.csv").write_text(content)
    (tmp_path / "right.csv").write_text(RIGHT)

    done = run("match", tmp_path / "left.csv", "--against", tmp_path / "right.csv", "--out", tmp_path / "out.csv")

    assert done.exit_code == 3
    assert "left.csv has no column that can be compared" in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_a_list_is_compared_with_the_register(run: Run, tmp_path: Path, post: Path) -> None:
    maria = {
        "given_names": "María", "surnames": "González Pérez", "sex": "F", "birth": "1989-02-14",
        "documents": [{"kind": "VE_CED_V", "number": "V-17.345.221", "country": "VEN"}],
    }  # fmt: skip
    entry = tmp_path / "family.json"
    entry.write_text(json.dumps({"groups": [{"members": [maria]}]}))
    registered = run("register", entry, "--data-dir", post)
    assert registered.exit_code == 0, registered.output
    (tmp_path / "left.csv").write_text(LEFT)

    done = run("match", tmp_path / "left.csv", "--out", tmp_path / "pairs.csv", "--data-dir", post)

    assert done.exit_code == 0, done.output
    assert [(row["left_row"], row["grade"]) for row in rows(tmp_path / "pairs.csv")] == [("1", "strong")]
    assert rows(tmp_path / "pairs.csv")[0]["registration_number"].endswith("-1")
    assert "3 records compared with 1: 1 pairs, 1 of them strong" in done.stdout


def test_the_chances_of_a_register_need_people(run: Run, tmp_path: Path, post: Path) -> None:
    done = run("match", "--estimate", "--out", tmp_path / "parameters.csv", "--data-dir", post)

    assert done.exit_code == 3
    assert "There are 0 people in the register; an estimate needs at least 200." in done.stderr
    assert run("match", "--out", tmp_path / "pairs.csv").exit_code == 2


def test_ctrl_c_stops_a_comparison_in_words_and_writes_nothing(tmp_path: Path) -> None:
    lines = (f"Ana{n % 97} Rosa,Luna{n % 89} Mora,19{50 + n % 50}-0{1 + n % 9}-1{n % 9}\n" for n in range(19_000))
    (tmp_path / "left.csv").write_text("given_names,surnames,birth_date\n" + "".join(lines))
    (tmp_path / "right.csv").write_bytes((tmp_path / "left.csv").read_bytes())
    out = tmp_path / "pairs.csv"
    command = [sys.executable, "-m", "fieldapp", "match", "left.csv", "--against", "right.csv", "--out", "pairs.csv"]

    # What a shell started behind it ignores Ctrl+C, and so would what is started here.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as running:
        signal.signal(signal.SIGINT, before)
        while not out.with_name(".pairs.csv.new").exists() and running.poll() is None:
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        said = running.communicate()[1]

    assert running.returncode == 130
    assert "No pairs were written." in said
    assert "Traceback" not in said
    assert sorted(path.name for path in tmp_path.glob("*csv*")) == ["left.csv", "right.csv"]


def test_pairs_are_never_written_over_a_list(run: Run, tmp_path: Path) -> None:
    left = tmp_path / "left.csv"
    left.write_text(LEFT)

    done = run("match", left, "--against", left, "--out", left)

    assert done.exit_code == 3
    assert "written over left.csv" in done.stderr
    assert left.read_text() == LEFT
