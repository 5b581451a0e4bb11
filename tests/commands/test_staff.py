"""`fieldapp staff` at an administrator's hand: who can sign in afterwards, and who cannot."""

from pathlib import Path

import pytest
from typer.testing import Result

from fieldapp.commands.door import DONE, REFUSED, SIGN_IN, USAGE
from tests.commands.conftest import PASSWORD, STAFF, Run

FIRST, SECOND = "nube cobre violín 33", "sapo vidrio cometa 21"


@pytest.fixture
def luis(run: Run, post: Path) -> str:
    """A registrar who was added on the command line."""
    result = run("staff", "add", "luis", "--name", "Luis Peña", "--data-dir", post, FIELDAPP_NEW_PASSWORD=FIRST)
    assert (result.exit_code, result.stdout) == (DONE, "luis can sign in now.\n")
    return "luis"


def signs_in(run: Run, post: Path, name: str, password: str) -> Result:
    return run("check", "--data-dir", post, FIELDAPP_STAFF=name, FIELDAPP_PASSWORD=password)


def listed(run: Run, post: Path) -> dict[str, str]:
    """Return who is listed, and the end of their line."""
    result = run("staff", "list", "--data-dir", post)
    assert result.exit_code == DONE, result.output
    return {line.split()[0]: line.split()[-1] for line in result.stdout.splitlines()}


def refused(result: Result, code: int, *words: str) -> None:
    assert result.exit_code == code, result.output
    assert result.stderr.count("\n") == 1, result.stderr
    assert all(word in result.stderr for word in words), result.stderr


def test_somebody_added_signs_in_and_does_what_the_role_permits(run: Run, post: Path, luis: str) -> None:
    assert listed(run, post) == {STAFF: "Administrator", luis: "Registrar"}
    assert signs_in(run, post, luis, FIRST).exit_code == DONE
    for command in (("staff", "list"), ("staff", "reset", STAFF), ("staff", "disable", STAFF, "--reason", "x")):
        result = run(*command, "--data-dir", post, FIELDAPP_STAFF=luis, FIELDAPP_PASSWORD=FIRST,
                     FIELDAPP_NEW_PASSWORD=SECOND)  # fmt: skip
        refused(result, REFUSED, "Your role does not permit this")


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("corto", ("at least 10 characters", "Make it longer")),
        ("luis luis luis", ("Four words that have nothing to do with each other",)),
        ("qwertyuiopas", ("Four words",)),
    ],
)
def test_a_weak_password_is_refused_with_the_reason_and_what_would_be_better(
    run: Run, post: Path, password: str, words: tuple[str, ...]
) -> None:
    result = run("staff", "add", "luis", "--name", "Luis", "--data-dir", post, FIELDAPP_NEW_PASSWORD=password)
    refused(result, REFUSED, "The new password is too weak.", *words)
    assert password not in result.output
    assert listed(run, post) == {STAFF: "Administrator"}


def test_names_that_are_none_or_taken_are_refused(run: Run, post: Path) -> None:
    more = ("--data-dir", post)
    taken = run("staff", "add", STAFF.upper(), "--name", "Otra", *more, FIELDAPP_NEW_PASSWORD=FIRST)
    refused(taken, REFUSED, f"short_name: There is already a staff member {STAFF.upper()}")
    none = run("staff", "add", "a b", "--name", " ", *more, FIELDAPP_NEW_PASSWORD=FIRST)
    refused(none, REFUSED, "short_name: A short name has", "display_name: This is needed")
    assert run("staff", "add", "ana", "--name", "A", "--role", "boss", *more).exit_code == USAGE
    assert run("staff", "add", "ana", *more, FIELDAPP_NEW_PASSWORD=FIRST).exit_code == USAGE


def test_a_new_password_replaces_the_forgotten_one(run: Run, post: Path, luis: str) -> None:
    result = run("staff", "reset", luis.title(), "--data-dir", post, FIELDAPP_NEW_PASSWORD=SECOND)
    assert result.exit_code == DONE, result.output
    refused(signs_in(run, post, luis, FIRST), SIGN_IN, "The password is not right")
    assert signs_in(run, post, luis, SECOND).exit_code == DONE


def test_one_changes_ones_own_password(run: Run, post: Path, luis: str) -> None:
    own = {"FIELDAPP_STAFF": luis, "FIELDAPP_PASSWORD": FIRST}
    weak = run("staff", "password", "--data-dir", post, **own, FIELDAPP_NEW_PASSWORD="Luis Peña")
    refused(weak, REFUSED, "too weak")
    nothing = run("staff", "password", "--data-dir", post, **own)
    refused(nothing, SIGN_IN, "Set FIELDAPP_NEW_PASSWORD")

    assert run("staff", "password", "--data-dir", post, **own, FIELDAPP_NEW_PASSWORD=SECOND).exit_code == DONE
    refused(signs_in(run, post, luis, FIRST), SIGN_IN)
    assert signs_in(run, post, luis, SECOND).exit_code == DONE


def test_somebody_disabled_is_turned_away_and_stays_in_the_list(run: Run, post: Path, luis: str) -> None:
    command = ("staff", "disable", luis, "--data-dir", post, "--reason")
    refused(run(*command, "  "), REFUSED, "Say why")
    assert signs_in(run, post, luis, FIRST).exit_code == DONE

    assert run(*command, "left the post").exit_code == DONE

    refused(signs_in(run, post, luis, FIRST), SIGN_IN)
    assert listed(run, post)[luis] == "(disabled)"
    refused(run("staff", "reset", luis, "--data-dir", post, FIELDAPP_NEW_PASSWORD=SECOND), REFUSED, luis)
    assert signs_in(run, post, STAFF, PASSWORD).exit_code == DONE


@pytest.mark.parametrize("command", [("reset", "nadie"), ("disable", "nadie", "--reason", "x")])
def test_nobody_of_that_name_is_bad_input_and_no_refused_sign_in(
    run: Run, post: Path, command: tuple[str, ...]
) -> None:
    result = run("staff", *command, "--data-dir", post, FIELDAPP_NEW_PASSWORD=SECOND)
    refused(result, REFUSED, "There is no staff member nadie")


def test_one_does_not_shut_oneself_out(run: Run, post: Path) -> None:
    refused(run("staff", "disable", STAFF, "--reason", "x", "--data-dir", post), REFUSED, "cannot do this to yourself")
    refused(
        run("staff", "reset", STAFF, "--data-dir", post, FIELDAPP_NEW_PASSWORD=FIRST), REFUSED, "to yourself"
    )  # fmt: skip
    assert signs_in(run, post, STAFF, PASSWORD).exit_code == DONE


def test_wrong_passwords_are_counted_and_then_wait(run: Run, post: Path) -> None:
    said = [run("staff", "list", "--data-dir", post, FIELDAPP_PASSWORD="no es esta").stderr for _ in range(5)]
    assert "4 more tries" in said[0]
    assert "Wait" in said[4]
    refused(run("staff", "list", "--data-dir", post), SIGN_IN, "Wait")
    refused(run("staff", "list", "--data-dir", post, FIELDAPP_STAFF="nadie"), SIGN_IN, "no staff member nadie")
