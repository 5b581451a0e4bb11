"""What stands in the registration form, as typed: finished or not, understood or not.

A draft keeps every character, so that nothing typed is ever lost; `draft_entry` turns it into an entry of the record.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from uuid import UUID

VERSION = 1


@dataclass(frozen=True, slots=True)
class CodeValue:
    """What stands in a type-ahead field: the codes understood, the text as typed, and whether it is only a guess."""

    codes: tuple[str, ...] = ()
    typed: str = ""
    guess: bool = False

    @classmethod
    def guessed(cls, *codes: str) -> "CodeValue":
        """Return a value that the program put there, until somebody touches it."""
        return cls(tuple(code for code in codes if code), guess=True)

    @property
    def code(self) -> str:
        """The first code, or nothing."""
        return self.codes[0] if self.codes else ""

    @property
    def is_said(self) -> bool:
        """Whether staff put something here themselves."""
        return not self.guess and bool(self.codes or self.typed.strip())


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """One person as typed. `born_iso` keeps what the birth text meant on the day it was typed (`str(Birth)`).

    `portrait` is a JPEG in Base64. `functioning` has `AREA:answer` for each question of the Washington Group's short set that was answered.
    """

    given_names: str = ""
    surnames: str = ""
    surnames_guess: bool = False
    sex: str = ""
    born: str = ""
    born_iso: str = ""
    nationality: CodeValue = field(default_factory=CodeValue)
    document_kind: CodeValue = field(default_factory=CodeValue)
    document_number: str = ""
    document_country: CodeValue = field(default_factory=CodeValue)
    relationship: CodeValue = field(default_factory=CodeValue)
    needs: tuple[str, ...] = ()
    need_typed: str = ""
    origin: CodeValue = field(default_factory=CodeValue)
    language: CodeValue = field(default_factory=CodeValue)
    ethnic_group: CodeValue = field(default_factory=CodeValue)
    marital_status: CodeValue = field(default_factory=CodeValue)
    education: CodeValue = field(default_factory=CodeValue)
    occupation: CodeValue = field(default_factory=CodeValue)
    address: str = ""
    phone: str = ""
    functioning: tuple[str, ...] = ()
    portrait: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether staff have said nothing about this person; guesses do not count."""
        said = self.given_names.strip() or (self.surnames.strip() and not self.surnames_guess)
        texts = (self.born, self.document_number, self.need_typed, self.phone)
        chosen = self.sex or any(text.strip() for text in texts) or self.needs or self.functioning
        return not (said or chosen or any(value.is_said for value in self.codes))

    @property
    def codes(self) -> tuple[CodeValue, ...]:
        """What stands in the type-ahead fields."""
        values = (getattr(self, each.name) for each in fields(self))
        return tuple(value for value in values if isinstance(value, CodeValue))

    @property
    def full_name(self) -> str:
        """Given names and surnames in one line."""
        return " ".join(f"{self.given_names} {self.surnames}".split())


