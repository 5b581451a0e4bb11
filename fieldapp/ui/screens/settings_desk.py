"""Settings of the desk: turns, and whose day it is by the last digit of the document."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from fieldapp.i18n import language
from fieldapp.services.slip_files import save_blank_slips
from fieldapp.services.tokens import MOST_AT_ONCE, print_tokens
from fieldapp.services.turns import read_rule
from fieldapp.ui import theme
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.settings_service import ServiceCard
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.plain_field import PlainField


class DeskSettings(QWidget):
    """What is done at this desk beside registering. Each change holds at once."""

    def __init__(self, session: Session, shell: Shell) -> None:
        super().__init__()
        self._session, self._shell = session, shell
        _ = session._
        self.turns = QCheckBox(_("Give each family a turn when it is registered"))
        self.turns.setChecked(session.settings.turns)
        self.turns.setMinimumHeight(theme.size("target"))
        self.turns.toggled.connect(lambda on: session.save_settings(turns=on))
        card = Card(_("Turns"), _("Called by number under Today, and shown on a second screen."))
        card.column.addWidget(self.turns)
        rule = Card(
            _("Whose day it is"),
            _("The last digits served on each day, as 1 2. Empty is everybody. Others pass with a reason."),
        )
        days = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
        self.days = [PlainField() for _day in days]
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE[2])
        grid.setVerticalSpacing(theme.SPACE[0])
        self.frames = []
        for place, (name, field, digits) in enumerate(
            zip(days, self.days, read_rule(session.settings.turn_rule), strict=True)
        ):
            field.setText(" ".join(sorted(digits)))
            field.editingFinished.connect(self._on_rule)
            frame = FieldFrame(name, field, chars=9)
            self.frames.append(frame)
            grid.addWidget(frame, place // 4, place % 4)
        rule.column.addLayout(grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE[3], 0, 0)
        column.setSpacing(theme.SPACE[3])
        column.addWidget(card)
        column.addWidget(rule)
        self.service_card = ServiceCard(session)
        column.addWidget(self.service_card)
        column.addWidget(self._make_tokens())
        column.addWidget(self._make_practice())
        column.addStretch()

    def _make_tokens(self) -> Card:
        _ = self._session._
        card = Card(
            _("Pre-printed slips"),
            _("Blank codes with a number, printed ahead of time; eight on a page. Bind one on the family's page."),
        )
        self.token_count = QSpinBox()
        self.token_count.setRange(1, MOST_AT_ONCE)
        self.token_count.setSingleStep(8)
        self.token_count.setValue(80)
        self.token_count.setMinimumHeight(theme.size("field"))
        self.token_count.setAccessibleName(_("How many"))
        self.token_button = QPushButton(_("Save them as a PDF"))
        theme.set_icon(self.token_button, "qr-code")
        self.token_button.clicked.connect(self.choose_token_file)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE[2])
        row.addWidget(self.token_count)
        row.addWidget(self.token_button)
        row.addStretch(1)
        card.column.addLayout(row)
        return card

    def _make_practice(self) -> Card:
        _ = self._session._
        card = Card(
            _("Practice"),
            _("A register to learn on, with invented families. It signs you out here; what was typed stays a draft."),
        )
        self.practice_button = QPushButton(_("Practise"))
        self.practice_button.clicked.connect(self._shell.ask_practice)
        self.practice_button.setEnabled(not self._session.desk.is_practice)
        card.column.addWidget(self.practice_button, 0, Qt.AlignmentFlag.AlignLeading)
        return card

    def choose_token_file(self) -> None:
        """Ask where the blank slips go, and write them."""
        name = f"{self._session._('Pre-printed slips')}.pdf"
        path, _kind = QFileDialog.getSaveFileName(self, self._session._("Save them as a PDF"), name, "PDF (*.pdf)")
        if path:
            self.save_tokens(Path(path))

    def save_tokens(self, path: Path) -> None:
        """Write blank slips to a file."""
        session, count = self._session, self.token_count.value()
        spoken, paper = language(session.settings.slip_language), session.settings.summary_paper

        def work() -> None:
            save_blank_slips(path, print_tokens(session.desk, count, spoken, paper))

        def done(_done: None) -> None:
            self.token_button.setEnabled(True)
            self._shell.show_banner("ok", session._("The blank slips are in {path}.", path=path))

        def failed(error: Exception) -> None:
            self.token_button.setEnabled(True)
            self._shell.show_problem(error)

        self.token_button.setEnabled(False)
        session.work.change(work, done, failed, changes="", urgent=False, owner=self)

    def _on_rule(self) -> None:
        texts = ["".join(field.text().replace(",", " ").split()) for field in self.days]
        wrong = self._session._("Only digits, as 1 2.")
        for frame, text in zip(self.frames, texts, strict=True):
            frame.set_problem("" if all(digit in "0123456789" for digit in text) else wrong)
        if not any(frame.state for frame in self.frames):
            rule = ";".join(texts) if any(texts) else ""
            if rule != self._session.settings.turn_rule:
                self._session.save_settings(turn_rule=rule)
