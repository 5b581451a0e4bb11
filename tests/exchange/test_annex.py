"""Another agency can read a slip by the README's annex: this reader follows it and shares no code with the program."""

import json
import zlib
from datetime import date, timedelta
from pathlib import Path

import base45
import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

GOLDEN = Path(__file__).parent / "golden"
RELATIONSHIPS = (
    "HEAD, WIFE_HUSBAND, FREE_UNION, SON_DAUGHTER, MOTHER_FATHER, BROTHER_SISTER, GRANDDAUGHER_GRANDSON, "
    "GRANDMOTHER_GRANDFATHER, NEPHEW_NIECE, AUNT_UNCLE, COUSIN, DAUGHTERINLAW_SONINLAW, MOTHERINLAW_FATHERINLAW, "
    "SISTERINLAW_BROTHERINLAW, FOSTER_CHILD, NOT_RELATED, OTHER, UNKNOWN"
).split(", ")
SEXES = ("unknown", "male", "female", "other")


def read(text: str, public: bytes) -> dict[str, object]:
    """Return what a code says, if this key signed it."""
    message = cbor2.loads(zlib.decompress(base45.b45decode(text)))
    protected, _, payload, signature = message.value
    signed = cbor2.dumps(["Signature1", protected, b"", payload])
    Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)
    claims = cbor2.loads(payload)[169]
    arrived = date(1970, 1, 1) + timedelta(days=claims[27])
    given, nationality = claims[29], claims.get(13, "")
    name = claims[4]
    focal = [name[:given], name[given + 1 :] if given else name, SEXES[claims.get(9, 0)]]
    members = {1: [*focal, claims.get(8) or birth(claims.get(28), arrived), "HEAD", nationality]}
    for ordinal, member in enumerate(claims.get(30, []), claims.get(31, 2)):
        if member is not None:
            names, (sex, born, role), own = member[:2], member[2:5], member[5:]
            role = RELATIONSHIPS[role] if isinstance(role, int) else role
            members[ordinal] = [*names, SEXES[sex], birth(born, arrived), role, *(own or [nationality])]
    return {
        "number": claims[1],
        "group": claims[25].hex(),
        "size": claims[26],
        "arrived": str(arrived),
        "code": claims.get(32, [1, 1]),
        "members": {str(ordinal): member for ordinal, member in members.items()},
    }


def birth(number: int | None, arrived: date) -> str:
    """Return a birth number in words."""
    if number is None:
        return "unknown"
    if number < 0:
        return f"{-1 - number} years on {arrived}"
    if number > 9999:
        return f"{number // 100}-{number % 100:02}"
    return str(1900 + number if number <= 999 else number)


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_the_annex_is_enough_to_read_a_slip(path: Path) -> None:
    public = bytes.fromhex((GOLDEN / "key.hex").read_text("ascii"))
    wanted = json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert [read(text, public) for text in path.read_text("ascii").rstrip("\n").split("\n")] == wanted
