"""`fieldapp bundle export DIR` and `fieldapp bundle import PATH...`: carry records between laptops on a stick."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from fieldapp.commands.door import FOUND_WRONG, REFUSED, data_folder, message_of, speech
from fieldapp.commands.opening import DataDir, open_desk, run_safely
from fieldapp.words_of_erasures import arrived_lines

app = typer.Typer(help="Carry records to and from other laptops, for example on a stick.", no_args_is_help=True)


@contextmanager
def shown_progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar while something runs."""
    with typer.progressbar(length=100, label=label) as bar:
        shown = 0

        def show(done: int, total: int) -> None:
            nonlocal shown
            percent = 100 * done // max(total, 1)
            bar.update(percent - shown)
            shown = percent

        yield show


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write to, for example of a stick.")],
    data_dir: DataDir = None,
) -> None:
    """Write what the other laptops are not known to hold; every file is read back. Only they can open it."""
    from fieldapp.services.bundles import export_bundles  # noqa: PLC0415

    data = data_folder(data_dir)
    language = speech(data)
    with run_safely(data), open_desk(data_dir) as desk:
        with shown_progress(language.gettext("Writing")) as progress:
            done = export_bundles(desk, folder, progress)
        typer.echo(
            language.ngettext(
                "Written and read back: {folder}, {number} change.", "Written and read back: {folder}, {number} changes.",
                done.changes, folder=folder,
            )
        )  # fmt: skip


@app.command("import")
def import_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Bundles, or folders with bundles.")],
    data_dir: DataDir = None,
) -> None:
    """Take in bundles, in any order; one that was read before changes nothing."""
    from fieldapp.services.bundles import import_bundles  # noqa: PLC0415

    data = data_folder(data_dir)
    language = speech(data)
    with run_safely(data), open_desk(data_dir) as desk:
        with shown_progress(language.gettext("Reading")) as progress:
            done = import_bundles(desk, paths, progress)
        typer.echo(
            language.gettext(
                "New changes: {added}. Already here: {known}. Waiting for others: {waiting}. Put aside: {aside}.",
                added=language.number(done.added), known=language.number(done.known),
                waiting=language.number(done.waiting), aside=language.number(done.put_aside),
            )
        )  # fmt: skip
        for line in arrived_lines(language, done.cleared):
            typer.echo(line)
        if done.new_epoch:
            typer.echo(
                language.gettext(
                    "This laptop has a double or was restored from an old copy. It goes on with the device code {code}.",
                    code=desk.device.code,
                )
            )
        for _path, problem in done.refused:
            typer.echo(message_of(problem, language), err=True)
        if done.put_aside:
            raise typer.Exit(FOUND_WRONG)
        if done.refused:
            raise typer.Exit(REFUSED)
