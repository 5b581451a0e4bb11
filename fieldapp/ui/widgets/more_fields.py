"""What the individual step may ask besides: where from, language, people, schooling, work, and difficulties.

Nothing here is needed to register somebody; it opens by a key and stays as it was left for the next person.
"""

import base64

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from fieldapp.domain.functioning import counts_as_disability
from fieldapp.i18n import Language
from fieldapp.ui import theme
from fieldapp.ui.models import draft_choices
from fieldapp.ui.models.draft_content import CodeValue, PersonDraft
from fieldapp.ui.models.draft_entry import MORE_CODES, portrait_of
from fieldapp.ui.widgets.code_field import CodeField
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.functioning_field import FunctioningField
from fieldapp.ui.widgets.plain_field import PlainField
from fieldapp.ui.widgets.portrait_field import PortraitField
from fieldapp.ui.widgets.wrap_layout import WrapLayout


class MoreFields(QWidget):
    """The further fields of one person."""

    changed = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _, code = language.gettext, language.code
        self._language = language
        self.coded: dict[str, CodeField] = {
            "origin": CodeField(draft_choices.origins(code)),
            "language": CodeField(draft_choices.simple("languages", code)),
            "ethnic_group": CodeField(draft_choices.simple("ethnic_groups", code)),
            "marital_status": CodeField(draft_choices.simple("marital_status", code)),
            "education": CodeField(draft_choices.simple("education", code)),
            "occupation": CodeField(draft_choices.simple("occupation", code)),
        }
        self.address, self.phone = PlainField(), PlainField()
        self.functioning = FunctioningField(language)
        self.portrait = PortraitField(language)
        self.frames: dict[str, FieldFrame] = {
            "origin": FieldFrame(
                _("Comes from"), self.coded["origin"], _("municipality or state"), chars=22, stretch=3
            ),
            "address": FieldFrame(_("Address there"), self.address, chars=22, stretch=3),
            "phone": FieldFrame(_("Own phone"), self.phone, chars=14, stretch=2),
            "language": FieldFrame(_("Language"), self.coded["language"], chars=14, stretch=2),
            "ethnic_group": FieldFrame(_("People or ethnic group"), self.coded["ethnic_group"], chars=16, stretch=2),
            "marital_status": FieldFrame(_("Marital status"), self.coded["marital_status"], chars=14, stretch=2),
            "education": FieldFrame(_("Schooling"), self.coded["education"], chars=14, stretch=2),
            "occupation": FieldFrame(_("Work"), self.coded["occupation"], chars=18, stretch=3),
            "functioning": FieldFrame(
                _("Do they have difficulty..."), self.functioning, self._functioning_hint(), chars=30
            ),
        }
        self.frames["portrait"] = FieldFrame(
            _("Photo"), self.portrait, _("only where they agree; never in the code of the slip"), chars=30
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.SPACE[0])
        for names in (
            ("origin", "address", "phone"),
            ("language", "ethnic_group", "marital_status"),
            ("education", "occupation"),
        ):
            line = WrapLayout(gap=12, line_gap=4, fill=True)
            for name in names:
                line.addWidget(self.frames[name])
            box.addLayout(line)
        box.addWidget(self.frames["functioning"])
        box.addWidget(self.frames["portrait"])
        for field in self.coded.values():
            field.changed.connect(self.changed)
        for text in (self.address, self.phone):
            text.textEdited.connect(self.changed)
        self.functioning.changed.connect(self._show_cut_off)
        self.functioning.changed.connect(self.changed)
        self.portrait.changed.connect(self.changed)

    def _functioning_hint(self) -> str:
        _ = self._language.gettext
        if counts_as_disability(self.functioning.answers.items()):
            return _("Counts as a disability, and is recorded as a need.")
        return _("1 to 4; empty where it was not asked")

    def _show_cut_off(self) -> None:
        self.frames["functioning"].set_hint(self._functioning_hint())

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """The stops of the keyboard in their order."""
        texts: tuple[QLineEdit, ...] = (self.coded["origin"], self.address, self.phone)
        return (*texts, *(self.coded[name] for name in MORE_CODES[1:]), self.functioning)

    def values(self) -> dict[str, object]:
        """Return what stands in the fields, by the names of a draft."""
        return {
            **{name: field.value for name, field in self.coded.items()},
            "address": self.address.text(),
            "phone": self.phone.text(),
            "portrait": base64.b64encode(self.portrait.portrait).decode(),
            "functioning": tuple(f"{area}:{answer}" for area, answer in self.functioning.answers.items()),
        }

    def set_draft(self, draft: PersonDraft) -> None:
        """Put a person's further data into the fields without saying that they changed."""
        for name, field in self.coded.items():
            field.set_value(getattr(draft, name))
        self.address.setText(draft.address)
        self.phone.setText(draft.phone)
        self.portrait.set_portrait(portrait_of(draft))
        pairs = (answer.partition(":") for answer in draft.functioning)
        self.functioning.set_answers({area: int(answer) for area, _, answer in pairs if answer.isdigit()})
        self._show_cut_off()

    def inherit(self, focal: PersonDraft) -> None:
        """Offer what a family has in common with its focal point, as guesses."""
        for name in ("origin", "language", "ethnic_group"):
            value: CodeValue = getattr(focal, name)
            self.coded[name].guess(*value.codes)
        self.address.setText(focal.address)
