"""The fields of an object in a file that people write by hand: read by type, with the line of what is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from fieldapp.exchange.located_json import Node

_C = TypeVar("_C", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class FileProblem:
    """What is wrong where: the line (from 1), the path of the field (`groups[0].members[1].birth`), a code."""

    line: int
    path: str
    code: str
    value: str = ""
    limit: str = ""


@dataclass
class JsonFields:
    """The fields of one object of the file; what is wrong with them is gathered in `problems`."""

    at: Node
    path: str
    problems: list[FileProblem] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not isinstance(self.at.value, dict):
            self._add(FileProblem(self.at.line, self.path, "not_an_object", _shown(self.at)))

    def _add(self, problem: FileProblem) -> None:
        if problem not in self.problems:  # a field may be asked for twice
            self.problems.append(problem)

    def node(self, key: str) -> Node | None:
        """Return a field as it stands in the file, None where it is absent."""
        return self.at.value.get(key) if isinstance(self.at.value, dict) else None

    def lines(self) -> Iterator[tuple[str, int]]:
        """Yield the name of each field with its line, and the line of the object itself under no name."""
        yield "", self.at.line
        if isinstance(self.at.value, dict):
            for key, node in self.at.value.items():
                yield key, node.line

    def complain(self, key: str, code: str, value: str = "", limit: str = "") -> None:
        """Note that a field is wrong."""
        node = self.node(key)
        line = node.line if node else self.at.line
        self._add(FileProblem(line, f"{self.path}.{key}", code, value, limit))

    def only(self, known: set[str]) -> None:
        """Refuse every key that is not among the known ones."""
        if isinstance(self.at.value, dict):
            for key in self.at.value:
                if key not in known:
                    self.complain(key, "json_unknown_key", key, ", ".join(sorted(known)))

    def text(self, key: str, default: str = "") -> str:
        """Return a text."""
        node = self.node(key)
        if node is None or node.value is None:
            return default
        if not isinstance(node.value, str):
            self.complain(key, "not_text", _shown(node))
            return default
        return node.value

    def code(self, key: str, codes: type[_C], default: _C) -> _C:
        """Return one of the codes of an enumeration."""
        text = self.text(key)
        if not text:
            return default
        try:
            return codes(text)
        except ValueError:
            self.complain(key, "not_a_code", text, ", ".join(codes))
            return default

    def truth(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        node = self.node(key)
        if node is None or node.value is None:
            return default
        if not isinstance(node.value, bool):
            self.complain(key, "not_true_or_false", _shown(node))
            return default
        return node.value

    def whole(self, key: str, most: int) -> int:
        """Return a whole number from 0 to `most` that must be there."""
        node = self.node(key)
        if node is None:
            self.complain(key, "is_missing")
        elif type(node.value) is not int or not 0 <= node.value <= most:
            self.complain(key, "not_a_whole_number", _shown(node), str(most))
        else:
            return node.value
        return 0

    def _nodes(self, key: str) -> list[Node]:
        node = self.node(key)
        if node is None or node.value is None:
            return []
        if not isinstance(node.value, list):
            self.complain(key, "not_a_list", _shown(node))
            return []
        return node.value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty where there is none."""
        found: list[str] = []
        for index, node in enumerate(self._nodes(key)):
            if isinstance(node.value, str):
                found.append(node.value)
            else:
                self._add(FileProblem(node.line, f"{self.path}.{key}[{index}]", "not_text", _shown(node)))
        return tuple(found)

    def object(self, key: str) -> "JsonFields | None":
        """Return the fields of an object inside this one, None where there is none."""
        node = self.node(key)
        if node is None or node.value is None:
            return None
        return JsonFields(node, f"{self.path}.{key}", self.problems)

    def objects(self, key: str) -> list["JsonFields"]:
        """Return the fields of each object of a list, empty where there is none."""
        return [
            JsonFields(node, f"{self.path}.{key}[{index}]", self.problems)
            for index, node in enumerate(self._nodes(key))
        ]


def _shown(node: Node) -> str:
    """Return a value as a message may quote it."""
    if isinstance(node.value, dict):
        return "{...}"
    return "[...]" if isinstance(node.value, list) else str(node.value)[:40]
