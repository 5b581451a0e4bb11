"""`fieldapp demo`: a demonstration day without a screen."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fieldapp import settings
from fieldapp.commands.door import clock, random_bytes, speech
from fieldapp.commands.opening import PASSWORD_VARIABLE, STAFF_VARIABLE, open_desk, run_safely
from fieldapp.i18n import Language

if TYPE_CHECKING:  # `--help` needs no register
    from fieldapp.services.desk import Desk


def demo(
    out: Annotated[
        Path,
        typer.Option("--out", help="Folder for slips, summary, list and key.", metavar="DIR", file_okay=False),
    ],
    groups: Annotated[int, typer.Option(min=1, max=20_000, help="How many families arrive.")] = 40,
    seed: Annotated[int, typer.Option(help="The same number draws the same families.")] = 7,
    data_dir: Annotated[
        Path | None, typer.Option("--data-dir", help="Folder of the register; by default DIR/data.", metavar="DIR")
    ] = None,
) -> None:
    """Register invented families and leave their slips, the day's summary, the list and the key to verify them.

    Makes a post, or goes on in the data folder that is there. Staff name and password are those of FIELDAPP_STAFF and
    FIELDAPP_PASSWORD; for a new post they are made up and printed where not set.
    """
    from fieldapp.services.demo import demo_day, leave_the_day, register_families  # noqa: PLC0415 - `--help` is quick
    from fieldapp.services.slip_files import SlipFolder  # noqa: PLC0415
    from fieldapp.trust.safe_files import make_private_folder  # noqa: PLC0415

    folder = data_dir or out / "data"
    language = speech(folder)
    _ = language.gettext
    with run_safely(folder):
        if not out.is_dir():
            make_private_folder(out)
        with _desk(folder, language) as desk:
            preferred = settings.load(folder)
            day = demo_day(desk)
            slips = SlipFolder(out / "slips", preferred.slip_layout)
            people = 0
            steps = register_families(desk, day, slips, groups, seed, preferred.slip_language)
            with typer.progressbar(steps, length=groups, label=_("Registering families")) as bar:
                for registered in bar:
                    people += len(registered.member_ids)
            done = leave_the_day(desk, day, out, language, preferred.summary_paper)
        typer.echo(
            _("Registered: {people} people in {groups} families", people=language.number(people),
              groups=language.number(groups))
        )  # fmt: skip
        typer.echo(f"{_('Slips')}: {slips.path}")
        typer.echo(
            _("Summary up to {cut_off}, {people} arrivals: {file}", cut_off=day.cut_off,
              people=language.number(done.summary.arrivals), file=out / "summary.pdf")
        )  # fmt: skip
        typer.echo(_("List, {rows} rows: {file}", rows=language.number(done.rows), file=out / "people.csv"))
        typer.echo(_("Key to verify the slips: {file}", file=out / "issuer.json"))
        typer.echo(_("Open the window on it: {command}", command=f'fieldapp window --data-dir "{folder}"'))


@contextmanager
def _desk(folder: Path, language: Language) -> Iterator["Desk"]:
    """Open the register that is there, or set a post up and print what is needed to sign in to it."""
    from fieldapp.services.demo import STAFF_NAME, demo_plan, made_up_password  # noqa: PLC0415
    from fieldapp.services.set_up import confirm_recovery_key, is_set_up, set_up  # noqa: PLC0415
    from fieldapp.services.sign_in import sign_out  # noqa: PLC0415

    if is_set_up(folder):
        with open_desk(folder) as desk:
            yield desk
        return
    _ = language.gettext
    name = os.environ.get(STAFF_VARIABLE) or STAFF_NAME
    given = os.environ.get(PASSWORD_VARIABLE, "")
    password = given or made_up_password()
    done = set_up(folder, demo_plan(name, password), clock=clock, random_bytes=random_bytes)
    try:
        # There is nobody to keep a paper: the key is shown, and the window need not ask for it again.
        confirm_recovery_key(folder, done.recovery_key)
        typer.echo(_("A post was set up in {folder}", folder=folder))
        typer.echo(f"{_('Staff name')}: {name}")
        if not given:
            typer.echo(f"{_('Password')}: {password}")
        typer.echo(f"{_('Recovery key')}: {done.recovery_key}")
        yield done.desk
    finally:
        sign_out(done.desk)
