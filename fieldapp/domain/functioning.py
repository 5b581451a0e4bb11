"""The Washington Group's short set: from which answers on somebody counts as a person with a disability."""

from collections.abc import Iterable

CUT_OFF = 3
"""A lot of difficulty; with 4, cannot do at all. One such answer in any of the six areas is enough."""
DISABILITY = "DS"
"""The need that is recorded then, unless one of its kind is."""


def counts_as_disability(answers: Iterable[tuple[str, int]]) -> bool:
    """Tell whether the answers, pairs of area and 1 to 4, reach the cut-off."""
    return any(answer >= CUT_OFF for _area, answer in answers)


def with_disability(needs: Iterable[str], answers: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Return needs once each, with a disability where the answers say so and no need of its kind does."""
    told = tuple(dict.fromkeys(needs))
    is_told = any(need == DISABILITY or need.startswith(f"{DISABILITY}-") for need in told)
    return told if is_told or not counts_as_disability(answers) else (*told, DISABILITY)
