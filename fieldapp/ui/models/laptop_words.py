"""What a laptop of the operation is at, in words."""

from collections.abc import Callable

from fieldapp.i18n import Language
from fieldapp.services.laptops import Laptop

_SOON_MS = 14 * 24 * 3_600_000


def laptop_state(
    language: Language, laptop: Laptop, now_ms: int, moment: Callable[[int], str]
) -> tuple[str, str, str]:  # fmt: skip
    """Return state, icon and words: the first that holds of revoked, past, not confirmed, running out, this one, enrolled."""
    _ = language.gettext
    if laptop.revoked:
        return "danger", "circle-x", _("Revoked")
    if laptop.is_past:
        return "secondary", "history", _("Went on with new keys")
    if not laptop.confirmed:
        return "warn", "circle-help", _("Waits to be confirmed")
    if laptop.expires_ms and laptop.expires_ms <= now_ms:
        return "danger", "octagon-alert", _("Certificate ran out")
    if laptop.expires_ms and laptop.expires_ms - now_ms < _SOON_MS:
        return "warn", "clock", _("Certificate until {moment}", moment=moment(laptop.expires_ms))
    if laptop.is_this:
        return "ok", "circle-check", _("This laptop")
    return "ok", "circle-check", _("Enrolled")
