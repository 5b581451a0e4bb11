"""Garbage waits for the main thread: no other thread takes a closed window apart."""

import gc
import weakref
from collections.abc import Iterator
from threading import Thread

import pytest

from fieldapp.ui.garbage import look_for_garbage


class Ring:
    """Something that only a search finds to be garbage."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collected() -> Iterator[list[int]]:
    """Which generations were searched."""
    found: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            found.append(info["generation"])

    gc.collect()
    gc.callbacks.append(note)
    yield found
    gc.callbacks.remove(note)


def rings(number: int) -> list[weakref.ref[Ring]]:
    return [weakref.ref(Ring()) for _ in range(number)]


def test_a_thread_that_makes_many_objects_takes_nothing_apart(collected: list[int]) -> None:
    made: list[weakref.ref[Ring]] = []
    thread = Thread(target=lambda: made.extend(rings(3 * gc.get_threshold()[0])))
    thread.start()
    thread.join()
    assert all(ring() is not None for ring in made)
    assert collected == []

    look_for_garbage()

    assert all(ring() is None for ring in made)


def test_little_garbage_is_not_worth_a_search_and_old_garbage_is_looked_for_now_and_then(collected: list[int]) -> None:
    rings(10)
    look_for_garbage()
    assert collected == []

    most = gc.get_threshold()
    for _ in range((most[1] + 2) * (most[2] + 2)):
        rings(most[0] + 1)
        look_for_garbage()

    assert set(collected) == {0, 1, 2}
