"""Whose credentials are trusted here beside those of our own laptops: other agencies, by the file of their keys.

What an administrator says of an issuer is a signed change and travels with every bundle, so that all laptops of the
operation answer alike. An issuer that is taken off is said to be revoked, for its credentials are still in people's hands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.ids import issuer_id
from fieldapp.domain.names import tidy
from fieldapp.domain.problems import NotFound, Problem
from fieldapp.domain.record import Role
from fieldapp.exchange.credential import IssuerKey
from fieldapp.exchange.issuer_file import issuer_json, read_issuers
from fieldapp.services.desk import Desk
from fieldapp.services.slips import issuer_name
from fieldapp.storage import issuer_queries
from fieldapp.storage.issuer_queries import IssuerRecord
from fieldapp.trust.safe_files import write_whole

_SHOWN = 8
_LONGEST = 120
__all__ = [
    "TrustedIssuer", "known_keys", "list_issuers", "operation_keys", "revoke_issuer", "trust_issuers",
    "write_operation_keys",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class TrustedIssuer:
    """An issuer as lists show it; `number` tells two of one name apart, and names it to the command line."""

    issuer_id: UUID
    number: str
    name: str
    kid: str
    kind: str
    revoked: bool
    reason: str
    at_ms: int


def list_issuers(desk: Desk) -> tuple[TrustedIssuer, ...]:
    """Return the issuers that were trusted or revoked, by name."""
    with desk.database.read() as unit:
        return tuple(_shown(record) for record in issuer_queries.issuers(unit))


def trust_issuers(desk: Desk, path: Path, name: str = "") -> tuple[TrustedIssuer, ...]:
    """Trust the keys of a file, under this name or the one that the file says; return them.

    Raises NotAllowed, NotAnIssuerFile, Problem `issuer_needs_name`, and the file problems.
    """
    desk.require(Role.ADMINISTRATOR, doing="trust_issuer")
    keys = [replace(key, name=tidy(name or key.name)[:_LONGEST]) for key in read_issuers(path)]
    if not all(key.name for key in keys):
        raise Problem("issuer_needs_name")
    with desk.database.write() as unit:
        unit.record(desk.author, [_draft(Kind.ISSUER_TRUSTED, key, "") for key in keys])
    trusted = {issuer_id(key.kind, key.public) for key in keys}
    return tuple(one for one in list_issuers(desk) if one.issuer_id in trusted)


def revoke_issuer(desk: Desk, issuer: UUID, reason: str) -> None:
    """Trust an issuer no more; its credentials are answered with that. Raises NotAllowed, NotFound, Problem."""
    desk.require(Role.ADMINISTRATOR, doing="trust_issuer")
    if not tidy(reason):
        raise Problem("reason_missing")
    with desk.database.write() as unit:
        found = next((one for one in issuer_queries.issuers(unit) if one.issuer_id == issuer), None)
        if found is None:
            raise NotFound("issuer_not_found")
        unit.record(desk.author, [_draft(Kind.ISSUER_REVOKED, _key(found), tidy(reason))])


def known_keys(desk: Desk) -> tuple[IssuerKey, ...]:
    """Return the keys of all issuers that can be told here: our laptops, each epoch with its own, then the others."""
    name = issuer_name(desk)
    with desk.database.read() as unit:
        devices, others = unit.devices(), issuer_queries.issuers(unit)
    own = (
        IssuerKey(one.code.encode(), one.sign_public, one.code, one.confirmed, one.revoked, issuer=name)
        for one in devices
    )
    return (*own, *(_key(record) for record in others))


def operation_keys(desk: Desk) -> bytes:
    """Return the keys of all confirmed laptops that are not revoked as a file for other agencies."""
    name, organisation = issuer_name(desk), desk.operation.organisation
    with desk.database.read() as unit:
        devices: Sequence[IssuerKey] = [
            IssuerKey(one.code.encode(), one.sign_public, f"{organisation} {one.code}".strip(), issuer=name)
            for one in unit.devices()
            if one.confirmed and not one.revoked
        ]
    return issuer_json(devices)


def write_operation_keys(desk: Desk, path: Path) -> None:
    """Write that file. Raises the problems of the disk."""
    write_whole(path, operation_keys(desk))


def _draft(kind: Kind, key: IssuerKey, reason: str) -> ChangeDraft:
    payload = {"kid": key.kid, "public": key.public, "kind": key.kind, "name": key.name, "issuer": key.issuer}
    return ChangeDraft(kind, issuer_id(key.kind, key.public), {**payload, "reason": reason} if reason else payload)


def _key(record: IssuerRecord) -> IssuerKey:
    return IssuerKey(
        record.kid, record.public, record.name, revoked=record.revoked, issuer=record.issuer, kind=record.kind
    )


def _shown(record: IssuerRecord) -> TrustedIssuer:
    return TrustedIssuer(
        record.issuer_id,
        record.issuer_id.hex[-_SHOWN:],
        record.name,
        record.kid.decode("utf-8", "replace"),
        record.kind,
        record.revoked,
        record.reason,
        record.at_ms,
    )
