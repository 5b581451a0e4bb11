"""Two laptops of one operation, the second enrolled by files as staff would do it."""

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldapp.services.demo import demo_plan
from fieldapp.services.desk import Desk
from fieldapp.services.enrol import certify_laptop, join, read_request, request_enrolment
from fieldapp.services.set_up import set_up
from fieldapp.services.sign_in import sign_in
from fieldapp.trust.passwords import Cost
from tests.desks import TestClock

STAFF, PASSWORD = "rosa", "tres mesas pintan lunas 58"
CHEAP = Cost(64, 1, 1)


def first_laptop(folder: Path, clock: TestClock, random_bytes) -> Desk:
    return set_up(
        folder, demo_plan(STAFF, PASSWORD), clock=clock, random_bytes=random_bytes, cost=CHEAP
    ).desk  # fmt: skip


def enrolled(by: Desk, folder: Path, code: str, stick: Path, expires_ms: int = 0, post: str = "PSB") -> Desk:
    """Enrol a laptop by the administrator at a desk and sign the same administrator in there."""
    stick.mkdir()
    request_enrolment(
        folder, stick / "request", code, post, "La Parada", clock=by.clock, random_bytes=by.random_bytes
    )  # fmt: skip
    certify_laptop(by, read_request(stick / "request"), stick, expires_ms)
    join(folder, stick, clock=by.clock)
    shutil.rmtree(stick)
    return sign_in(folder, STAFF, PASSWORD, clock=by.clock, random_bytes=by.random_bytes)


@contextmanager
def two_laptops(folder: Path) -> Iterator[tuple[Desk, Desk]]:
    """Open the laptop that the operation was set up at, and a second one, enrolled."""
    one = first_laptop(folder / "one", TestClock(), random.Random(1).randbytes)
    other = enrolled(one, folder / "other", "B2", folder / "enrolment")
    yield one, other
    one.close()
    other.close()
