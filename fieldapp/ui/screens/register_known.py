"""The hint that a document's number is known already: who has it, and a way to compare both. Never a wall."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from fieldapp.domain.people import IndividualRow
from fieldapp.services.known_documents import holders_of
from fieldapp.ui import theme
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.member_fields import MemberFields

_PAUSE_MS = 250


class KnownNumber(QFrame):
    """Stands below the fields of one person while somebody else in the register has the number typed there."""

    def __init__(self, session: Session, fields: MemberFields, compare: Callable[[], None]) -> None:
        super().__init__(fields)
        self._session, self._fields, self._compare = session, fields, compare
        self._row: IndividualRow | None = None
        self.setProperty("kind", "banner")
        theme.set_property(self, "state", "warn")
        sign = QLabel()
        theme.set_icon(sign, "triangle-alert", "warn")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self.open_button = QPushButton(session._("Compare   F8"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE[3], theme.SPACE[1], theme.SPACE[3], theme.SPACE[1])
        row.setSpacing(theme.SPACE[2])
        row.addWidget(sign)
        row.addWidget(self._text, 1)
        row.addWidget(self.open_button)
        layout = fields.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.count() - 2, self)
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._typing.timeout.connect(self._ask)
        fields.document.number.textChanged.connect(self._on_number)
        self.open_button.clicked.connect(self.open)
        self.hide()

    @property
    def text(self) -> str:
        """The hint, empty while there is none."""
        return "" if self.isHidden() else self._text.text()

    def open(self) -> None:
        """Show whoever has the number beside the person entered; what is typed here stays."""
        self._compare()

    def _on_number(self) -> None:
        self._row = None
        self.hide()
        self._typing.start()

    def _ask(self) -> None:
        desk, number = self._session.desk, self._fields.document.number.text()
        if number.strip():
            self._session.work.query(
                lambda: holders_of(desk, number), lambda rows: self._show(number, rows), owner=self
            )

    def _show(self, number: str, rows: tuple[IndividualRow, ...]) -> None:
        if not rows or number != self._fields.document.number.text():
            return
        self._row = rows[0]
        self._text.setText(
            self._session._(
                "This number is registered already: {name}, {number}. Compare both.",
                name=f"{rows[0].given_names} {rows[0].surnames}".strip(),
                number=rows[0].number,
            )
        )
        self.setAccessibleName(self._text.text())
        self.show()
