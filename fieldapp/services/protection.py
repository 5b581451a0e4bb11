"""Children alone are referred on the same day, and whoever looks for relatives has it noted: for protection alone."""

from uuid import UUID

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.names import tidy
from fieldapp.domain.people import ChildAlone
from fieldapp.domain.problems import InvalidEntry
from fieldapp.domain.record import FieldProblem, Role
from fieldapp.services.desk import Desk
from fieldapp.services.entry_check import LONGEST_NOTE, LONGEST_TEXT
from fieldapp.storage import protection_queries

PROTECTS = (Role.SUPERVISOR, Role.PROTECTION_OFFICER)
"""Who sees the list of children alone, refers them, and notes searches."""

_MOST = 500


def children_alone(desk: Desk) -> list[ChildAlone]:
    """Return the children alone: first those who still wait for a referral, the longest waiting first. Raises NotAllowed."""
    desk.require(*PROTECTS, doing="see_children_alone")
    with desk.database.read() as unit:
        return protection_queries.children_alone(unit, desk.day(desk.today()).begins_ms, _MOST)


def refer_child(desk: Desk, individual_id: UUID, to: str, note: str = "") -> None:
    """Record that a child alone was referred, and to whom. Raises NotAllowed, InvalidEntry."""
    desk.require(*PROTECTS, doing="refer_child")
    problems = []
    if not tidy(to):
        problems.append(FieldProblem(None, "to", "needed"))
    problems += _too_long("to", to, LONGEST_TEXT) + _too_long("note", note, LONGEST_NOTE)
    if problems:
        raise InvalidEntry(tuple(problems))
    _record(desk, ChangeDraft(Kind.CHILD_REFERRED, individual_id, {"to": tidy(to), "note": tidy(note)}))


def note_search(  # noqa: PLR0913 - what the paper form asks
    desk: Desk,
    individual_id: UUID,
    name: str,
    *,
    relation: str = "",
    last_place: str = "",
    last_seen: str = "",
    may_share: bool = False,
) -> None:
    """Note whom somebody is looking for; `may_share` only where they agree that others search too.

    Raises NotAllowed, InvalidEntry.
    """
    desk.require(*PROTECTS, doing="note_search")
    texts = {"name": name, "relation": relation, "last_place": last_place, "last_seen": last_seen}
    problems = [problem for field, text in texts.items() for problem in _too_long(field, text, LONGEST_TEXT)]
    if not tidy(name):
        problems.insert(0, FieldProblem(None, "name", "name_missing"))
    if problems:
        raise InvalidEntry(tuple(problems))
    payload = {**{field: tidy(text) for field, text in texts.items()}, "may_share": may_share}
    _record(desk, ChangeDraft(Kind.TRACING_NOTED, individual_id, payload))


def _too_long(field: str, text: str, longest: int) -> list[FieldProblem]:
    length = len(tidy(text))
    return [FieldProblem(None, field, "too_long", str(length), str(longest))] if length > longest else []


def _record(desk: Desk, draft: ChangeDraft) -> None:
    with desk.database.write() as unit:
        unit.record(desk.author, [draft])
