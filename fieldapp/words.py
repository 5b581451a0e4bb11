"""The message for each problem code: what happened, then what to do. Used by the window and the command line alike."""

from fieldapp.i18n import Language, N_

MESSAGES: dict[str, str] = {
    "problem": N_("Something went wrong. What was saved before is safe."),
    "not_allowed": N_("Your role does not permit this. Ask the supervisor or the administrator."),
    "not_found": N_("There is no such record on this laptop."),
    "invalid_entry": N_("Some fields need to be corrected before this can be saved."),
}
"""Messages by code; a helper in another room adds its codes here, so that they are translated in one place."""


def say(language: Language, code: str, **values: object) -> str:
    """Return the message for a code in a language; a code without a message is shown with the general one."""
    message = MESSAGES.get(code)
    if message is None:
        return f"{language.gettext(MESSAGES['problem'])} ({code})"
    return language.gettext(message, **values)
