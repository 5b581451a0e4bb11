"""Chances estimated from pairs come near those the pairs were made with."""

import random
from datetime import date, timedelta

from fieldapp.domain.birth import Birth
from fieldapp.domain.matching.comparable import comparable
from fieldapp.domain.matching.estimation import estimate
from fieldapp.domain.matching.levels import agreement
from fieldapp.domain.matching.scoring import frequencies
from fieldapp.services.matching import model


def test_how_often_papers_and_sexes_are_mistyped_is_found_out() -> None:
    rng = random.Random(3)
    people = [
        comparable(
            f"name{rng.randrange(90)}", f"sur{rng.randrange(900)}", sex=rng.choice("FM"),
            birth=Birth.exact(date(1960, 3, 3) + timedelta(days=rng.randrange(15_000))),
            documents=[str(rng.randrange(10**7, 10**8))],
        )
        for _ in range(1500)
    ]  # fmt: skip
    doubles = []
    for person in people[:600]:
        number = person.documents[0]
        if rng.random() < 0.4:
            number = f"{number[:4]}{(int(number[4]) + 1) % 10}{number[5:]}"
        sex = person.sex if rng.random() < 0.9 else ""
        doubles.append(comparable(" ".join(person.given), " ".join(person.surnames), sex=sex, documents=[number]))
    meeting = [agreement(one, other) for one, other in zip(people, doubles, strict=False)]
    meeting += [agreement(rng.choice(people), rng.choice(people)) for _ in range(600)]
    strangers = [agreement(rng.choice(people), rng.choice(people)) for _ in range(3000)]

    found = estimate(model(), meeting, strangers, frequencies({}, 1500), 1500)

    assert 0.3 < found.parameters["document", "one_digit"].m < 0.45
    assert 0.5 < found.parameters["document", "exact"].m < 0.65
    assert 0.45 < found.parameters["sex", "same"].u < 0.55
    assert found.parameters["birth", "differs"].u + found.parameters["birth", "far"].u > 0.9
    assert found.parameters["given", "exact"].u == 1
