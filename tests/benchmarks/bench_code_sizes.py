"""How large the same family's record is through other encoders, and how fast its code and slip are made. By hand:

python -m tests.benchmarks.bench_code_sizes

Ours is signed and one code for the family. PyPI claim169 (of the tests' extra) knows one person a credential, so a
family is one signed code each, with what it has fields for: no relationships. `@mosip/pixelpass` packs JSON and signs
nothing: it is given our own claims under our own short keys as JSON, with the signature in base64url. Its folder is
named by FIELDAPP_NPM. Sizes are of the bytes under Base45; ratios are of one run on one machine.
"""

import json
import os
import shutil
import subprocess
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from pathlib import Path

import base45
import cbor2
import claim169

from fieldapp.documents import fonts
from fieldapp.documents.qr import make_qr
from fieldapp.documents.slip import render_slips
from fieldapp.domain.record import Sex
from fieldapp.domain.slip import SlipContent
from fieldapp.exchange.compression import decompress
from fieldapp.exchange.credential import LARGEST_CREDENTIAL, encode_credential
from tests.benchmarks.bench_slips import by_reportlab, by_us, seconds
from tests.exchange.slips import FAMILY, KEY, KID, ORGANISATION, slip

NPM = Path(os.environ.get("FIELDAPP_NPM") or Path.home() / ".cache" / "fieldapp-npm")
PACKAGE = NPM / "node_modules" / "@mosip" / "pixelpass"
WRITER = """
const write = require(process.argv[1]).generateQRData;
process.stdout.write(write(require("fs").readFileSync(0, "utf8")));
"""
SIZES = (1, 4, 8)
GENDERS = {Sex.MALE: 1, Sex.FEMALE: 2}
COUNT = 20


def by_fieldapp(content: SlipContent) -> list[str]:
    """Return our codes."""
    return list(encode_credential(content, KEY.sign, KID, ORGANISATION))


def by_claim169(content: SlipContent) -> list[str]:
    """Return a credential for each member."""
    codes = []
    for member in content.members:
        name = f"{member.given_names} {member.surnames}"
        person = claim169.Claim169Input(id=f"{content.number}-{member.ordinal}", full_name=name)
        person.first_name, person.last_name = member.given_names, member.surnames
        person.gender, person.nationality = GENDERS[member.sex], member.nationality
        person.country_of_issuance, person.location_code = content.country, content.post
        if birth := member.birth.date:
            person.date_of_birth = birth.strftime("%Y%m%d")
        meta = claim169.CwtMetaInput(issuer=ORGANISATION)
        meta.issued_at = content.issued_at_ms // 1000
        codes.append(str(claim169.encode_with_ed25519(person, meta, KEY.private_bytes())))
    return codes


def by_pixelpass(content: SlipContent) -> list[str]:
    """Return what pixelpass packs our claims and their signature into."""
    codes = []
    for text in by_fieldapp(content):
        _protected, _open, payload, signature = cbor2.loads(
            decompress(base45.b45decode(text), LARGEST_CREDENTIAL)
        ).value
        record = json.dumps([cbor2.loads(payload), signature], default=as_json)
        command = [str(shutil.which("node")), "-e", WRITER, str(PACKAGE)]
        codes.append(subprocess.run(command, input=record, capture_output=True, text=True, check=True).stdout)  # noqa: S603
    return codes


def as_json(value: object) -> object:
    """Return what JSON can hold for what CBOR holds besides: bytes as base64url."""
    if isinstance(value, bytes):
        return urlsafe_b64encode(value).rstrip(b"=").decode()
    raise TypeError(type(value))


def told(name: str, codes: Sequence[str], ours: int) -> None:
    """Print the size of an encoder's codes, and how many times ours it is."""
    size = sum(len(base45.b45decode(code)) for code in codes)
    versions = sorted({make_qr(code).version for code in codes})
    span = "-".join(str(version) for version in dict.fromkeys((versions[0], versions[-1])))
    print(f"  {name:10} {len(codes)} codes {size:6} bytes {sum(map(len, codes)):6} characters  version {span:6}"
          f"{size / ours:5.2f} of ours")  # fmt: skip


def sizes() -> None:
    """Print the sizes for families of a few sizes."""
    missing = "node is not installed" if shutil.which("node") is None else ""
    if not missing and not PACKAGE.is_dir():
        missing = "@mosip/pixelpass is not installed (see CONTRIBUTING.md)"
    for size in SIZES:
        content = slip(*FAMILY[:size])
        codes = by_fieldapp(content)
        ours = sum(len(base45.b45decode(code)) for code in codes)
        print(f"{size} people")
        told("fieldapp", codes, ours)
        told("claim169", by_claim169(content), ours)
        if missing:
            print(f"  pixelpass  skipped: {missing}")
        else:
            told("pixelpass", by_pixelpass(content), ours)


def speed() -> None:
    """Print how many codes and slips a second, against reportlab's own widget on an empty page."""
    fonts.preload()
    content = slip(*FAMILY[:4])
    (text,) = by_fieldapp(content)
    rates = {
        "credential encoded and signed": lambda: by_fieldapp(content),
        "code generated": lambda: make_qr(text),
        "code generated and drawn": lambda: by_us(text),
        "QrCodeWidget, drawn": lambda: by_reportlab(text),
        "whole a6 slip": lambda: render_slips([(content, [text])], "a6"),
    }
    found = {name: COUNT / seconds(lambda work=work: [work() for _ in range(COUNT)]) for name, work in rates.items()}  # type: ignore[misc]
    for name, rate in found.items():
        print(f"{name:30} {rate:8.1f}/s {rate / found['QrCodeWidget, drawn']:6.1f} times the widget")


if __name__ == "__main__":
    sizes()
    speed()
