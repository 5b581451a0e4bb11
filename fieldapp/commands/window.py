"""`fieldapp` and `fieldapp window`: opens the window on a data folder."""

import typer

from fieldapp.commands.opening import (
    DataDir,
    clock,
    data_folder,
    random_bytes,
    run_safely,
)


def window(data_dir: DataDir = None) -> None:
    """Open the window: set-up on the first run, then sign-in."""
    from fieldapp.app import open_window  # noqa: PLC0415 - `--help` opens no window

    folder = data_folder(data_dir)
    with run_safely(folder):
        raise typer.Exit(open_window(folder, clock, random_bytes))
