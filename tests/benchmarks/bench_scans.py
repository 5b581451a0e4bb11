"""How long the answer to a scan takes: each verdict in a register of many families, and each pairing of layouts.

python -m tests.benchmarks.bench_scans [families]
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from fieldapp.domain.papers.layout_tables import COMPUTERS, SCANNERS
from fieldapp.domain.papers.layouts import garbled
from fieldapp.domain.record import Role
from fieldapp.domain.slip import Verdict
from fieldapp.services.desk import Desk
from fieldapp.services.issuers import trust_issuers
from fieldapp.services.present import present_slip
from fieldapp.services.register import register_group
from fieldapp.services.scanned_slip import scanned_slip
from fieldapp.services.slips import issue_slip, void_slip
from tests.desks import family, make_desk, neighbour, take_over
from tests.exchange.issuers import OtherIssuer

TIMES = 25


def timed(name: str, answer: Callable[[], object], of: Callable[[object], object]) -> None:
    """Print how long an answer takes, and what it was."""
    taken = []
    for _time in range(TIMES):
        start = time.perf_counter()
        found = answer()
        taken.append((time.perf_counter() - start) * 1000)
    said = of(found)
    print(f"{name:34} {said!s:20} median {statistics.median(taken):6.1f} ms   longest {max(taken):6.1f} ms")


def verdict(found: object) -> Verdict:
    """Return what a scanned slip answered."""
    return found.reading.verdict  # type: ignore[attr-defined,no-any-return]


def answers(desk: Desk, folder: Path) -> str:
    """Time each verdict, and return the code of a valid slip."""
    valid = issue_slip(desk, register_group(desk, family()).group_id, "es").codes[0]
    voided = issue_slip(desk, register_group(desk, family()).group_id, "es")
    take_over(desk, Role.ADMINISTRATOR)
    void_slip(desk, voided.content.group_id, voided.content.slip_id, "wet")
    trust_issuers(desk, OtherIssuer("P-256").write(folder / "jwks.json"))
    (folder / "stranger").mkdir()
    stranger, other = make_desk(folder / "stranger", seed=5, code="Z9"), neighbour(desk, folder / "other")
    codes = {
        "valid": valid,
        "valid but void": voided.codes[0],
        "never here": issue_slip(other, register_group(other, family()).group_id, "es").codes[0],
        "issuer not known": issue_slip(stranger, register_group(stranger, family()).group_id, "es").codes[0],
        "credential of another, ES256": OtherIssuer("P-256").credential(),
        "altered": valid[:-30],
        "not a slip": "HTTPS://EXAMPLE.ORG/" + "A" * 400,
    }
    stranger.close()
    other.close()
    for name, code in codes.items():
        timed(name, lambda code=code: scanned_slip(desk, code), verdict)  # type: ignore[misc]
    timed("valid, given a meal", lambda: present_slip(desk, valid, "meal"), lambda found: f"counted {found.counted}")  # type: ignore[attr-defined]
    return valid


def layouts(desk: Desk, code: str) -> None:
    """Time every pairing of keyboard layouts that has the keys."""
    taken = []
    for scanner in SCANNERS:
        for computer in COMPUTERS:
            typed = code if scanner.code == computer.code else garbled(code, scanner, computer)
            if typed is None:
                print(f"{scanner.code} on {computer.code}: a key is missing there")
                continue
            start = time.perf_counter()
            found = verdict(scanned_slip(desk, typed))
            taken.append(((time.perf_counter() - start) * 1000, f"{scanner.code} on {computer.code}"))
            if found is not Verdict.VALID:
                print(f"{scanner.code} on {computer.code}: {found}")
    print(f"{len(taken)} pairings: median {statistics.median(ms for ms, _name in taken):.1f} ms, longest {max(taken)}")


def main(families: int) -> None:
    """Fill a register and time the answers."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "desk").mkdir()
        desk = make_desk(Path(name) / "desk")
        for _family in range(families):
            register_group(desk, family())
        layouts(desk, answers(desk, Path(name)))
        desk.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
