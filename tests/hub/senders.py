"""Many laptops without a register: keys, the root's certificate, and a log of signed changes as a laptop would write it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from fieldapp.domain.changes import NO_PREVIOUS, ChangeDraft, Kind
from fieldapp.domain.ids import uuid7
from fieldapp.domain.record import Role
from fieldapp.services.desk import Desk
from fieldapp.services.opening import keys_of, operation_root
from fieldapp.services.set_up import enrolment
from fieldapp.trust import access_file, sealing
from fieldapp.trust.authors import Author
from fieldapp.trust.certificates import DeviceStatement, certify
from fieldapp.trust.envelopes import SealedChange, seal
from fieldapp.trust.signing import SigningKey
from tests.desks import START_MS


@dataclass
class Sender:
    """A device, its enrolment as the first line of its log, and all its lines."""

    device: UUID
    key: SigningKey
    certificate: bytes
    lines: list[SealedChange]

    @property
    def enrolment(self) -> SealedChange:
        return self.lines[0]


def senders(administrator: Desk, count: int, lines: int, random_bytes: Callable[[int], bytes]) -> list[Sender]:
    """Make so many devices of the administrator's operation, each with so many lines of people registered."""
    root = root_of(administrator)
    return [_sender(administrator, root, number, lines, random_bytes) for number in range(count)]


def root_of(administrator: Desk) -> SigningKey:
    """Return the operation's root key, which the first laptop keeps."""
    access = access_file.load(administrator.folder)
    root = operation_root(access, keys_of(administrator).keys.identity, administrator.operation)
    assert root is not None
    return root


def _sender(desk: Desk, root: SigningKey, number: int, lines: int, random_bytes: Callable[[int], bytes]) -> Sender:
    device, key = uuid7(START_MS + number, random_bytes), SigningKey.generate(random_bytes)
    code = f"{chr(ord('P') + number // 10)}{number % 10}"
    statement = DeviceStatement(device, 1, code, "PSB", f"PSB {code}", key.public_bytes, sealing.new_identity()[1])
    certificate = certify(statement, root)
    author = Author(
        device, 1, "PSB", key, desk.actor.staff_id, Role.ADMINISTRATOR, lambda: START_MS, random_bytes
    )  # fmt: skip
    drafts = [enrolment(statement, certificate, "La Parada")]
    for place in range(lines - 1):
        payload = {
            "given_names": f"Persona {place}", "surnames": f"De Prueba {number}", "sex": "F", "birth": "1990-05-17",
            "nationalities": ["VEN"], "number": f"PSB-{code}-{place:05}", "ordinal": 1, "relationship": "HEAD",
        }  # fmt: skip
        drafts.append(ChangeDraft(Kind.INDIVIDUAL_REGISTERED, uuid7(START_MS, random_bytes), payload))
    return Sender(device, key, certificate, [sealed for _, sealed in seal(author, drafts, 0, NO_PREVIOUS, 0)])
