"""The card of a person: beside the list from its row, and on a family's page from the whole record."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout

from fieldapp.domain.people import GroupPage, IndividualRow, PersonPage
from fieldapp.ui import theme
from fieldapp.ui.models import person_words as words
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.chip import MarkRow


def facts(*pairs: tuple[str, str]) -> QGridLayout:
    """Return labels and values side by side."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.SPACE[2])
    grid.setVerticalSpacing(theme.SPACE[0])
    grid.setColumnStretch(1, 1)
    for line, (label, value) in enumerate(pairs):
        name, said = QLabel(label), plain_label(value)
        name.setProperty("kind", "secondary")
        grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(said, line, 1)
    return grid


def plain_label(text: str, kind: str = "") -> QLabel:
    """Return a label that wraps and never reads what was typed as markup."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if kind:
        label.setProperty("kind", kind)
    return label


class PersonCard(QFrame):
    """The person that is chosen in the list. Emits `open_asked`."""

    open_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        _ = session._
        self.setProperty("kind", "card")
        self.name = plain_label("", "section")
        self.number = plain_label("", "number")
        self.marks = MarkRow()
        self.values = {
            name: plain_label("")
            for name in ("birth", "sex", "nationality", "document", "relationship", "origin", "arrived", "post")
        }
        labels = (_("Birth date"), _("Sex"), _("Nationality"), _("Document"), _("Relationship"), _("Origin"),
                  _("Arrived"), _("Post"))  # fmt: skip
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for line, (label, value) in enumerate(zip(labels, self.values.values(), strict=True)):
            caption = QLabel(label)
            caption.setProperty("kind", "secondary")
            grid.addWidget(caption, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, line, 1)
        self.open_button = QPushButton(_("Open  Enter"))
        self.open_button.setProperty("kind", "primary")
        self.open_button.clicked.connect(self.open_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE[3], theme.SPACE[3], theme.SPACE[3], theme.SPACE[3])
        column.setSpacing(theme.SPACE[2])
        column.addWidget(self.name)
        column.addWidget(self.number)
        column.addWidget(self.marks)
        column.addLayout(grid)
        column.addStretch(1)
        column.addWidget(self.open_button)
        self.show_row(None)

    def show_row(self, row: IndividualRow | None) -> None:
        """Show a row of the list, or that nobody is chosen."""
        language, _ = self._session.language, self._session._
        self.open_button.setEnabled(row is not None)
        if row is None:
            self.name.setText(_("Nobody is chosen"))
            self.number.clear()
            self.marks.show_marks(())
            for value in self.values.values():
                value.clear()
            return
        self.name.setText(words.full_name(row.given_names, row.surnames))
        self.number.setText(row.number)
        self.marks.show_marks(words.row_marks(language, row, self._session.desk.today()))
        size = language.ngettext("family of {number}", "family of {number}", row.group_size)
        for name, text in (
            ("birth", words.birth_words(language, row.birth)),
            ("sex", words.sex_words(language, row.sex)),
            ("nationality", words.nationality_words(language, (row.nationality,))),
            ("document", row.documents or _("No document")),
            ("relationship", f"{words.relationship_words(language, row.relationship, row.sex)}, {size}"),
            ("origin", words.origin_words(language, row.origin_state)),
            ("arrived", self._session.moment(row.arrived_at_ms)),
            ("post", words.post_words(language, row.post)),
        ):
            self.values[name].setText(text)


class MemberCard(QFrame):
    """One member of a family, to read."""

    def __init__(self, session: Session, page: GroupPage, member: PersonPage) -> None:
        super().__init__()
        language, _ = session.language, session._
        self.setProperty("kind", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE[3], theme.SPACE[2], theme.SPACE[3], theme.SPACE[2])
        column.setSpacing(theme.SPACE[1])
        column.addWidget(plain_label(words.full_name(member.given_names, member.surnames), "section"))
        relation = words.relationship_words(language, member.relationship, member.sex)
        if member.individual_id == page.focal_point_id:
            relation = _("Focal point")
        age = words.age_words(language, member.birth, session.desk.today())
        pairs = [
            (_("Number"), member.number),
            (_("Relationship"), relation),
            (_("Birth date"), f"{words.birth_words(language, member.birth)} ({age})"),
            (_("Sex"), words.sex_words(language, member.sex)),
            (_("Nationality"), words.nationality_words(language, member.nationalities)),
            (_("Documents"), words.documents_words(language, member.documents)),
        ]
        if member.needs:
            pairs.append((_("Needs"), ", ".join(words.need_words(language, need.code) for need in member.needs)))
        column.addLayout(facts(*pairs))
