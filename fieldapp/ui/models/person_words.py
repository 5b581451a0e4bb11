"""A person's and a family's record in words: age, birth, papers, marks, the values of fields and the lines of a history.

No widgets here; the words are in the language that is passed in.
"""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from fieldapp import words
from fieldapp.code_lists import code_list
from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.domain.changes import Kind
from fieldapp.domain.fields import birth_of, documents_of, functioning_of, others_of, texts_of
from fieldapp.domain.functioning import counts_as_disability
from fieldapp.domain.names import parts
from fieldapp.domain.people import GroupPage, HistoryLine, IndividualRow, PersonPage, TracingNote
from fieldapp.domain.record import Document, MovementKind, Sex
from fieldapp.i18n import N_, Language

NOTHING = "\N{EM DASH}"
"""Stands where nothing is known, so that an empty place is not taken for a fault of the screen."""

ADULT_AGE = 18
_STATES = {
    MovementKind.ARRIVAL: N_("Here"),
    MovementKind.TRANSFER_IN: N_("Here"),
    MovementKind.BIRTH: N_("Here"),
    MovementKind.TRANSFER_OUT: N_("Transferred"),
    MovementKind.DEPARTURE: N_("Left"),
    MovementKind.DEATH: N_("Died"),
}
PRESENT = frozenset({MovementKind.ARRIVAL, MovementKind.TRANSFER_IN, MovementKind.BIRTH})

_FIELDS = {
    "given_names": N_("Given names"),
    "surnames": N_("Surnames"),
    "sex": N_("Sex"),
    "birth": N_("Birth date"),
    "nationalities": N_("Nationality"),
    "documents": N_("Documents"),
    "relationship": N_("Relationship"),
    "phone": N_("Phone"),
    "language": N_("Language"),
    "consent": N_("Consent"),
    "destination": N_("Destination"),
    "shelter_place": N_("Place in the shelter"),
    "note": N_("Note"),
    "complete": N_("Complete"),
    "others": N_("Others with them"),
    "focal_point": N_("Focal point"),
    "group": N_("Family"),
    "declared": N_("People they said they are"),
    "consent_language": N_("Explained in"),
    "consent_shares": N_("May be shared with"),
    "marital_status": N_("Marital status"),
    "education": N_("Education"),
    "occupation": N_("Occupation"),
    "ethnic_group": N_("Ethnic group"),
    "origin": N_("Comes from"),
    "address": N_("Address"),
    "functioning": N_("Difficulties (Washington Group)"),
    "portrait": N_("Photo"),
}

_LISTS = {
    "language": "languages",
    "consent_language": "languages",
    "ethnic_group": "ethnic_groups",
    "marital_status": "marital_status",
    "education": "education",
    "occupation": "occupation",
}
"""Fields whose value is a code, with the list it stands in."""

