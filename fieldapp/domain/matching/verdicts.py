"""What staff said of two records: one person, two persons, or not known. Nothing is merged; a verdict can be taken back.

A verdict stands until a later one has seen it. Only who may assert *same* may also overrule it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from fieldapp.domain.changes import Change, Kind
from fieldapp.domain.fields import text_of, uuid_of
from fieldapp.domain.permissions import Grants, may
from fieldapp.domain.record import Role

VERDICT = "verdict"
"""The name under which a verdict says which earlier ones it saw."""


class Verdict(StrEnum):
    """Whether two records are of one person."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


KIND_OF = {
    Verdict.SAME: Kind.PAIR_SAME,
    Verdict.DIFFERENT: Kind.PAIR_DIFFERENT,
    Verdict.UNSURE: Kind.PAIR_UNSURE,
}
PAIR_KINDS = (*KIND_OF.values(), Kind.PAIR_REOPENED)
_OF_KIND = {kind: verdict for verdict, kind in KIND_OF.items()}


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts on a pair that stand: the latest is shown; `in_conflict` where *same* and *different* both stand."""

    pair: UUID
    one: UUID
    other: UUID
    verdict: Verdict
    reason: str
    staff: UUID
    at_ms: int
    changes: tuple[UUID, ...]
    in_conflict: bool = False


def fold_verdicts(changes: Iterable[Change], grants: Grants) -> dict[UUID, Judged]:
    """Return what stands, by pair, from the changes of PAIR_KINDS; a pair whose verdict was taken back is not there."""
    valid = sorted(
        (change for change in changes if change.kind in PAIR_KINDS and change.payload and grants.allow(change)),
        key=lambda change: change.order,
    )
    by_id = {change.change_id: change for change in valid}
    overruled = {
        seen
        for change in valid
        for seen in change.seen.get(VERDICT, ())
        if seen in by_id and _may_overrule(change, by_id[seen])
    }
    standing: dict[UUID, list[Change]] = {}
    for change in valid:
        if change.change_id not in overruled and change.kind != Kind.PAIR_REOPENED:
            standing.setdefault(change.subject, []).append(change)
    found = (_judged(pair, its) for pair, its in standing.items())
    return {judged.pair: judged for judged in found if judged is not None}


def clusters(judged: Iterable[Judged]) -> list[frozenset[UUID]]:
    """Return the records that are of one person by the verdicts *same* together, three and more too."""
    root: dict[UUID, UUID] = {}

    def find(record: UUID) -> UUID:
        while root.setdefault(record, record) != record:
            root[record] = root[root[record]]
            record = root[record]
        return record

    for each in judged:
        if each.verdict is Verdict.SAME and not each.in_conflict:
            root[find(each.one)] = find(each.other)
    members: dict[UUID, set[UUID]] = {}
    for record in list(root):
        members.setdefault(find(record), set()).add(record)
    return [frozenset(its) for its in members.values()]


def _may_overrule(change: Change, seen: Change) -> bool:
    if change.subject != seen.subject:
        return False
    return seen.kind != Kind.PAIR_SAME or (change.role in set(Role) and may(Role(change.role), Kind.PAIR_SAME))


def _judged(pair: UUID, standing: list[Change]) -> Judged | None:
    latest = standing[-1]
    payload = dict(latest.payload or {})
    one, other = uuid_of(payload.get("one")), uuid_of(payload.get("other"))
    if one is None or other is None:
        return None
    kinds = {change.kind for change in standing}
    return Judged(
        pair, one, other, _OF_KIND[Kind(latest.kind)], text_of(payload, "reason"), latest.staff, latest.wall_ms,
        tuple(change.change_id for change in standing), {Kind.PAIR_SAME, Kind.PAIR_DIFFERENT} <= kinds,
    )  # fmt: skip
