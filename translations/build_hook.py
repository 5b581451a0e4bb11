"""Compile the translation catalogues while the package is built, so that a wheel carries them ready to use.

A wheel carries no .po file: unpacked beside its compiled form it would look newer, and every start would compile it anew.
"""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Write a .mo file beside each .po file before the files of the build are gathered."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue under translations/ and put it into the wheel."""
        for source in sorted(Path(self.root, "translations").glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            with source.open("rb") as po, target.open("wb") as mo:
                write_mo(mo, read_po(po, locale=source.parts[-3]))
            if self.target_name == "wheel":
                build_data["force_include"][str(target)] = f"fieldapp/{target.relative_to(self.root).as_posix()}"