_EVENTS = {
    Kind.GROUP_REGISTERED: N_("Registered the family"),
    Kind.GROUP_EDITED: N_("Changed the family's data"),
    Kind.INDIVIDUAL_REGISTERED: N_("Registered this person"),
    Kind.INDIVIDUAL_EDITED: N_("Changed this person's data"),
    Kind.GROUP_FROM_SLIP: N_("Took the family over from its slip"),
    Kind.INDIVIDUAL_FROM_SLIP: N_("Took this person over from the slip"),
    Kind.MOVEMENT_RECORDED: N_("Recorded a movement"),
    Kind.NEED_RECORDED: N_("Recorded a specific need"),
    Kind.NEED_REMOVED: N_("Took back a specific need"),
    Kind.NOTE_ADDED: N_("Added a note"),
    Kind.RECORD_WITHDRAWN: N_("Withdrew the record"),
    Kind.RECORD_REINSTATED: N_("Took the withdrawal back"),
    Kind.TURN_GIVEN: N_("Gave a turn"),
    Kind.TURN_CALLED: N_("Called the turn"),
    Kind.TOKEN_BOUND: N_("Handed over a pre-printed slip"),
    Kind.TRACING_NOTED: N_("Noted a search for relatives"),
    Kind.CHILD_REFERRED: N_("Referred the child"),
    Kind.PAIR_SAME: N_("Said that two records are of one person"),
    Kind.PAIR_DIFFERENT: N_("Said that two records are of two people"),
    Kind.PAIR_UNSURE: N_("Was unsure whether two records are of one person"),
    Kind.PAIR_REOPENED: N_("Took back what was said of two records"),
    Kind.SLIP_ISSUED: N_("Issued the slip"),
    Kind.SLIP_REPRINTED: N_("Printed the slip again"),
    Kind.SLIP_REISSUED: N_("Issued a new slip in place of the last one"),
    Kind.SLIP_VOIDED: N_("Voided the slip"),
    Kind.ISSUER_TRUSTED: N_("Trusted an issuer"),
    Kind.ISSUER_REVOKED: N_("Trusted an issuer no more"),
    Kind.SLIP_PRESENTED: N_("The slip was shown for a service"),
    Kind.SLIP_NOT_PRINTED: N_("The slip did not get onto paper"),
    Kind.SLIP_TERM_SET: N_("Set how long slips are good"),
    Kind.CODE_SET: N_("Changed a code list"),
    Kind.ERASURE_ORDERED: N_("Ordered the erasure"),
    Kind.OPERATION_DESCRIBED: N_("Described the operation"),
    Kind.DEVICE_ENROLLED: N_("Enrolled a laptop"),
    Kind.DEVICE_REVOKED: N_("Revoked a laptop"),
    Kind.STAFF_GRANTED: N_("Gave somebody a role"),
    Kind.STAFF_DISABLED: N_("Disabled a staff member"),
    Kind.SIGNED_IN: N_("Signed in"),
    Kind.SIGNED_OUT: N_("Signed out"),
    Kind.RESTORED: N_("Went on with new keys"),
    Kind.REFUSED: N_("Was refused: the role does not permit it"),
    Kind.RECORD_VIEWED: N_("Looked at the record"),
    Kind.LIST_EXPORTED: N_("Exported a list"),
    Kind.BUNDLE_EXPORTED: N_("Wrote a bundle for other laptops"),
    Kind.BUNDLE_IMPORTED: N_("Took in a bundle of another laptop"),
    Kind.BACKUP_MADE: N_("Made a back-up"),
}


