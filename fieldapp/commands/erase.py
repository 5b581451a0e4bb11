"""`fieldapp erase NUMBER`: take what was recorded of somebody out of the register for good."""

from typing import Annotated

import typer

from fieldapp.commands.door import data_folder, speech
from fieldapp.commands.opening import DataDir, open_desk, run_safely
from fieldapp.domain.problems import NotFound
from fieldapp.words_of_erasures import cleared_lines


def erase(
    number: Annotated[str, typer.Argument(help="Registration number of one person, for example PSB-A7-00042-K-1.")],
    ground: Annotated[str, typer.Option("--ground", help="The legal ground of the erasure.")],
    data_dir: DataDir = None,
) -> None:
    """Erase one person, on every laptop that gets the next bundles. It cannot be taken back."""
    from fieldapp.services.erase import erase as erase_it  # noqa: PLC0415
    from fieldapp.services.find import PeopleQuery, individuals  # noqa: PLC0415

    folder = data_folder(data_dir)
    with run_safely(folder), open_desk(data_dir) as desk:
        found = [one for one in individuals(desk, PeopleQuery(number), 0, 99) if one.number == number]
        if len(found) != 1:
            raise NotFound
        done = erase_it(desk, found[0].individual_id, ground)
        language = speech(folder)
        typer.echo(language.gettext("{number} was erased.", number=number))
        for line in cleared_lines(language, done):
            typer.echo(line)
