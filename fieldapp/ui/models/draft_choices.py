"""What a type-ahead offers: choices with their words in one language, and which of them fit what was typed.

Pure text work over the code lists; it knows no widgets, so that it can be measured and tested without a window.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fieldapp.code_lists import Code, code_list, made_of_lists
from fieldapp.domain.names import search_key

MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """One code with its label; `also` holds other words it is found by (former names, a department)."""

    code: str
    label: str
    also: str = ""


class Choices:
    """The choices of one field. `usual` are the codes offered first while nothing is typed."""

    def __init__(self, choices: Iterable[Choice], usual: Sequence[str] = ()) -> None:
        self._all = tuple(choices)
        self._by_code = {choice.code: choice for choice in self._all}
        self._labels = [search_key(choice.label) for choice in self._all]
        self._words = [
            f" {label} {search_key(choice.also)}" for label, choice in zip(self._labels, self._all, strict=True)
        ]
        self._exact: dict[str, Choice] = {}
        for label, choice in zip(self._labels, self._all, strict=True):
            self._exact.setdefault(label, choice)
        for choice in self._all:
            self._exact[search_key(choice.code)] = choice
        first = [self._by_code[code] for code in usual if code in self._by_code]
        self._often = frozenset(choice.code for choice in first)
        self._usual = tuple(first + [choice for choice in self._all if choice not in first])

    def __len__(self) -> int:
        return len(self._all)

    def get(self, code: str) -> Choice | None:
        """Return the choice with this code, or None."""
        return self._by_code.get(code)

    def label(self, code: str) -> str:
        """Return the word for a code; a code that is not in the list stands for itself."""
        found = self._by_code.get(code)
        return found.label if found else code

    def exactly(self, typed: str) -> Choice | None:
        """Return the choice whose whole label or code was typed; case and accents do not matter."""
        return self._exact.get(search_key(typed))

    def is_sure(self, choice: Choice, typed: str) -> bool:
        """Tell whether what was typed surely means a choice: its label begins so, or it is one of the usual ones."""
        query = search_key(typed)
        return search_key(choice.label).startswith(query) or choice.code in self._often or choice.code == typed.strip()

    def best(self, typed: str, limit: int = MOST_SHOWN) -> list[Choice]:
        """Return what fits best, at most `limit`: code, the usual ones, label start, word starts, then anywhere."""
        query = search_key(typed)
        if not query:
            return list(self._usual[:limit])
        exact = self._exact.get(query)
        starts = [f" {word}" for word in query.split()]
        ranked: tuple[list[Choice], ...] = ([], [], [], [])
        for choice, label, words in zip(self._all, self._labels, self._words, strict=True):
            if choice is exact:
                continue
            fits = label.startswith(query) or all(start in words for start in starts)
            if fits and choice.code in self._often:
                ranked[0].append(choice)
            elif fits:
                ranked[1 if label.startswith(query) else 2].append(choice)
            elif query in words:
                ranked[3].append(choice)
        first = [exact] if exact else []
        return [*first, *ranked[0], *ranked[1], *ranked[2], *ranked[3]][:limit]


def _choices(name: str, language: str, usual: Sequence[str] = (), leave_out: Sequence[str] = ()) -> Choices:
    codes = (code for code in code_list(name) if code.code not in leave_out)
    return Choices(
        (Choice(code.code, code.label(language), _other_words(code)) for code in codes),
        usual,
    )


def _other_words(code: Code) -> str:
    # Whoever types the Spanish word on an English screen, or a former name, finds the row all the same.
    known = (
        code.extra.get(key, "") for key in ("aka", "former_name", "capital", "co_health_code", "alpha_2", "other_names")
    )
    return " ".join((*code.labels.values(), *known))


@made_of_lists
def nationalities(language: str) -> Choices:
    """Nationalities, those met most at this border first."""
    return _choices(
        "nationalities",
        language,
        ("VEN", "COL", "ECU", "PER", "HTI", "CUB", "CHL", "XXA"),
    )


@made_of_lists
def countries(language: str) -> Choices:
    """Countries that issue papers."""
    return _choices("countries", language, ("VEN", "COL"))


@made_of_lists
def documents(language: str) -> Choices:
    """Kinds of paper, among them no paper at all."""
    return _choices(
        "documents",
        language,
        ("VE_CED_V", "NONE", "VE_PAS", "VE_NAC", "CO_PPT", "CO_CC", "XX_PAS"),
    )


@made_of_lists
def relationships(language: str) -> Choices:
    """Relationships to the focal point."""
    return _choices("relationships", language, leave_out=("HEAD",))


@made_of_lists
def posts(language: str) -> Choices:
    """Border posts."""
    return _choices("border_posts", language)


@made_of_lists
def crossing_kinds(language: str) -> Choices:
    """Kinds of crossing."""
    return _choices("crossing_kinds", language)


@made_of_lists
def origin_states(language: str) -> Choices:
    """States of Venezuela, those most people come from by land first."""
    return _choices(
        "ve_states",
        language,
        ("VE20", "VE23", "VE04", "VE14", "VE12", "VE01", "VE15", "VE08"),
    )


@made_of_lists
def origins(language: str) -> Choices:
    """Municipalities of Venezuela with their state, and states: where somebody comes from."""
    towns = (
        Choice(
            town.code,
            f"{town.label(language)}, {town.extra.get('state_name', '')}",
            f"{town.extra.get('capital', '')} {town.extra.get('ocha_name', '')}",
        )
        for town in code_list("ve_municipalities")
    )
    states = (Choice(row.code, row.label(language), _other_words(row)) for row in code_list("ve_states"))
    return Choices((*states, *towns), ("VE20", "VE23", "VE04", "VE14", "VE12", "VE01", "VE15", "VE08"))


@made_of_lists
def simple(name: str, language: str) -> Choices:
    """The choices of a list in the order of its file."""
    return _choices(name, language)


@made_of_lists
def destinations(language: str) -> Choices:
    """Municipalities with their department, and departments: where a family wants to go."""
    towns = (
        Choice(town.code, _in_department(town.label(language), town.extra.get("dept_name", "")))
        for town in code_list("municipalities")
    )
    capital_district = "11"  # it is a town and a department of one name
    departments = (
        Choice(f"D{row.code}", row.label(language)) for row in code_list("departments") if row.code != capital_district
    )
    usual = ("54001", "11001", "05001", "68001", "08001", "44430", "81001", "76001")
    return Choices((*towns, *departments), usual)


def _in_department(town: str, department: str) -> str:
    return town if town == department else f"{town}, {department}"


@made_of_lists
def needs(language: str, with_protection: bool) -> Choices:
    """Specific needs; those that only protection officers may see in detail are left out unless asked for."""
    rows = (row for row in code_list("specific_needs") if with_protection or row.extra.get("sensitivity") != "high")
    return Choices(Choice(row.code, row.label(language), " ".join(row.labels.values())) for row in rows)


def relationship_word(code: str, sex: str, language: str) -> str:
    """Return `daughter` rather than `daughter or son` where the sex is known; nothing for no code."""
    codes = code_list("relationships")
    if code not in codes:
        return code
    row = codes[code]
    gender = {"F": "female", "M": "male"}.get(sex)
    return (row.extra.get(f"{gender}_{language}") if gender else "") or row.label(language)


def mode_of_post(post: str) -> str:
    """Return the crossing kind that is usual at a post, or nothing."""
    codes = code_list("border_posts")
    mode = codes[post].extra.get("mode", "") if post in codes else ""
    return mode if mode in code_list("crossing_kinds") else ""


def country_of_document(kind: str) -> str:
    """Return the country that issues this kind of paper, or nothing when several do."""
    codes = code_list("documents")
    return codes[kind].extra.get("country", "") if kind in codes else ""
