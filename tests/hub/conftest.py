"""One operation with two laptops and a running hub, for a file of tests; every test brings its own families."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from fieldapp.services.desk import Desk
from tests.desks import TestClock
from tests.hub.hubs import TestHub, make_hub, need_postgresql, remove
from tests.laptops import enrolled, first_laptop


@dataclass
class Operation:
    """Two laptops of one post, and the hub."""

    one: Desk
    two: Desk
    hub: TestHub


@pytest.fixture(scope="module")
def operation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operation]:
    need_postgresql()
    folder, clock = tmp_path_factory.mktemp("laptops"), TestClock()
    one = first_laptop(folder / "one", clock, random.Random(1).randbytes)
    two = enrolled(one, folder / "two", "B2", folder / "stick")
    hub = make_hub(one)
    try:
        hub.start()
        here = Operation(one, two, hub)
        yield here
        here.one.close()
        here.two.close()
    finally:
        remove(hub)
