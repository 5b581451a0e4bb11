"""Editing what belongs to a family as a whole: consent, phone, place in the shelter, destination, and whether everybody is entered."""

from functools import partial

from PySide6.QtWidgets import QCheckBox

from fieldapp.code_lists import code_list
from fieldapp.domain.names import tidy
from fieldapp.domain.people import GroupPage
from fieldapp.domain.record import Consent
from fieldapp.services.correct import edit_group
from fieldapp.ui import theme
from fieldapp.ui.models import draft_choices
from fieldapp.ui.models.draft_content import CodeValue
from fieldapp.ui.models.draft_entry import PLACES_LANGUAGE, destination_text
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.edit_panel import EditPanel
from fieldapp.ui.screens.register_consent import SharesField
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.choice_row import Answer, ChoiceRow
from fieldapp.ui.widgets.code_field import CodeField
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.plain_field import PlainField
from fieldapp.ui.widgets.wrap_layout import WrapLayout


class EditGroup(EditPanel):
    """The form of a family that is registered."""

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(session, shell, _("Edit the family"), _("Save the changes  Ctrl+Enter"))
        words = {row.code: row.label(session.language.code) for row in code_list("consent")}
        self.consent = ChoiceRow([Answer(code, word[0], word, word) for code, word in words.items()])
        self.explained_in = CodeField(draft_choices.simple("languages", session.language.code))
        self.shares = SharesField(session.language)
        self.phone = PlainField()
        self.destination = CodeField(draft_choices.destinations(PLACES_LANGUAGE), free_text=True)
        self.shelter_place = PlainField()
        self.complete = QCheckBox(_("Everybody of the family is entered one by one"))
        self.reason = PlainField()
        for name, label, field, hint in (
            ("consent", _("Consent to share the data"), self.consent, ""),
            ("consent_language", _("Explained in"), self.explained_in, ""),
            ("consent_shares", _("It may go to"), self.shares, ""),
            ("phone", _("Phone"), self.phone, ""),
            ("shelter_place", _("Place in the shelter"), self.shelter_place, _("Tent, hall or bed, as Tent 12")),
            ("destination", _("Destination"), self.destination, _("Town, or where they want to go")),
        ):
            self.frames[name] = FieldFrame(label, field, hint, chars=24)
        side_by_side = WrapLayout(gap=theme.SPACE[2], line_gap=theme.SPACE[0], fill=True)
        for name in ("phone", "shelter_place", "destination"):
            side_by_side.addWidget(self.frames[name])
        consent = WrapLayout(gap=theme.SPACE[2], line_gap=theme.SPACE[0], fill=True)
        for name in ("consent", "consent_language"):
            consent.addWidget(self.frames[name])
        self.fields.addLayout(consent)
        self.fields.addWidget(self.frames["consent_shares"])
        self.fields.addLayout(side_by_side)
        self.fields.addWidget(self.complete)
        self.frames["reason"] = FieldFrame(_("Reason"), self.reason, _("May stay empty; it is kept in the history"))
        self.fields.addWidget(self.frames["reason"])
        self.fields.addStretch(1)

    def clear(self) -> None:
        page = self.page
        if page is None:
            return
        self.consent.set_code(str(page.consent))
        self.explained_in.set_value(CodeValue((page.consent_language,)) if page.consent_language else CodeValue())
        self.shares.set_codes(page.consent_shares)
        self.phone.setText(page.phone)
        known = draft_choices.destinations(PLACES_LANGUAGE).exactly(page.destination)
        self.destination.set_value(CodeValue((known.code,)) if known else CodeValue(typed=page.destination))
        self.shelter_place.setText(page.shelter_place)
        self.complete.setChecked(page.complete)
        self.reason.clear()

    def save(self) -> None:
        page, _ = self.page, self.session._
        if page is None or not self.primary_button.isEnabled():
            return
        self.destination.take_marked()
        values = changed_values(
            page,
            Consent(self.consent.code or Consent.NOT_ASKED),
            tidy(self.phone.text()),
            destination_text(self.destination.value),
            complete=self.complete.isChecked(),
            explained_in=self.explained_in.code,
            shares=self.shares.codes,
            shelter_place=tidy(self.shelter_place.text()),
        )
        if not values:
            self.shell.show_banner("info", _("Nothing was changed."))
            self.closed.emit()
            return
        function = partial(edit_group, self.session.desk, page, values, self.reason.text())
        self.write(function, _("The changes are saved."))


def changed_values(  # noqa: PLR0913 - the fields of the form
    page: GroupPage,
    consent: Consent,
    phone: str,
    destination: str,
    *,
    complete: bool,
    explained_in: str = "",
    shares: tuple[str, ...] = (),
    shelter_place: str = "",
) -> dict[str, object]:
    """Return the fields whose value differs from what the page shows, by name; who refuses shares with nobody."""
    new: dict[str, object] = {
        "consent": consent,
        "consent_language": explained_in,
        "consent_shares": shares if consent is Consent.AGREES else (),
        "phone": phone,
        "destination": destination,
        "shelter_place": shelter_place,
        "complete": complete,
    }
    return {name: value for name, value in new.items() if value != getattr(page, name)}
