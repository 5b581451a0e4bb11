"""The supervisor's review: pairs of the register that may be one person, by probability, and what is decided of them.

Nothing is merged by itself: *same* is a change in the log like any other, both records stay, and it can be taken back.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.ids import pair_id
from fieldapp.domain.matching.scoring import Grade, Reason, score
from fieldapp.domain.matching.verdicts import KIND_OF, PAIR_KINDS, VERDICT, Judged, Verdict, clusters, fold_verdicts
from fieldapp.domain.names import tidy
from fieldapp.domain.people import IndividualRow
from fieldapp.domain.permissions import may
from fieldapp.domain.problems import InvalidEntry, NotFound
from fieldapp.domain.record import FieldProblem, Role
from fieldapp.services.desk import Desk
from fieldapp.services.entry_check import LONGEST_NOTE
from fieldapp.services.matching import model, register_frequency
from fieldapp.services.review_walk import LEAST
from fieldapp.storage import journal, people_queries, records, search_queries, suspects
from fieldapp.storage.units import ReadUnit

REVIEWS = (Role.SUPERVISOR, Role.PROTECTION_OFFICER, Role.ADMINISTRATOR)
"""Who reviews pairs and says that two records are one person."""

_MOST = 500
"""So many pairs are looked at in one sitting; more come when they are decided."""


@dataclass(frozen=True, slots=True)
class ReviewPair:
    """Two records that may be one person, how probably and why, and what was said of them so far."""

    pair: UUID
    one: IndividualRow
    other: IndividualRow
    probability: float
    grade: Grade
    reasons: tuple[Reason, ...]
    judged: Judged | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """The pairs that wait, those in conflict and those somebody was unsure of first; and how many are decided.

    `more` says that there are less likely ones beside those.
    """

    waiting: tuple[ReviewPair, ...]
    decided: int
    more: bool = False


def review(desk: Desk, most: int = _MOST) -> Review:
    """Return the pairs that wait for a decision, of those the walk has found so far (`review_walk`).

    They are compared anew, for records change. Members of one family are no pair. Raises NotAllowed.
    """
    desk.require(*REVIEWS, doing="review_pairs")
    with desk.database.read() as unit:
        judged = _standing(unit)
        open_ones = [
            (its.one, its.other) for its in judged.values() if its.in_conflict or its.verdict is Verdict.UNSURE
        ]
        found = suspects.best(unit, most + len(judged))
        undecided = [pair for pair in found if pair_id(*pair) not in judged]
        waiting = _scored(unit, [*open_ones, *undecided[:most]], judged)
        more = len(undecided) > most or suspects.count(unit) > len(found)
    waiting.sort(key=lambda pair: (pair.judged is None, pair.grade is not Grade.STRONG, -pair.probability, pair.pair))
    decided = sum(each.verdict is not Verdict.UNSURE and not each.in_conflict for each in judged.values())
    return Review(tuple(waiting), decided, more)


def judge(desk: Desk, one: UUID, other: UUID, verdict: Verdict, reason: str = "") -> UUID:
    """Record what is known of two records, and return the id of the pair.

    Everybody may say that two people are different, or that it is not known; *same* is for those who review.
    Raises NotAllowed, NotFound, InvalidEntry.
    """
    roles = tuple(role for role in Role if may(role, KIND_OF[verdict]))
    desk.require(*roles, doing="judge_pair")
    if len(tidy(reason)) > LONGEST_NOTE:
        raise InvalidEntry((FieldProblem(None, "reason", "too_long", str(len(tidy(reason))), str(LONGEST_NOTE)),))
    pair = pair_id(one, other)
    with desk.database.write() as unit:
        if one == other or records.group_of(unit, one) is None or records.group_of(unit, other) is None:
            raise NotFound
        said = _standing(unit).get(pair)
        payload = {"one": one.bytes, "other": other.bytes, "reason": tidy(reason)}
        seen = {VERDICT: said.changes} if said else {}
        unit.record(desk.author, [ChangeDraft(KIND_OF[verdict], pair, payload, seen)])
    return pair


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, while a family was registered, of one of its members (by place) and a record."""

    member: int
    other: UUID
    verdict: Verdict


