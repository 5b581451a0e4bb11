"""`fieldapp backup FILE`: write a verified, encrypted back-up."""

from pathlib import Path
from typing import Annotated

import typer

from fieldapp.commands.door import data_folder, speech
from fieldapp.commands.opening import DataDir, open_desk, run_safely


def backup(
    file: Annotated[Path, typer.Argument(help="New file to write, for example on a stick.")], data_dir: DataDir = None
) -> None:
    """Write a back-up of the register and read it back; it is encrypted as the register is."""
    from fieldapp.services.back_up import back_up  # noqa: PLC0415

    folder = data_folder(data_dir)
    language = speech(folder)
    with run_safely(folder), open_desk(data_dir) as desk:
        done = back_up(desk, file)
        typer.echo(
            language.ngettext(
                "Written and read back: {file}, {number} change.", "Written and read back: {file}, {number} changes.",
                done.changes, file=done.path,
            )
        )  # fmt: skip
