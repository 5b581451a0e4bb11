"""How long a laptop's epoch is good: as its certificates say, and as long as the key that endorsed it."""

from dataclasses import replace
from uuid import UUID

import pytest

from fieldapp.trust.certificates import DeviceStatement, certify, endorse
from fieldapp.trust.enrolments import DeviceRecord, run_out
from fieldapp.trust.signing import SigningKey

ROOT, FIRST, SECOND = (SigningKey.from_bytes(bytes([number] * 32)) for number in (1, 2, 3))
NOW = 1_000_000


def record(said: DeviceStatement, certificate: bytes) -> DeviceRecord:
    return DeviceRecord(
        said.device_id, said.epoch, said.code, said.post, "", said.name, said.sign_public, said.receive_public, False,
        certificate,
    )  # fmt: skip


def first(expires_ms: int) -> DeviceRecord:
    said = DeviceStatement(UUID(int=3), 1, "C3", "PSB", "C3", FIRST.public_bytes, "age1x", expires_ms)
    return record(said, certify(said, ROOT))


SAID_OF_SECOND = DeviceStatement(UUID(int=3), 2, "C4", "PSB", "C4", SECOND.public_bytes, "age1y")
ENDORSED = record(SAID_OF_SECOND, endorse(SAID_OF_SECOND, FIRST))
CERTIFIED = record(SAID_OF_SECOND, certify(replace(SAID_OF_SECOND, expires_ms=NOW + 9), ROOT))


@pytest.mark.parametrize(
    ("records", "epoch", "is_over"),
    [
        ([first(NOW)], 1, True),
        ([first(NOW), first(NOW + 1)], 1, False),
        ([first(0)], 1, False),
        ([first(NOW), ENDORSED], 2, True),
        ([first(NOW), first(0), ENDORSED], 2, False),
        ([first(NOW), ENDORSED, CERTIFIED], 2, False),
        ([ENDORSED], 2, False),  # nobody vouches for it: it is not trusted at all
    ],
)
def test_an_epoch_is_good_as_long_as_the_root_says_of_it_or_of_the_one_that_endorsed_it(
    records: list[DeviceRecord], epoch: int, is_over: bool
) -> None:
    assert (run_out(records, UUID(int=3), epoch, NOW, ROOT.public_bytes) is not None) is is_over
