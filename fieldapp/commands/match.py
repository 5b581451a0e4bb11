"""`fieldapp match`: compare a partner's list with the register, or two lists with each other."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fieldapp.commands.door import STOPPED, USAGE, data_folder, speech
from fieldapp.commands.opening import DataDir, open_desk, run_safely
from fieldapp.words import say

if TYPE_CHECKING:
    from fieldapp.services.match_lists import MatchReport, Progress


def match(
    out: Annotated[Path, typer.Option("--out", help="File to write the pairs to.", metavar="FILE", dir_okay=False)],
    left: Annotated[
        Path | None, typer.Argument(help="The list to compare, a CSV file.", metavar="LEFT.csv", dir_okay=False)
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option("--against", help="Another list instead of the register; needs no sign-in.", metavar="RIGHT.csv"),
    ] = None,
    top: Annotated[int, typer.Option("--top", help="How many pairs a row may have.", min=1, max=1000)] = 5,
    min_probability: Annotated[
        float, typer.Option("--min-probability", help="Leave out less probable pairs.", min=0, max=1)
    ] = 0.5,
    estimate: Annotated[
        bool, typer.Option("--estimate", help="Write the chances of the comparison as this register has them instead.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Write who of a list is probably in the register, or in another list, with a probability and reasons.

    Columns by name, others are ignored: given_names, surnames, sex, birth_date, document_number, phone, nationality,
    locality. An HXL row is understood. What is missing is not held against anyone. Ctrl+C stops it, and then no pairs
    are written; the exit code is 130.
    """
    from fieldapp.services.match_lists import match_register, match_two  # noqa: PLC0415 - `--help` is quick

    folder = data_folder(data_dir)
    if estimate:
        _estimate(out, folder, data_dir)
        return
    if left is None:
        typer.echo(say(speech(folder), "option_missing"), err=True)
        raise typer.Exit(USAGE)

    def compare(progress: "Progress") -> "MatchReport":
        if against is not None:
            return match_two(left, against, out, date.today(), top=top, least=min_probability, progress=progress)  # noqa: DTZ011
        with open_desk(data_dir) as desk:
            return match_register(desk, left, out, top=top, least=min_probability, progress=progress)

    with run_safely(folder):
        language = speech(folder)
        with typer.progressbar(length=100, label=language.gettext("Comparing"), file=None) as bar:
            shown = 0

            def progress(done: int, total: int) -> None:
                nonlocal shown
                if not total:
                    bar.label = language.gettext("Reading, record {count}", count=language.number(done))
                    bar.render_progress()
                    return
                bar.label = language.gettext("Comparing")
                bar.update(100 * done // total - shown)
                shown = 100 * done // total

            try:
                report = compare(progress)
            except KeyboardInterrupt:
                typer.echo(f"\n{language.gettext('Stopped. No pairs were written.')}", err=True)
                raise typer.Exit(STOPPED) from None
            bar.update(100 - shown)
        typer.echo(
            language.gettext(
                "{left} records compared with {right}: {written} pairs, {strong} of them strong, in {file}.",
                left=language.number(report.left), right=language.number(report.right),
                written=language.number(report.written), strong=language.number(report.strong), file=out,
            )
        )  # fmt: skip


def _estimate(out: Path, folder: Path, data_dir: Path | None) -> None:
    from fieldapp.services.estimate import estimate_from_register, write_parameters  # noqa: PLC0415 - only where asked for

    with run_safely(folder), open_desk(data_dir) as desk:
        write_parameters(estimate_from_register(desk), out)
        typer.echo(speech(folder).gettext("The chances were written to {file}.", file=out))
