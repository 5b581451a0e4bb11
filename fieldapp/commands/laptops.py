"""`fieldapp laptops`: who they are, revoking, confirming and renewing them, and the limits of what lies on one alone."""

from typing import Annotated

import typer

from fieldapp.commands.door import data_folder, speech
from fieldapp.commands.opening import DataDir, open_desk, run_safely
from fieldapp.domain.backlog import BacklogLimits
from fieldapp.domain.problems import NotFound

app = typer.Typer(help="The laptops of the operation, for the administrator.", no_args_is_help=True)

Code = Annotated[str, typer.Argument(help="Device code of the laptop, for example B2.")]


@app.command("list")
def list_(data_dir: DataDir = None) -> None:
    """List every laptop with its state."""
    from fieldapp.services.laptops import laptops  # noqa: PLC0415

    with run_safely(data_dir), open_desk(data_dir) as desk:
        for one in laptops(desk):
            marks = ("revoked", one.revoked), ("confirmed", one.confirmed), ("endorsed", one.endorsed)
            state = next((mark for mark, is_so in marks if is_so), "unknown")
            typer.echo(f"{one.code}\t{one.post}\t{one.epoch}\t{state}")


@app.command()
def revoke(
    code: Code, reason: Annotated[str, typer.Option("--reason", help="Why.")], data_dir: DataDir = None
) -> None:  # fmt: skip
    """Revoke a laptop that was lost or stolen: what it writes from now on counts nowhere. It cannot be taken back."""
    from fieldapp.services.laptops import laptops  # noqa: PLC0415
    from fieldapp.services.laptops import revoke as revoke_it  # noqa: PLC0415

    folder = data_folder(data_dir)
    with run_safely(folder), open_desk(data_dir) as desk:
        found = next((one for one in laptops(desk) if one.code == code), None)
        if found is None:
            raise NotFound
        revoke_it(desk, found.device_id, reason)
        language = speech(folder)
        typer.echo(language.gettext("{code} is revoked. The others learn of it with the next stick.", code=code))


@app.command()
def confirm(code: Code, data_dir: DataDir = None) -> None:
    """Confirm a laptop that went on with new keys where the key of the operation could not be reached."""
    from fieldapp.services.laptops import confirm as confirm_it  # noqa: PLC0415
    from fieldapp.services.laptops import laptops  # noqa: PLC0415

    folder = data_folder(data_dir)
    with run_safely(folder), open_desk(data_dir) as desk:
        found = next((one for one in laptops(desk) if one.code == code), None)
        if found is None:
            raise NotFound
        confirm_it(desk, found.device_id, found.epoch)
        typer.echo(speech(folder).gettext("{code} is confirmed.", code=code))


@app.command()
def limits(
    warn_records: Annotated[int, typer.Option("--warn-records", help="A warning from so many records on.")] = 100,
    warn_hours: Annotated[int, typer.Option("--warn-hours", help="A warning from such an age on.")] = 6,
    danger_records: Annotated[int, typer.Option("--danger-records", help="A danger from so many on.")] = 500,
    danger_hours: Annotated[int, typer.Option("--danger-hours", help="A danger from such an age on.")] = 24,
    data_dir: DataDir = None,
) -> None:
    """Set from when on records that lie on one laptop only are a warning and a danger, on every laptop."""
    from fieldapp.services.describe import set_limits  # noqa: PLC0415

    folder = data_folder(data_dir)
    with run_safely(folder), open_desk(data_dir) as desk:
        set_limits(desk, BacklogLimits(warn_records, warn_hours, danger_records, danger_hours))
        typer.echo(speech(folder).gettext("The limits are set. The others learn of them with the next stick."))
