"""The card of the person that is chosen in the list, from its row alone: choosing somebody reads nothing more."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fieldapp.domain.people import IndividualRow
from fieldapp.ui import theme
from fieldapp.ui.models import person_words as words
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.chip import MarkRow
from fieldapp.ui.widgets.scrolled import scrolled

_LINES = (("birth", "sex"), ("nationality", "origin"), ("document",), ("relationship",), ("arrived",), ("post",))


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
        labels = dict(zip(self.values, (_("Birth date"), _("Sex"), _("Nationality"), _("Document"), _("Relationship"),
                                        _("Origin"), _("Arrived"), _("Post")), strict=True))  # fmt: skip
        self._facts = QWidget()
        grid = QGridLayout(self._facts)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE[2])
        grid.setVerticalSpacing(0)
        for line, names in enumerate(_LINES):
            for place, name in enumerate(names):
                caption = QLabel(labels[name])
                caption.setProperty("kind", "hint")
                caption.setContentsMargins(0, theme.SPACE[1] if line else 0, 0, 0)
                span = len(_LINES[0]) - len(names) + 1
                grid.addWidget(caption, 2 * line, place, 1, span)
                grid.addWidget(self.values[name], 2 * line + 1, place, 1, span, Qt.AlignmentFlag.AlignTop)
        for place in range(len(_LINES[0])):
            grid.setColumnStretch(place, 1)
        grid.setRowStretch(2 * len(_LINES), 1)
        self.open_button = QPushButton(_("Open  Enter"))
        self.open_button.setProperty("kind", "primary")
        self.open_button.clicked.connect(self.open_asked)
        self.print_button = QPushButton(_("Print  Ctrl+P"))
        self.print_button.setAccessibleName(_("Print the slip of the family that is chosen"))
        self.print_button.setToolTip(self.print_button.accessibleName())
        theme.set_icon(self.print_button, "printer")
        self.print_button.clicked.connect(self.print_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE[3], theme.SPACE[3], theme.SPACE[3], theme.SPACE[3])
        column.setSpacing(theme.SPACE[2])
        column.addWidget(self.name)
        column.addWidget(self.number)
        column.addWidget(self.marks)
        column.addWidget(scrolled(self._facts), 1)
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
