"""A laptop's preferences: how it looks and prints. No personal data, so it lies in clear beside the register."""

import json
import os
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields, replace
from pathlib import Path

FILE_NAME = "settings.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """Preferences of one laptop. `theme` is light, dark or contrast; `paper` a slip layout; times are minutes.

    `step` is how families are registered here: `group` counts the members, `individual` enters each. `turns` gives each
    family a turn when it is registered; `turn_rule` says whose day it is (`services.turns.read_rule`). `printers` says by slip layout which printer has
    its paper; one that is named but empty is asked for each time. `printer` is for all other papers. `receipt_printer` is
    the address of one that no system queue serves (`documents.thermal.read_address`). `portrait_on_slip` puts the photo
    of the focal point on paper. `sync_folder` is where bundles were last written to or read from.
    `service` (list `services`) is what scanned slips are given for at this desk, empty where they are only verified.
    """

    language: str = ""
    theme: str = "light"
    text_percent: int = 100
    slip_language: str = "es"
    slip_layout: str = "a6"
    portrait_on_slip: bool = False
    summary_paper: str = "letter"
    slip_copies: int = 1
    printer: str = ""
    printers: Mapping[str, str] = field(default_factory=dict)
    receipt_printer: str = ""
    idle_lock_minutes: int = 10
    collapsed_rail: bool = False
    step: str = "group"
    turns: bool = False
    turn_rule: str = ""
    service: str = ""
    camera: str = ""
    sync_folder: str = ""
    slips_folder: str = ""

    def printer_of(self, layout: str) -> str:
        """Return the printer that has the paper of a slip layout, an empty text where staff are to be asked."""
        return self.printers.get(layout, "")

    def asks_for(self, layout: str) -> bool:
        """Tell whether staff want to be asked for the printer of a layout each time."""
        return self.printers.get(layout) == ""

    def changed(self, **values: object) -> "Settings":
        """Return the settings with some of them changed."""
        return replace(self, **values)  # type: ignore[arg-type]


def load(folder: Path) -> Settings:
    """Return the settings in a data folder; what is missing or damaged takes its default."""
    try:
        stored = json.loads((folder / FILE_NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(stored, dict):
        return Settings()
    known = {
        each.name: stored[each.name]
        for each in fields(Settings)
        if each.default is not MISSING and isinstance(stored.get(each.name), type(each.default))
    }
    return Settings(**known, printers=_texts(stored.get("printers")))


def _texts(stored: object) -> dict[str, str]:
    pairs = stored.items() if isinstance(stored, dict) else ()
    return {name: value for name, value in pairs if isinstance(name, str) and isinstance(value, str)}


def save(folder: Path, settings: Settings) -> None:
    """Write the settings so that a crash leaves the old or the new file, never half of one."""
    temporary = folder / f".{FILE_NAME}.new"
    temporary.write_text(json.dumps(asdict(settings), indent=2), "utf-8")
    os.replace(temporary, folder / FILE_NAME)
