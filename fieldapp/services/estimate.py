"""Estimate the chances of the comparison from the register itself, and write them as a parameter file."""

import csv
import random
from pathlib import Path

from fieldapp.domain.matching.blocking import keys
from fieldapp.domain.matching.estimation import estimate
from fieldapp.domain.matching.levels import agreement
from fieldapp.domain.matching.scoring import Model
from fieldapp.domain.problems import Problem
from fieldapp.domain.record import Role
from fieldapp.services.desk import Desk
from fieldapp.services.matching import model, register_frequency
from fieldapp.storage import search_queries

ESTIMATES = (Role.SUPERVISOR, Role.ADMINISTRATOR)
_SAMPLE, _PARTNERS, _STRANGERS = 2000, 10, 20_000
_FEWEST = 200


class TooFewPeople(Problem):
    """The register has too few people to estimate anything from."""

    code = "too_few_to_estimate"


def estimate_from_register(desk: Desk, seed: int = 1) -> Model:
    """Return the model with the chances of this register. Raises NotAllowed, TooFewPeople."""
    desk.require(*ESTIMATES, doing="estimate")
    rng = random.Random(seed)
    with desk.database.read() as unit:
        total = search_queries.count_people(unit)
        if total < _FEWEST:
            raise TooFewPeople(people=total, fewest=_FEWEST)
        rows = rng.sample(range(1, total + 1), min(_SAMPLE, total))
        sample = search_queries.candidates(unit, rows)
        meeting = []
        for each in sample:
            sharing = search_queries.rows_sharing(unit, keys(each.person), _PARTNERS + 1)
            meeting += [
                agreement(each.person, other.person)
                for other in search_queries.candidates(unit, sharing)
                if other.row != each.row and other.group_id != each.group_id
            ]
        strangers = (
            agreement(one.person, other.person) for one, other in (rng.sample(sample, 2) for _ in range(_STRANGERS))
        )
        return estimate(model(), meeting, strangers, register_frequency(unit, total), total)


def write_parameters(found: Model, out: Path) -> None:
    """Write a model as a file in the form of `resources/matching/parameters.csv`. Raises OSError."""
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("field", "level", "m", "u", "relative", "per_name"))
        for (field, level), its in found.parameters.items():
            writer.writerow(
                (field, level, f"{its.m:.6g}", f"{its.u:.6g}", f"{its.relative:.6g}", "1" if its.per_name else "")
            )
        writer.writerow(("prior", "match", found.prior, "", found.relatives, ""))
        writer.writerow(("calibration", "slope", found.slope, "", "", ""))
