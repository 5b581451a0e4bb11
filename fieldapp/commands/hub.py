"""`fieldapp hub`: set a hub up, serve, back it up and restore it, list its devices and what it put aside."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from getpass import getuser
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from fieldapp.commands.door import clock, random_bytes, speech
from fieldapp.commands.opening import ask, run_safely
from fieldapp.commands.recover import KEY_VARIABLE
from fieldapp.domain.problems import EnvironmentProblem

app = typer.Typer(help="The hub, where laptops meet over a network.", no_args_is_help=True)

_NEEDED = ("fastapi", "uvicorn", "psycopg", "prometheus_client")

Folder = Annotated[Path, typer.Argument(metavar="HUB", help="Folder of the hub.")]
DatabaseUrl = Annotated[
    str,
    typer.Option(
        "--database-url", envvar="FIELDAPP_HUB_DATABASE", help="PostgreSQL of your own; else the hub runs one itself."
    ),
]


@app.command()
def init(
    folder: Folder,
    request: Annotated[Path, typer.Option("--request", help="File to write the request for enrolment to.")],
    code: Annotated[str, typer.Option("--device-code", help="Device code of the hub, for example H1.")],
    post: Annotated[str, typer.Option("--post", help="Border post the hub belongs to, by its code.")],
    names: Annotated[
        list[str] | None, typer.Option("--host", help="Name or address that laptops reach the hub by; several times.")
    ] = None,
) -> None:
    """Make the hub's keys and TLS certificate, and write the request that an administrator's laptop certifies."""
    from fieldapp.hub.identity import TLS_CERTIFICATE, make_tls  # noqa: PLC0415
    from fieldapp.services.enrol import request_enrolment  # noqa: PLC0415

    with _run(folder):
        request_enrolment(folder, request, code, post, "", clock=clock, random_bytes=random_bytes)
        make_tls(folder, names or ["localhost", "127.0.0.1"])
        typer.echo(
            speech(folder).gettext(
                "Request written to {file}. Take it to an administrator's laptop. Every laptop is given {certificate}.",
                file=request, certificate=folder / TLS_CERTIFICATE,
            )
        )  # fmt: skip


@app.command()
def join(
    folder: Folder,
    source: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with the reply and the records.")],
    database_url: DatabaseUrl = "",
) -> None:
    """Take the reply of the administrator's laptop, and the records beside it."""
    from fieldapp.hub import identity  # noqa: PLC0415
    from fieldapp.hub.serve import opened  # noqa: PLC0415
    from fieldapp.hub.workers import receive  # noqa: PLC0415
    from fieldapp.services.bundles import bundle_files  # noqa: PLC0415
    from fieldapp.services.doorstep import PENDING  # noqa: PLC0415
    from fieldapp.services.enrol import read_reply  # noqa: PLC0415

    with _run(folder):
        keys, (_, operation, root_public, certificate, recovery_public, wrapped, *_) = read_reply(folder, source)
        identity.keep(folder, keys, operation, root_public, certificate, (recovery_public, wrapped))
        added = 0
        with opened(folder, database_url) as (engine, hub):
            for path in bundle_files([source]):
                added += receive(engine, hub, path.read_bytes(), clock())[0].added
        (folder / PENDING).unlink()
        typer.echo(
            speech(folder).ngettext(
                "The hub is enrolled and holds {number} change.",
                "The hub is enrolled and holds {number} changes.",
                added,
            )
        )


@app.command()
def serve(
    folder: Folder,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port to listen on.", min=1, max=65535)] = 8443,
    database_url: DatabaseUrl = "",
    workers: Annotated[int, typer.Option("--workers", help="Processes that verify; 0 is one a processor.", min=0)] = 0,
) -> None:
    """Serve until stopped."""
    from fieldapp.hub.serve import serve as serve_it  # noqa: PLC0415

    with _run(folder):
        serve_it(folder, host, port, database_url, workers, clock)


@app.command()
def backup(
    folder: Folder,
    target: Annotated[Path, typer.Argument(metavar="DIR", help="New or empty folder to write to.")],
    database_url: DatabaseUrl = "",
) -> None:
    """Write all the hub holds, sealed, and read it back; receipts then say that it is durable. The hub may run meanwhile."""
    from fieldapp.hub.backup import back_up  # noqa: PLC0415
    from fieldapp.hub.serve import opened  # noqa: PLC0415

    language = speech(folder)
    with _run(folder), opened(folder, database_url) as (engine, hub):
        done = back_up(engine, hub, target, clock())
        typer.echo(
            language.ngettext(
                "Written and read back: {folder}, {number} change.", "Written and read back: {folder}, {number} changes.",
                done.changes, folder=target,
            )
        )  # fmt: skip


