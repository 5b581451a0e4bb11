"""`fieldapp recover`: open the register with its recovery key when no administrator is there."""

from typing import Annotated

import typer

from fieldapp.commands.door import clock, data_folder, random_bytes, speech
from fieldapp.commands.opening import DataDir, ask, run_safely
from fieldapp.commands.staff import NEW_PASSWORD_VARIABLE

KEY_VARIABLE = "FIELDAPP_RECOVERY_KEY"


def recover(
    short_name: Annotated[str, typer.Argument(help="Short name of the new or returning administrator.")],
    name: Annotated[str, typer.Option(prompt="Name", help="Full name.")],
    data_dir: DataDir = None,
) -> None:
    """Make somebody the administrator with the recovery key (asked, or FIELDAPP_RECOVERY_KEY)."""
    from fieldapp.services.recover import recover as run_recover  # noqa: PLC0415
    from fieldapp.services.sign_in import sign_out  # noqa: PLC0415

    folder = data_folder(data_dir)
    _ = speech(folder).gettext
    with run_safely(folder):
        key = ask(_("Recovery key"), KEY_VARIABLE)
        password = ask(_("New password"), NEW_PASSWORD_VARIABLE, hide=True)
        sign_out(run_recover(folder, key, short_name, name, password, clock=clock, random_bytes=random_bytes))
        typer.echo(_("{name} can sign in now.", name=short_name))
