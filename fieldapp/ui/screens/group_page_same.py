"""Says on a family's page that a member was registered elsewhere too, as staff said, with a way to each such record."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from fieldapp.domain.people import GroupPage, PersonPage
from fieldapp.services.desk import Desk
from fieldapp.services.find import person_page
from fieldapp.services.review import same_people
from fieldapp.ui import theme
from fieldapp.ui.models import person_words as words
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.group_page_person import plain_label
from fieldapp.ui.session import Session


class SameLine(QFrame):
    """A line below the marks; hidden while nobody of the family is known under another number."""

    def __init__(self, session: Session, shell: Shell, around: QWidget, chosen: Callable[[], UUID | None]) -> None:
        """`chosen` returns the member that is chosen on the page."""
        super().__init__()
        self._session, self._shell, self._chosen = session, shell, chosen
        self._page: GroupPage | None = None
        self._others: list[tuple[PersonPage, PersonPage]] = []
        self.setProperty("kind", "banner")
        sign = QLabel()
        theme.set_icon(sign, "copy", "info")
        self.said = plain_label("")
        self.open_button = QPushButton(session._("Open that record   Ctrl+O"))
        self.which = QComboBox()
        self.which.setAccessibleName(session._("Which record"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE[3], theme.SPACE[1], theme.SPACE[3], theme.SPACE[1])
        row.setSpacing(theme.SPACE[2])
        row.addWidget(sign)
        row.addWidget(self.said, 1)
        row.addWidget(self.which)
        row.addWidget(self.open_button)
        self.open_button.clicked.connect(self.open)
        key = QShortcut(QKeySequence("Ctrl+O"), around, self.open)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.hide()

    def show_page(self, page: GroupPage) -> None:
        """Look who of a family is registered elsewhere too."""
        if self._page is None or self._page.group_id != page.group_id:
            self._others = []
            self.hide()
        self._page = page
        desk = self._session.desk
        self._session.work.query(lambda: _others(desk, page), lambda found: self._show(page, found), owner=self)

    def open(self) -> None:
        """Open the record that is chosen, among several first one of the member who is chosen on the page."""
        if self._others:
            other = self._others[max(0, self.which.currentIndex())][1]
            self._shell.open_person(other.group_id, other.individual_id)

    def prefer(self, individual_id: UUID | None) -> None:
        """Choose the first other record of a member."""
        mine = (place for place, (member, _other) in enumerate(self._others) if member.individual_id == individual_id)
        self.which.setCurrentIndex(next(mine, self.which.currentIndex()))

    def _show(self, page: GroupPage, found: list[tuple[PersonPage, PersonPage]]) -> None:
        if self._page is not page:
            return
        self._others = found
        _ = self._session._
        said = [
            _(
                "{name} was said to be the same person as {other}, {number}.",
                name=words.short_name(mine.given_names, mine.surnames),
                other=words.full_name(other.given_names, other.surnames),
                number=other.number,
            )
            for mine, other in found
        ]
        self.which.clear()
        for _mine, other in found:
            self.which.addItem(f"{other.number}  {words.short_name(other.given_names, other.surnames)}")
        self.which.setVisible(len(found) > 1)
        self.prefer(self._chosen())
        self.said.setText("\n".join(said))
        self.setAccessibleName(self.said.text())
        self.setVisible(bool(found))


def _others(desk: Desk, page: GroupPage) -> list[tuple[PersonPage, PersonPage]]:
    known = same_people(desk, [member.individual_id for member in page.members])
    found = (
        (member, person_page(desk, other, audited=False))
        for member in page.members
        for other in known[member.individual_id]
    )
    return sorted(found, key=lambda pair: (pair[0].ordinal, pair[1].number))
