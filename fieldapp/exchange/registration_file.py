"""The file that `fieldapp register` reads: families as JSON.

```json
{"groups": [{
  "arrival": {"at": "2026-11-24T08:15", "post": "PSB", "crossing_kind": "bridge", "origin_state": "VE20"},
  "consent": "yes", "consent_language": "spa", "consent_shares": ["government", "partners"],
  "phone": "300 000 0000", "destination": "Medellín", "shelter_place": "Carpa 12", "note": "", "language": "es",
  "complete": false, "others": [{"sex": "F", "age_group": "5_11", "count": 2}],
  "members": [{
    "given_names": "María Fernanda", "surnames": "Rodríguez de la Cruz", "sex": "F", "birth": "1989-02-14",
    "nationalities": ["VEN"], "relationship": "HEAD", "needs": ["PG"], "phone": "", "language": "spa",
    "documents": [{"kind": "VE_CED_V", "number": "12345678", "country": "VEN", "seen": true}],
    "origin": "VE2005", "address": "", "marital_status": "MA", "education": "11", "occupation": "5",
    "ethnic_group": "NIN", "functioning": {"SEEING": 1, "WALKING": 3}
  }]
}]}
```

Only `members` with a name is needed. The first member is the focal point. Codes are those of `resources/code_lists`.
`arrival.at` is a local time at the post unless it carries an offset, and now where it is absent; `arrival.post` is the
laptop's; `crossing_kind` the usual one there. `birth` is what is known: `1989-02-14`, `1989-02`, `1989`,
`{"age": 35}` (today, or with `"on": "2026-01-05"` on that day), or nothing. `language` of a group is its slip's.
`functioning` answers the Washington Group's short set from 1 (no difficulty) to 4 (cannot), by the codes of the list
`functioning`; `origin` is a municipality or state of Venezuela.
`others` counts people not entered one by one; a group with others is not complete.

A key that is not in this list is refused by its name, so that a misspelt one is never silently lost. A file that is no
JSON is refused whole. Otherwise each family stands for itself: the ones in order can be registered, the others are
reported by line and field.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from fieldapp.domain.birth import OLDEST_AGE, Birth, BirthError, BirthQuality, from_iso
from fieldapp.domain.problems import Problem
from fieldapp.domain.record import (
    FOCAL_POINT,
    LARGEST_GROUP,
    ArrivalEntry,
    Consent,
    Document,
    GroupEntry,
    HeadCount,
    IndividualEntry,
    Sex,
)
from fieldapp.exchange.json_fields import FileProblem, JsonFields
from fieldapp.exchange.located_json import MalformedJson, read
from fieldapp.i18n import SLIP_LANGUAGES

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of a file of families."""

_GROUP_KEYS = {
    "arrival", "consent", "consent_language", "consent_shares", "phone", "destination", "shelter_place", "note", "complete", "language",
    "others", "members",
}  # fmt: skip
_MEMBER_KEYS = {
    "given_names", "surnames", "sex", "birth", "nationalities", "relationship", "needs", "phone", "language",
    "documents", "functioning", "origin", "address", "marital_status", "education", "occupation", "ethnic_group",
}  # fmt: skip
_MOST_DIFFICULT = 4
_BIRTH = re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?)?")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What stands for what a file leaves out: now (ms since 1970), this post and its usual crossing, the time zone."""

    now_ms: int
    post: str
    crossing_kind: str
    zone: str

    @property
    def today(self) -> date:
        """The day at the post."""
        return datetime.fromtimestamp(self.now_ms / 1000, ZoneInfo(self.zone)).date()


class MalformedFile(Problem):
    """The file is not JSON or has no list of groups; `values` has line, column and key."""


@dataclass(frozen=True, slots=True)
class GroupRead:
    """One family of a file: its place in the list (from 0) and the lines of its fields, by member and name."""

    index: int
    entry: GroupEntry
    language: str
    lines: Mapping[tuple[int | None, str], int]

    def place(self, member: int | None, name: str) -> tuple[int, str]:
        """Return the line and the path of a field, or of what it should stand in."""
        path = (
            f"groups[{self.index}]" + ("" if member is None else f".members[{member}]") + (f".{name}" if name else "")
        )
        line = self.lines.get((member, name)) or self.lines.get((member, "")) or self.lines[None, ""]
        return line, path


@dataclass(frozen=True, slots=True)
class GroupsRead:
    """What a file holds: the families that could be read, and what is wrong with the others."""

    groups: tuple[GroupRead, ...]
    problems: tuple[FileProblem, ...]


def read_groups(text: str, defaults: Defaults) -> GroupsRead:
    """Read a file of families. Raises MalformedFile when it is none."""
    try:
        root = read(text.removeprefix("\ufeff"))
    except MalformedJson as error:
        raise MalformedFile(error.code, line=error.line, column=error.column, key=error.key) from error
    groups = root.value.get("groups") if isinstance(root.value, dict) else None
    if groups is None or not isinstance(groups.value, list) or not isinstance(root.value, dict):
        raise MalformedFile("no_groups", line=root.line, column=1, key="groups")
    for key, node in root.value.items():
        if key != "groups":
            raise MalformedFile("json_unknown_top_key", line=node.line, column=1, key=key)
    read_ones: list[GroupRead] = []
    problems: list[FileProblem] = []
    for index, node in enumerate(groups.value):
        group = JsonFields(node, f"groups[{index}]")
        found = _group(group, index, defaults)
        if group.problems:
            problems += group.problems
        else:
            read_ones.append(found)
    return GroupsRead(tuple(read_ones), tuple(problems))


