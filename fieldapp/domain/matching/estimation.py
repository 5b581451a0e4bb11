"""The chances of the parameter file from a register of one's own, by expectation and maximisation.

`u` comes from pairs drawn at random, which are of two people; `m` from pairs that share a key, by asking in turn how
probable each pair is with the chances so far, and which chances the probable pairs then have. What relatives share is
not estimated, for a register does not say who they are, and stays as it was.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import log2

from fieldapp.domain.matching.levels import FIELDS, MISSING, Agreement
from fieldapp.domain.matching.scoring import Frequency, Model, Parameter, scored

_ROUNDS = 20
_SETTLED = 1e-4
_LEAST = 1e-4
_WEIGHT = 50
"""How many pairs the chances so far count for, so that a level that few pairs show keeps them."""


def estimate(
    model: Model, meeting: Sequence[Agreement], strangers: Iterable[Agreement], frequency: Frequency, people: int
) -> Model:
    """Return the model with chances that fit pairs that share a key (`meeting`) and pairs drawn at random."""
    found = _with_u(model, strangers)
    for _ in range(_ROUNDS):
        before = found
        found = _with_m(found, [(its, scored(its, found, frequency, people).probability) for its in meeting])
        moved = max(abs(log2(found.parameters[key].m / before.parameters[key].m)) for key in found.parameters)
        if moved < _SETTLED:
            break
    return found


def _with_u(model: Model, strangers: Iterable[Agreement]) -> Model:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for its in strangers:
        for field, level in zip(FIELDS, its.levels, strict=True):
            if level != MISSING:
                counts[field][level] += 1
    parameters = {}
    for (field, level), its_chances in model.parameters.items():
        if its_chances.per_name:
            parameters[field, level] = its_chances
            continue
        whole = sum(counts[field].values())
        # The rarer a level, the more pairs it takes to see it: the chance so far counts for its own rarity.
        u = (counts[field][level] + _WEIGHT * its_chances.u) / (whole + _WEIGHT)
        parameters[field, level] = replace(its_chances, u=min(1.0, u))
    return replace(model, parameters=parameters)


def _with_m(model: Model, pairs: Iterable[tuple[Agreement, float]]) -> Model:
    weights: dict[tuple[str, str], float] = defaultdict(float)
    whole: dict[str, float] = defaultdict(float)
    for its, probability in pairs:
        for field, level in zip(FIELDS, its.levels, strict=True):
            if level != MISSING:
                weights[field, level] += probability
                whole[field] += probability
    parameters: dict[tuple[str, str], Parameter] = {}
    for (field, level), its_chances in model.parameters.items():
        m = (weights[field, level] + _WEIGHT * its_chances.m) / (whole[field] + _WEIGHT)
        parameters[field, level] = replace(its_chances, m=max(_LEAST, min(1.0, m)))
    return replace(model, parameters=parameters)
