"""`fieldapp setup`: set a laptop up without a window."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer

from fieldapp.commands.door import clock, data_folder, random_bytes, speech
from fieldapp.commands.opening import PASSWORD_VARIABLE, STAFF_VARIABLE, DataDir, ask, run_safely
from fieldapp.domain.problems import Problem
from fieldapp.i18n import Language
from fieldapp.words import say

KeyFile = Annotated[
    Path | None,
    typer.Option("--recovery-key-file", help="Write the recovery key to this new file instead of asking it back."),
]


def setup(
    operation: Annotated[str, typer.Option(prompt="Operation", help="Name of the operation.")],
    organisation: Annotated[str, typer.Option(prompt="Issuing organisation", help="Printed on every slip.")],
    contact: Annotated[str, typer.Option(prompt="Contact line", help="Printed on every slip.")],
    post: Annotated[str, typer.Option(prompt="Border post", help="Code of the border post, for example PSB.")],
    device_code: Annotated[str, typer.Option(prompt="Device code", help="Two characters in every number: A7.")],
    display_name: Annotated[str, typer.Option(prompt="Administrator's name", help="Name of the administrator.")],
    shelter: Annotated[str, typer.Option(help="Name of the shelter.")] = "",
    country: Annotated[str, typer.Option(help="Country of issuance (ISO 3166-1 alpha-3).")] = "COL",
    time_zone: Annotated[str, typer.Option(help="Time zone of the post.")] = "America/Bogota",
    recovery_key_file: KeyFile = None,
    data_dir: DataDir = None,
) -> None:
    """Set this laptop up: the operation, the post, the first administrator, the encrypted register."""
    from fieldapp.services.set_up import SetUpPlan, confirm_recovery_key, set_up  # noqa: PLC0415
    from fieldapp.services.sign_in import sign_out  # noqa: PLC0415

    folder = data_folder(data_dir)
    language = speech(folder)
    _ = language.gettext
    with run_safely(folder):
        if recovery_key_file is None and not sys.stdin.isatty():
            raise Problem("recovery_key_unread")
        name = ask(_("Short name of the administrator"), STAFF_VARIABLE)
        password = ask(_("Password"), PASSWORD_VARIABLE, hide=True)
        plan = SetUpPlan(
            operation, organisation, contact, post, shelter, device_code, name, display_name, password, country, time_zone
        )  # fmt: skip
        with _new_file(recovery_key_file) as key_file:
            done = set_up(folder, plan, clock=clock, random_bytes=random_bytes)
            try:
                _hand_over(done.recovery_key, key_file, language)
            finally:
                sign_out(done.desk)
        if recovery_key_file is not None:
            confirm_recovery_key(folder, recovery_key_file.read_text("utf-8"))
        else:
            _ask_back(folder, language.gettext("Type the recovery key from the paper"))
        typer.echo(_("The register is ready in {folder}", folder=folder))


@contextmanager
def _new_file(path: Path | None) -> Iterator[TextIO | None]:
    """Make the file of the recovery key before there is a key to lose; it goes again if none is written into it."""
    if path is None:
        yield None
        return
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        try:
            yield file
        except BaseException:
            if file.tell() == 0:
                path.unlink(missing_ok=True)
            raise


def _hand_over(recovery_key: str, file: TextIO | None, language: Language) -> None:
    """Show the key, or make it durable in its file; if the disk fails now it is shown, for it is stored nowhere else."""
    _ = language.gettext
    if file is None:
        typer.echo(_("Recovery key: {key}", key=recovery_key))
        typer.echo(_("Write it on paper and lock it away. It is the only way in when no administrator is there."))
        return
    try:
        file.write(recovery_key + "\n")
        file.flush()
        os.fsync(file.fileno())
    except OSError:
        typer.echo(_("Recovery key: {key}", key=recovery_key))
        raise


def _ask_back(folder: Path, question: str) -> None:
    from fieldapp.services.set_up import confirm_recovery_key  # noqa: PLC0415

    language = speech(folder)
    while True:
        typed = typer.prompt(question)
        try:
            if confirm_recovery_key(folder, typed):
                return
            typer.echo(say(language, "recovery_key_wrong"), err=True)
        except Problem as problem:
            typer.echo(say(language, problem.code, **problem.values), err=True)
