"""Families in by file, slips and lists out: each command on a real post, with its exit codes and its words."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pypdf
import pytest

from fieldapp.commands.door import DONE, ENVIRONMENT, FOUND_WRONG, REFUSED, SIGN_IN
from fieldapp.documents.layouts import LAYOUTS
from fieldapp.exchange.people_list import read_csv
from fieldapp.storage.folder_lock import FolderLock
from tests.commands.conftest import Run

ANA: dict[str, Any] = {
    "members": [{"given_names": "Ana", "surnames": "Peña", "birth": "1990-05-01", "nationalities": ["VEN"]}]
}
LUZ: dict[str, Any] = {"members": [{"given_names": "Luz"}, {"given_names": "Iván", "relationship": "SON_DAUGHTER"}]}


def families(path: Path, *groups: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"groups": groups}, indent=1, ensure_ascii=False), "utf-8")
    return path


def names(run: Run, post: Path) -> list[str]:
    """Return the given names of everybody registered, as the export has them."""
    out = post.parent / "everybody.csv"
    result = run("export", "--out", out, "--data-dir", post)
    assert result.exit_code == DONE, result.output
    return [row.given_names for row in read_csv(out.read_text("utf-8"))]


def test_a_list_to_hand_on_names_nobody_who_refuses(run: Run, post: Path, tmp_path: Path) -> None:
    refusing = {**ANA, "consent": "no"}
    run("register", families(tmp_path / "f.json", refusing), "--slips", tmp_path / "slips", "--data-dir", post)
    assert names(run, post) == ["Ana"]
    out = tmp_path / "partners.csv"
    assert run("export", "--out", out, "--for", "partners", "--data-dir", post).exit_code == DONE
    assert [row.given_names for row in read_csv(out.read_text("utf-8"))] == [""]


def test_families_are_registered_and_their_slips_verify(run: Run, post: Path, tmp_path: Path) -> None:
    slips = tmp_path / "slips"
    result = run("register", families(tmp_path / "f.json", ANA, LUZ), "--slips", slips, "--data-dir", post)
    assert result.exit_code == DONE, result.output
    numbers = result.stdout.split()
    assert [number[:12] for number in numbers] == ["PSB-A7-00001", "PSB-A7-00002"]
    assert sorted(path.name for path in slips.iterdir()) == [f"{number}.pdf" for number in numbers]
    assert names(run, post) == ["Ana", "Luz", "Iván"]

    verified = run("verify", slips / f"{numbers[1]}.pdf", "--json", "--data-dir", post)
    assert verified.exit_code == DONE
    said = json.loads(verified.stdout)
    assert said["valid"] is True
    (slip,) = said["slips"]
    assert (slip["verdict"], slip["signature_holds"], slip["number"]) == ("valid", True, numbers[1])
    assert [member["given_names"] for member in slip["members"]] == ["Luz", "Iván"]


def test_verify_speaks_plainly_and_needs_no_register(run: Run, post: Path, tmp_path: Path) -> None:
    run("register", families(tmp_path / "f.json", ANA), "--slips", tmp_path, "--data-dir", post)
    (slip,) = tmp_path.glob("PSB-*.pdf")
    unknown = run("verify", slip)
    assert unknown.exit_code == FOUND_WRONG
    assert unknown.stdout.startswith("Issuer not known here")
    assert "Ana Peña" in unknown.stdout
    assert json.loads(run("verify", slip, "--json").stdout)["slips"][0]["signature_holds"] is None


@pytest.mark.parametrize("text", ["hola", "6BF5", "x" * 5000, "A" * 300])
def test_a_text_that_is_no_slip_is_told_so(run: Run, text: str) -> None:
    result = run("verify", text)
    assert (result.exit_code, result.stdout.strip()) == (FOUND_WRONG, "This is not a slip of a registration.")


def test_files_that_cannot_be_verified_are_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"no picture\0")
    for file, code, word in (("x.png", REFUSED, "not a PNG"), ("missing.pdf", ENVIRONMENT, "is not there")):
        result = run("verify", tmp_path / file)
        assert result.exit_code == code
        assert word in result.stderr
        assert result.stderr.count("\n") == 1


def test_a_slip_without_a_code_on_it_is_told(run: Run, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(300, 300)
    writer.write(tmp_path / "blank.pdf")
    result = run("verify", tmp_path / "blank.pdf")
    assert (result.exit_code, "No QR code" in result.stderr) == (REFUSED, True)


def test_a_bad_family_is_named_by_line_and_field_and_nothing_of_it_is_stored(
    run: Run, post: Path, tmp_path: Path
) -> None:
    bad = {"members": [{"given_names": "Eva"}, {"given_names": "Leo", "relationship": "SON", "birth": "2099-01-01"}]}
    file = families(tmp_path / "f.json", ANA, bad, LUZ)
    result = run("register", file, "--slips", tmp_path / "slips", "--data-dir", post)
    assert result.exit_code == REFUSED
    assert len(result.stdout.split()) == 2
    told = result.stderr.splitlines()
    line = file.read_text("utf-8").splitlines().index('     "relationship": "SON",') + 1
    assert told[0].startswith(f"Line {line}, groups[1].members[1].relationship: SON is not in the list")
    assert told[1].startswith(f"Line {line + 1}, groups[1].members[1].birth: The birth date lies in the future")
    assert told[-1] == "Registered families: 2; left out because of mistakes: 1"
    assert names(run, post) == ["Ana", "Luz", "Iván"]
    assert len(list((tmp_path / "slips").iterdir())) == 2


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "Line 1, column 1: this is not JSON"),
        (b'{"groups": [{"members": [{"given_names": "Ana"},]}]}', "Line 1, column 49: this is not JSON"),
        (b'{"groups":\n[{}]\n, "groups": []}', "Line 3, column 3: the key groups"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"families": []}', "Line 1: the file needs a list of families"),
        (b'{"groups": [{"members": [{"given_names": "\xf1"}]}]}', "is not UTF-8 text (byte 43"),
        (b"PK\x03\x04\xff\xfe", "is not UTF-8 text"),
    ],
)
def test_a_malformed_file_registers_nobody(run: Run, post: Path, tmp_path: Path, content: bytes, word: str) -> None:
    (tmp_path / "f.json").write_bytes(content)
    result = run("register", tmp_path / "f.json", "--data-dir", post)
    assert result.exit_code == REFUSED
    assert word in result.stderr
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.output
    assert names(run, post) == []


@pytest.mark.parametrize(
    "name",
    ["Robert'); DROP TABLE change;--", "María 🦜 José", "محمد عبد الله", "שרה", "=cmd|' /C calc'!A0", "O'Brien", "<b>Ana</b>", "Ñusta\u0301",
     "李小龍", "%s %d {0} {x}", "../../etc/passwd"],
)  # fmt: skip
def test_strange_names_are_kept_as_typed_and_harm_nothing(run: Run, post: Path, tmp_path: Path, name: str) -> None:
    file = families(tmp_path / "f.json", {"members": [{"given_names": name, "surnames": "Peña"}]}, ANA)
    result = run("register", file, "--slips", tmp_path / "slips", "--data-dir", post)
    assert result.exit_code == DONE, result.output
    kept = names(run, post)
    assert kept[1] == "Ana"
    assert kept[0] == unicodedata.normalize("NFC", name)
    slip = tmp_path / "slips" / f"{result.stdout.split()[0]}.pdf"
    said = json.loads(run("verify", slip, "--json", "--data-dir", post).stdout)
    assert said["slips"][0]["members"][0]["given_names"] == kept[0]


@pytest.mark.parametrize(
    ("member", "word"),
    [
        ({"given_names": "A" * 500}, "given_names"),
        ({"given_names": "Ana", "birth": "1066-10-14"}, "birth: This would be more than 120 years ago"),
        ({"given_names": "Ana", "birth": {"age": 400}}, "birth.age: This must be a whole number from 0 to 120"),
        ({"given_names": " \t "}, "given_names: Write a name or a surname"),
        ({}, "given_names: Write a name or a surname"),
        ({"given_names": "Ana", "nationalities": ["VENEZUELA"]}, "nationalities: VENEZUELA is not in the list"),
        ({"given_names": "Ana", "name": "x"}, "name: There is no key name"),
    ],
)
def test_absurd_entries_are_refused_in_words(run: Run, post: Path, tmp_path: Path, member: object, word: str) -> None:
    result = run("register", families(tmp_path / "f.json", {"members": [member]}), "--data-dir", post)
    assert result.exit_code == REFUSED
    assert f"groups[0].members[0].{word}" in result.stderr
    assert names(run, post) == []


def test_a_wrong_password_and_a_post_that_is_none(
    run: Run, post: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = families(tmp_path / "f.json", ANA)
    assert run("register", file, "--data-dir", tmp_path / "nothing").exit_code in {REFUSED, ENVIRONMENT}
    monkeypatch.setenv("FIELDAPP_PASSWORD", "wrong")
    result = run("register", file, "--data-dir", post)
    assert result.exit_code == SIGN_IN
    assert result.stderr.startswith("The password is not right")


def test_a_second_program_on_the_folder_says_so(run: Run, post: Path, tmp_path: Path) -> None:
    lock = FolderLock.take(post)
    try:
        result = run("register", families(tmp_path / "f.json", ANA), "--data-dir", post)
    finally:
        lock.release()
    assert (result.exit_code, result.stderr.startswith("Another fieldapp window")) == (ENVIRONMENT, True)


def test_slips_into_a_place_that_cannot_be_one_stop_before_anybody_is_registered(
    run: Run, post: Path, tmp_path: Path
) -> None:
    file = families(tmp_path / "f.json", ANA)
    result = run("register", file, "--slips", file, "--data-dir", post)
    assert result.exit_code == ENVIRONMENT
    assert names(run, post) == []


def test_a_layout_that_there_is_none_of_is_refused_with_the_known_ones(run: Run, post: Path, tmp_path: Path) -> None:
    file = families(tmp_path / "families.json", {"members": [{"given_names": "Ana", "surnames": "Pérez"}]})
    result = run("register", file, "--slips", tmp_path / "slips", "--layout", "a5", "--data-dir", post)
    assert result.exit_code == 3
    assert "There is no layout of slips a5" in result.stderr
    assert all(name in result.stderr for name in LAYOUTS)
    assert (names(run, post), (tmp_path / "slips").exists()) == ([], False)


def test_summary_counts_what_was_registered(run: Run, post: Path, tmp_path: Path) -> None:
    run("register", families(tmp_path / "f.json", ANA, LUZ), "--data-dir", post)
    result = run(
        "summary",
        "--cut-off",
        "24:00",
        "--out",
        tmp_path / "s.pdf",
        "--language",
        "en",
        "--paper",
        "a4",
        "--data-dir",
        post,
    )
    assert result.exit_code == DONE, result.output
    assert "3 arrivals in 2 groups" in result.stdout
    page = pypdf.PdfReader(tmp_path / "s.pdf").pages[0]
    assert "Ana" not in page.extract_text()
    assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--date", "yesterday"), "yesterday is not a day"),
        (("--cut-off", "8pm"), "8pm is not a time"),
        (("--paper", "a5"), "There is no paper a5"),
        (("--language", "xx"), "does not speak xx"),
    ],
)
def test_a_summary_of_nothing_sensible_is_refused(
    run: Run, post: Path, tmp_path: Path, arguments: tuple[str, str], word: str
) -> None:
    result = run("summary", *arguments, "--out", tmp_path / "s.pdf", "--data-dir", post)
    assert (result.exit_code, word in result.stderr) == (REFUSED, True)
    assert not (tmp_path / "s.pdf").exists()


def test_an_unknown_format_is_refused(run: Run, post: Path, tmp_path: Path) -> None:
    result = run("export", "--format", "xml", "--out", tmp_path / "l.xml", "--data-dir", post)
    assert (result.exit_code, "There is no list in the format xml" in result.stderr) == (REFUSED, True)
