"""The Washington Group's short set: six questions in their fixed order, each answered by a digit from 1 to 4.

A person counts as with a disability who answers "a lot" (3) or "cannot" (4) in any of them.
"""

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from fieldapp.code_lists import code_list
from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.widgets.choice_row import Answer, ChoiceRow


class FunctioningField(QWidget):
    """Six rows of four answers; a digit answers and goes on to the next question."""

    changed = Signal()
    returnPressed = Signal()  # noqa: N815 - named like that of Qt's own fields, so that Enter goes on from all alike

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        answers = tuple(
            Answer(row.code, row.code, f"{row.code}  {row.label(language.code)}", row.label(language.code))
            for row in code_list("functioning_answers")
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.SPACE[0])
        self.rows: dict[str, ChoiceRow] = {}
        for place, area in enumerate(code_list("functioning")):
            words = QLabel(area.label(language.code))
            words.setWordWrap(True)
            row = ChoiceRow(answers, goes_on=True)
            row.setAccessibleName(area.label(language.code))
            words.setBuddy(row)
            row.changed.connect(self.changed)
            grid.addWidget(words, place, 0)
            grid.addWidget(row, place, 1)
            self.rows[area.code] = row
        grid.setColumnStretch(0, 1)
        rows = list(self.rows.values())
        for row, following in pairwise(rows):
            row.returnPressed.connect(following.setFocus)
        rows[-1].returnPressed.connect(self.returnPressed)
        self.setFocusProxy(rows[0])

    @property
    def answers(self) -> dict[str, int]:
        """The answers by the code of their question; what was not answered is left out."""
        return {area: int(row.code) for area, row in self.rows.items() if row.code}

    def set_answers(self, answers: Mapping[str, int]) -> None:
        """Put answers into the rows without saying that they changed."""
        for area, row in self.rows.items():
            row.set_code(str(answers.get(area, "")))
