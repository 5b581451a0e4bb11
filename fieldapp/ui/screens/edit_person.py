"""Editing a member of a family: the fields of the registration form, filled, with a reason. Only what changed is sent."""

import base64
from functools import partial

from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.domain.people import GroupPage, PersonPage
from fieldapp.domain.record import IndividualEntry
from fieldapp.services.correct import edit_individual, record_need, remove_need
from fieldapp.services.desk import Desk
from fieldapp.ui.models import person_words as words
from fieldapp.ui.models.draft_content import CodeValue, PersonDraft
from fieldapp.ui.models.draft_entry import MORE_CODES
from fieldapp.ui.places import Shell
from fieldapp.ui.screens.person_panel import PersonPanel
from fieldapp.ui.session import Session
from fieldapp.ui.widgets.field_frame import FieldFrame
from fieldapp.ui.widgets.plain_field import PlainField


class EditPerson(PersonPanel):
    """The form of one person who is registered."""

    def __init__(self, session: Session, shell: Shell) -> None:
        _ = session._
        super().__init__(session, shell, _("Edit"), _("Save the changes  Ctrl+Enter"))
        self.member: PersonPage | None = None
        self.reason = PlainField()
        self.frames["reason"] = FieldFrame(_("Reason"), self.reason, _("May stay empty; it is kept in the history"))
        self.fields.addWidget(self.form)
        self.fields.addWidget(self.frames["reason"])
        self.fields.addStretch(1)

    def begin_with(self, page: GroupPage, member: PersonPage) -> None:
        """Begin with a member as a page shows it."""
        self.member = member
        self.begin(page)

    def clear(self) -> None:
        if self.member is None or self.page is None:
            return
        name = words.full_name(self.member.given_names, self.member.surnames)
        self.heading.setText(self.session._("Edit {name}", name=name))
        self.form.set_draft(draft_of(self.member))
        is_focal = self.member.individual_id == self.page.focal_point_id
        self.form.frames["relationship"].setVisible(not is_focal)
        self.reason.clear()

    def save(self) -> None:
        member, page, desk, _ = self.member, self.page, self.session.desk, self.session._
        if member is None or page is None or not self.primary_button.isEnabled():
            return
        read = self.read_person()
        if read is None:
            return
        draft, entry = read
        is_focal = member.individual_id == page.focal_point_id
        relationship = member.relationship if is_focal else draft.relationship.code or "UNKNOWN"
        values = changed_values(member, entry, relationship)
        if not values and set(draft.needs) == {need.code for need in member.needs}:
            self.shell.show_banner("info", _("Nothing was changed."))
            self.closed.emit()
            return
        reason = self.reason.text()
        self.write(partial(_write, desk, member, values, draft.needs, reason), _("The changes are saved."))


def _write(desk: Desk, member: PersonPage, values: dict[str, object], needs: tuple[str, ...], reason: str) -> None:
    if values:
        edit_individual(desk, member, values, reason)
    had = [need.code for need in member.needs]
    for code in (code for code in needs if code not in had):
        record_need(desk, member.individual_id, code)
    for code in (code for code in had if code not in needs):
        remove_need(desk, member, code, reason)


def draft_of(member: PersonPage) -> PersonDraft:
    """Return a member as it would have been typed."""
    paper = member.documents[0] if member.documents else None
    return PersonDraft(
        given_names=member.given_names,
        surnames=member.surnames,
        sex=str(member.sex),
        born=typed_birth(member.birth),
        born_iso=str(member.birth),
        nationality=CodeValue(member.nationalities),
        document_kind=CodeValue((paper.kind,)) if paper else CodeValue(("NONE",)),
        document_number=paper.number if paper else "",
        document_country=CodeValue((paper.country,)) if paper and paper.country else CodeValue(),
        relationship=CodeValue((member.relationship,)),
        needs=tuple(need.code for need in member.needs),
        phone=member.phone,
        address=member.address,
        portrait=base64.b64encode(member.portrait).decode(),
        functioning=tuple(f"{area}:{answer}" for area, answer in member.functioning),
        **{name: _coded(getattr(member, name)) for name in MORE_CODES},  # type: ignore[arg-type]
    )


def _coded(code: str) -> CodeValue:
    return CodeValue((code,)) if code else CodeValue()


def typed_birth(birth: Birth) -> str:
    """Return a birth as staff would type it."""
    match birth.quality:
        case BirthQuality.EXACT:
            return f"{birth.day}/{birth.month}/{birth.year}"
        case BirthQuality.YEAR_MONTH:
            return f"{birth.month}/{birth.year}"
        case BirthQuality.YEAR:
            return f"{birth.year:04d}"
        case BirthQuality.AGE:
            return str(birth.age)
        case _:
            return ""


def changed_values(member: PersonPage, entry: IndividualEntry, relationship: str) -> dict[str, object]:
    """Return the fields whose value differs from what the page shows, by name.

    The form has room for one paper; the others a person has stay, and so does whether the paper was seen.
    """
    first, *others = member.documents or (None,)
    documents = entry.documents
    if first is not None and documents:
        kept = (documents[0].kind, documents[0].number, documents[0].country) == (
            first.kind,
            first.number,
            first.country,
        )
        documents = (first, *documents[1:]) if kept else documents
    new = {
        "given_names": entry.given_names,
        "surnames": entry.surnames,
        "sex": entry.sex,
        "birth": entry.birth,
        "nationalities": entry.nationalities,
        "documents": (*documents, *(paper for paper in others if paper is not None)),
        "relationship": relationship,
        **{name: getattr(entry, name) for name in (*MORE_CODES, "phone", "address", "functioning", "portrait")},
    }
    return {name: value for name, value in new.items() if value != getattr(member, name)}
