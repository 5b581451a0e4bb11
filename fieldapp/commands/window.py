"""`fieldapp` and `fieldapp window`: opens the window on a data folder."""

import typer

from fieldapp.commands.opening import DataDir
from fieldapp.commands.straight import open_safely


def window(data_dir: DataDir = None) -> None:
    """Open the window: set-up on the first run, then sign-in."""
    raise typer.Exit(open_safely(data_dir))
