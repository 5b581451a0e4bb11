"""A certificate says whose laptop this is, and only the operation's root key can say it."""

import os
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.trust.certificates import (
    CertificateInvalid,
    DeviceStatement,
    certify,
    endorse,
    read_certificate,
    read_endorsement,
)
from fieldapp.trust.device_keys import DeviceKeys, DeviceKeysMissing
from fieldapp.trust.sealing import new_identity
from fieldapp.trust.signing import SigningKey

ROOT = SigningKey.generate(os.urandom)
DEVICE = SigningKey.generate(os.urandom)
IDENTITY, RECEIVE = new_identity()
STATEMENT = DeviceStatement(UUID(int=5), 3, "A7", "PSB", "PSB-A7", DEVICE.public_bytes, RECEIVE)


def test_what_the_root_certified_is_read_back() -> None:
    assert read_certificate(certify(STATEMENT, ROOT), ROOT.public_bytes) == STATEMENT


def test_a_certificate_by_another_key_is_refused() -> None:
    with pytest.raises(CertificateInvalid):
        read_certificate(certify(STATEMENT, DEVICE), ROOT.public_bytes)


def test_an_endorsement_is_not_a_certificate() -> None:
    endorsement = endorse(STATEMENT, DEVICE)

    assert read_endorsement(endorsement, DEVICE.public_bytes) == STATEMENT
    with pytest.raises(CertificateInvalid):
        read_certificate(endorsement, DEVICE.public_bytes)


@given(st.data())
def test_an_altered_certificate_is_refused(data: st.DataObject) -> None:
    certificate = bytearray(certify(STATEMENT, ROOT))
    certificate[data.draw(st.integers(0, len(certificate) - 1))] ^= data.draw(st.integers(1, 255))

    with pytest.raises(CertificateInvalid):
        read_certificate(bytes(certificate), ROOT.public_bytes)


@given(st.binary(max_size=200))
def test_noise_is_not_a_certificate(noise: bytes) -> None:
    with pytest.raises(CertificateInvalid):
        read_certificate(noise, ROOT.public_bytes)


def test_device_keys_are_kept_and_read_back() -> None:
    keys = DeviceKeys.from_bytes(DeviceKeys(UUID(int=5), 3, DEVICE, IDENTITY).to_bytes())

    assert (keys.device_id, keys.epoch, keys.receive_identity) == (UUID(int=5), 3, IDENTITY)
    assert keys.sign_key.public_bytes == DEVICE.public_bytes


@pytest.mark.parametrize("kept", [None, b"", b"\x00", b"\x85\x01\x41\x00\x01\x41\x00\x60"])
def test_missing_device_keys_are_said_to_be(kept: bytes | None) -> None:
    with pytest.raises(DeviceKeysMissing):
        DeviceKeys.from_bytes(kept)
