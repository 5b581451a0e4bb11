"""Whole days run in the same surroundings as the window's own tests."""

from tests.ui.conftest import dressed, focus_ring, qt_is_content, qtbot

__all__ = ["dressed", "focus_ring", "qt_is_content", "qtbot"]
