"""What a place of the window is, and what the shell does for it."""

from collections.abc import Callable
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtWidgets import QWidget

from fieldapp.domain.people import TodayFigures
from fieldapp.ui.scans import Scan
from fieldapp.ui.session import Session

WayBack = Callable[[], None]


class Shell(Protocol):
    """What a place may ask of the window around it."""

    def show_banner(
        self,
        kind: str,
        text: str,
        action_text: str | None = None,
        action: Callable[[], object] | None = None,
    ) -> None:
        """Show a message at the top of the place, which it pushes down; `kind` is ok, warn, danger or info."""

    def clear_banner(self) -> None:
        """Take the message away."""

    def show_problem(self, error: Exception) -> None:
        """Say in words what went wrong, as a banner."""

    def go_to(self, name: str, **arguments: Any) -> None:
        """Go to a place: register, people, today, synchronise, settings; the place gets the arguments by `asked`."""

    def open_group(self, group_id: UUID) -> None:
        """Open a family's page."""

    def open_person(self, group_id: UUID, individual_id: UUID) -> None:
        """Open a family's page at one of its members."""

    def complete_next(self) -> None:
        """Open the family that has waited longest for its members in full."""

    def ask_practice(self) -> None:
        """Close the register and open the practice register."""

    def ask_sign_out(self) -> None:
        """Save, close the register and let somebody else sign in."""

    def set_status(self, text: str) -> None:
        """Say something in the status line; the empty text takes it away."""


class Place(QWidget):
    """Base of the large places. A place is made once for a session and then stays alive, also under the idle lock."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self.session = session
        self.shell = shell
        self.setProperty("kind", "page")

    def title(self) -> str:
        """Return the words in the header, in the language of the screen."""
        return ""

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of this place for the list under F1: (key as written, what it does)."""
        return ()

    def asked(self, **arguments: Any) -> None:
        """Take the arguments of `shell.go_to`; called before `entered`, and only when there are some."""

    def entered(self) -> None:
        """Become the visible place: refresh, and take the focus where work begins."""

    def left(self) -> None:
        """Stop being the visible place; nothing typed may be lost."""

    def show_figures(self, figures: TodayFigures) -> None:
        """Show what of the day's figures belongs here; asked whenever they were counted anew."""

    def scanned(self, _scan: Scan) -> bool:
        """Take a scan that arrived while the place is in sight; False leaves it to the program."""
        return False

    def way_back(self) -> WayBack:
        """Return what puts the place back as it is now, after a scanner typed a few keys into it."""
        return lambda: None

    def is_safe_to_close(self) -> bool:
        """Tell whether the program may end now: False keeps it open, and the place says why."""
        return True