def _group(fields: JsonFields, index: int, defaults: Defaults) -> GroupRead:
    fields.only(_GROUP_KEYS)
    members = fields.objects("members")
    if not members:
        fields.complain("members", "no_members")
    others = fields.objects("others")
    complete = fields.truth("complete", default=not others)
    if complete and others:
        fields.complain("complete", "complete_with_others")
    if fields.text("language") not in {"", *SLIP_LANGUAGES}:
        fields.complain("language", "not_a_code", fields.text("language"), ", ".join(SLIP_LANGUAGES))
    entry = GroupEntry(
        members=tuple(_member(member, place, defaults.today) for place, member in enumerate(members)),
        arrival=_arrival(fields, defaults),
        others=tuple(_head_count(other) for other in others),
        consent=fields.code("consent", Consent, Consent.NOT_ASKED),
        phone=fields.text("phone"),
        destination=fields.text("destination"),
        complete=complete,
        note=fields.text("note"),
        consent_language=fields.text("consent_language"),
        consent_shares=fields.texts("consent_shares"),
        shelter_place=fields.text("shelter_place"),
    )
    lines: dict[tuple[int | None, str], int] = {(None, name): line for name, line in fields.lines()}
    for place, member in enumerate(members):
        lines |= {(place, name): line for name, line in member.lines()}
    return GroupRead(index, entry, fields.text("language"), lines)


def _member(fields: JsonFields, place: int, today: date) -> IndividualEntry:
    fields.only(_MEMBER_KEYS)
    return IndividualEntry(
        given_names=fields.text("given_names"),
        surnames=fields.text("surnames"),
        sex=fields.code("sex", Sex, Sex.UNKNOWN),
        birth=_birth(fields, today),
        nationalities=fields.texts("nationalities"),
        documents=tuple(_document(document) for document in fields.objects("documents")),
        relationship=fields.text("relationship", FOCAL_POINT if place == 0 else ""),
        needs=fields.texts("needs"),
        phone=fields.text("phone"),
        language=fields.text("language"),
        functioning=_functioning(fields),
        origin=fields.text("origin"),
        address=fields.text("address"),
        marital_status=fields.text("marital_status"),
        education=fields.text("education"),
        occupation=fields.text("occupation"),
        ethnic_group=fields.text("ethnic_group"),
    )


def _functioning(member: JsonFields) -> tuple[tuple[str, int], ...]:
    fields = member.object("functioning")
    if fields is None:
        return ()
    return tuple((name, fields.whole(name, _MOST_DIFFICULT)) for name, _line in fields.lines() if name)


def _arrival(group: JsonFields, defaults: Defaults) -> ArrivalEntry:
    fields = group.object("arrival")
    if fields is None:
        return ArrivalEntry(defaults.now_ms, defaults.post, defaults.crossing_kind)
    fields.only({"at", "post", "crossing_kind", "origin_state"})
    return ArrivalEntry(
        at_ms=_moment(fields, defaults),
        post=fields.text("post", defaults.post),
        crossing_kind=fields.text("crossing_kind", defaults.crossing_kind),
        origin_state=fields.text("origin_state"),
    )


def _moment(fields: JsonFields, defaults: Defaults) -> int:
    text = fields.text("at")
    if not text:
        return defaults.now_ms
    try:
        moment = datetime.fromisoformat(text)
        if "T" not in text.upper() and " " not in text:
            raise ValueError("a day is not a moment")
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(defaults.zone))
        return round(moment.timestamp() * 1000)
    except (ValueError, OverflowError):
        fields.complain("at", "not_a_moment", text)
        return 0


def _birth(fields: JsonFields, today: date) -> Birth:
    node = fields.node("birth")
    if node is None or node.value is None:
        return Birth()
    if isinstance(node.value, dict):
        parts = JsonFields(node, f"{fields.path}.birth", fields.problems)
        parts.only({"age", "on"})
        age, stated_on = parts.whole("age", OLDEST_AGE), today
        if parts.text("on"):
            try:
                stated_on = date.fromisoformat(parts.text("on"))
            except ValueError:
                parts.complain("on", "not_a_day", parts.text("on"))
        return Birth(BirthQuality.AGE, age=age, stated_on=stated_on)
    text = fields.text("birth").strip()
    try:
        if _BIRTH.fullmatch(text):
            return from_iso(text)
    except BirthError:
        pass
    fields.complain("birth", "not_a_birth", text)
    return Birth()


def _document(fields: JsonFields) -> Document:
    fields.only({"kind", "number", "country", "seen"})
    if not fields.text("kind"):
        fields.complain("kind", "is_missing")
    return Document(
        fields.text("kind"), fields.text("number"), fields.text("country"), fields.truth("seen", default=True)
    )


def _head_count(fields: JsonFields) -> HeadCount:
    fields.only({"sex", "age_group", "count"})
    return HeadCount(
        fields.code("sex", Sex, Sex.UNKNOWN), fields.text("age_group", "other"), fields.whole("count", LARGEST_GROUP)
    )
