"""Hints in words: the grade by sign and word, who it is, and why."""

from collections.abc import Iterable

from fieldapp.domain.matching.scoring import Grade, Reason
from fieldapp.i18n import N_, Language
from fieldapp.services.hints import Hint
from fieldapp.ui.models import person_words as words
from fieldapp.words import reason_words

_GRADES = {
    Grade.STRONG: ("\N{BLACK CIRCLE}", N_("strong"), "warn"),
    Grade.POSSIBLE: ("\N{WHITE CIRCLE}", N_("possible"), "info"),
    Grade.WEAK: ("\N{WHITE CIRCLE}", N_("weak"), "info"),
}
_MOST_REASONS = 3


def grade_words(language: Language, grade: Grade) -> str:
    """Return a grade as sign and word."""
    sign, word, _state = _GRADES[grade]
    return f"{sign} {language.gettext(word)}"


def grade_state(grade: Grade) -> str:
    """Return the state that colours a grade."""
    return _GRADES[grade][2]


def why(language: Language, reasons: Iterable[Reason], most: int = _MOST_REASONS) -> str:
    """Return the weightiest reasons in words."""
    return reason_words(language, [reason.code for reason in list(reasons)[:most]])


def hint_name(hint: Hint) -> str:
    """Return who a hint is about."""
    return words.full_name(hint.person.given_names, hint.person.surnames)
