"""The words of the answer to a slip at a service point: given, or shown today already, with when and where."""

from collections.abc import Callable
from dataclasses import replace

from fieldapp.code_lists import code_list
from fieldapp.i18n import Language
from fieldapp.services.present import PresentedSlip
from fieldapp.ui.scan_answers import SlipDeeds, slip_answer
from fieldapp.ui.screens.scan_answer import Action, Answer


def service_answer(
    presented: PresentedSlip,
    language: Language,
    deeds: SlipDeeds,
    give_again: Callable[[], object],
    zone: str,
) -> Answer:
    """Return the answer; a slip that is not one to rely on is answered as anywhere else."""
    answer = slip_answer(presented.slip, language, deeds, zone)
    _, before = language.gettext, presented.before
    if not presented.counted and before is None:
        return answer
    service = code_list("services").label(presented.service, language.code)
    opening = answer.second or answer.primary
    if before is None:
        word = _("{service}: first time today", service=service)
        return replace(answer, word=word, primary=None, second=opening)
    where = code_list("border_posts").label(before.post, language.code) if before.post else ""
    sentence = _(
        "First shown at {moment}, desk {device}, {post}.",
        moment=language.moment(before.at_ms, zone),
        device=before.device_code or "?",
        post=where or "?",
    )
    again = None if presented.counted else Action(_("Give it all the same"), give_again)
    word = _("{service}: shown already today", service=service)
    return replace(answer, kind="warn", word=word, sentence=sentence, primary=None, second=again or opening)
