"""Where the program's own files lie, in a checkout and in an installed wheel, and where data goes by default."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def _bundled(name: str) -> Path:
    for folder in (_PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"fieldapp is not installed completely: its folder {name!r} is missing")


def resources() -> Path:
    """Return the folder of fonts, icons, styles and code lists."""
    return _bundled("resources")


def translations() -> Path:
    """Return the folder of the translation catalogues."""
    return _bundled("translations")


def default_data_folder() -> Path:
    """Return where a laptop keeps its register unless told otherwise."""
    import platformdirs  # noqa: PLC0415 - most commands name their folder

    return Path(platformdirs.user_data_dir("fieldapp", appauthor=False))
