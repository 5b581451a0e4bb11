"""`fieldapp restore FILE`: restore a back-up into an empty data folder."""

from pathlib import Path
from typing import Annotated

import typer

from fieldapp.commands.door import clock, data_folder, random_bytes, speech
from fieldapp.commands.opening import PASSWORD_VARIABLE, STAFF_VARIABLE, DataDir, ask, run_safely


def restore(
    file: Annotated[Path, typer.Argument(help="Back-up to restore.")],
    device_code: Annotated[str, typer.Option(prompt="New device code", help="A code no laptop has had yet: B2.")],
    data_dir: DataDir = None,
) -> None:
    """Restore a back-up; this laptop takes new keys and a new device code, so that no number is given out twice."""
    from fieldapp.services.restore import restore as run_restore  # noqa: PLC0415
    from fieldapp.services.sign_in import sign_out  # noqa: PLC0415

    folder = data_folder(data_dir)
    _ = speech(folder).gettext
    with run_safely(folder):
        name = ask(_("Staff name"), STAFF_VARIABLE)
        password = ask(_("Password"), PASSWORD_VARIABLE, hide=True)
        desk = run_restore(folder, file, name, password, device_code, clock=clock, random_bytes=random_bytes)
        sign_out(desk)
        typer.echo(_("Restored into {folder}; this laptop is now {code}.", folder=folder, code=device_code))
