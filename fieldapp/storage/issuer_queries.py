"""Issuers beside the laptops of the operation: whom an administrator trusts, or trusts no more, read from the log."""

from dataclasses import dataclass
from uuid import UUID

from fieldapp.domain.changes import Change, Kind
from fieldapp.domain.fields import text_of
from fieldapp.storage import journal
from fieldapp.storage.units import ReadUnit


@dataclass(frozen=True, slots=True)
class IssuerRecord:
    """An issuer as it was last said: `revoked` with the reason, or trusted under this name."""

    issuer_id: UUID
    kid: bytes
    public: bytes
    kind: str
    name: str
    issuer: str
    revoked: bool
    reason: str
    at_ms: int


def issuers(unit: ReadUnit) -> tuple[IssuerRecord, ...]:
    """Return the issuers that administrators spoke of, by name; who spoke last is right, on every laptop alike."""
    grants = unit.standing.grants(unit.connection)
    found: dict[UUID, IssuerRecord] = {}
    changes = journal.of_kinds(unit.connection, (Kind.ISSUER_TRUSTED, Kind.ISSUER_REVOKED), b"")
    for change in sorted(changes, key=lambda change: change.order):
        if change.payload is not None and grants.allow(change):
            found[change.subject] = _record(change)
    return tuple(sorted(found.values(), key=lambda one: (one.name.casefold(), one.kid)))


def _record(change: Change) -> IssuerRecord:
    payload = dict(change.payload or {})
    kid, public = payload.get("kid"), payload.get("public")
    return IssuerRecord(
        change.subject,
        kid if isinstance(kid, bytes) else b"",
        public if isinstance(public, bytes) else b"",
        text_of(payload, "kind"),
        text_of(payload, "name"),
        text_of(payload, "issuer"),
        change.kind == Kind.ISSUER_REVOKED,
        text_of(payload, "reason"),
        change.wall_ms,
    )
