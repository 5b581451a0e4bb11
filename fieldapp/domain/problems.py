"""What can go wrong, as codes with values; the rooms that speak to people turn them into words."""


class Problem(Exception):
    """Something that staff must be told. `values` fill the fields of the message for `code`."""

    code = "problem"

    def __init__(self, code: str | None = None, **values: object) -> None:
        if code is not None:
            self.code = code
        self.values = values
        super().__init__(f"{self.code} {values}" if values else self.code)


class EnvironmentProblem(Problem):
    """The surroundings failed (disk full, folder read-only, stick pulled, printer gone); nothing was half done."""


class NotAllowed(Problem):
    """The staff member's role does not permit this; the refusal is logged."""

    code = "not_allowed"


class NotFound(Problem):
    """There is no such record on this laptop."""

    code = "not_found"


class InvalidEntry(Problem):
    """An entry has problems that block it; `problems` are FieldProblem objects."""

    code = "invalid_entry"

    def __init__(self, problems: tuple[object, ...]) -> None:
        super().__init__(count=len(problems))
        self.problems = problems
