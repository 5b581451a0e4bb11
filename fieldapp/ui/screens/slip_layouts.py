"""The layouts of slips in words, for the settings: what each paper is called, its size, and what suits it."""

from fieldapp.i18n import Language
from fieldapp.ui.screens.set_up_steps import layout_options


def every_layout(language: Language) -> tuple[tuple[str, str, str], ...]:
    """Return all slip layouts with their words; the usual ones, which set-up offers too, come first."""
    _ = language.gettext
    return (
        *layout_options(language),
        ("half_letter", _("One slip on half a Letter sheet"), _("14 x 21.6 cm")),
        ("a7", _("Small slip, A7 across"), _("10.5 x 7.4 cm; larger families go on to a second one")),
        ("roll_80", _("Receipt roll, 80 mm"), _("As long as the family needs")),
        ("roll_58", _("Receipt roll, 58 mm"), _("As long as the family needs")),
        ("label_62", _("Label roll, 62 mm"), _("As long as the family needs")),
        ("card", _("Plastic card"), _("8.6 x 5.4 cm; the members stand on further cards")),
        ("wristband", _("Wristbands, 25 mm"), _("One a person, with the number and a code to look it up; not a slip")),
    )
