"""`fieldapp export`: the list of people as a file."""

from pathlib import Path
from typing import Annotated

import typer

from fieldapp.commands.door import data_folder, speech
from fieldapp.commands.opening import DataDir, open_desk, run_safely


def export(
    out: Annotated[Path, typer.Option("--out", help="File to write.", metavar="FILE", dir_okay=False)],
    format: Annotated[str, typer.Option("--format", help="Format of the list: csv.")] = "csv",  # noqa: A002
    recipient: Annotated[
        str, typer.Option("--for", help="Who gets it: government, partners, tracing, or own for the post itself.")
    ] = "own",
    data_dir: DataDir = None,
) -> None:
    """Write the list of everybody registered, one row an individual. The export is logged.

    The post's own list has everybody in full. With --for another recipient, whoever did not agree to that one has a row
    without name, paper and day of birth.

    The file has names and document numbers in clear: it is for those who answer for the post, and not for a registrar.
    """
    from fieldapp.services.lists import export_people  # noqa: PLC0415 - `--help` is quick
    from fieldapp.services.sharing import OWN_USE  # noqa: PLC0415

    folder = data_folder(data_dir)
    language = speech(folder)
    with run_safely(folder), open_desk(data_dir) as desk:
        rows = export_people(desk, out, format, recipient=recipient)
        typer.echo(
            language.ngettext(
                "{number} individual written to {file}", "{number} individuals written to {file}", rows, file=out
            )
        )  # fmt: skip
        if recipient == OWN_USE:
            typer.echo(language.gettext("It is for the post alone: to hand a list on, use --for and say to whom."))
