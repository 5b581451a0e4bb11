"""What every start of the program needs before it is known whether a command or the window was asked for: the data
folder, the clock, the language, and how an error ends the program.

It is light, so that the window stands early: it must not know the library of the command line.
"""

import logging
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from fieldapp import i18n, paths, settings
from fieldapp.domain.problems import EnvironmentProblem, InvalidEntry, NotAllowed, NotFound, Problem
from fieldapp.i18n import Language
from fieldapp.words import say, weakness_words

DONE, UNEXPECTED, USAGE, REFUSED, ENVIRONMENT, SIGN_IN, FOUND_WRONG = range(7)
"""Exit codes: done; an error of ours; wrong usage; bad input or not allowed; disk, folder or file; sign-in; damage."""

STOPPED = 130
"""What a shell expects of a program that Ctrl+C ended."""

_SIGN_IN_CODES = frozenset(
    ("wrong_password", "sign_in_locked", "unknown_staff", "staff_disabled", "not_interactive", "recovery_key_wrong")
)

_log = logging.getLogger(__name__)


def clock() -> int:
    """Return the wall time in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


random_bytes: Callable[[int], bytes] = secrets.token_bytes


def data_folder(data_dir: Path | None) -> Path:
    """Return the folder a command works on."""
    return data_dir or paths.default_data_folder()


def speech(folder: Path | None = None) -> Language:
    """Return the language of a laptop's settings, else of the system."""
    chosen = settings.load(folder).language if folder else ""
    return i18n.language(chosen or i18n.system_language())


def ending(error: Exception, folder: Path | None) -> tuple[str, int]:
    """Return the one line and the exit code an error ends the program with; one of ours is logged and apologised for."""
    language = speech(folder)
    if isinstance(error, Problem):
        return message_of(error, language), exit_code(error)
    if isinstance(error, OSError):
        file = f": {error.filename}" if error.filename else ""
        return f"{language.gettext('The file cannot be read or written')}{file} ({error.strerror})", ENVIRONMENT
    _log.error("a command failed", exc_info=error)
    return f"{say(language, 'problem')} ({type(error).__name__})", UNEXPECTED


def message_of(problem: Problem, language: Language) -> str:
    """Return what to tell about a problem, in one line."""
    message = say(language, problem.code, **problem.values)
    if isinstance(problem, InvalidEntry):
        details = "; ".join(
            f"{getattr(each, 'field', '')}: {say(language, getattr(each, 'code', ''), **_values(each))}"
            for each in problem.problems
        )
        message = f"{message} {details}"
    if problem.code == "weak_password":
        message = f"{message} {weakness_words(language, problem.problem)}"  # type: ignore[attr-defined]
    return " ".join(message.split())


def _values(field_problem: object) -> dict[str, object]:
    return {"value": getattr(field_problem, "value", ""), "limit": getattr(field_problem, "limit", "")}


def exit_code(problem: Problem) -> int:
    """Return the exit code of a problem."""
    if isinstance(problem, (InvalidEntry, NotAllowed, NotFound)):
        return REFUSED
    if problem.code in _SIGN_IN_CODES:
        return SIGN_IN
    return ENVIRONMENT if isinstance(problem, EnvironmentProblem) else REFUSED
