"""Work that a test kills in its midst: `python -m tests.killed WHAT DATA_FOLDER STICK`, for ever, a line when it begins."""

import os
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from fieldapp.domain.people import PeopleQuery
from fieldapp.exchange import bundle
from fieldapp.i18n import language
from fieldapp.services.bundles import export_bundles, import_bundles
from fieldapp.services.desk import Desk
from fieldapp.services.enrol import certify_laptop, read_request
from fieldapp.services.erase import erase
from fieldapp.services.find import individuals
from fieldapp.services.register import register_group
from fieldapp.services.sign_in import sign_in
from fieldapp.services.tokens import print_tokens
from fieldapp.trust.safe_files import write_whole
from tests.desks import TestClock, family
from tests.laptops import PASSWORD, STAFF


def export(desk: Desk, stick: Path) -> None:
    register_group(desk, family())
    export_bundles(desk, stick)


def take_in(desk: Desk, stick: Path) -> None:
    import_bundles(desk, [stick])


def enrol(desk: Desk, stick: Path) -> None:
    for request in sorted(stick.glob("*.request")):
        target = stick / request.stem
        target.mkdir(exist_ok=True)
        certify_laptop(desk, read_request(request), target)


def forget(desk: Desk, _stick: Path) -> None:
    for row in individuals(desk, PeopleQuery(), 0, 4):
        erase(desk, row.individual_id, "withdrawn consent")
    register_group(desk, family())


def tokens(desk: Desk, stick: Path) -> None:
    write_whole(stick / "tokens.pdf", print_tokens(desk, 16, language("es")))


WORK: dict[str, Callable[[Desk, Path], None]] = {
    "export": export, "import": take_in, "enrol": enrol, "erase": forget, "tokens": tokens,
}  # fmt: skip


def main(what: str, folder: Path, stick: Path) -> None:
    """Sign in and work until killed."""
    bundle.MOST_INSIDE = 3000  # several files, so that a kill falls between two
    desk = sign_in(folder, STAFF, PASSWORD, clock=TestClock(), random_bytes=os.urandom)
    print("at work", flush=True)  # noqa: T201 - the test waits for it
    for _turn in count():
        WORK[what](desk, stick)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