@dataclass(frozen=True, slots=True)
class ArrivalDraft:
    """The arrival as typed; `at_ms` 0 means now."""

    at_ms: int = 0
    post: CodeValue = field(default_factory=CodeValue)
    crossing_kind: CodeValue = field(default_factory=CodeValue)
    origin_state: CodeValue = field(default_factory=CodeValue)
    destination: CodeValue = field(default_factory=CodeValue)
    phone: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether staff have changed nothing here."""
        codes = (self.post, self.crossing_kind, self.origin_state, self.destination)
        return not (self.at_ms or self.phone.strip() or any(value.is_said for value in codes))

    def shared(self) -> "ArrivalDraft":
        """Return what the next family may have in common with this one: not its phone, not its minute."""
        return ArrivalDraft(
            post=replace(self.post, guess=True),
            crossing_kind=replace(self.crossing_kind, guess=True),
            origin_state=replace(self.origin_state, guess=True),
            destination=replace(self.destination, guess=True),
        )


@dataclass(frozen=True, slots=True)
class RemarkDraft:
    """What staff said of somebody in the form and a record of the register (`other`, its id): a `Verdict`.

    The words of the names know the person, for places in a list change.
    """

    is_focal: bool = False
    names: tuple[str, ...] = ()
    other: str = ""
    verdict: str = ""

    def is_about(self, names: frozenset[str], *, is_focal: bool) -> bool:
        """Whether it is about somebody of these names; a focal point stays the same when a name is corrected."""
        common = len(names.intersection(self.names))
        return is_focal == self.is_focal and (common > 0 if is_focal else 2 * common > len(self.names))


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """The whole form. `people` begins with the focal point; `editing` is the member in the editor, not yet added.

    `editing_index` is the place in `people` of a member being changed, or None for a new one. `counts` maps
    `SEX:AGE_GROUP` to how many. `consent_shares` says to whom data may go.
    `remarks` are what was said of people of the register who look like those in the form.
    """

    people: tuple[PersonDraft, ...] = (PersonDraft(),)
    editing: PersonDraft | None = None
    editing_index: int | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    arrival: ArrivalDraft = field(default_factory=ArrivalDraft)
    consent: str = ""
    consent_language: CodeValue = field(default_factory=CodeValue)
    consent_shares: tuple[str, ...] = ()
    remarks: tuple[RemarkDraft, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether staff have typed nothing that could be lost."""
        people = (*self.people, self.editing) if self.editing else self.people
        nobody = all(person.is_blank for person in people) and len(self.people) <= 1
        said = self.consent or self.consent_language.is_said or any(self.counts.values())
        return nobody and self.arrival.is_blank and not said

    @property
    def title(self) -> str:
        """How the draft is called in a list: the focal point's name."""
        return self.people[0].full_name if self.people else ""

    def settled(self) -> "GroupDraft":
        """Return the draft with the member in the editor added or changed, as saving does; a blank one is left."""
        if self.editing is None:
            return self
        people = list(self.people)
        if self.editing_index is not None and self.editing_index < len(people):
            people[self.editing_index] = self.editing
        elif not self.editing.is_blank:
            people.append(self.editing)
        return replace(self, people=tuple(people), editing=None, editing_index=None)


def to_map(draft: GroupDraft) -> dict[str, object]:
    """Return the draft as plain values for storage."""
    return {"version": VERSION, **asdict(draft)}


def from_map(content: Mapping[str, object]) -> GroupDraft:
    """Read a stored draft; what is missing or of the wrong kind is left at its default, so an old draft still opens."""
    people = tuple(_person(person) for person in _list(content.get("people")))
    editing = content.get("editing")
    index = content.get("editing_index")
    counts = content.get("counts")
    return GroupDraft(
        people=people or (PersonDraft(),),
        editing=_person(editing) if isinstance(editing, Mapping) else None,
        editing_index=index if isinstance(index, int) else None,
        counts={str(key): value for key, value in counts.items() if isinstance(value, int)}
        if isinstance(counts, Mapping)
        else {},
        arrival=_arrival(content.get("arrival")),
        consent=_text(content.get("consent")),
        consent_language=_code_value(content.get("consent_language")),
        consent_shares=tuple(str(share) for share in _list(content.get("consent_shares"))),
        remarks=tuple(_remark(remark) for remark in _list(content.get("remarks")) if isinstance(remark, Mapping)),
    )


def _person(value: object) -> PersonDraft:
    return PersonDraft(**_fields_of(PersonDraft(), value))  # type: ignore[arg-type]


def _arrival(value: object) -> ArrivalDraft:
    return ArrivalDraft(**_fields_of(ArrivalDraft(), value))  # type: ignore[arg-type]


def _remark(value: Mapping[str, object]) -> RemarkDraft:
    names = tuple(str(name) for name in _list(value.get("names")))
    try:
        other: UUID | None = UUID(_text(value.get("other")))
    except ValueError:
        other = None
    return RemarkDraft(value.get("is_focal") is True, names, str(other or ""), _text(value.get("verdict")))


def _fields_of(default: PersonDraft | ArrivalDraft, value: object) -> dict[str, object]:
    if not isinstance(value, Mapping):
        return {}
    read: dict[str, object] = {}
    for each in fields(default):
        stored, usual = value.get(each.name), getattr(default, each.name)
        if isinstance(usual, CodeValue):
            read[each.name] = _code_value(stored)
        elif isinstance(usual, tuple):
            read[each.name] = tuple(str(item) for item in _list(stored))
        elif type(stored) is type(usual):
            read[each.name] = stored
    return read


def _code_value(value: object) -> CodeValue:
    if not isinstance(value, Mapping):
        return CodeValue()
    codes = tuple(str(code) for code in _list(value.get("codes")))
    return CodeValue(codes, _text(value.get("typed")), value.get("guess") is True)


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
