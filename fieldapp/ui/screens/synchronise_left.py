"""Files that may still hold somebody who was erased: named in the place Sync until somebody says to have looked at them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from fieldapp.services.correct import ANSWERABLE
from fieldapp.services.erasures import look_at
from fieldapp.ui import theme
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.group_page_person import plain_label
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card


class LeftFilesCard(Card):
    """The paths, and a button for who answers for the day. Hidden while there are none; `looked_at` once they were."""

    looked_at = Signal()

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(
            _("Files that may still hold somebody who was erased"),
            _("Look for each of them, on sticks too, and destroy it if it may go. This laptop cannot tell."),
        )
        self._session, self._shell = session, shell
        self._paths: tuple[Path, ...] = ()
        self.paths = plain_label("")
        self.paths.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.paths.setAccessibleName(_("Files that may still hold somebody who was erased"))
        self.button = QPushButton(_("All of them were looked at"))
        theme.set_icon(self.button, "circle-check")
        self.button.clicked.connect(self._on_looked_at)
        self.column.addWidget(self.paths)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self.button.setVisible(session.desk.actor.role in ANSWERABLE)  # only now: without a parent it would be a window
        self.hide()

    def show_paths(self, paths: Sequence[Path]) -> None:
        """Name these files, or nothing."""
        self._paths = tuple(paths)
        self.paths.setText("\n".join(str(path) for path in paths))
        self.setVisible(bool(paths))

    def _on_looked_at(self) -> None:
        desk, paths = self._session.desk, self._paths
        self._session.work.change(
            lambda: look_at(desk, paths), lambda _done: self.looked_at.emit(), self._shell.show_problem,
            changes="", owner=self,
        )  # fmt: skip
