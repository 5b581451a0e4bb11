"""Section 5, consent: in which language it was explained, whether they agree, and to whom their data may go.

Refusal is an answer like any other and blocks nothing.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from fieldapp.code_lists import code_list
from fieldapp.domain.record import Consent, FieldProblem
from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.models import draft_choices
from fieldapp.ui.models.draft_content import CodeValue, GroupDraft
from fieldapp.ui.screens.register_section import Section
from fieldapp.ui.widgets.choice_button import ChoiceButton
from fieldapp.ui.widgets.choice_row import Answer, ChoiceRow
from fieldapp.ui.widgets.code_field import CodeField
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.wrap_layout import WrapLayout
from fieldapp.words import say

USUAL_LANGUAGE = "spa"
USUAL_SHARES = ("government", "partners", "tracing")
"""What agreeing means unless they say otherwise; a photo is asked for by itself."""


class ConsentSection(Section):
    """The answer is one key; language and recipients have their usual answers and can be changed."""

    changed = Signal()
    answered = Signal()
    notice_wanted = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        _ = language.gettext
        super().__init__(5, _("Consent"), parent)
        self._language = language
        self._explained = QLabel(
            _(
                "Explain in their own language: the data serves their registration and help here. If they agree, it is "
                "also shared with the organisations that help them. They may say no and lose nothing."
            )
        )
        self._explained.setProperty("kind", "secondary")
        self._explained.setWordWrap(True)
        self.explained_in = CodeField(draft_choices.simple("languages", language.code))
        self.answer = ChoiceRow(self._answers(), goes_on=True)
        self.shares = SharesField(language)
        self.notice_button = QPushButton(_("Print the privacy notice"))
        self.notice_button.setProperty("kind", "quiet")
        theme.set_icon(self.notice_button, "printer")
        self.frames = {
            "consent_language": FieldFrame(_("Explained in"), self.explained_in, chars=14, stretch=1),
            "consent": FieldFrame(_("Do they agree that their data is shared?"), self.answer, chars=30, stretch=4),
            "consent_shares": FieldFrame(_("It may go to"), self.shares, chars=30),
        }
        self.beside.addWidget(self.notice_button)
        self.column.addWidget(self._explained)
        line = WrapLayout(gap=12, line_gap=4, fill=True)
        for name in ("consent_language", "consent"):
            line.addWidget(self.frames[name])
        self.column.addLayout(line)
        self.column.addWidget(self.frames["consent_shares"])
        self.explained_in.changed.connect(self.changed)
        self.answer.changed.connect(self._on_answered)
        self.shares.changed.connect(self.changed)
        self.notice_button.clicked.connect(self.notice_wanted)
        self._show_shares()

    def _answers(self) -> tuple[Answer, ...]:
        _ = self._language.gettext
        yes, no = _("Yes, they agree"), _("No; registered all the same, not shared")
        return (
            Answer(Consent.AGREES.value, yes[0], f"({yes[0]})  {yes}", yes),
            Answer(Consent.REFUSES.value, no[0], f"({no[0]})  {no}", no),
        )

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """The stops of the keyboard in their order; the recipients are reached by Tab."""
        return self.explained_in, self.answer

    def set_draft(self, draft: GroupDraft) -> None:
        """Put a family's consent into the section; where it says nothing, the usual answers stand as guesses."""
        self.explained_in.set_value(draft.consent_language)
        if not self.explained_in.text():
            self.explained_in.guess(USUAL_LANGUAGE)
        self.answer.set_code(draft.consent)
        self.shares.set_codes(draft.consent_shares)
        self._show_shares()

    def show_problem(self, problem: FieldProblem) -> QWidget:
        """Say beside its field what is wrong, and return the field."""
        frame = self.frames[problem.field]
        words = say(self._language, problem.code, value=problem.value, limit=problem.limit)
        frame.set_problem(words, blocking=problem.blocking)
        return frame.field

    def _on_answered(self) -> None:
        agreed = self.answer.code == Consent.AGREES
        self.shares.set_codes((self.shares.codes or USUAL_SHARES) if agreed else ())
        self._show_shares()
        self.changed.emit()
        self.answered.emit()

    def _show_shares(self) -> None:
        self.frames["consent_shares"].setVisible(self.answer.code == Consent.AGREES)

    @property
    def language_value(self) -> CodeValue:
        """In which language it was explained."""
        return self.explained_in.value


class SharesField(QWidget):
    """To whom data may go: a digit turns a recipient on or off."""

    changed = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = WrapLayout(self, gap=4, line_gap=4)
        self.buttons: dict[str, ChoiceButton] = {}
        for number, row in enumerate(code_list("consent_shares"), start=1):
            button = ChoiceButton(f"{number}  {row.label(language.code)}", "chip")
            button.setAccessibleName(row.label(language.code))
            button.clicked.connect(self.changed)
            layout.addWidget(button)
            self.buttons[row.code] = button

    @property
    def codes(self) -> tuple[str, ...]:
        """Who may have the data."""
        return tuple(code for code, button in self.buttons.items() if button.isChecked())

    def set_codes(self, codes: tuple[str, ...]) -> None:
        """Show who may have the data without saying that it changed."""
        for code, button in self.buttons.items():
            button.setChecked(code in codes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        buttons = list(self.buttons.values())
        text = event.text()
        if text.isdigit() and 0 < int(text) <= len(buttons):
            buttons[int(text) - 1].click()
        else:
            super().keyPressEvent(event)
