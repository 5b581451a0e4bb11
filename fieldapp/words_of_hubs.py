"""What there is to say of a hub, by code: that it cannot be reached, why it refuses, and what is wrong with it."""

from collections.abc import Mapping

from fieldapp.i18n import N_

HUB_MESSAGES: Mapping[str, str] = {
    "hub_unreachable": N_("The hub at {url} cannot be reached. Check the network; what was given before is safe."),
    "hub_refused": N_("The hub refused: {reason}. Tell whoever runs it."),
    "hub_says_expired": N_(
        "The hub takes nothing from this laptop: the certificate ran out. Have the administrator renew it; it works again"
        " once the administrator's laptop has synchronised. Nothing is lost."
    ),
    "hub_says_unknown": N_(
        "The hub takes nothing from this laptop until the administrator has confirmed it. Nothing is lost."
    ),
    "hub_says_other_operation": N_("The hub at {url} serves another operation. Nothing was given to it."),
    "hub_says_too_new": N_(
        "The hub has an older version of the program than this laptop. Have it updated; until then sticks carry the"
        " records."
    ),
    "hub_says_busy": N_("The hub has much to do just now. It is tried again by itself; nothing is lost."),
    "hub_newer": N_("The hub has a newer version of the program. Update the program on this laptop."),
    "hub_other_certificate": N_(
        "What answers at {url} is not the hub this laptop trusts. Get the hub's certificate anew, and its address."
    ),
    "hub_part_missing": N_("The part of the program that is a hub is not installed (hub)."),
    "hub_address": N_("{url} is no address of a hub. Example: https://192.168.1.10:8443"),
    "hub_not_named": N_("No hub is known here yet. Name it once with its address and its certificate (hub.crt)."),
    "hub_nobody_found": N_(
        "Nobody at the hub has the number {number}. Records reach it when their laptop synchronises."
    ),
    "hub_not_set_up": N_("There is no hub in {folder}. Make one with “fieldapp hub init”, then “fieldapp hub join”."),
    "backup_without_recovery": N_(
        "{path} is not there: this back-up can only be restored by the hub that wrote it, with its keys (hub.keys)."
    ),
    "hub_not_empty": N_("The hub holds records already. A back-up is restored into an empty one."),
    "hub_database_failed": N_("The hub's database does not run: {reason}"),
    "hub_database_too_new": N_("A newer version of the program made the hub's database. Update the program."),
}

REFUSED_BY_HUB: Mapping[str, str] = {
    "device_revoked": "device_revoked", "certificate_expired": "hub_says_expired", "device_unknown": "hub_says_unknown",
    "bundle_unknown_device": "hub_says_unknown", "bundle_other_operation": "hub_says_other_operation",
    "bundle_too_new": "hub_says_too_new", "too_many_requests": "hub_says_busy", "hub_database_failed": "hub_says_busy",
}  # fmt: skip
"""What a hub's reason for refusing means to whoever sits at the laptop; other reasons are for whoever runs the hub."""
