"""Lists that leave the program as files. Every export is logged before the file is there."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.fields import documents_of, texts_of
from fieldapp.domain.people import IndividualRow, PeopleQuery
from fieldapp.domain.problems import Problem
from fieldapp.domain.record import Document
from fieldapp.exchange.people_list import PeopleRow, csv_lines
from fieldapp.services.correct import ANSWERABLE
from fieldapp.services.desk import Desk
from fieldapp.storage import people_queries, records
from fieldapp.storage.units import ReadUnit
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
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Write everybody who is registered into a file, one row an individual, and return the number of rows.

    `arrived` is a span (ms since 1970, half open) that narrows the list to its arrivals. The whole list is names and
    document numbers in clear, so it is for those who answer for the post. Raises NotAllowed, Problem(`unknown_format`)
    and the problems of writing a file.
    """
    desk.require(*ANSWERABLE, doing="export_people")
    if format not in FORMATS:
        raise Problem("unknown_format", value=format, known=", ".join(FORMATS))
    rows = sorted(_rows(desk, arrived, progress), key=lambda row: _natural(row.registration_number))
    with desk.database.write() as unit:
        payload = {"list": "people", "format": format, "rows": len(rows)}
        unit.record(desk.author, [ChangeDraft(Kind.LIST_EXPORTED, desk.device.device_id, payload)])
    write_whole(path, b"".join(csv_lines(rows)))
    return len(rows)


def _rows(
    desk: Desk, arrived: tuple[int, int] | None, progress: Callable[[int, int], None] | None
) -> Iterator[PeopleRow]:
    query, today = PeopleQuery(order="number", descending=False), desk.day(desk.today())
    with desk.database.read() as unit:
        total = people_queries.count_people(unit, query, today)
        for start in range(0, total, _PAGE):
            page = people_queries.people(unit, query, today, start, _PAGE)
            if arrived is not None:
                page = [row for row in page if arrived[0] <= row.arrived_at_ms < arrived[1]]
            papers = _papers(unit, page)
            yield from (_row(desk, row, *papers[place]) for place, row in enumerate(page))
            if progress:
                progress(min(start + _PAGE, total), total)


def _papers(unit: ReadUnit, page: list[IndividualRow]) -> list[tuple[tuple[Document, ...], tuple[str, ...]]]:
    """Return the documents and nationalities of each individual; the row for the screen has no kinds of documents."""
    states = records.states_with_history(unit, [row.individual_id for row in page]) if page else {}
    found = []
    for row in page:
        state, _ = states[row.individual_id]
        found.append((documents_of(state.value("documents")), texts_of(state.value("nationalities"))))
    return found


def _row(desk: Desk, row: IndividualRow, documents: tuple[Document, ...], nationalities: tuple[str, ...]) -> PeopleRow:
    return PeopleRow(
        registration_number=row.number,
        group_number=row.number.rpartition("-")[0],
        given_names=row.given_names,
        surnames=row.surnames,
        sex=str(row.sex),
        birth_date=str(row.birth),
        birth_date_quality=str(row.birth.quality),
        nationality=" ".join(nationalities),
        document_type="; ".join(document.kind for document in documents),
        document_number="; ".join(document.number for document in documents),
        relationship=row.relationship,
        arrival_date=desk.local_date(row.arrived_at_ms).isoformat(),
        post=row.post,
    )


def _natural(number: str) -> list[str | int]:
    """Return a key by which member 10 comes after member 9."""
    return [int(part) if part.isdigit() else part for part in _DIGITS.split(number)]
