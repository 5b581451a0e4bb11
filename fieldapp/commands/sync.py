"""`fieldapp sync`: give the hub what it does not hold, and take what this laptop lacks."""

from pathlib import Path
from typing import Annotated

import typer

from fieldapp.commands.bundle import shown_progress
from fieldapp.commands.door import FOUND_WRONG, data_folder, speech
from fieldapp.commands.opening import DataDir, open_desk, run_safely
from fieldapp.domain.problems import Problem
from fieldapp.words_of_erasures import arrived_lines


def sync(
    url: Annotated[str, typer.Option("--hub", help="Address of the hub; remembered.", metavar="URL")] = "",
    certificate: Annotated[
        Path | None, typer.Option("--certificate", help="The hub's certificate (hub.crt); remembered.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Synchronise with a hub. It can be broken off and begun again at any time."""
    from fieldapp.services.synchronise import HubAddress, known_hub, remember_hub, synchronise  # noqa: PLC0415
    from fieldapp.trust.safe_files import told_in_words  # noqa: PLC0415

    data = data_folder(data_dir)
    language = speech(data)
    with run_safely(data), open_desk(data_dir) as desk:
        known = known_hub(desk)
        pinned = known.certificate if known else b""
        if certificate is not None:
            with told_in_words(certificate):
                pinned = certificate.read_bytes()
        address = HubAddress(url or (known.url if known else ""), pinned)
        if not address.url or not address.certificate:
            raise Problem("hub_not_named")
        with shown_progress(language.gettext("Synchronising")) as progress:
            done = synchronise(desk, address, progress)
        if address != known:
            remember_hub(desk, address)
        typer.echo(
            language.gettext(
                "Given: {given}. New here: {added}. Waiting for others: {waiting}. Put aside: {aside}.",
                given=language.number(done.given), added=language.number(done.taken.added),
                waiting=language.number(done.taken.waiting),
                aside=language.number(done.taken.put_aside + done.refused_by_hub),
            )
        )  # fmt: skip
        for line in arrived_lines(language, done.taken.cleared):
            typer.echo(line)
        if done.taken.new_epoch:
            typer.echo(
                language.gettext(
                    "This laptop has a double or was restored from an old copy. It goes on with the device code {code}.",
                    code=desk.device.code,
                )
            )
        if done.taken.put_aside or done.refused_by_hub:
            raise typer.Exit(FOUND_WRONG)
