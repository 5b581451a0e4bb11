"""`fieldapp check`: verify the register."""

from typing import TYPE_CHECKING, Annotated

import typer

from fieldapp.commands.door import FOUND_WRONG, data_folder, speech
from fieldapp.commands.opening import DataDir, open_desk, run_safely
from fieldapp.i18n import Language
from fieldapp.words import say

if TYPE_CHECKING:
    from fieldapp.services.desk import Desk


def check(
    rebuild_index: Annotated[
        bool, typer.Option("--rebuild-index", help="First make the search index anew from the record.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Verify the file's seals, the chain and signatures of the log, and that a refold equals the lists."""
    from fieldapp.services.check import check as run_check  # noqa: PLC0415

    folder = data_folder(data_dir)
    language = speech(folder)
    _ = language.gettext
    with run_safely(folder), open_desk(data_dir) as desk:
        if rebuild_index:
            _rebuild(desk, language)
        with typer.progressbar(length=100, label=_("Checking"), file=None) as bar:
            shown = 0

            def progress(done: int, total: int) -> None:
                nonlocal shown
                percent = 100 * done // max(total, 1)
                bar.update(percent - shown)
                shown = percent

            report = run_check(desk, progress)
        if report.ok:
            typer.echo(
                _("The register is in order: {changes} changes, {records} records.", changes=language.number(report.changes),
                  records=language.number(report.records))
            )  # fmt: skip
            return
        for line in report.bad:
            typer.echo(f"{line.where}: {say(language, line.code)}", err=True)
        more = report.bad_count - len(report.bad)
        if more > 0:
            typer.echo(language.ngettext("and {number} more", "and {number} more", more), err=True)
        raise typer.Exit(FOUND_WRONG)


def _rebuild(desk: "Desk", language: Language) -> None:
    from fieldapp.services.check import rebuild_index  # noqa: PLC0415 - only where it is asked for

    with typer.progressbar(length=100, label=language.gettext("Making the search index anew"), file=None) as bar:
        shown = 0

        def progress(done: int, total: int) -> None:
            nonlocal shown
            percent = 100 * done // max(total, 1)
            bar.update(percent - shown)
            shown = percent

        people = rebuild_index(desk, progress)
    typer.echo(
        language.ngettext(
            "The search index has {number} individual.", "The search index has {number} individuals.", people
        )
    )
