"""A pre-printed slip scanned while a family is entered: it is bound to the family once that is registered."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject

from fieldapp.services.tokens import bind_token, families_with
from fieldapp.ui.models.scan_kinds import ScanKind, kind_of, short_text
from fieldapp.ui.places import Shell
from fieldapp.ui.scans import Scan
from fieldapp.ui.session import Session


class TokenDesk(QObject):
    """Keeps the pre-printed slip for the family in the form."""

    def __init__(self, session: Session, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._shell = session, shell
        self.token = ""

    def scanned(self, scan: Scan) -> bool:
        """Take a pre-printed slip that is still blank; leave everything else, and those of others, to the program."""
        if kind_of(scan.content) is not ScanKind.TOKEN:
            return False
        desk, token = self._session.desk, short_text(scan.content)
        self._session.work.query(
            lambda: families_with(desk, token), partial(self._on_looked_up, token), self._shell.show_problem, owner=self
        )
        return True

    def forget(self) -> None:
        """Bind nothing: the family in the form is another one."""
        self.token = ""

    def bind_to(self, group_id: UUID) -> None:
        """Bind what was scanned to a family that is registered now."""
        token, self.token = self.token, ""
        if token:
            self._session.work.change(
                partial(bind_token, self._session.desk, group_id, token), None, self._shell.show_problem, owner=self
            )

    def _on_looked_up(self, token: str, found: tuple[tuple[UUID, str], ...]) -> None:
        _ = self._session._
        if found:
            group_id, number = found[0]
            words = _("{token} belongs to {number} already. Take a blank one.", token=token, number=number)
            self._shell.show_banner("warn", words, _("Open the family"), lambda: self._shell.open_group(group_id))
            return
        self.token = token
        words = _("{token} is bound to this family when it is saved.", token=token)
        self._shell.show_banner("info", words, _("Undo"), self.forget)
