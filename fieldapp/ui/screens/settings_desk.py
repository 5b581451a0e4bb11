"""Settings of the desk: turns, and whose day it is by the last digit of the document."""

from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from fieldapp.services.turns import read_rule
from fieldapp.ui import theme
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.card import Card
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.plain_field import PlainField


class DeskSettings(QWidget):
    """What is done at this desk beside registering. Each change holds at once."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
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
        column.addStretch()

    def _on_rule(self) -> None:
        texts = ["".join(field.text().replace(",", " ").split()) for field in self.days]
        wrong = self._session._("Only digits, as 1 2.")
        for frame, text in zip(self.frames, texts, strict=True):
            frame.set_problem("" if all(digit in "0123456789" for digit in text) else wrong)
        if not any(frame.state for frame in self.frames):
            rule = ";".join(texts) if any(texts) else ""
            if rule != self._session.settings.turn_rule:
                self._session.save_settings(turn_rule=rule)
