"""The keys of Register, as F1 lists them."""

from collections.abc import Callable


def register_shortcuts(_: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    """Return the keys and what they do, in the language of the screen."""
    return (
        ("Ctrl+Enter", _("Save and print")),
        ("Ctrl+N", _("Add a member")),
        ("Ctrl+G", _("Only count the members, or enter each one")),
        ("Ctrl+R", _("As the last family")),
        ("F8", _("Compare with who may be registered already")),
        ("Ctrl+Z", _("Undo field by field; Ctrl+Shift+Z does it again")),
        ("F9", _("Undo the reading of a paper")),
        ("Ctrl+P", _("Print the last slip again")),
        ("Ctrl+D", _("Unfinished registrations")),
        ("Esc", _("Save the draft and begin another")),
    )
