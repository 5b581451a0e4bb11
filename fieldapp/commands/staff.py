"""`fieldapp staff`: list, add, disable, give a new password, change one's own."""

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from fieldapp.commands.door import data_folder, speech
from fieldapp.commands.opening import PASSWORD_VARIABLE, DataDir, ask, open_desk, run_safely
from fieldapp.domain.problems import NotFound
from fieldapp.domain.record import Role

if TYPE_CHECKING:
    from fieldapp.services.desk import Desk

NEW_PASSWORD_VARIABLE = "FIELDAPP_NEW_PASSWORD"  # noqa: S105 - the name of a variable

app = typer.Typer(help="List, add and disable staff, and give new passwords.", no_args_is_help=True)
ShortName = Annotated[str, typer.Argument(help="Short name for signing in.")]


@app.command("list")
def list_all(data_dir: DataDir = None) -> None:
    """List the staff with their roles."""
    from fieldapp.code_lists import code_list  # noqa: PLC0415
    from fieldapp.services.staff import list_staff  # noqa: PLC0415

    folder = data_folder(data_dir)
    language = speech(folder)
    with run_safely(folder), open_desk(data_dir) as desk:
        for member in list_staff(desk):
            role = code_list("roles").label(member.role.value, language.code)
            state = f"  ({language.gettext('disabled')})" if member.disabled else ""
            typer.echo(f"{member.short_name:20}  {member.display_name:30}  {role}{state}")


@app.command()
def add(
    short_name: ShortName,
    name: Annotated[str, typer.Option(prompt="Name", help="Full name.")],
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.REGISTRAR,
    data_dir: DataDir = None,
) -> None:
    """Add a staff member; the password is asked, or taken from FIELDAPP_NEW_PASSWORD."""
    from fieldapp.services.staff import add_staff  # noqa: PLC0415

    folder = data_folder(data_dir)
    _ = speech(folder).gettext
    with run_safely(folder), open_desk(data_dir) as desk:
        add_staff(desk, short_name, name, role, ask(_("New password"), NEW_PASSWORD_VARIABLE, hide=True))
        typer.echo(_("{name} can sign in now.", name=short_name))


@app.command()
def disable(
    short_name: ShortName,
    reason: Annotated[str, typer.Option(prompt="Reason", help="Why; it is kept in the log.")],
    data_dir: DataDir = None,
) -> None:
    """Take a staff member's access away; the register gets a new key."""
    from fieldapp.services.staff import disable_staff  # noqa: PLC0415

    folder = data_folder(data_dir)
    with run_safely(folder), open_desk(data_dir) as desk:
        disable_staff(desk, _find(desk, short_name), reason)
        typer.echo(speech(folder).gettext("{name} can no longer sign in.", name=short_name))


@app.command()
def reset(short_name: ShortName, data_dir: DataDir = None) -> None:
    """Give a staff member a new password."""
    from fieldapp.services.staff import reset_password  # noqa: PLC0415

    folder = data_folder(data_dir)
    _ = speech(folder).gettext
    with run_safely(folder), open_desk(data_dir) as desk:
        reset_password(desk, _find(desk, short_name), ask(_("New password"), NEW_PASSWORD_VARIABLE, hide=True))
        typer.echo(_("{name} has a new password.", name=short_name))


@app.command()
def password(data_dir: DataDir = None) -> None:
    """Change your own password."""
    from fieldapp.services.staff import change_own_password  # noqa: PLC0415

    folder = data_folder(data_dir)
    _ = speech(folder).gettext
    with run_safely(folder), open_desk(data_dir) as desk:
        old = ask(_("Present password"), PASSWORD_VARIABLE, hide=True)
        change_own_password(desk, old, ask(_("New password"), NEW_PASSWORD_VARIABLE, hide=True))
        typer.echo(_("Your password was changed."))


def _find(desk: "Desk", short_name: str) -> UUID:
    from fieldapp.services.staff import list_staff  # noqa: PLC0415

    for member in list_staff(desk):
        if member.short_name.casefold() == short_name.casefold():
            return member.staff_id
    raise NotFound("unknown_staff", short_name=short_name)
