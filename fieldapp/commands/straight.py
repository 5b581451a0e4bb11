"""The straight way into the window, for `fieldapp` and `fieldapp window [--data-dir DIR]`.

The library of the command line takes a quarter of the time in which the sign-in page stands, and the window needs none
of it. Whatever else was asked for is the command line's.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from fieldapp import logs
from fieldapp.app import open_window
from fieldapp.commands.door import STOPPED, clock, data_folder, ending, random_bytes


def is_plain_start(arguments: Sequence[str]) -> bool:
    """Tell whether the arguments ask for the window in a way that needs no reading of options."""
    match arguments:
        case [] | ["window"]:
            return True
        case ["window", "--data-dir", folder]:
            return folder != "" and not folder.startswith("-")
        case _:
            return False


def start(arguments: Sequence[str]) -> int:
    """Open the window as a plain start asks for and return the exit code."""
    return open_safely(Path(arguments[-1]) if len(arguments) > 1 else None)


def open_safely(data_dir: Path | None) -> int:
    """Open the window on a folder and return the exit code when it is closed; errors are said in one line."""
    folder = data_folder(data_dir)
    logs.start(folder)
    try:
        return open_window(folder, clock, random_bytes)
    except KeyboardInterrupt:
        return STOPPED
    except Exception as error:  # noqa: BLE001 - whatever it is ends in one line and a code
        line, code = ending(error, folder)
        sys.stderr.write(f"{line}\n")
        return code
