"""`fieldapp enrol`: request, certify, join - how a further laptop comes into an operation, by files."""

from pathlib import Path
from typing import Annotated

import typer

from fieldapp.commands.door import clock, data_folder, random_bytes, speech
from fieldapp.commands.opening import DataDir, open_desk, run_safely

app = typer.Typer(help="Enrol a further laptop: it asks, an administrator certifies, it joins.", no_args_is_help=True)


@app.command()
def request(
    file: Annotated[Path, typer.Argument(help="File to write, for example on a stick.")],
    code: Annotated[str, typer.Option("--device-code", help="Device code of this laptop, for example B2.")],
    post: Annotated[str, typer.Option("--post", help="Border post of this laptop, by its code.")],
    shelter: Annotated[str, typer.Option("--shelter", help="Shelter this laptop stands in.")] = "",
    data_dir: DataDir = None,
) -> None:
    """On the new laptop: make its keys and write its request."""
    from fieldapp.services.enrol import request_enrolment  # noqa: PLC0415

    folder = data_folder(data_dir)
    with run_safely(folder):
        request_enrolment(folder, file, code, post, shelter, clock=clock, random_bytes=random_bytes)
        typer.echo(
            speech(folder).gettext("Request written to {file}. Take it to an administrator's laptop.", file=file)
        )


@app.command()
def certify(
    file: Annotated[Path, typer.Argument(help="Request of the new laptop.")],
    target: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write the reply and the records to.")],
    data_dir: DataDir = None,
) -> None:
    """On an administrator's laptop: certify the new one, and write what it needs to join."""
    from fieldapp.services.enrol import certify_laptop, read_request  # noqa: PLC0415

    folder = data_folder(data_dir)
    with run_safely(folder), open_desk(data_dir) as desk:
        asked = read_request(file)
        certify_laptop(desk, asked, target)
        typer.echo(
            speech(folder).gettext(
                "The laptop {code} is enrolled. Take {folder} to it.", code=asked.code, folder=target
            )
        )


@app.command()
def join(
    source: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with the reply and the records.")],
    data_dir: DataDir = None,
) -> None:
    """On the new laptop: make its register. The staff sign in with the passwords they have."""
    from fieldapp.services.enrol import join as join_it  # noqa: PLC0415

    folder = data_folder(data_dir)
    language = speech(folder)
    with run_safely(folder):
        added = join_it(folder, source, clock=clock)
        typer.echo(
            language.ngettext(
                "This laptop is enrolled and holds {number} change.", "This laptop is enrolled and holds {number} changes.",
                added,
            )
        )  # fmt: skip