FROM_SLIP = N_(
    "Taken over from the slip; the full record comes with a bundle of the laptop that registered the family."
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of a record as a word: `state` colours it, `icon` stands beside it, `why` says more."""

    text: str
    state: str
    icon: str
    why: str = ""


def full_name(given_names: str, surnames: str) -> str:
    """Return the whole name in the order it is said."""
    return f"{given_names} {surnames}".strip() or NOTHING


def short_name(given_names: str, surnames: str) -> str:
    """Return the first given name and the first surname, enough to tell the members of one family apart."""
    return " ".join((*parts(given_names)[:1], *parts(surnames)[:1])) or NOTHING


def age_words(language: Language, birth: Birth, today: date) -> str:
    """Return an age: whole years, months under two years, with `~` where the birth date is not exact."""
    age = birth.age_on(today)
    if age is None:
        return NOTHING
    born = birth.date
    if born is not None and age < 2:
        months = max(0, (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day))
        return language.ngettext("{number} month", "{number} months", months)
    return str(age) if born is not None else f"~{age}"


def birth_words(language: Language, birth: Birth) -> str:
    """Return what is known of a birth, by its quality."""
    match birth.quality:
        case BirthQuality.EXACT if birth.date is not None:
            return language.date(birth.date)
        case BirthQuality.YEAR_MONTH if birth.year and birth.month:
            return format_date(date(birth.year, birth.month, 1), "MMM y", language.locale)
        case BirthQuality.YEAR if birth.year:
            return str(birth.year)
        case BirthQuality.AGE if birth.stated_on is not None:
            day = language.date(birth.stated_on)
            return language.gettext("{age} years old, said on {day}", age=birth.age, day=day)
        case _:
            return language.gettext("Not known")


def sex_words(language: Language, sex: Sex, *, short: bool = False) -> str:
    """Return the word for a sex, or its letter."""
    sexes = code_list("sex")
    return sexes[sex].extra.get("short", str(sex)) if short and sex in sexes else sexes.label(sex, language.code)


def relationship_words(language: Language, code: str, sex: Sex) -> str:
    """Return a relationship as it is said of a woman or a man, where the language has two words."""
    relationships = code_list("relationships")
    suffix = {Sex.FEMALE: "female", Sex.MALE: "male"}.get(sex)
    said = relationships[code].extra.get(f"{suffix}_{language.code}", "") if code in relationships and suffix else ""
    return said or relationships.label(code, language.code)


def nationality_words(language: Language, codes: tuple[str, ...]) -> str:
    """Return nationalities by name."""
    return ", ".join(code_list("nationalities").label(code, language.code) for code in codes if code) or NOTHING


def origin_words(language: Language, code: str) -> str:
    """Return the municipality or state a person came from."""
    towns = code_list("ve_municipalities")
    if code in towns:
        return f"{towns.label(code, language.code)}, {towns[code].extra.get('state_name', '')}"
    return code_list("ve_states").label(code, language.code) if code else NOTHING


def post_words(language: Language, code: str) -> str:
    """Return a border post by name."""
    return code_list("border_posts").label(code, language.code) if code else NOTHING


def document_words(language: Language, document: Document) -> str:
    """Return one paper: its kind, number and country, and whether it was only declared."""
    kind = code_list("documents").label(document.kind, language.code)
    country = nationality_words(language, (document.country,)) if document.country else ""
    known = code_list("documents")
    if document.kind in known and known[document.kind].extra.get("country") == document.country:
        country = ""
    text = " ".join(part for part in (kind, document.number, f"({country})" if country else "") if part)
    declared = language.gettext("declared")
    return text if document.seen else f"{text}, {declared}"


def documents_words(language: Language, documents: tuple[Document, ...]) -> str:
    """Return a person's papers, or that there is none, which is normal."""
    return "; ".join(document_words(language, paper) for paper in documents) or language.gettext("No document")


def state_words(language: Language, state: str) -> str:
    """Return where a person is, from the kind of the latest movement."""
    return language.gettext(_STATES[MovementKind(state)]) if state in set(MovementKind) else NOTHING


def movement_words(language: Language, kind: str) -> str:
    """Return the word for a kind of movement."""
    return code_list("movement_kinds").label(kind, language.code)


def need_words(language: Language, code: str) -> str:
    """Return the word for a specific need, the short one of the form where there is one."""
    quick = next((row for row in code_list("quick_needs") if row.extra.get("need_code") == code), None)
    return quick.label(language.code) if quick else code_list("specific_needs").label(code, language.code)


def field_words(language: Language, name: str) -> str:
    """Return the label of a field; one that a newer program made stands for itself."""
    return language.gettext(_FIELDS[name]) if name in _FIELDS else name


def value_words(language: Language, name: str, value: object) -> str:  # noqa: PLR0912 - one branch a kind of field
    """Return the value of a field as a change carries it."""
    match name:
        case "birth":
            return birth_words(language, birth_of(value))
        case "sex":
            return sex_words(language, Sex(str(value)) if str(value) in set(Sex) else Sex.UNKNOWN)
        case "nationalities":
            return nationality_words(language, texts_of(value))
        case "documents":
            return documents_words(language, documents_of(value))
        case "relationship":
            return relationship_words(language, str(value), Sex.UNKNOWN)
        case "consent":
            return code_list("consent").label(str(value), language.code)
        case name if name in _LISTS:
            return code_list(_LISTS[name]).label(str(value), language.code) if value else NOTHING
        case "origin":
            return origin_words(language, str(value)) if value else NOTHING
        case "consent_shares":
            return ", ".join(code_list(name).label(code, language.code) for code in texts_of(value)) or NOTHING
        case "functioning":
            return functioning_words(language, functioning_of(value))
        case "portrait":
            return language.gettext("There is a photo") if value else NOTHING
        case "destination":
            return code_list("municipalities").label(str(value), language.code) if value else NOTHING
        case "complete":
            return language.gettext("Yes") if value else language.gettext("No, others are still to be entered")
        case "others":
            count = sum(head.count for head in others_of(value))
            return language.ngettext("{number} person", "{number} people", count) if count else NOTHING
        case _:
            return str(value) if value not in (None, "", b"") else NOTHING


def functioning_words(language: Language, answers: tuple[tuple[str, int], ...]) -> str:
    """Return the difficulties somebody has, those in which they have none left out."""
    areas, words = code_list("functioning"), code_list("functioning_answers")
    has = [
        f"{areas.label(area, language.code)}: {words.label(str(answer), language.code)}"
        for area, answer in answers
        if answer > 1
    ]
    if counts_as_disability(answers):
        has.append(language.gettext("counts as a disability"))
    none = language.gettext("No difficulties") if answers else NOTHING
    return "; ".join(has) or none


def search_words(language: Language, note: TracingNote) -> str:
    """Return whom somebody is looking for in one line, and whether others may be told."""
    _ = language.gettext
    shared = _("may be told to others") if note.may_share else _("stays here")
    said = (note.name, note.relation, note.last_place, note.last_seen, shared)
    return ", ".join(part for part in said if part)


def row_marks(language: Language, row: IndividualRow, today: date) -> tuple[Mark, ...]:
    """Return the marks of a row of the list, the most pressing first."""
    _ = language.gettext
    marks = []
    age = row.birth.age_on(today)
    if age is not None and age < ADULT_AGE and row.group_size == 1:
        marks.append(Mark(_("Child alone"), "warn", "user-round", _("A person under 18 who came without a family.")))
    if row.has_conflict:
        marks.append(Mark(_("Conflict"), "danger", "git-merge", _("Two desks wrote different values.")))
    if row.from_slip:
        marks.append(Mark(_("From slip"), "info", "qr-code", _(FROM_SLIP)))
    if not row.slip_printed:
        marks.append(Mark(_("Not printed"), "warn", "printer", _("No valid slip was printed for this family.")))
    if row.state not in PRESENT:
        marks.append(Mark(state_words(language, row.state), "info", "log-out"))
    return tuple(marks)


def group_marks(language: Language, page: GroupPage, now_ms: int = 0) -> tuple[Mark, ...]:
    """Return the marks of a family, the most pressing first."""
    _ = language.gettext
    marks = []
    if page.withdrawn:
        marks.append(Mark(_("Withdrawn"), "danger", "x", _("The record was withdrawn and counts no more.")))
    if any(state.in_conflict for member in page.members for state in member.fields.values()):
        marks.append(Mark(_("Conflict"), "danger", "git-merge", _("Two desks wrote different values; see Data.")))
    if any(member.needs_update for member in page.members):
        why = _("A newer program wrote here; what it wrote is kept and shown after an update.")
        marks.append(Mark(_("Needs an update"), "warn", "refresh-cw", why))
    if page.from_slip:
        marks.append(Mark(_("From slip"), "info", "qr-code", _(FROM_SLIP)))
    if not page.complete:
        marks.append(Mark(_("Not complete"), "warn", "circle-dashed", _("Not everybody was entered one by one.")))
    if page.slips and all(slip.voided for slip in page.slips):
        marks.append(Mark(_("Slip void"), "danger", "circle-x", _("Every slip of this family was voided.")))
    elif not page.members:
        why = _("Everybody who was in it belongs to another family.")
        marks.append(Mark(_("Nobody in it"), "info", "users", why))
    elif not any(slip.copies for slip in page.slips):
        marks.append(Mark(_("Not printed"), "warn", "printer", _("No slip was printed yet.")))
    elif all(slip.is_expired(now_ms) for slip in page.slips if slip.is_on_paper):
        marks.append(Mark(_("Slip expired"), "warn", "clock", _("The term of the slip is over; print a new one.")))
    if page.movements and page.movements[-1].kind not in PRESENT:
        marks.append(Mark(state_words(language, page.movements[-1].kind), "info", "log-out"))
    return tuple(marks)


def event_words(language: Language, kind: str) -> str:
    """Return what a kind of change says was done."""
    if kind in set(Kind) and Kind(kind) in _EVENTS:
        return language.gettext(_EVENTS[Kind(kind)])
    return language.gettext("Something a newer program records")


def history_words(language: Language, line: HistoryLine) -> str:
    """Return what a line of a history says was done, with the fields it set and the reason given."""
    text = event_words(language, line.kind)
    shown = [field_words(language, name) for name in line.fields if name in _FIELDS and name not in {"group"}]
    if line.kind in {Kind.GROUP_EDITED, Kind.INDIVIDUAL_EDITED} and shown:
        text = f"{text}: {', '.join(shown)}"
    # Messages stand outside of f-strings, where the extraction of messages does not look.
    reason = language.gettext("Reason: {reason}", reason=_reason(language, line))
    return f"{text}. {reason}" if line.reason else text


def role_words(language: Language, role: str) -> str:
    """Return the word for a role."""
    return code_list("roles").label(role, language.code)


def family_history(page: GroupPage) -> tuple[tuple[HistoryLine, PersonPage | None], ...]:
    """Return the lines of a family and of its members, newest first, each with the person it is about."""
    lines: dict[object, tuple[HistoryLine, PersonPage | None]] = {line.change_id: (line, None) for line in page.history}
    for member in page.members:
        lines.update((line.change_id, (line, member)) for line in member.history)
    # Lines of the same millisecond come in the order they were written, so turning all round puts the newest first.
    return tuple(sorted(lines.values(), key=lambda pair: pair[0].at_ms)[::-1])


def _reason(language: Language, line: HistoryLine) -> str:
    """Return the reason as typed; why a slip did not get onto paper is a code."""
    if line.kind != Kind.SLIP_NOT_PRINTED:
        return line.reason
    return " ".join(words.say(language, line.reason, printer="", reason="").split())
