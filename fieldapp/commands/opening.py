"""What commands share: the data folder option, signing in without a window, and errors said in one line."""

import logging
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fieldapp import i18n, logs, paths, settings
from fieldapp.domain.problems import EnvironmentProblem, InvalidEntry, NotAllowed, NotFound, Problem
from fieldapp.i18n import Language
from fieldapp.words import say, weakness_words

if TYPE_CHECKING:
    from fieldapp.services.desk import Desk

DONE, UNEXPECTED, USAGE, REFUSED, ENVIRONMENT, SIGN_IN, FOUND_WRONG = range(7)
"""Exit codes: done; an error of ours; wrong usage; bad input or not allowed; disk, folder or file; sign-in; damage."""

STAFF_VARIABLE = "FIELDAPP_STAFF"
PASSWORD_VARIABLE = "FIELDAPP_PASSWORD"  # noqa: S105 - the name of a variable

_SIGN_IN_CODES = frozenset(
    ("wrong_password", "sign_in_locked", "unknown_staff", "staff_disabled", "not_interactive", "recovery_key_wrong")
)

DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Folder of the register; by default the user's own data folder.", metavar="DIR"),
]

_log = logging.getLogger(__name__)


def clock() -> int:
    """Return the wall time in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


random_bytes: Callable[[int], bytes] = secrets.token_bytes


def data_folder(data_dir: Path | None) -> Path:
    """Return the folder a command works on."""
    return data_dir or paths.default_data_folder()


def speech(folder: Path | None = None) -> Language:
    """Return the language of a laptop's settings, else of the system."""
    chosen = settings.load(folder).language if folder else ""
    return i18n.language(chosen or i18n.system_language())


def ask(question: str, variable: str, *, hide: bool = False) -> str:
    """Return a value from the environment, else ask for it where there is somebody to ask."""
    value = os.environ.get(variable, "")
    if value:
        return value
    if not sys.stdin.isatty():
        raise Problem("not_interactive", variable=variable)
    return str(typer.prompt(question, hide_input=hide))


@contextmanager
def open_desk(data_dir: Path | None) -> Iterator["Desk"]:
    """Sign in with the staff name and password of the environment or of a prompt; signs out at the end."""
    from fieldapp.services.sign_in import sign_in, sign_out  # noqa: PLC0415 - `--help` needs no keys

    folder = data_folder(data_dir)
    language = speech(folder)
    name = ask(language.gettext("Staff name"), STAFF_VARIABLE)
    password = ask(language.gettext("Password"), PASSWORD_VARIABLE, hide=True)
    desk = sign_in(folder, name, password, clock=clock, random_bytes=random_bytes)
    try:
        yield desk
    finally:
        sign_out(desk)


@contextmanager
def run_safely(folder: Path | None = None) -> Iterator[None]:
    """Turn problems into one line on the error stream and an exit code; an error of ours is logged and apologised for."""
    logs.start(data_folder(folder))
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except Problem as problem:
        typer.echo(message_of(problem, speech(folder)), err=True)
        raise typer.Exit(exit_code(problem)) from problem
    except OSError as error:
        file = f": {error.filename}" if error.filename else ""
        typer.echo(f"{speech(folder).gettext('The file cannot be read or written')}{file} ({error.strerror})", err=True)
        raise typer.Exit(ENVIRONMENT) from error
    except Exception as error:
        _log.exception("a command failed")
        typer.echo(f"{say(speech(folder), 'problem')} ({type(error).__name__})", err=True)
        raise typer.Exit(UNEXPECTED) from error


def message_of(problem: Problem, language: Language) -> str:
    """Return what to tell about a problem, in one line."""
    message = say(language, problem.code, **problem.values)
    if isinstance(problem, InvalidEntry):
        details = "; ".join(
            f"{getattr(each, 'field', '')}: {say(language, getattr(each, 'code', ''), **_values(each))}"
            for each in problem.problems
        )
        message = f"{message} {details}"
    if problem.code == "weak_password":
        message = f"{message} {weakness_words(language, problem.problem)}"  # type: ignore[attr-defined]
    return " ".join(message.split())


def _values(field_problem: object) -> dict[str, object]:
    return {"value": getattr(field_problem, "value", ""), "limit": getattr(field_problem, "limit", "")}


def exit_code(problem: Problem) -> int:
    """Return the exit code of a problem."""
    if isinstance(problem, (InvalidEntry, NotAllowed, NotFound)):
        return REFUSED
    if problem.code in _SIGN_IN_CODES:
        return SIGN_IN
    return ENVIRONMENT if isinstance(problem, EnvironmentProblem) else REFUSED
