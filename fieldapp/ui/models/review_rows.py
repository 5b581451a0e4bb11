"""The pairs of a review in the order they are looked at: those that share a record stand together."""

from collections.abc import Iterable
from uuid import UUID

from fieldapp.domain.people import IndividualRow
from fieldapp.services.review import ReviewPair


def together(pairs: Iterable[ReviewPair]) -> tuple[ReviewPair, ...]:
    """Return the pairs with each cluster in one piece, clusters in the order of their likeliest pair."""
    left = list(pairs)
    ordered: list[ReviewPair] = []
    while left:
        records = _cluster(left[0], left)
        ordered += [pair for pair in left if pair.one.individual_id in records]
        left = [pair for pair in left if pair.one.individual_id not in records]
    return tuple(ordered)


def side_by_side(pair: ReviewPair, pairs: Iterable[ReviewPair], most: int = 5) -> tuple[IndividualRow, ...]:
    """Return the two of a pair, then the others that waiting pairs tie to them, at most so many in all."""
    pairs = list(pairs)
    records = _cluster(pair, pairs)
    rows = {row.individual_id: row for each in pairs for row in (each.one, each.other) if row.individual_id in records}
    first = (pair.one, pair.other)
    known = {row.individual_id for row in first}
    others = tuple(row for key, row in rows.items() if key not in known)
    return (*first, *others)[:most]


def _cluster(pair: ReviewPair, pairs: Iterable[ReviewPair]) -> set[UUID]:
    records = {pair.one.individual_id, pair.other.individual_id}
    pairs = list(pairs)
    while True:
        more = {
            key
            for each in pairs
            for key in (each.one.individual_id, each.other.individual_id)
            if {each.one.individual_id, each.other.individual_id} & records
        }
        if more <= records:
            return records
        records |= more
