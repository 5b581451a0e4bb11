"""JSON whose every value knows the line it stands on, so that a mistake in a file can be shown where it is.

The standard library reads texts and numbers; arrays and objects are walked here, for it keeps no positions of them.
Stricter than JSON is: a key given twice, NaN and nesting without end are refused.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DEEPEST = 20
"""Levels of arrays and objects inside one another."""
_SPACE = re.compile(r"[ \t\n\r]*")
_WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None}


class MalformedJson(ValueError):
    """The text is not JSON as it is read here; `line` and `column` count from 1, `code` says what is wrong."""

    def __init__(self, code: str, line: int, column: int, key: str = "") -> None:
        super().__init__(f"{code} at line {line}, column {column}")
        self.code, self.line, self.column, self.key = code, line, column, key


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its line. Objects hold nodes by key, arrays nodes in order, the rest plain values."""

    value: "dict[str, Node] | list[Node] | str | int | float | bool | None"
    line: int


def read(text: str) -> Node:
    """Return the one value that a text holds. Raises MalformedJson."""
    return _Walk(text).whole()


class _Walk:
    """One pass over a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._decoder = json.JSONDecoder()

    def whole(self) -> Node:
        node, place = self._value(self._skip(0), 0)
        place = self._skip(place)
        if place != len(self._text):
            raise self._problem("json_extra", place)
        return node

    def _value(self, place: int, depth: int) -> tuple[Node, int]:
        if depth > DEEPEST:
            raise self._problem("json_too_deep", place)
        line, head = self._line(place), self._text[place : place + 1]
        if head == "{":
            members, place = self._object(place + 1, depth + 1)
            return Node(members, line), place
        if head == "[":
            items, place = self._array(place + 1, depth + 1)
            return Node(items, line), place
        for word, value in _WORDS.items():
            if self._text.startswith(word, place):
                return Node(value, line), place + len(word)
        if not head or head not in '"-0123456789' or self._text.startswith("-I", place):
            raise self._problem("json_unexpected", place)
        scalar, place = self._scalar(place)
        return Node(scalar, line), place

    def _object(self, place: int, depth: int) -> tuple[dict[str, Node], int]:
        members: dict[str, Node] = {}
        place = self._skip(place)
        while not self._text.startswith("}", place):
            if members:
                place = self._skip(self._expect(",", place))
            start = place
            if not self._text.startswith('"', place):
                raise self._problem("json_unexpected", place)
            scalar, place = self._scalar(place)
            key = str(scalar)
            if key in members:
                raise self._problem("json_key_twice", start, key)
            place = self._skip(self._expect(":", self._skip(place)))
            members[key], place = self._value(place, depth)
            place = self._skip(place)
        return members, place + 1

    def _array(self, place: int, depth: int) -> tuple[list[Node], int]:
        items: list[Node] = []
        place = self._skip(place)
        while not self._text.startswith("]", place):
            if items:
                place = self._skip(self._expect(",", place))
            item, place = self._value(place, depth)
            items.append(item)
            place = self._skip(place)
        return items, place + 1

    def _scalar(self, place: int) -> tuple[str | int | float, int]:
        try:
            value, end = self._decoder.raw_decode(self._text, place)
        except json.JSONDecodeError as error:
            raise self._problem("json_unexpected", error.pos) from error
        except ValueError as error:  # an integer of thousands of digits
            raise self._problem("json_unexpected", place) from error
        if isinstance(value, str) and not value.isprintable() and any("\ud800" <= mark <= "\udfff" for mark in value):
            raise self._problem("json_unexpected", place)  # half of a character, which nothing could store
        return value, end

    def _skip(self, place: int) -> int:
        match = _SPACE.match(self._text, place)
        return match.end() if match else place

    def _expect(self, mark: str, place: int) -> int:
        if not self._text.startswith(mark, place):
            raise self._problem("json_unexpected", place)
        return place + 1

    def _line(self, place: int) -> int:
        return bisect_right(self._line_starts, place)

    def _problem(self, code: str, place: int, key: str = "") -> MalformedJson:
        line = self._line(place)
        return MalformedJson(code, line, place - self._line_starts[line - 1] + 1, key)


def plain(node: Node) -> object:
    """Return a value without its lines, as the standard library would have read it."""
    if isinstance(node.value, dict):
        return {key: plain(member) for key, member in node.value.items()}
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return node.value


def items(node: Node) -> Sequence[Node]:
    """Return the items of an array, none for anything else."""
    return node.value if isinstance(node.value, list) else ()
