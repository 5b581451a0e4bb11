"""The walk of the review: everybody is compared with everybody before them, in small steps, the newest first.

How far it came and what it found is kept, so that it goes on where it was stopped, by whom or whatever. People who
are registered or corrected later are taken up by the next walk.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from fieldapp.domain.matching.joining import Joining
from fieldapp.services.desk import Desk
from fieldapp.services.matching import model, register_frequency
from fieldapp.storage import search_queries, suspects
from fieldapp.storage.search_queries import Candidate
from fieldapp.storage.suspects import Spans, Walked
from fieldapp.storage.units import ReadUnit

LEAST = 0.5
"""Less probable pairs are no work for anybody."""
_PORTION = 10_000
_STEP = 1000
_KEEP_EVERY = 5
"""After so many steps it is written down what was found and how far the walk came."""
_PARTNERS = 10


@dataclass(frozen=True, slots=True)
class Step:
    """How far a walk is: so many of all people are compared; `found` tells whether pairs were written down."""

    done: int
    total: int
    found: bool = False
    is_over: bool = False


class Walk:
    """One walk at a desk: `look` and `keep` in turn, each short; between two of them anything may be written."""

    def __init__(self, desk: Desk, portion: int = _PORTION, step: int = _STEP) -> None:
        self._desk, self._portion, self._step = desk, portion, step
        self._state = Walked()
        self._is_begun = False
        self._joining: Joining | None = None
        self._left: list[Candidate] = []
        self._waiting: list[int] = []
        self._counts: dict[str, float] = {}
        self._known: set[tuple[int, int]] = set()
        self._to_keep: list[tuple[UUID, UUID, float]] | None = None
        self._steps = 0

    def look(self) -> Step:
        """Compare some more; nothing is written."""
        with self._desk.database.read() as unit:
            total = search_queries.count_people(unit)
            if not self._is_begun:
                self._state, self._is_begun = suspects.walked(unit), True
            if not self._state.left:
                self._state = self._next_portion(unit, self._state)
                if not self._state.left:
                    return Step(total, total, is_over=True)
            if self._joining is None and not self._left:
                self._waiting = [row for first, last in self._state.left for row in range(first, last + 1)]
            if self._waiting:
                batch, self._waiting = self._waiting[: self._step], self._waiting[self._step :]
                self._left += search_queries.candidates(unit, batch)
                return Step(_done(self._state), total)
            at = self._compare(unit, total)
            self._steps += 1
            is_whole = at >= self._state.right
            if is_whole or self._steps % _KEEP_EVERY == 0:
                self._to_keep = self._fresh_pairs(unit)
        if is_whole:
            self._state, self._joining, self._left = _with_portion(self._state), None, []
        else:
            self._state = replace(self._state, at=at)
        return Step(_done(self._state), total, bool(self._to_keep))

    def keep(self) -> None:
        """Write down what was found and how far the walk came, now and then."""
        if self._to_keep is not None:
            with self._desk.database.write() as unit:
                suspects.keep(unit, self._state, self._to_keep)
            self._to_keep = None

    def step(self) -> Step:
        """Compare some more, and write it down."""
        step = self.look()
        self.keep()
        return step

    def _next_portion(self, unit: ReadUnit, state: Walked) -> Walked:
        """Return the state with the newest people who wait, or with nobody."""
        corrected = suspects.edited_since(unit, state.mark) if state.spans else ()
        edited = [row for row in corrected if _is_in(state.spans, row)]
        state = replace(state, mark=suspects.last_line(unit))
        newest = search_queries.count_people(unit)
        last = _last_open(state.spans, newest)
        before = max((end for _, end in state.spans if end < last), default=0)
        fresh = [(max(before, last - self._portion) + 1, last)] if last else []
        left = _merged([*((row, row) for row in edited), *fresh])
        return replace(state, left=left, right=newest if edited else last, at=0)

    def _compare(self, unit: ReadUnit, total: int) -> int:
        """Compare the portion with the next people, and return the row of the last of them."""
        self._frequency = register_frequency(unit, total)
        if self._joining is None:
            people = [each.person for each in self._left]
            self._joining = Joining(people, model(), self._common, total, _PARTNERS + 1, LEAST)
            self._known = set()
        batch = search_queries.everybody(unit, self._state.at, self._step)
        for row, person in batch:
            if row <= self._state.right:
                self._joining.take(row, person)
        return self._state.right if len(batch) < self._step else batch[-1][0]

    def _common(self, word: str) -> float:
        """How common a name is; counted once a walk."""
        if word not in self._counts:
            self._counts[word] = self._frequency(word)
        return self._counts[word]

    def _fresh_pairs(self, unit: ReadUnit) -> list[tuple[UUID, UUID, float]]:
        fresh = []
        for pair in self._joining.pairs() if self._joining else ():
            key, left = (pair.left, pair.right), self._left[pair.left]
            is_one_family = any(reason.code == "same_family" for reason in pair.score.reasons)
            if key not in self._known and left.row != pair.right and not is_one_family:
                fresh.append((left.individual_id, pair.right, pair.score.probability))
            self._known.add(key)
        ids = suspects.ids_of(unit, {right for _, right, _ in fresh})
        return [(one, ids[right], probability) for one, right, probability in fresh if right in ids]


def walk_all(
    desk: Desk, progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] = lambda: False
) -> None:
    """Walk to the end, or until `cancelled`; the next walk goes on from there."""
    walk = Walk(desk)
    while not cancelled():
        step = walk.step()
        if progress:
            progress(step.done, step.total)
        if step.is_over:
            return


def _with_portion(state: Walked) -> Walked:
    """Return the state after its portion was compared with everybody."""
    return Walked(_merged([*state.spans, *state.left]), state.mark)


def _merged(spans: list[tuple[int, int]]) -> Spans:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = merged[-1][0], max(merged[-1][1], last)
        else:
            merged.append((first, last))
    return tuple(merged)


def _done(state: Walked) -> int:
    whole = sum(last - first + 1 for first, last in state.spans)
    fresh = sum(last - first + 1 for first, last in state.left if not _is_in(state.spans, first))
    return whole + (fresh * state.at // state.right if state.right else 0)


def _is_in(spans: Spans, row: int) -> bool:
    return any(first <= row <= last for first, last in spans)


def _last_open(spans: Spans, newest: int) -> int:
    """Return the newest row that no span covers, 0 if there is none."""
    last = newest
    for first, end in reversed(spans):
        if first <= last <= end:
            last = first - 1
    return last
