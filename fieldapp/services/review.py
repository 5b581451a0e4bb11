"""The supervisor's review: pairs of the register that may be one person, by probability, and what is decided of them.

Nothing is merged by itself: *same* is a change in the log like any other, both records stay, and it can be taken back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.ids import pair_id
from fieldapp.domain.matching.comparable import Comparable
from fieldapp.domain.matching.joining import Joining
from fieldapp.domain.matching.scoring import Grade, Reason, Score, score
from fieldapp.domain.matching.verdicts import KIND_OF, PAIR_KINDS, VERDICT, Judged, Verdict, clusters, fold_verdicts
from fieldapp.domain.names import tidy
from fieldapp.domain.people import IndividualRow
from fieldapp.domain.permissions import may
from fieldapp.domain.problems import InvalidEntry, NotFound, Problem
from fieldapp.domain.record import FieldProblem, Role
from fieldapp.services.desk import Desk
from fieldapp.services.entry_check import LONGEST_NOTE
from fieldapp.services.matching import model, register_frequency
from fieldapp.storage import journal, people_queries, records, search_queries
from fieldapp.storage.units import ReadUnit

REVIEWS = (Role.SUPERVISOR, Role.PROTECTION_OFFICER, Role.ADMINISTRATOR)
"""Who reviews pairs and says that two records are one person."""

Progress = Callable[[int, int], None]
"""Called with how many of how many people were compared."""

_NEWEST = 10_000
_BATCH = 5000
_PARTNERS = 10


class ReviewCancelled(Problem):
    """Staff stopped the search for pairs."""

    code = "cancelled"


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
    """The pairs that wait, those in conflict and those somebody was unsure of first; and how many are decided."""

    waiting: tuple[ReviewPair, ...]
    decided: int


def review(
    desk: Desk, least: float = 0.5, newest: int = _NEWEST, progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Review:  # fmt: skip
    """Compare the newest people with everybody and return the pairs that wait for a decision.

    Members of one family are no pair. Raises NotAllowed, ReviewCancelled.
    """
    desk.require(*REVIEWS, doing="review_pairs")
    with desk.database.read() as unit:
        judged = _standing(unit)
        scored = _pairs(unit, least, newest, progress, cancelled)
        for each in judged.values():
            if each.in_conflict or each.verdict is Verdict.UNSURE:
                _add_judged(unit, each, scored)
        rows = people_queries.people_of_rows(unit, sorted({row for pair in scored for row in pair}))
        waiting = []
        for (one, other), its in scored.items():
            if one not in rows or other not in rows:
                continue
            pair = pair_id(rows[one].individual_id, rows[other].individual_id)
            said = judged.get(pair)
            if said is None or said.in_conflict or said.verdict is Verdict.UNSURE:
                waiting.append(ReviewPair(pair, rows[one], rows[other], its.probability, its.grade, its.reasons, said))
    waiting.sort(key=lambda pair: (pair.judged is None, pair.grade is not Grade.STRONG, -pair.probability, pair.pair))
    decided = sum(each.verdict is not Verdict.UNSURE and not each.in_conflict for each in judged.values())
    return Review(tuple(waiting), decided)


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
    with desk.database.read() as unit:
        every = clusters(_standing(unit).values())
    mine = next((cluster for cluster in every if individual_id in cluster), frozenset())
    return tuple(sorted(mine - {individual_id}))


def _standing(unit: ReadUnit) -> dict[UUID, Judged]:
    changes = journal.of_kinds(unit.connection, PAIR_KINDS, unit.root_public)
    return fold_verdicts(changes, unit.standing.grants(unit.connection))


def _pairs(
    unit: ReadUnit, least: float, newest: int, progress: Progress | None, cancelled: Callable[[], bool]
) -> dict[tuple[int, int], Score]:
    total = search_queries.count_people(unit)
    left: list[tuple[int, Comparable]] = []
    while batch := search_queries.everybody(unit, left[-1][0] if left else max(0, total - newest), _BATCH):
        left += batch
    frequency = register_frequency(unit, total)
    joining = Joining([person for _, person in left], model(), frequency, total, _PARTNERS + 1, least)
    last = 0
    while batch := search_queries.everybody(unit, last, _BATCH):
        if cancelled():
            raise ReviewCancelled
        for row, person in batch:
            joining.take(row, person)
        last = batch[-1][0]
        if progress:
            progress(min(last, total), total)
    found: dict[tuple[int, int], Score] = {}
    for pair in joining.pairs():
        one, other = sorted((left[pair.left][0], pair.right))
        if one != other and not any(reason.code == "same_family" for reason in pair.score.reasons):
            found[one, other] = pair.score
    return found


def _add_judged(unit: ReadUnit, said: Judged, scored: dict[tuple[int, int], Score]) -> None:
    rows = records.rows_of_individuals(unit, (said.one, said.other))
    if len(rows) < 2:  # noqa: PLR2004 - one of the two was erased
        return
    one, other = sorted(rows)
    if (one, other) not in scored:
        first, second = search_queries.candidates(unit, (one, other))
        total = search_queries.count_people(unit)
        scored[one, other] = score(first.person, second.person, model(), register_frequency(unit, total), total)
