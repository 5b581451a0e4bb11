"""What commands share: the data folder option, signing in without a window, and errors said in one line."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fieldapp import logs
from fieldapp.commands.door import STOPPED, clock, data_folder, ending, random_bytes, speech
from fieldapp.domain.problems import Problem

if TYPE_CHECKING:
    from fieldapp.services.desk import Desk

STAFF_VARIABLE = "FIELDAPP_STAFF"
PASSWORD_VARIABLE = "FIELDAPP_PASSWORD"  # noqa: S105 - the name of a variable

DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Folder of the register; by default the user's own data folder.", metavar="DIR"),
]


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
    if getattr(desk, "is_copy", False):
        words = language.gettext(
            "This register is a copy of another one. It goes on with the code {code}; the numbers so far stay valid.",
            code=desk.device.code,
        )
        typer.echo(words, err=True)
    try:
        yield desk
    finally:
        sign_out(desk)


@contextmanager
def run_safely(folder: Path | None = None) -> Iterator[None]:
    """Turn problems and Ctrl+C into one line on the error stream and an exit code; an error of ours is logged."""
    logs.start(data_folder(folder))
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except KeyboardInterrupt:
        stopped = speech(folder).gettext("Stopped. What was finished until then is kept; nothing is half done.")
        typer.echo(f"\n{stopped}", err=True)
        raise typer.Exit(STOPPED) from None
    except Exception as error:
        line, code = ending(error, folder)
        typer.echo(line, err=True)
        raise typer.Exit(code) from error
