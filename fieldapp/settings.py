"""A laptop's preferences: how it looks and prints. No personal data, so it lies in clear beside the register."""

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

FILE_NAME = "settings.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """Preferences of one laptop. `theme` is light, dark or contrast; `paper` a slip layout; times are minutes.

    `step` is how families are registered here: `group` counts the members, `individual` enters each. `turns` gives each
    family a turn when it is registered; `turn_rule` says whose day it is (`services.turns.read_rule`).
    `receipt_printer` is the address of one that no system queue serves (`documents.thermal.read_address`).
    `sync_folder` is where bundles were last written to or read from.
    """

    language: str = ""
    theme: str = "light"
    text_percent: int = 100
    slip_language: str = "es"
    slip_layout: str = "a6"
    summary_paper: str = "letter"
    printer: str = ""
    receipt_printer: str = ""
    idle_lock_minutes: int = 10
    collapsed_rail: bool = False
    step: str = "group"
    turns: bool = False
    turn_rule: str = ""
    camera: str = ""
    sync_folder: str = ""

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
        field.name: stored[field.name]
        for field in fields(Settings)
        if isinstance(stored.get(field.name), type(field.default))
    }
    return Settings(**known)


def save(folder: Path, settings: Settings) -> None:
    """Write the settings so that a crash leaves the old or the new file, never half of one."""
    temporary = folder / f".{FILE_NAME}.new"
    temporary.write_text(json.dumps(asdict(settings), indent=2), "utf-8")
    os.replace(temporary, folder / FILE_NAME)
