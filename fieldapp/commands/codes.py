"""`fieldapp codes`: the operation's own codes and words in the lists that the program offers."""

from pathlib import Path
from typing import Annotated

import typer

from fieldapp.commands.door import data_folder, speech
from fieldapp.commands.opening import DataDir, open_desk, run_safely

app = typer.Typer(help="Add posts, services, needs and other codes for the whole operation, or word them otherwise.",
                  no_args_is_help=True)  # fmt: skip

ListName = Annotated[str, typer.Argument(help="Name of the list, for example border_posts or services.")]


@app.command("list")
def list_codes(name: ListName, data_dir: DataDir = None) -> None:
    """Write a list as CSV, with the operation's words; changed in any program, it can be read again."""
    from fieldapp.services.own_codes import codes_of, written  # noqa: PLC0415

    with run_safely(data_folder(data_dir)), open_desk(data_dir) as desk:
        typer.echo(written(codes_of(desk, name)), nl=False)


@app.command("import")
def import_codes(
    name: ListName,
    file: Annotated[Path, typer.Argument(help="CSV with the columns code, label_es, label_en and perhaps offered.")],
    data_dir: DataDir = None,
) -> None:
    """Take codes from a file: new ones are added, others worded anew, and `offered` no ends one."""
    from fieldapp.services.own_codes import read_codes, set_codes  # noqa: PLC0415

    folder = data_folder(data_dir)
    with run_safely(folder), open_desk(data_dir) as desk:
        changed = set_codes(desk, name, read_codes(file))
        language = speech(folder)
        typer.echo(
            language.ngettext(
                "{number} code changed. Other laptops have it with the next bundles.",
                "{number} codes changed. Other laptops have them with the next bundles.",
                changed,
            )
            if changed
            else language.gettext("Nothing was changed: all codes are as they were.")
        )
