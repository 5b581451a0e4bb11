"""`fieldapp tokens`: print blank slips ahead of time."""

from pathlib import Path
from typing import Annotated

import typer

from fieldapp import i18n, settings
from fieldapp.commands.door import data_folder, speech
from fieldapp.commands.opening import DataDir, open_desk, run_safely
from fieldapp.domain.problems import Problem

_PAPERS = ("letter", "a4")


def tokens(
    count: Annotated[int, typer.Option("--count", help="How many slips; eight stand on a page.")],
    out: Annotated[Path, typer.Option("--out", help="PDF file to write.", metavar="FILE", dir_okay=False)],
    language: Annotated[str, typer.Option("--language", help="Language of the slips: es or en.")] = "",
    paper: Annotated[str, typer.Option("--paper", help="letter or a4; by default as in the settings.")] = "",
    data_dir: DataDir = None,
) -> None:
    """Write pre-printed slips: blank codes that are bound to families later by scanning them."""
    from fieldapp.services.tokens import print_tokens  # noqa: PLC0415 - `--help` is quick
    from fieldapp.trust.safe_files import write_whole  # noqa: PLC0415

    folder = data_folder(data_dir)
    spoken = speech(folder)
    with run_safely(folder):
        kept = settings.load(folder)
        paper = paper or kept.summary_paper
        if paper not in _PAPERS:
            raise Problem("unknown_paper", value=paper, known=", ".join(_PAPERS))
        if language not in {"", *i18n.LANGUAGES}:
            raise Problem("unknown_language", value=language, known=", ".join(i18n.LANGUAGES))
        with open_desk(data_dir) as desk:
            write_whole(out, print_tokens(desk, count, i18n.language(language or kept.slip_language), paper))
        typer.echo(spoken.ngettext(
            "{number} pre-printed slip, written to {file}", "{number} pre-printed slips, written to {file}", count,
            file=out,
        ))  # fmt: skip
