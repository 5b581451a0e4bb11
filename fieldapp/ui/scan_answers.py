"""The words of a scan's answer: for each verdict on a slip its sign, its word and its sentence."""

from collections.abc import Callable
from uuid import UUID

from fieldapp import words
from fieldapp.domain.papers.reading import PaperReading
from fieldapp.domain.slip import SlipReading, Verdict
from fieldapp.i18n import N_, Language
from fieldapp.services.scanned_slip import ScannedSlip
from fieldapp.ui.paper_words import paper_name
from fieldapp.ui.screens.scan_answer import Action, Answer

_WORDS: dict[Verdict, tuple[str, str]] = {
    Verdict.VALID: ("ok", N_("Valid slip")),
    Verdict.VOID: ("warn", N_("Valid, but void")),
    Verdict.EXPIRED: ("warn", N_("Expired")),
    Verdict.ISSUER_UNKNOWN: ("warn", N_("Issuer not known")),
    Verdict.ISSUER_UNCONFIRMED: ("warn", N_("Issuer not yet confirmed")),
    Verdict.ISSUER_REVOKED: ("danger", N_("Issuer revoked")),
    Verdict.PRACTICE: ("danger", N_("Practice slip")),
    Verdict.ALTERED: ("danger", N_("Altered or damaged")),
    Verdict.NOT_A_SLIP: ("danger", N_("Not a slip")),
}


def slip_answer(slip: ScannedSlip, language: Language, open_group: Callable[[UUID], object]) -> Answer:
    """Return the answer to a scanned slip; a family of this register can be opened."""
    reading = slip.reading
    kind, word = _WORDS[reading.verdict]
    group_id = reading.group_id
    action = None
    if slip.is_here and group_id is not None:
        action = Action(language.gettext("Open the family"), lambda: open_group(group_id))
    sentence = words.say(language, f"slip_{reading.verdict}")
    _, colon, rest = sentence.partition(": ")
    sentence = rest[:1].upper() + rest[1:] if colon else sentence  # the word above says what stands before the colon
    return Answer(kind, language.gettext(word), sentence, _about(slip, reading, language), action)


def _about(slip: ScannedSlip, reading: SlipReading, language: Language) -> str:
    if not reading.full_name:
        return ""
    people = language.ngettext("{number} person", "{number} people", reading.group_size) if reading.group_size else ""
    lines = [" · ".join(part for part in (reading.full_name, people, reading.number) if part)]
    if not slip.is_here:
        lines.append(language.gettext("This family is not in the register of this laptop."))
    return "\n".join(lines)


def paper_answer(
    reading: PaperReading, language: Language, look_up: Callable[[], object], register: Callable[[], object]
) -> Answer:
    """Return the answer to a paper scanned where nobody is being registered."""
    _ = language.gettext
    name = f"{reading.given_names} {reading.surnames}".strip()
    return Answer(
        "info",
        paper_name(reading, language),
        _("Look up whether this person is registered already, or register them."),
        " · ".join(part for part in (name, reading.number) if part),
        Action(_("Look them up"), look_up),
        Action(_("Register them"), register),
    )
