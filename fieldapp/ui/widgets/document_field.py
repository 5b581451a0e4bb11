"""The paper a person has: its kind, number and country, or no paper, which is as normal an answer as any other."""

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldapp.code_lists import code_list
from fieldapp.i18n import Language
from fieldapp.ui.models import draft_choices
from fieldapp.ui.models.draft_choices import Choices
from fieldapp.ui.models.draft_content import CodeValue
from fieldapp.ui.models.draft_entry import NO_DOCUMENT
from fieldapp.ui.widgets.code_field import CodeField
from fieldapp.ui.widgets.field_frame import FieldFrame, mark
from fieldapp.ui.widgets.wrap_layout import WrapLayout

_PUNCTUATION = re.compile(r"[.\s]")


class DocumentField(QWidget):
    """Kind, number and country of a paper. A number of an unusual shape is remarked on and never refused."""

    changed = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = language.gettext
        self._language = language
        self.kind = CodeField(draft_choices.documents(language.code))
        self.number = _NumberField(self.kind)
        self.country = _CountryField(draft_choices.countries(language.code), self.kind)
        self.kind_frame = FieldFrame(_("Document"), self.kind, chars=17, stretch=3)
        self.number_frame = FieldFrame(_("Document number"), self.number, chars=14, stretch=2)
        self.country_frame = FieldFrame(_("Issued by"), self.country, chars=11, stretch=2)
        layout = WrapLayout(self, gap=12, line_gap=4, fill=True)
        for frame in (self.kind_frame, self.number_frame, self.country_frame):
            layout.addWidget(frame)
        self.kind.changed.connect(self._on_kind_changed)
        self.number.textEdited.connect(self._on_number_edited)
        self.country.changed.connect(self.changed)

    @property
    def stops(self) -> tuple[QLineEdit, ...]:
        """The fields in their order."""
        return self.kind, self.number, self.country

    def set_values(self, kind: CodeValue, number: str, country: CodeValue) -> None:
        """Put a paper into the fields without saying that it changed."""
        self.kind.set_value(kind)
        self.number.setText(number)
        self.country.set_value(country)
        self._follow_kind(keep_country=True)

    def guess_kind(self, kind: str) -> None:
        """Offer the usual kind, marked as a guess, as long as nobody has said anything of a paper."""
        if not self.number.text().strip() and (self.kind.is_guess or not self.kind.text()):
            self.kind.guess(kind) if kind else self.kind.set_value(CodeValue())
            self._follow_kind()

    def _on_kind_changed(self) -> None:
        self._follow_kind()
        self.changed.emit()

    def _on_number_edited(self, _text: str) -> None:
        self.kind.touch()
        self._check_number()
        self.changed.emit()

    def _follow_kind(self, *, keep_country: bool = False) -> None:
        kind = self.kind.code
        has_paper = kind != NO_DOCUMENT
        self.number.setEnabled(has_paper)
        self.country.setEnabled(has_paper)
        if not keep_country and (self.country.is_guess or not self.country.text()):
            country = draft_choices.country_of_document(kind)
            self.country.set_value(CodeValue.guessed(country) if country and has_paper else CodeValue())
        self.number_frame.set_hint(self._shape_hint(kind) if has_paper else "")
        self.kind_frame.set_hint("" if has_paper else self._language.gettext("registered all the same"))
        self._check_number()

    def _shape_hint(self, kind: str) -> str:
        codes = code_list("documents")
        digits = codes[kind].extra.get("typical_digits", "") if kind in codes else ""
        return self._language.gettext("usually {digits} digits", digits=digits) if digits else ""

    def _check_number(self) -> None:
        fits = number_fits(self.kind.code, self.number.text()) or not self.number.isEnabled()
        words = self._language.gettext("Unusual number for this document. Compare it with the paper; it can stay.")
        self.number_frame.set_problem("" if fits else words, blocking=False)


class _NumberField(QLineEdit):
    def __init__(self, kind: CodeField) -> None:
        super().__init__()
        self._kind = kind

    @property
    def goes_without_saying(self) -> bool:
        """Whether Enter may pass by: there is no paper whose number it could be."""
        return not self._kind.text().strip() and not self.text()

    def show_problem(self, state: str) -> None:
        mark(self, problem=state)


class _CountryField(CodeField):
    def __init__(self, choices: Choices, kind: CodeField) -> None:
        super().__init__(choices)
        self._kind = kind

    @property
    def goes_without_saying(self) -> bool:
        """Whether Enter may pass by: the kind of paper says who issued it, or there is none."""
        return super().goes_without_saying or not self._kind.text().strip()


def number_fits(kind: str, number: str) -> bool:
    """Tell whether a number has the shape usual for the kind of paper (list `documents`); no number fits."""
    codes = code_list("documents")
    typed = number.strip().upper()
    pattern = codes[kind].extra.get("regex", "") if kind in codes else ""
    if not typed or not pattern:
        return True
    bare = _PUNCTUATION.sub("", typed)
    letter = kind[-1] if kind.startswith("VE_CED_") else ""  # on the card the letter stands apart from the digits
    return any(re.fullmatch(pattern, text) for text in (typed, bare, bare.replace("-", ""), f"{letter}{bare}"))
