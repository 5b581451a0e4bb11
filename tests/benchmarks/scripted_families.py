"""The families that the robot registers by keys, each as it would be told at the desk; all of them are invented.

Each function presses the keys of one family and returns how many people it has.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt

from tests.benchmarks.robot import ENTER, Robot


class Told(NamedTuple):
    """What is told of one person; an empty number is a person without papers."""

    given_names: str
    surnames: str
    sex: str
    born: str
    number: str = ""


WILMER = Told("Wilmer José", "Chávez Rojas", "M", "3/1/1991", "20114532")
MOTHER = Told("María de los Ángeles", "Villalobos González", "F", "14/2/1989", "17345221")
HERS = (
    Told("Pedro Luis", "Peña Marín", "M", "2/5/1986", "15220871"),
    Told("José Gregorio", "Peña Villalobos", "M", "7/3/2012", "33871200"),
    Told("Ana Sofía", "Peña Villalobos", "F", "21/9/2015", "35118003"),
    Told("Luz", "Peña Villalobos", "F", "4/2020"),
)
GRANDMOTHER = Told("Ñusta", "Peña", "F", "71")
GRANDCHILDREN = (Told("Yuleidis", "Peña Rojas", "F", "9"), Told("Íker", "", "M", "4"))
BOY = Told("José", "Guerrero", "M", "11")


def _told(robot: Robot, person: Told) -> None:
    """Type a person up to the birth date; surnames that are not told are those of the focal point, as guessed."""
    robot.content(person.given_names)
    robot.enter()
    robot.content(person.surnames)
    robot.enter()
    robot.choice(person.sex)
    robot.content(person.born)
    robot.enter()


def _focal(robot: Robot, person: Told) -> None:
    _told(robot, person)
    robot.content(person.number)
    robot.enter()


def member(robot: Robot, person: Told) -> None:
    """Enter a member: the number, and no needs."""
    _told(robot, person)
    robot.content(person.number)
    robot.enter(2)


def _each(robot: Robot, people: Sequence[Told]) -> None:
    """Enter each of the members, and nobody else."""
    for person in people:
        member(robot, person)
    robot.enter()


def _end(robot: Robot, needs: str = "") -> None:
    """Where they go and the phone are not known; they agree; save and print."""
    robot.enter(2)
    if needs:
        robot.choice(needs)
    robot.enter()
    robot.choice("y")
    robot.chord(ENTER)


def single(robot: Robot) -> int:
    """A man alone; Enter on the empty counts, or on the empty member, says that nobody is with him."""
    _focal(robot, WILMER)
    robot.enter()
    _end(robot)
    return 1


def five_counted(robot: Robot) -> int:
    """A mother, her husband, two girls and a boy, counted."""
    _focal(robot, MOTHER)
    robot.arrow(Qt.Key.Key_Right)
    robot.choice("2")
    robot.arrow(Qt.Key.Key_Down)
    robot.choice("1")
    robot.arrow(Qt.Key.Key_Right, 2)
    robot.choice("1")
    robot.enter()
    _end(robot)
    return 5


def five_in_full(robot: Robot) -> int:
    """The same family, each entered."""
    _focal(robot, MOTHER)
    _each(robot, HERS)
    _end(robot)
    return 5


def grandmother_counted(robot: Robot) -> int:
    """A grandmother with two children, none with papers, counted."""
    _focal(robot, GRANDMOTHER)
    robot.arrow(Qt.Key.Key_Right)
    robot.choice("1")
    robot.arrow(Qt.Key.Key_Down)
    robot.choice("1")
    robot.enter()
    _end(robot)
    return 3


def grandmother_in_full(robot: Robot) -> int:
    """The same family, each entered."""
    _focal(robot, GRANDMOTHER)
    _each(robot, GRANDCHILDREN)
    _end(robot)
    return 3


def child_alone(robot: Robot) -> int:
    """A boy alone: flagged for protection."""
    _focal(robot, BOY)
    robot.enter()
    _end(robot, needs="4")
    return 1


FAMILIES: tuple[tuple[str, str, Callable[[Robot], int]], ...] = (
    ("single person", "group", single),
    ("family of five", "group", five_counted),
    ("grandmother, two children", "group", grandmother_counted),
    ("child alone", "group", child_alone),
    ("single person", "individual", single),
    ("family of five", "individual", five_in_full),
    ("grandmother, two children", "individual", grandmother_in_full),
    ("child alone", "individual", child_alone),
)

COUNTED: tuple[tuple[str, Callable[[Robot], int], Sequence[Told]], ...] = (
    ("family of five", five_counted, HERS),
    ("grandmother, two children", grandmother_counted, GRANDCHILDREN),
)
"""Families that are counted first and completed later member by member."""