@app.command()
def restore(
    folder: Folder,
    source: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with a back-up.")],
    database_url: DatabaseUrl = "",
    *,
    with_recovery_key: Annotated[
        bool,
        typer.Option(
            "--with-recovery-key", help="The hub that wrote it is lost: this one is new (init, join). Asks for the key."
        ),
    ] = False,
) -> None:
    """Fill a hub from a back-up: an empty one that has its keys, or a new one with the operation's recovery key.

    The laptops then give what came after the back-up again.
    """
    from fieldapp.hub import backup as backups  # noqa: PLC0415
    from fieldapp.hub.serve import opened  # noqa: PLC0415

    language = speech(folder)
    with _run(folder), opened(folder, database_url) as (engine, hub):
        key = ask(language.gettext("Recovery key"), KEY_VARIABLE) if with_recovery_key else ""
        done = backups.restore(engine, hub, source, clock(), identity=backups.opened_by(source, key) if key else "")
        typer.echo(language.ngettext("The hub holds {number} change.", "The hub holds {number} changes.", done))


@app.command()
def refold(folder: Folder, database_url: DatabaseUrl = "") -> None:
    """Forget the hub's list of people and make it anew from the log."""
    from fieldapp.hub import folding  # noqa: PLC0415
    from fieldapp.hub.serve import opened  # noqa: PLC0415

    language = speech(folder)
    with _run(folder), opened(folder, database_url) as (engine, hub):
        folding.begin_anew(engine)
        done = 0
        while folded := folding.fold_next(engine, hub.root_public):
            done += folded
        typer.echo(language.ngettext("Folded {number} change.", "Folded {number} changes.", done))


@app.command()
def devices(folder: Folder, database_url: DatabaseUrl = "") -> None:
    """List the devices, how many changes each has here, and what was put aside."""
    from fieldapp.hub import admin  # noqa: PLC0415
    from fieldapp.hub.serve import opened  # noqa: PLC0415

    language = speech(folder)
    with _run(folder), opened(folder, database_url) as (engine, _):
        for code, epoch, changes, revoked in admin.devices(engine):
            mark = language.gettext("revoked") if revoked else ""
            typer.echo(f"{code}\t{epoch}\t{language.number(changes)}\t{mark}".rstrip())
        for one in admin.quarantined(engine):
            typer.echo(
                language.gettext(
                    "Put aside: {device} {epoch}/{seq}: {reason}", device=one.device, epoch=one.epoch, seq=one.seq,
                    reason=one.reason,
                )
            )  # fmt: skip


@app.command()
def find(
    folder: Folder,
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help="Registration number of a person or a family, or a person's id.")
    ],
    database_url: DatabaseUrl = "",
) -> None:
    """Show where whoever bears a number was registered, without names: number, post, last movement, id, and what is amiss.

    It is kept who asked (`lookups`).
    """
    from fieldapp.hub.look_up import look_up  # noqa: PLC0415
    from fieldapp.hub.serve import opened  # noqa: PLC0415

    language = speech(folder)
    with _run(folder), opened(folder, database_url) as (engine, _):
        for one in look_up(engine, number, getuser(), clock()):
            marks = [
                mark
                for mark, holds in (
                    (language.gettext("in conflict"), one.conflict),
                    (language.gettext("withdrawn"), one.withdrawn),
                )
                if holds
            ]
            typer.echo("\t".join([one.number, one.post, one.state, str(one.subject), *marks]))


@app.command()
def lookups(
    folder: Folder,
    most: Annotated[int, typer.Option("--most", help="So many, the latest.", min=1)] = 100,
    database_url: DatabaseUrl = "",
) -> None:
    """List who looked whom up at the hub: time (UTC), account, number or id, how many were shown."""
    from fieldapp.hub.look_up import look_ups  # noqa: PLC0415
    from fieldapp.hub.serve import opened  # noqa: PLC0415

    with _run(folder), opened(folder, database_url) as (engine, _):
        for one in look_ups(engine, most):
            at = datetime.fromtimestamp(one.at_ms / 1000, UTC)
            typer.echo(f"{at:%Y-%m-%d %H:%M:%S}\t{one.account}\t{one.asked}\t{one.found}")


@app.command()
def revoke(
    folder: Folder,
    code: Annotated[str, typer.Argument(metavar="CODE", help="Device code.")],
    database_url: DatabaseUrl = "",
) -> None:
    """Turn a device away from now on; what it sent before stays."""
    from fieldapp.hub import admin  # noqa: PLC0415
    from fieldapp.hub.serve import opened  # noqa: PLC0415

    with _run(folder), opened(folder, database_url) as (engine, _):
        admin.revoke(engine, code, clock())
        typer.echo(speech(folder).gettext("The device {code} is turned away from now on.", code=code))


@contextmanager
def _run(folder: Path) -> Iterator[None]:
    with run_safely(folder):
        if any(find_spec(name) is None for name in _NEEDED):
            raise EnvironmentProblem("hub_part_missing")
        yield
