"""Who is signed in, on which register, in which language and with which preferences: what every place is given."""

import logging
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from fieldapp import settings as stored_settings
from fieldapp.domain.problems import EnvironmentProblem
from fieldapp.i18n import Language, language
from fieldapp.settings import Settings
from fieldapp.ui.scans import Scans
from fieldapp.ui.work import Work

if TYPE_CHECKING:
    from fieldapp.services.desk import Desk

log = logging.getLogger(__name__)


@dataclass
class Session:
    """One signed-in member at one opened register."""

    desk: "Desk"
    work: Work
    settings: Settings
    language: Language
    scans: Scans = field(default_factory=Scans)

    def _(self, message: str, **values: object) -> str:
        """Return a message in the language of the screen, its `{fields}` filled with the values."""
        return self.language.gettext(message, **values)

    @property
    def zone(self) -> tzinfo:
        """The time zone of the post."""
        return ZoneInfo(self.desk.operation.time_zone)

    def moment(self, at_ms: int) -> str:
        """Return milliseconds since 1970 as day and time at the post."""
        return self.language.moment(at_ms, self.desk.operation.time_zone)

    def save_settings(self, **changes: object) -> None:
        """Change some preferences and keep them; open screens hear of it by `work.changed("settings")`.

        Where the folder cannot be written they hold until the program ends, and that is said.
        """
        self.settings = self.settings.changed(**changes)
        self.language = language(self.settings.language or self.language.code)
        self.work.changed.emit("settings")
        try:
            stored_settings.save(self.desk.folder, self.settings)
        except OSError:
            log.warning("the settings could not be kept", exc_info=True)
            self.work.failed.emit(EnvironmentProblem("settings_not_kept"))
