"""The composition root of the window: the folder, the clock and the random source come in here and nowhere else.

Qt is imported only when the window is opened, so that the command line needs none of it.
"""

import gc
import os
import sys
from pathlib import Path

from fieldapp.domain.clock import Clock
from fieldapp.domain.ids import RandomBytes
from fieldapp.domain.problems import EnvironmentProblem


class NoScreen(EnvironmentProblem):
    """There is no screen to open a window on."""

    code = "no_screen"


def has_screen() -> bool:
    """Tell whether a window can be opened: on Linux that a display or another Qt platform is named."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def open_window(folder: Path, clock: Clock, random_bytes: RandomBytes) -> int:
    """Open the window on a data folder and return the exit code when it is closed. Raises NoScreen."""
    if not has_screen():
        raise NoScreen
    gc.disable()  # nothing of a start is garbage, and looking for some is a tenth of it; later the window does (ui/garbage)
    import fieldapp.services.doorstep  # noqa: F401, PLC0415 - Qt reads the source of each module that is loaded after it
    from fieldapp.ui.program import run  # noqa: PLC0415 - the command line needs no Qt
    from fieldapp.ui.surroundings import Surroundings  # noqa: PLC0415

    return run(Surroundings(folder, clock, random_bytes))
