"""MOSIP's own reader unpacks our codes: what `@mosip/pixelpass` finds in one is the COSE_Sign1 that we signed.

Its npm package is looked for in FIELDAPP_NPM, or else in the user's cache; CONTRIBUTING.md says how to install it.
"""

import json
import os
import random
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import base45
import cbor2
import pytest

from fieldapp.exchange.compression import decompress
from fieldapp.exchange.credential import LARGEST_CREDENTIAL, encode_credential
from tests.exchange.slips import FAMILY, KEY, KID, slip

GOLDEN = Path(__file__).parent / "golden"
NPM = Path(os.environ.get("FIELDAPP_NPM") or Path.home() / ".cache" / "fieldapp-npm")
PACKAGE = NPM / "node_modules" / "@mosip" / "pixelpass"
NODE = shutil.which("node")

READER = """
const read = require(process.argv[1]).decode;
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => JSON.parse(read(text)))));
"""

pytestmark = [
    pytest.mark.skipif(NODE is None, reason="node is not installed"),
    pytest.mark.skipif(not PACKAGE.is_dir(), reason="@mosip/pixelpass is not installed (see CONTRIBUTING.md)"),
]


def as_pixelpass_reads(texts: Sequence[str]) -> list[list[object]]:
    """Return the tag and the four parts of the COSE_Sign1 that pixelpass finds in each text."""
    command = [str(NODE), "-e", READER, str(PACKAGE)]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)  # noqa: S603
    return [[found["tag"], *map(_plain, found["value"])] for found in json.loads(done.stdout)]


def as_signed(text: str) -> list[object]:
    """Return the same of what was packed, unpacked by zlib and cbor2."""
    message = cbor2.loads(decompress(base45.b45decode(text), LARGEST_CREDENTIAL))
    return [message.tag, *message.value]


def _plain(part: object) -> object:
    """Return bytes for what JavaScript writes them as: a Buffer, or an array by its indexes; an empty map stays one."""
    if isinstance(part, dict) and part.get("type") == "Buffer":
        return bytes(part["data"])
    return bytes(part.values()) if isinstance(part, dict) and part else part


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_pixelpass_unpacks_the_codes_that_are_kept(path: Path) -> None:
    texts = path.read_text("ascii").strip("\n").split("\n")
    assert as_pixelpass_reads(texts) == [as_signed(text) for text in texts]


def test_pixelpass_unpacks_codes_of_families_of_every_size() -> None:
    chance = random.Random(169)
    texts = [
        text
        for count in range(400)
        for text in encode_credential(
            slip(*FAMILY[: 1 + count % len(FAMILY)], slip_id=UUID(int=chance.getrandbits(128))),
            KEY.sign,
            KID,
            "Alcaldía",
        )
    ]
    assert as_pixelpass_reads(texts) == [as_signed(text) for text in texts]
