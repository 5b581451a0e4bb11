"""In whose name and on which laptop a change is made."""

from dataclasses import dataclass
from uuid import UUID

from fieldapp.domain.clock import Clock
from fieldapp.domain.ids import RandomBytes
from fieldapp.domain.record import Role
from fieldapp.trust.signing import SigningKey


@dataclass(frozen=True, slots=True)
class Author:
    """All that stamping and signing a change needs; `sign_key` is the device's key of this epoch."""

    device_id: UUID
    epoch: int
    post: str
    sign_key: SigningKey
    staff_id: UUID
    role: Role
    clock: Clock
    random_bytes: RandomBytes
