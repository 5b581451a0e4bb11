"""The words of a scan's answer: for each verdict on a slip its sign, its word and its sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from fieldapp import words
from fieldapp.code_lists import code_list
from fieldapp.domain.papers.reading import PaperReading
from fieldapp.domain.slip import SlipReading, Verdict
from fieldapp.i18n import N_, Language
from fieldapp.services.scanned_slip import RELIABLE, ScannedSlip
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

_NAMED = 8


@dataclass(frozen=True, slots=True)
class SlipDeeds:
    """What staff can do with a scanned slip: open its family, take it over, fill the form from a credential."""

    open_group: Callable[[UUID], object] = lambda _group: None
    take_over: Callable[[], object] = lambda: None
    fill_form: Callable[[], object] = lambda: None


def slip_answer(
    slip: ScannedSlip,
    language: Language,
    deeds: SlipDeeds = SlipDeeds(),  # noqa: B008 - it does not change
    zone: str = "America/Bogota",
) -> Answer:
    """Return the answer to a scanned slip, or to a credential of another system, its times in a zone."""
    _, reading = language.gettext, slip.reading
    kind, word = _WORDS[reading.verdict]
    sentence = words.say(language, f"slip_{reading.verdict}")
    _before, colon, rest = sentence.partition(": ")
    sentence = rest[:1].upper() + rest[1:] if colon else sentence  # the word above says what stands before the colon
    word = _(word)
    if slip.is_foreign and reading.verdict is Verdict.VALID:
        word, sentence = _("Valid credential"), _("The signature of its issuer holds. It is of one person.")
    if reading.verdict is Verdict.EXPIRED:
        ended = _("Its term ended on {moment}.", moment=language.moment(reading.expires_at_ms, zone))
        sentence = f"{ended} {sentence}"
    if reading.verdict is Verdict.VOID:
        sentence = _why_void(reading, language, zone)
    primary, second = _actions(slip, language, deeds)
    return Answer(kind, word, sentence, _about(slip, reading, language, zone), primary, second)


def _why_void(reading: SlipReading, language: Language, zone: str) -> str:
    """Return since when a slip is void and why, and whether the family holds another one."""
    _ = language.gettext
    moment = language.moment(reading.voided_at_ms, zone)
    said = _("Void since {moment}: {reason}.", moment=moment, reason=reading.void_reason.rstrip("."))
    if not reading.replaced_at_ms:
        return f"{said}\n{_('The family has no other slip; print a new one.')}"
    since = language.moment(reading.replaced_at_ms, zone)
    return f"{said}\n{_('The slip that counts was issued {moment}.', moment=since)}"


def _actions(slip: ScannedSlip, language: Language, deeds: SlipDeeds) -> tuple[Action | None, Action | None]:
    _, group_id = language.gettext, slip.reading.group_id
    if slip.is_foreign and slip.reading.verdict in RELIABLE:
        return Action(_("Fill the form from it"), deeds.fill_form), None
    opening = None
    if slip.is_here and group_id is not None:
        opening = Action(_("Open the family"), lambda: deeds.open_group(group_id))
    if not slip.can_take_over:
        return opening, None
    return Action(_("Take the others over") if slip.is_here else _("Take the family over"), deeds.take_over), opening


def _about(slip: ScannedSlip, reading: SlipReading, language: Language, zone: str) -> str:
    if not reading.full_name:
        return ""
    _ = language.gettext
    people = language.ngettext("{number} person", "{number} people", reading.group_size) if reading.group_size else ""
    lines = [" · ".join(part for part in (reading.full_name, people, reading.number) if part)]
    if not slip.is_here:
        lines.append(_with_them(reading, language))
    lines.append(_issued(reading, language, zone))
    if slip.erased:
        lines.append(_("The data of this family was erased on request."))
    elif not slip.is_here and reading.group_id is not None:
        lines.append(_("This family is not in the register of this laptop."))
    elif slip.from_slip:
        lines.append(_("Here only what its slip told is known of this family."))
    if reading.codes > 1 and slip.missing:
        lines.append(_("This slip has {number} codes; scan each of them.", number=language.number(reading.codes)))
    return "\n".join(line for line in lines if line)


def _with_them(reading: SlipReading, language: Language) -> str:
    """Return who else is named, each with the year of birth, so that the family in front can be compared."""
    others = [f"{one.given_names or one.surnames} {one.birth.likely_year or ''}".strip() for one in reading.members[1:]]
    more = len(others) - _NAMED
    if more > 0:
        others[_NAMED:] = [language.ngettext("and {number} more", "and {number} more", more)]
    return ", ".join(others)


def _issued(reading: SlipReading, language: Language, zone: str) -> str:
    """Return when, where and by whom a slip was issued."""
    parts = []
    if reading.issued_at_ms:
        parts.append(language.gettext("Issued {moment}", moment=language.moment(reading.issued_at_ms, zone)))
    if reading.post:
        parts.append(code_list("border_posts").label(reading.post, language.code))
    if reading.issuer or reading.kid:
        parts.append(language.gettext("by {issuer}", issuer=reading.issuer or reading.kid))
    return " · ".join(parts)


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
