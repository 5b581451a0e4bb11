"""`fieldapp reprint`: the slips of everybody who is here, once more."""

from pathlib import Path
from typing import Annotated

import typer

from fieldapp import settings
from fieldapp.commands.door import data_folder, speech
from fieldapp.commands.opening import DataDir, open_desk, run_safely


def reprint(
    out: Annotated[Path, typer.Option("--out", help="PDF file to write.", metavar="FILE", dir_okay=False)],
    post: Annotated[str, typer.Option("--post", help="Only families who came over this border post.")] = "",
    data_dir: DataDir = None,
) -> None:
    """Write the next copy of every valid slip into one PDF, sorted by place in the shelter, post and number."""
    from fieldapp.services.reprint import reprint_slips  # noqa: PLC0415 - `--help` is quick
    from fieldapp.services.slip_files import save_slips  # noqa: PLC0415
    from fieldapp.services.slips import several_slips_pdf  # noqa: PLC0415

    folder = data_folder(data_dir)
    spoken = speech(folder)
    with run_safely(folder):
        kept = settings.load(folder)
        with open_desk(data_dir) as desk:
            slips = reprint_slips(desk, kept.slip_language, post.upper(), with_portrait=kept.portrait_on_slip)
            groups = [slip.content.group_id for slip in slips]
            save_slips(desk, groups, out, several_slips_pdf(slips, kept.slip_layout, desk.zone))
        typer.echo(spoken.ngettext(
            "{number} slip, written to {file}", "{number} slips, written to {file}", len(slips), file=out,
        ))  # fmt: skip
