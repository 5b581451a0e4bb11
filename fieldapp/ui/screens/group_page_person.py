"""The card of the person that is chosen in the list, from its row alone: choosing somebody reads nothing more."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from fieldapp.domain.people import IndividualRow
from fieldapp.ui import theme
from fieldapp.ui.models import person_words as words
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.chip import MarkRow


def plain_label(text: str, kind: str = "") -> QLabel:
    """Return a label that wraps and never reads what was typed as markup."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if kind:
        label.setProperty("kind", kind)
    return label


class PersonCard(QFrame):
    """The person that is chosen in the list. Emits `open_asked` and `print_asked`."""

    open_asked = Signal()
    print_asked = Signal()

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
        self._facts = QWidget()
        grid = QGridLayout(self._facts)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE[2])
        grid.setVerticalSpacing(theme.SPACE[1])
        grid.setColumnStretch(1, 1)
        for line, (label, value) in enumerate(zip(labels, self.values.values(), strict=True)):
            caption = QLabel(label)
            caption.setProperty("kind", "secondary")
            grid.addWidget(caption, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, line, 1)
        self.open_button = QPushButton(_("Open  Enter"))
        self.open_button.setProperty("kind", "primary")
        self.open_button.clicked.connect(self.open_asked)
        self.print_button = QPushButton(_("Print slip  Ctrl+P"))
        theme.set_icon(self.print_button, "printer")
        self.print_button.clicked.connect(self.print_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE[3], theme.SPACE[3], theme.SPACE[3], theme.SPACE[3])
        column.setSpacing(theme.SPACE[2])
        column.addWidget(self.name)
        column.addWidget(self.number)
        column.addWidget(self.marks)
        column.addWidget(_in_area(self._facts), 1)
        column.addWidget(self.print_button)
        column.addWidget(self.open_button)
        self.show_row(None)

    def show_row(self, row: IndividualRow | None) -> None:
        """Show a row of the list, or that nobody is chosen."""
        language, _ = self._session.language, self._session._
        for widget in (self.open_button, self.print_button, self._facts, self.number):
            widget.setVisible(row is not None)
        if row is None:
            self.name.setText(_("Nobody is chosen"))
            self.marks.show_marks(())
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


def _in_area(widget: QWidget) -> QScrollArea:
    """Return an area in which a card that is too long for large text can be scrolled."""
    widget.setProperty("kind", "page")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area
