"""`fieldapp issuers`: other agencies whose credentials are trusted here, and our keys for them."""

from pathlib import Path
from typing import Annotated

import typer

from fieldapp.commands.door import data_folder, speech
from fieldapp.commands.opening import DataDir, open_desk, run_safely
from fieldapp.domain.problems import NotFound

app = typer.Typer(help="List, add and remove issuers whose credentials are trusted; write our keys for them.",
                  no_args_is_help=True)  # fmt: skip


@app.command("list")
def list_all(data_dir: DataDir = None) -> None:
    """List the issuers that were trusted or removed: number, kid, kind of key, name."""
    from fieldapp.services.issuers import list_issuers  # noqa: PLC0415

    folder = data_folder(data_dir)
    _ = speech(folder).gettext
    with run_safely(folder), open_desk(data_dir) as desk:
        for one in list_issuers(desk):
            state = _("revoked: {reason}", reason=one.reason) if one.revoked else ""
            typer.echo(f"{one.number}  {one.kid or '-':12}  {one.kind:8}  {one.name}  {state}".rstrip())


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="Public keys as a JWK set.", metavar="FILE")],
    name: Annotated[str, typer.Option(help="How the issuer is called here; else as the file says.")] = "",
    data_dir: DataDir = None,
) -> None:
    """Trust the keys of a file: Ed25519, ECDSA (P-256, P-384, P-521) and RSA."""
    from fieldapp.services.issuers import trust_issuers  # noqa: PLC0415

    folder = data_folder(data_dir)
    _ = speech(folder).gettext
    with run_safely(folder), open_desk(data_dir) as desk:
        for one in trust_issuers(desk, file, name):
            typer.echo(_("Trusted: {name} ({number})", name=one.name, number=one.number))


@app.command()
def remove(
    number: Annotated[str, typer.Argument(help="Its number in the list.")],
    reason: Annotated[str, typer.Option(prompt="Reason", help="Why; it is kept in the log.")],
    data_dir: DataDir = None,
) -> None:
    """Trust an issuer no more: its credentials are answered as those of a revoked one."""
    from fieldapp.services.issuers import list_issuers, revoke_issuer  # noqa: PLC0415

    folder = data_folder(data_dir)
    with run_safely(folder), open_desk(data_dir) as desk:
        found = next((one for one in list_issuers(desk) if one.number == number.strip().lower()), None)
        if found is None:
            raise NotFound("issuer_not_found")
        revoke_issuer(desk, found.issuer_id, reason)
        typer.echo(speech(folder).gettext("{name} is trusted no more.", name=found.name))


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to write them.", metavar="FILE")], data_dir: DataDir = None
) -> None:
    """Write the public keys of all laptops of this operation, for agencies that are to read its slips."""
    from fieldapp.services.issuers import write_operation_keys  # noqa: PLC0415

    folder = data_folder(data_dir)
    with run_safely(folder), open_desk(data_dir) as desk:
        write_operation_keys(desk, file)
        typer.echo(speech(folder).gettext("Our keys are in {file}.", file=file))
