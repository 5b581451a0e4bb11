"""Who the hub is: its device keys, its TLS key and certificate, and the operation it serves, in files of its folder.

The hub is a device of the operation: enrolled by the root's certificate like a laptop, a reader of every bundle. Its
files lie readable for their owner alone; that its disk is encrypted is up to whoever runs it.
"""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import cbor2

from fieldapp.domain.problems import EnvironmentProblem
from fieldapp.trust.certificates import read_certificate
from fieldapp.trust.device_keys import DeviceKeys
from fieldapp.trust.safe_files import told_in_words, write_whole
from fieldapp.trust.sealing import public_of
from fieldapp.trust.signing import SigningKey
from fieldapp.trust.tls import fingerprint, make_tls_certificate

IDENTITY, TLS_KEY, TLS_CERTIFICATE = "hub.keys", "tls.key", "hub.crt"
_LARGEST = 64 * 1024


class HubNotSetUp(EnvironmentProblem):
    """The folder holds no hub that was set up and enrolled."""

    code = "hub_not_set_up"


@dataclass(frozen=True, slots=True)
class HubIdentity:
    """The hub as a device of its operation. `fingerprint` is that of its TLS certificate.

    What it backs up can be opened with its own key and with the operation's recovery key, which `recovery_wrapped` is
    the lock of: the private half that the written-down key opens.
    """

    device: UUID
    epoch: int
    sign_key: SigningKey
    receive_identity: str
    operation: UUID
    root_public: bytes
    certificate: bytes
    recovery_public: str
    fingerprint: bytes
    recovery_wrapped: bytes = b""

    @property
    def receive_public(self) -> str:
        """The public key that bundles for the hub are sealed to."""
        return public_of(self.receive_identity)


def make_tls(folder: Path, names: list[str]) -> None:
    """Make the hub's TLS key and certificate; laptops are given the certificate."""
    key, certificate = make_tls_certificate(names)
    write_whole(folder / TLS_KEY, key)
    write_whole(folder / TLS_CERTIFICATE, certificate)


def keep(
    folder: Path,
    keys: DeviceKeys,
    operation: bytes,
    root_public: bytes,
    certificate: bytes,
    recovery: tuple[str, bytes],
) -> None:
    """Keep who the hub is, once its enrolment came back. Raises CertificateInvalid, FileProblem."""
    read_certificate(certificate, root_public)
    parts = [1, keys.to_bytes(), operation, root_public, certificate, *recovery]
    write_whole(folder / IDENTITY, cbor2.dumps(parts, canonical=True))


def load(folder: Path) -> HubIdentity:
    """Return who the hub is. Raises HubNotSetUp, FileProblem."""
    if not (folder / IDENTITY).is_file() or not (folder / TLS_CERTIFICATE).is_file():
        raise HubNotSetUp(folder=str(folder))
    with told_in_words(folder / IDENTITY):
        kept = (folder / IDENTITY).read_bytes()[:_LARGEST]
        pem = (folder / TLS_CERTIFICATE).read_bytes()
    try:
        _, device_keys, operation, root_public, certificate, recovery_public, *wrapped = cbor2.loads(kept)
        keys, printed = DeviceKeys.from_bytes(device_keys), fingerprint(pem)
    except Exception as error:  # whatever a damaged file makes the decoder do, there is no hub in it
        raise HubNotSetUp(folder=str(folder)) from error
    return HubIdentity(
        keys.device_id, keys.epoch, keys.sign_key, keys.receive_identity, UUID(bytes=operation), bytes(root_public),
        bytes(certificate), str(recovery_public), printed, bytes(wrapped[0]) if wrapped else b"",
    )  # fmt: skip
