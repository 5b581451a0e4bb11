"""The tab History: what was done with a family and its members, newest first."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.domain.people import GroupPage, HistoryLine, PersonPage
from fieldapp.ui import theme
from fieldapp.ui.models import person_words as words
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.row_table import RowTable

_WHAT = 2
_LETTERS = {0: 19, 1: 22, _WHAT: 24, 3: 24}
_SHARES = {_WHAT: 3, 3: 2}
"""How the columns of long words share what is left of the width."""


class HistoryTable(RowTable):
    """Four columns, each of which can be read; where text is large it scrolls sideways."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        letter = self.fontMetrics().averageCharWidth()
        left = max(0, self.viewport().width() - letter * sum(_LETTERS.values()))
        for column, letters in _LETTERS.items():
            share = left * _SHARES.get(column, 0) // sum(_SHARES.values())
            self.setColumnWidth(column, letters * letter + share)


class HistoryTab(QWidget):
    """A table of when, about whom, what, and by whom in which role at which desk."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        _ = session._
        self.table = HistoryTable(_("History"), (_("When"), _("About"), _("What"), _("Who")))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, theme.SPACE[2], 0, 0)
        box.addWidget(self.table)

    def show_page(self, page: GroupPage) -> None:
        """Show the history of a family."""
        self.table.show_rows(self._texts(line, member) for line, member in words.family_history(page))

    def _texts(self, line: HistoryLine, member: PersonPage | None) -> tuple[str, ...]:
        language, _ = self._session.language, self._session._
        about = words.short_name(member.given_names, member.surnames) if member else _("Family")
        role = words.role_words(language, line.role) if line.role else ""
        who = ", ".join(part for part in (line.staff_name, role, line.device_code) if part)
        return self._session.moment(line.at_ms), about, words.history_words(language, line), who

    def texts(self) -> list[str]:
        """Return what was done, newest first."""
        return [item.text() for row in range(self.table.rowCount()) if (item := self.table.item(row, _WHAT))]
