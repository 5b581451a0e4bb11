"""PySide6 6.12.0 on Python 3.11 lost a reference to True at each emitted signal, and aborted in the end."""

import sys

from PySide6.QtCore import QObject, Signal


class Bell(QObject):
    """Something that emits."""

    rung = Signal()


def test_emitting_keeps_the_references_to_true() -> None:
    bell = Bell()
    before = sys.getrefcount(True)
    for _ in range(300):
        bell.rung.emit()
    assert sys.getrefcount(True) > before - 100
