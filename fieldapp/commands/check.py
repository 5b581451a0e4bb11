"""`fieldapp check`: verify the register."""

import typer

from fieldapp.commands.door import FOUND_WRONG, data_folder, speech
from fieldapp.commands.opening import DataDir, open_desk, run_safely
from fieldapp.words import say


def check(data_dir: DataDir = None) -> None:
    """Verify the file's seals, the chain and signatures of the log, and that a refold equals the lists."""
    from fieldapp.services.check import check as run_check  # noqa: PLC0415

    folder = data_folder(data_dir)
    language = speech(folder)
    _ = language.gettext
    with run_safely(folder), open_desk(data_dir) as desk:
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
