"""This laptop's own keys, as they are kept inside the encrypted register and nowhere else."""

from dataclasses import dataclass
from uuid import UUID

import cbor2

from fieldapp.domain.problems import Problem
from fieldapp.trust.signing import SigningKey


class DeviceKeysMissing(Problem):
    """The register does not say which laptop it belongs to, or its keys cannot be read."""

    code = "device_keys_missing"


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """Which device and epoch this laptop is, the key it signs with, and the secret key it reads with."""

    device_id: UUID
    epoch: int
    sign_key: SigningKey
    receive_identity: str

    def to_bytes(self) -> bytes:
        """Return the bytes to be kept, encrypted by the register around them."""
        parts = [1, self.device_id.bytes, self.epoch, self.sign_key.private_bytes(), self.receive_identity]
        return bytes(cbor2.dumps(parts, canonical=True))

    @classmethod
    def from_bytes(cls, kept: bytes | None) -> "DeviceKeys":
        """Return the keys that were kept. Raises DeviceKeysMissing."""
        try:
            _, device_id, epoch, sign_key, receive_identity = cbor2.loads(kept or b"")
            return cls(UUID(bytes=device_id), int(epoch), SigningKey.from_bytes(sign_key), str(receive_identity))
        except Exception as error:  # missing, short or foreign bytes are one thing to whoever opens the register
            raise DeviceKeysMissing from error