def said_of(unit: ReadUnit, members: Sequence[UUID], said: Iterable[Said]) -> Iterator[ChangeDraft]:
    """Yield the verdicts on members of a family that is being registered; records that were erased meanwhile are not named."""
    for each in said:
        if each.member < len(members) and records.group_of(unit, each.other) is not None:
            one = members[each.member]
            payload = {"one": one.bytes, "other": each.other.bytes, "reason": ""}
            yield ChangeDraft(KIND_OF[each.verdict], pair_id(one, each.other), payload)


def take_back(desk: Desk, pair: UUID, reason: str = "") -> None:
    """Take back what was said of a pair, so that it waits again. Raises NotAllowed, NotFound."""
    desk.require(*REVIEWS, doing="judge_pair")
    with desk.database.write() as unit:
        said = _standing(unit).get(pair)
        if said is None:
            raise NotFound
        payload = {"one": said.one.bytes, "other": said.other.bytes, "reason": tidy(reason)}
        unit.record(desk.author, [ChangeDraft(Kind.PAIR_REOPENED, pair, payload, {VERDICT: said.changes})])


def verdicts(desk: Desk) -> Mapping[UUID, Judged]:
    """Return what stands, by pair."""
    with desk.database.read() as unit:
        return _standing(unit)


def same_person(desk: Desk, individual_id: UUID) -> tuple[UUID, ...]:
    """Return the other records that were said to be of the same person, directly or by way of a third."""
    return same_people(desk, (individual_id,))[individual_id]


def same_people(desk: Desk, individual_ids: Sequence[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """Return `same_person` of each of these; records that were erased are left out."""
    with desk.database.read() as unit:
        every = clusters(_standing(unit).values())
        found = {}
        for each in individual_ids:
            mine = next((cluster for cluster in every if each in cluster), frozenset())
            others = sorted(mine - {each})
            found[each] = tuple(other for other in others if records.group_of(unit, other) is not None)
    return found


def pairs_with(unit: ReadUnit, individual_id: UUID) -> tuple[UUID, ...]:
    """Return the pairs of which something was ever said and of which somebody is one."""
    changes = journal.of_kinds(unit.connection, PAIR_KINDS, unit.root_public)
    its = (change.subject for change in changes if individual_id.bytes in dict(change.payload or {}).values())
    return tuple(dict.fromkeys(its))


def _standing(unit: ReadUnit) -> dict[UUID, Judged]:
    changes = journal.of_kinds(unit.connection, PAIR_KINDS, unit.root_public)
    return fold_verdicts(changes, unit.standing.grants(unit.connection))


def _scored(unit: ReadUnit, pairs: Iterable[tuple[UUID, UUID]], judged: Mapping[UUID, Judged]) -> list[ReviewPair]:
    """Return pairs as their records are now; those are left out that look alike no more or of whom one was erased."""
    pairs = list(dict.fromkeys(pairs))
    rows = records.rows_of_individuals(unit, tuple({one for pair in pairs for one in pair}))
    shown = people_queries.people_of_rows(unit, rows)
    people = {each.individual_id: each for each in search_queries.candidates(unit, rows)}
    total = search_queries.count_people(unit)
    frequency = register_frequency(unit, total)
    found = []
    for one, other in pairs:
        if one not in people or other not in people:
            continue
        first, second = sorted((people[one], people[other]), key=lambda each: each.row)
        its = score(first.person, second.person, model(), frequency, total)
        pair = pair_id(one, other)
        said = judged.get(pair)
        is_one_family = any(reason.code == "same_family" for reason in its.reasons)
        if said is None and (its.probability < LEAST or is_one_family):
            continue
        found.append(
            ReviewPair(pair, shown[first.row], shown[second.row], its.probability, its.grade, its.reasons, said)
        )
    return found
