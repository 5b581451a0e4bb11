"""The tab Family: the family as a whole, then each member."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldapp.domain.people import GroupPage
from fieldapp.ui import theme
from fieldapp.ui.models import person_words as words
from fieldapp.ui.screens.group_page_person import MemberCard, facts
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card


class FamilyTab(QWidget):
    """Who belongs to the family, to read."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.SPACE[2], 0, 0)
        self._shown: QWidget | None = None

    def show_page(self, page: GroupPage) -> None:
        """Show a family."""
        language, _ = self._session.language, self._session._
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE[2])
        together = Card(language.ngettext("Family of {number}", "Family of {number}", page.declared_size))
        pairs = [
            (_("Phone"), page.phone or words.NOTHING),
            (_("Destination"), words.value_words(language, "destination", page.destination)),
            (_("Consent"), words.value_words(language, "consent", page.consent)),
            (_("Post"), words.post_words(language, page.post)),
        ]
        pairs += [
            (words.movement_words(language, move.kind), self._session.moment(move.at_ms)) for move in page.movements
        ]
        pairs += [(_("Note"), note) for note in (page.note, *page.notes) if note]
        together.column.addLayout(facts(*pairs))
        column.addWidget(together)
        for member in page.members:
            column.addWidget(MemberCard(self._session, page, member))
        column.addStretch(1)
        if self._shown is not None:
            self._shown.setParent(None)
            self._shown.deleteLater()
        self._shown = shown
        self._column.addWidget(shown)
