"""The layouts of slips in words, for set-up and the settings: what each paper is called, its size, and what suits it."""

from fieldapp.i18n import Language


def every_layout(language: Language) -> tuple[tuple[str, str, str], ...]:
    """Return all slip layouts with their words, the usual ones first."""
    _ = language.gettext
    return (
        ("a6", _("One slip a sheet, A6"), _("10.5 x 14.8 cm")),
        ("a4", _("Four slips on A4"), _("Cut them apart")),
        ("letter", _("Four slips on Letter"), _("Cut them apart; the usual paper in Colombia")),
        ("half_letter", _("One slip on half a Letter sheet"), _("14 x 21.6 cm")),
        ("a7", _("Small slip, A7 across"), _("10.5 x 7.4 cm; larger families go on to a second one")),
        ("roll_80", _("Receipt roll, 80 mm"), _("As long as the family needs")),
        ("roll_58", _("Receipt roll, 58 mm"), _("As long as the family needs")),
        ("label_62", _("Label roll, 62 mm"), _("As long as the family needs")),
        ("card", _("Plastic card"), _("8.6 x 5.4 cm; the members stand on further cards")),
        ("wristband", _("Wristbands, 25 mm"), _("One a person, with the number and a code to look it up; not a slip")),
    )
