"""What families said about sharing their data, many at a time."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import bindparam, text

from fieldapp.domain.fields import consent_of
from fieldapp.domain.record import Consent
from fieldapp.storage.units import ReadUnit

_CONSENTS = text("SELECT id, consent FROM registration_group WHERE id IN :groups").bindparams(
    bindparam("groups", expanding=True)
)


def consents_of(unit: ReadUnit, groups: Collection[UUID]) -> dict[UUID, Consent]:
    """Return the answer that is shown for each of these families."""
    rows = unit.connection.execute(_CONSENTS, {"groups": [group.bytes for group in groups]})
    return {UUID(bytes=row.id): consent_of(row.consent) for row in rows}
