"""`fieldapp summary`: the figures of a day as a PDF."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from fieldapp import i18n, settings
from fieldapp.commands.door import data_folder, speech
from fieldapp.commands.opening import DataDir, open_desk, run_safely
from fieldapp.domain.problems import Problem

_PAPERS = ("letter", "a4")


def summary(
    out: Annotated[Path, typer.Option("--out", help="PDF file to write.", metavar="FILE", dir_okay=False)],
    day: Annotated[str, typer.Option("--date", help="Day to count, as 2026-01-05; by default today.")] = "",
    cut_off: Annotated[
        str, typer.Option("--cut-off", help="Time up to which the day counts; 24:00 for all of it.")
    ] = "20:00",
    language: Annotated[str, typer.Option("--language", help="Language of the page: es or en.")] = "",
    paper: Annotated[str, typer.Option("--paper", help="letter or a4; by default as in the settings.")] = "",
    data_dir: DataDir = None,
) -> None:
    """Write the one-page summary of a day up to a cut-off. It has no names."""
    from fieldapp.services.summarise import log_summary, summarise, summary_pdf  # noqa: PLC0415 - `--help` is quick
    from fieldapp.trust.safe_files import write_whole  # noqa: PLC0415

    folder = data_folder(data_dir)
    spoken = speech(folder)
    with run_safely(folder):
        counted = _day(day)
        paper = paper or settings.load(folder).summary_paper
        if paper not in _PAPERS:
            raise Problem("unknown_paper", value=paper, known=", ".join(_PAPERS))
        if language not in {"", *i18n.LANGUAGES}:
            raise Problem("unknown_language", value=language, known=", ".join(i18n.LANGUAGES))
        with open_desk(data_dir) as desk:
            figures = summarise(desk, counted or desk.today(), cut_off)
            page = summary_pdf(figures, i18n.language(language) if language else spoken, paper)
            log_summary(desk, figures)
            write_whole(out, page)
        typer.echo(
            spoken.gettext(
                "{day} up to {cut_off}: {people} arrivals in {groups} groups, written to {file}",
                day=spoken.date(figures.day), cut_off=figures.cut_off, people=spoken.number(figures.arrivals),
                groups=spoken.number(figures.groups), file=out,
            )
        )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Problem("day_unreadable", value=text) from error
