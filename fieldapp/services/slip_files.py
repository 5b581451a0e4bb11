"""Register a family and put its slip into a folder as a PDF; the file is there only once the record is durable."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from fieldapp.domain.problems import Problem
from fieldapp.domain.record import GroupEntry
from fieldapp.services import exports
from fieldapp.services.desk import Desk
from fieldapp.services.register import Registered, register_group
from fieldapp.services.slips import issue_slip, slip_pdf
from fieldapp.trust.safe_files import PRIVATE_FOLDER, told_in_words, write_whole


@dataclass(frozen=True, slots=True)
class SlipFolder:
    """Where slip files go, one a group by its number, in one layout of `documents.layouts`."""

    path: Path
    layout: str = "a6"
    with_portrait: bool = False

    def prepare(self) -> None:
        """Make the folder, so that what cannot work stops the work before anybody is registered.

        Raises Problem(`unknown_layout`), and the problems of the disk.
        """
        check_layout(self.layout)
        with told_in_words(self.path):  # on a stick it cannot be made private afterwards
            self.path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)

    def register(self, desk: Desk, entry: GroupEntry, slip_language: str) -> Registered:
        """Register a family, issue its slip and write `NUMBER.pdf`.

        Raises InvalidEntry (nothing stored), and the problems of the disk: a family whose slip could not be written is
        registered all the same, and the slip can be printed again.
        """
        registered = register_group(desk, entry)
        issued = issue_slip(desk, registered.group_id, slip_language, with_portrait=self.with_portrait)
        path = self.path / f"{registered.number}.pdf"
        save_slips(desk, [registered.group_id], path, slip_pdf(issued, self.layout, desk.zone))
        return registered


def check_layout(layout: str) -> None:
    """Raise Problem(`unknown_layout`), which lists the known ones, for a layout that there is none of."""
    from fieldapp.documents.layouts import LAYOUTS  # noqa: PLC0415 - start-up draws nothing

    if layout not in LAYOUTS:
        raise Problem("unknown_layout", value=layout, known=", ".join(LAYOUTS))


def save_slips(desk: Desk, groups: Sequence[UUID], path: Path, pdf: bytes) -> None:
    """Write the slips of some groups to a file of the staff's choice, and keep that it is there for an erasure.

    Raises FileProblem.
    """
    with desk.database.write() as unit:
        exports.remember_slips(unit, groups, path)
    write_whole(path, pdf)


def save_blank_slips(path: Path, pdf: bytes) -> None:
    """Write blank slips, which are about nobody, to a file of the staff's choice. Raises FileProblem."""
    write_whole(path, pdf)
