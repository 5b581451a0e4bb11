"""The fields of one person, for the focal point and for the members alike, in the order of the paper form."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fieldapp.domain.birth import Birth
from fieldapp.domain.names import LONGEST_NAME
from fieldapp.domain.record import FieldProblem
from fieldapp.i18n import Language
from fieldapp.ui.models import draft_choices
from fieldapp.ui.models.draft_content import CodeValue, PersonDraft
from fieldapp.ui.models.draft_entry import guessed_relationship
from fieldapp.ui.widgets.birth_field import BirthField
from fieldapp.ui.widgets.choice_row import ChoiceRow, sex_answers
from fieldapp.ui.widgets.code_field import CodeField
from fieldapp.ui.widgets.document_field import DocumentField
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.more_fields import MoreFields
from fieldapp.ui.widgets.name_field import NameField
from fieldapp.ui.widgets.needs_field import NeedsField
from fieldapp.ui.widgets.wrap_layout import WrapLayout
from fieldapp.words import say

USUAL_NATIONALITY = "VEN"
_CARD = "VE_CED_V"
_CARD_FROM_AGE = 9
"""Children under nine rarely hold an identity card (list `documents`), so none is guessed for them."""


class MemberFields(QWidget):
    """One person. With `member` also the relationship to the focal point and the needs."""

    changed = Signal()
    replaced = Signal()
    """Another person was put into the fields."""

    def __init__(
        self,
        language: Language,
        today: Callable[[], date],
        *,
        member: bool,
        with_protection: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._language, self._today, self._member = language, today, member
        self._focal, self._focal_birth = PersonDraft(), Birth()
        self._is_first = True
        _ = language.gettext
        self.given_names, self.surnames = NameField(), NameField()
        self.sex = ChoiceRow(sex_answers(language.code), goes_on=True)
        self.born = BirthField(language, today)
        self.nationality = CodeField(draft_choices.nationalities(language.code), several=True)
        self.document = DocumentField(language)
        self.relationship = CodeField(draft_choices.relationships(language.code))
        self.needs = NeedsField(language, with_protection=with_protection)
        self.more = MoreFields(language)
        self.more_button = QPushButton(_("More about them   Ctrl+O"))
        self._born_hint = _("14/2/1989, 2/1989, 1989, or the age")
        self.frames: dict[str, FieldFrame] = {
            "given_names": FieldFrame(_("Given names"), self.given_names, chars=22),
            "surnames": FieldFrame(_("Surnames"), self.surnames, chars=22),
            "sex": FieldFrame(_("Sex"), self.sex, chars=20, stretch=0),
            "birth": FieldFrame(_("Born"), self.born, self._born_hint, chars=20, stretch=3),
            "relationship": FieldFrame(_("Relationship to the focal point"), self.relationship, chars=18, stretch=3),
            "nationalities": FieldFrame(
                _("Nationality"), self.nationality, _("several: join them with +"), chars=16, stretch=3
            ),
            "document_kind": self.document.kind_frame,
            "document_number": self.document.number_frame,
            "document_country": self.document.country_frame,
            "needs": FieldFrame(_("Needs now"), self.needs, chars=30),
            **self.more.frames,
        }
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        lines = (("given_names", "surnames"), ("sex", "birth", "relationship" if self._member else "nationalities"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for names in lines:
            line = WrapLayout(gap=12, line_gap=4, fill=True)
            for name in names:
                line.addWidget(self.frames[name])
            box.addLayout(line)
        if self._member:
            line = WrapLayout(gap=12, line_gap=4, fill=True)
            # The member's papers share a line with the nationality; the focal point's have one of their own.
            for name in ("nationalities", "document_kind", "document_number", "document_country"):
                line.addWidget(self.frames[name])
            box.addLayout(line)
            self.document.setParent(self)
            self.document.hide()
            box.addWidget(self.frames["needs"])
        else:
            box.addWidget(self.document)
            for unused in (self.frames["relationship"], self.frames["needs"]):
                unused.setParent(self)
                unused.hide()
        self.more_button.setProperty("kind", "quiet")
        self.more.hide()
        opener = QHBoxLayout()
        opener.addWidget(self.more_button)
        opener.addStretch(1)
        box.addLayout(opener)
        box.addWidget(self.more)

    def _connect(self) -> None:
        for field in (self.given_names, self.surnames, self.sex, self.born, self.nationality, self.document):
            field.changed.connect(self._on_changed)
        self.relationship.changed.connect(self._on_changed)
        self.more.changed.connect(self._on_changed)
        self.more_button.clicked.connect(lambda: self.show_more(self.more.isHidden()))
        more_key = QShortcut(QKeySequence("Ctrl+O"), self, self.more_button.click)
        more_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.needs.changed.connect(self._on_changed)
        self.born.changed.connect(self._on_born_changed)
        self.sex.changed.connect(lambda: self.frames["sex"].set_hint(self.sex.meaning))
        self.given_names.changed.connect(lambda: self._check_name("given_names"))
        self.surnames.changed.connect(lambda: self._check_name("surnames"))
        self.born.editingFinished.connect(self.finish_born)
        for name, code_field in self._code_fields().items():
            code_field.editingFinished.connect(lambda name=name: self._check_code(name))
            code_field.changed.connect(lambda name=name: self._clear(name))

    def _code_fields(self) -> dict[str, CodeField]:
        return {
            "nationalities": self.nationality,
            "document_kind": self.document.kind,
            "document_country": self.document.country,
            "relationship": self.relationship,
            **self.more.coded,
        }

    def show_more(self, shown: bool) -> None:
        """Open or close the further fields; opened, they get the keyboard."""
        self.more.setVisible(shown)
        if shown and self.isVisible():
            self.more.stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """The stops of the keyboard in their order; Enter goes from one to the next."""
        first: tuple[QWidget, ...] = (self.given_names, self.surnames, self.sex, self.born)
        if self._member:
            return (*first, self.relationship, self.nationality, *self.document.stops, *self.more.stops, self.needs)
        return (*first, self.nationality, *self.document.stops, *self.more.stops)

    @property
    def birth(self) -> Birth:
        """The birth date as far as it was understood."""
        return self.born.birth or Birth()

    @property
    def draft(self) -> PersonDraft:
        """What stands in the fields."""
        return PersonDraft(
            given_names=self.given_names.text(),
            surnames=self.surnames.text(),
            surnames_guess=self.surnames.is_guess,
            sex=self.sex.code,
            born=self.born.text(),
            born_iso=self.born.iso,
            nationality=self.nationality.value,
            document_kind=self.document.kind.value,
            document_number=self.document.number.text(),
            document_country=self.document.country.value,
            relationship=self.relationship.value if self._member else CodeValue(),
            needs=self.needs.needs if self._member else (),
            need_typed=self.needs.typed if self._member else "",
            **self.more.values(),  # type: ignore[arg-type]
        )

    def set_draft(self, draft: PersonDraft) -> None:
        """Put a person into the fields without saying that they changed."""
        self._put(draft)
        self.replaced.emit()

    def fill(self, draft: PersonDraft) -> None:
        """Put what was read about the same person into the fields, as if a person had typed it."""
        was_born = self.born.text()
        self._put(draft)
        self.finish_born()
        self._check_name("given_names")
        self._check_name("surnames")
        if self.born.text() != was_born:
            self._on_born_changed()
        self.changed.emit()

    def _put(self, draft: PersonDraft) -> None:
        self.given_names.set_name(draft.given_names)
        self.surnames.set_name(draft.surnames, guess=draft.surnames_guess)
        self.sex.set_code(draft.sex)
        self.frames["sex"].set_hint(self.sex.meaning)
        self.born.set_typed(draft.born, draft.born_iso)
        self.nationality.set_value(draft.nationality)
        self.relationship.set_value(draft.relationship)
        self.needs.set_needs(draft.needs, draft.need_typed)
        self.clear_problems()
        self.document.set_values(draft.document_kind, draft.document_number, draft.document_country)
        self.more.set_draft(draft)
        self._show_born()

    def set_focal(self, focal: PersonDraft, birth: Birth, *, is_first: bool) -> None:
        """Say who the focal point is: a new member's surnames, nationality and relationship are guessed from it."""
        self._focal, self._focal_birth, self._is_first = focal, birth, is_first

    def start_blank(self) -> None:
        """Begin a new person with the usual answers as guesses."""
        if self._member:
            nationality = self._focal.nationality.codes or (USUAL_NATIONALITY,)
            self.set_draft(
                PersonDraft(
                    surnames=self._focal.surnames,
                    surnames_guess=True,
                    nationality=CodeValue.guessed(*nationality),
                )
            )
            self.more.inherit(self._focal)
        else:
            self.set_draft(
                PersonDraft(
                    nationality=CodeValue.guessed(USUAL_NATIONALITY),
                    document_kind=CodeValue.guessed(_CARD),
                    document_country=CodeValue.guessed(USUAL_NATIONALITY),
                )
            )

    def show_problem(self, problem: FieldProblem) -> QWidget | None:
        """Say beside its field what is wrong; return the field, or None when it is not one of these."""
        name = problem.field
        if name == "documents":
            name = "document_kind" if problem.code == "unknown_code" else "document_number"
        frame = self.frames.get(name)
        if frame is None or not frame.isEnabled():
            return None
        words = say(self._language, problem.code, value=_short(problem.value), limit=problem.limit)
        frame.set_problem(words, blocking=problem.blocking)
        return frame.field

    def first_problem(self) -> QWidget | None:
        """Say beside each field what cannot be taken as it stands, and return the first such field."""
        self.finish_born()
        for name in self._code_fields():
            self._check_code(name)
        return next((frame.field for frame in self.frames.values() if frame.state == "error"), None)

    def clear_problems(self) -> None:
        """Take all errors and warnings away."""
        for frame in self.frames.values():
            frame.set_problem("")

    def _on_changed(self) -> None:
        self.changed.emit()

    def _on_born_changed(self) -> None:
        self._clear("birth")
        self._show_born()
        if self._member:
            self._guess_from_age()

    def _guess_from_age(self) -> None:
        age = self.birth.age_on(self._today())
        relationship = guessed_relationship(self._focal_birth, self.birth, self._is_first, self._today())
        if self.relationship.is_guess or not self.relationship.text():
            self.relationship.set_value(CodeValue.guessed(relationship))
        if self.nationality.code == USUAL_NATIONALITY:
            self.document.guess_kind(_CARD if age is not None and age >= _CARD_FROM_AGE else "")

    def _show_born(self) -> None:
        problem = self.born.problem
        meaning = self.born.meaning
        self.frames["birth"].set_hint(meaning or self._born_hint)
        if problem in {"future", "too_old"}:
            self._say("birth", f"birth_{problem}")

    def finish_born(self) -> None:
        """Say what is wrong with the birth date once it is typed to the end."""
        if self.born.problem:
            self._say("birth", f"birth_{self.born.problem}")

    def _check_name(self, name: str) -> None:
        field = self.given_names if name == "given_names" else self.surnames
        self._say(name, field.problem, value=str(len(field.name)))

    def _check_code(self, name: str) -> None:
        field = self._code_fields()[name]
        if field.problem:
            self._say(name, field.problem, value=field.text())

    def _clear(self, name: str) -> None:
        self.frames[name].set_problem("")

    def _say(self, name: str, code: str, value: str = "") -> None:
        words = say(self._language, code, value=_short(value), limit=str(LONGEST_NAME)) if code else ""
        self.frames[name].set_problem(words)


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"  # noqa: PLR2004 - as much as fits on one line
