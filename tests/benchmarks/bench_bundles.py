"""What bundles cost: the bytes of 1,000 changes against plain JSON with xz, and changes a second out and in.

python -m tests.benchmarks.bench_bundles [FAMILIES]
"""

import json
import lzma
import random
import sys
import tempfile
import time
from base64 import b64encode
from pathlib import Path

from fieldapp.services.bundles import _not_held, export_bundles, import_bundles, readers_of
from fieldapp.services.demo_families import families
from fieldapp.services.register import register_group
from tests.desks import START_MS, TODAY, TestClock
from tests.laptops import enrolled, first_laptop


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, clock = Path(name), TestClock()
        one = first_laptop(folder / "one", clock, random.Random(1).randbytes)
        other = enrolled(one, folder / "other", "B2", folder / "enrol")
        for entry in families(count, 7, START_MS - 3_600_000, START_MS, TODAY, "PSB"):
            register_group(one, entry)
            clock.forward(minutes=0.1)
        with one.database.read() as unit:
            changes = _not_held(
                unit, [(reader.device_id, reader.epoch) for reader in readers_of(unit, (one.device.device_id, 1))]
            )
        thousand = changes[-1000:]
        plain = json.dumps([[b64encode(part or b"").decode() for part in
                             (one_.envelope, one_.signature, one_.salt, one_.body)] for one_ in thousand])  # fmt: skip
        from fieldapp.exchange.bundle import Header, pack

        header = Header(one.operation.operation_id, one.device.device_id, 1, 0)
        small = pack(header, [], thousand, one.sign_key, [one.device.receive_public, other.device.receive_public])
        print(f"{len(thousand)} changes: {len(small):,} bytes; plain JSON + xz: {len(lzma.compress(plain.encode())):,}")
        stick = folder / "stick"
        stick.mkdir()
        began = time.perf_counter()
        done = export_bundles(one, stick)
        spent = time.perf_counter() - began
        print(f"export of {done.changes:,} changes: {done.changes / spent:,.0f} a second, {len(done.files)} files")
        began = time.perf_counter()
        taken = import_bundles(other, [stick])
        spent = time.perf_counter() - began
        print(f"import of {taken.added:,} changes: {taken.added / spent:,.0f} a second")
        began = time.perf_counter()
        again = import_bundles(other, [stick])
        print(f"again, {again.added} new: {again.known / (time.perf_counter() - began):,.0f} a second")
        one.close()
        other.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
