"""The exchange with other laptops in words: how much is only here, and what came of taking files in."""

from collections.abc import Callable

from fieldapp import words
from fieldapp.domain.backlog import Pressure
from fieldapp.i18n import N_, Language
from fieldapp.services.bundles import Imported
from fieldapp.services.elsewhere import Elsewhere
from fieldapp.words_of_erasures import arrived_lines

_MOST_REFUSED = 4

Moment = Callable[[int], str]


def state_words(language: Language, state: Elsewhere, age: str, now_ms: int) -> tuple[str, str, str]:
    """Return state (ok, info, warn, danger), the one sentence, and what it means; `age` is that of the oldest in words."""
    _ = language.gettext
    if state.revoked:
        return "danger", _("This laptop was revoked"), words.say(language, "device_revoked")
    if state.expires_ms and state.expires_ms <= now_ms:
        return (
            "danger", _("The certificate of this laptop ran out"),
            _("The others take nothing from it until the administrator renews it and the hub or a stick brings that here."
              " Nothing is lost, and families can be registered."),
        )  # fmt: skip
    if state.records:
        level = {Pressure.WARN: "warn", Pressure.DANGER: "danger"}.get(state.pressure, "info")
        sentence = language.ngettext(
            "{number} record is only on this laptop, oldest {age}",
            "{number} records are only on this laptop, oldest {age}",
            state.records,
            age=age,
        )
        if state.laptops:
            meaning = _(
                "If this laptop is lost or breaks, they are lost with it. Write them to a stick for the others."
            )
        else:
            meaning = _(
                "If this laptop is lost or breaks, they are lost with it. Make a back-up and keep it somewhere else."
            )
        if level == "danger":
            more = _("This is more than the operation allows.")
            meaning = f"{more} {meaning}"
        return level, sentence, meaning
    if state.last_backup_ms is None and state.last_written_ms is None:
        return (
            "info", _("Nothing is registered yet"),
            _("There is nothing that could be lost. Make a back-up once families are registered."),
        )  # fmt: skip
    if state.last_written_ms is None or not state.laptops:
        return (
            "ok", _("Everything has a back-up"),
            _("Every record on this laptop was in the last back-up. Keep that file away from this laptop."),
        )  # fmt: skip
    return (
        "ok", _("Everything is safe elsewhere"),
        _("Every record of this laptop is also on another one, or in a back-up."),
    )  # fmt: skip


def last_words(language: Language, state: Elsewhere, moment: Moment) -> str:
    """Return when something was last written, taken in and backed up."""
    _ = language.gettext
    said = [
        _("Last written: {moment}", moment=moment(state.last_written_ms)) if state.last_written_ms else "",
        _("Last taken in: {moment}", moment=moment(state.last_taken_ms)) if state.last_taken_ms else "",
        _("Last back-up: {moment}", moment=moment(state.last_backup_ms)) if state.last_backup_ms
        else _("No back-up was made on this laptop yet."),
    ]  # fmt: skip
    if state.waiting:
        said.append(
            language.ngettext(
                "{number} entry waits for another stick", "{number} entries wait for another stick", state.waiting
            )
        )
    return "   ".join(part for part in said if part)


def imported_words(language: Language, done: Imported, code: str) -> tuple[str, str]:
    """Return state and words of what came of some files; `code` is the device code this laptop goes on with."""
    _ = language.gettext
    lines = []
    state = "ok"
    if done.files or not done.refused:
        if done.added:
            taken = language.ngettext(
                "{number} new entry was taken in.", "{number} new entries were taken in.", done.added
            )
        else:
            taken = _("Everything in it was here already.")
        lines.append(taken)
    if done.waiting:
        state = "info"
        lines.append(
            language.ngettext(
                "{number} entry waits for one that is not here yet: take in the other sticks as well.",
                "{number} entries wait for others that are not here yet: take in the other sticks as well.",
                done.waiting,
            )
        )
    if done.put_aside:
        state = "warn"
        lines.append(
            language.ngettext(
                "{number} entry was put aside and changes nothing; a supervisor looks at it here.",
                "{number} entries were put aside and change nothing; a supervisor looks at them here.",
                done.put_aside,
            )
        )
    if done.cleared:
        state = "warn"
        lines += arrived_lines(language, done.cleared)
    if done.new_epoch:
        state = "warn"
        lines.append(
            _("This laptop has a double or was restored from an old copy. It goes on with the device code {code}.",
              code=code)
        )  # fmt: skip
    if done.refused:
        state = "warn" if done.files else "danger"
        lines += [
            words.say(language, problem.code, **problem.values) for _path, problem in done.refused[:_MOST_REFUSED]
        ]
        more = len(done.refused) - _MOST_REFUSED
        if more > 0:
            lines.append(language.ngettext("And {number} more file.", "And {number} more files.", more))
    return state, "\n".join(lines)


_ADVICE = {
    "fork": N_("Two laptops have the same identity: one is a copy of the other. Each goes on under a code of its own."),
    "follows_fork": N_(
        "It belongs to a line that was put aside as well: a laptop was copied. Register it anew if it is missing."
    ),
    "device_revoked_line": N_("If the laptop was in good hands, register what it says anew. Otherwise leave it."),
    "signature_wrong": N_("Somebody changed it on the way, or it is damaged. Have the other laptop write it again."),
    "payload_differs": N_("Somebody changed it on the way, or it is damaged. Have the other laptop write it again."),
    "envelope_malformed": N_("It is damaged. Have the other laptop write it again."),
    "other_operation": N_("Somebody tried to describe another operation here. Tell the administrator."),
}


def reason_words(language: Language, reason: str) -> str:
    """Return why a line was put aside, as the beginning of a sentence."""
    said = words.say(language, reason if reason in words.MESSAGES else "problem")
    return said[:1].upper() + said[1:]


def advice_words(language: Language, reason: str) -> str:
    """Return what to do about a line that was put aside."""
    return language.gettext(_ADVICE[reason]) if reason in _ADVICE else ""
