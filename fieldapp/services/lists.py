"""Lists that leave the program as files. Every export is logged before the file is there."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.people import IndividualRow, PeopleQuery
from fieldapp.domain.problems import Problem
from fieldapp.exchange.people_list import PeopleRow, csv_lines
from fieldapp.services import exports
from fieldapp.services.correct import ANSWERABLE
from fieldapp.services.desk import Desk
from fieldapp.services.sharing import RECIPIENTS, not_to_share, without_identity
from fieldapp.storage import people_queries
from fieldapp.trust.safe_files import write_whole

FORMATS = ("csv",)

_PAGE = 500
_DIGITS = re.compile(r"(\d+)")


def export_people(
    desk: Desk,
    path: Path,
    format: str = "csv",  # noqa: A002 - the word staff know
    *,
    arrived: tuple[int, int] | None = None,
    recipient: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Write everybody who is registered into a file, one row an individual, and return the number of rows.

    `arrived` is a span (ms since 1970, half open) that narrows the list to its arrivals. The whole list is names and
    document numbers in clear, so it is for those who answer for the post. Whoever does not agree that their data goes
    to the `recipient` (`sharing.RECIPIENTS`; empty is anybody) has a row without name, paper and day of birth.
    Raises NotAllowed, Problem(`unknown_format`, `unknown_recipient`) and the problems of writing a file.
    """
    desk.require(*ANSWERABLE, doing="export_people")
    if format not in FORMATS:
        raise Problem("unknown_format", value=format, known=", ".join(FORMATS))
    if recipient and recipient not in RECIPIENTS:
        raise Problem("unknown_recipient", value=recipient, known=", ".join(RECIPIENTS))
    rows = sorted(_rows(desk, arrived, recipient, progress), key=lambda row: _natural(row.registration_number))
    with desk.database.write() as unit:
        payload: dict[str, object] = {"list": "people", "format": format, "rows": len(rows)}
        if recipient:
            payload["recipient"] = recipient
        unit.record(desk.author, [ChangeDraft(Kind.LIST_EXPORTED, desk.device.device_id, payload)])
        exports.remember(unit, exports.LIST, [path], desk.now_ms())
    write_whole(path, b"".join(csv_lines(rows)))
    return len(rows)


def _rows(
    desk: Desk, arrived: tuple[int, int] | None, recipient: str, progress: Callable[[int, int], None] | None
) -> Iterator[PeopleRow]:
    query, today = PeopleQuery(order="number", descending=False), desk.day(desk.today())
    with desk.database.read() as unit:
        total = people_queries.count_people(unit, query, today)
        for start in range(0, total, _PAGE):
            page = people_queries.people(unit, query, today, start, _PAGE)
            if arrived is not None:
                page = [row for row in page if arrived[0] <= row.arrived_at_ms < arrived[1]]
            kept_back = not_to_share(unit, {row.group_id for row in page}, recipient)
            for row in page:
                if not row.withdrawn:
                    yield _row(desk, without_identity(row) if row.group_id in kept_back else row)
            if progress:
                progress(min(start + _PAGE, total), total)


def _row(desk: Desk, row: IndividualRow) -> PeopleRow:
    return PeopleRow(
        registration_number=row.number,
        group_number=row.group_number,
        given_names=row.given_names,
        surnames=row.surnames,
        sex=str(row.sex),
        birth_date=str(row.birth),
        birth_date_quality=str(row.birth.quality),
        nationality=row.nationalities,
        document_type="; ".join(row.document_kinds.split()),
        document_number=row.document_numbers,
        relationship=row.relationship,
        arrival_date=desk.local_date(row.arrived_at_ms).isoformat(),
        post=row.post,
    )


def _natural(number: str) -> list[str | int]:
    """Return a key by which member 10 comes after member 9."""
    return [int(part) if part.isdigit() else part for part in _DIGITS.split(number)]
