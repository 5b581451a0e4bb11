"""To whom a family's data may go, by what it agreed to; refusing never costs anybody their registration."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.domain.fields import texts_of
from fieldapp.domain.people import IndividualRow
from fieldapp.domain.record import Consent
from fieldapp.storage import records
from fieldapp.storage.consent_queries import consents_of
from fieldapp.storage.units import ReadUnit

OWN_USE = "own"
"""What stays with those who answer for the post is not shared."""
RECIPIENTS = ("government", "partners", "tracing", OWN_USE)
"""Codes of the list `consent_shares`, without the photo, and own use."""


def not_to_share(unit: ReadUnit, groups: Collection[UUID], recipient: str) -> set[UUID]:
    """Return which of these families nothing that tells who they are may go out of; an empty recipient is anybody.

    Whoever refuses is never shared. For a recipient by name a family must have agreed to that one.
    """
    if recipient == OWN_USE:
        return set()
    consents = consents_of(unit, groups)
    if not recipient:
        return {group for group in groups if consents.get(group) is Consent.REFUSES}
    agreeing = [group for group in groups if consents.get(group) is Consent.AGREES]
    states = records.states_with_history(unit, agreeing)
    agreed = {group for group in agreeing if recipient in texts_of(states[group][0].value("consent_shares"))}
    return set(groups) - agreed


def without_identity(row: IndividualRow) -> IndividualRow:
    """Return somebody without what tells who they are: they still count, by sex, year, nationality and arrival."""
    birth = row.birth
    if birth.quality in {BirthQuality.EXACT, BirthQuality.YEAR_MONTH}:
        birth = Birth(BirthQuality.YEAR, birth.year)
    return replace(row, given_names="", surnames="", birth=birth, documents="", document_kinds="", document_numbers="")
