"""What was put aside: which lines of whose log, what they would have done, and why they change nothing. Kept for ever."""

from dataclasses import dataclass

from fieldapp.services.correct import ANSWERABLE
from fieldapp.services.desk import Desk
from fieldapp.storage import exchange_rows
from fieldapp.storage.exchange_rows import PutAside


@dataclass(frozen=True, slots=True)
class PutAsideLine:
    """A line in quarantine: the laptop's code and the staff member's name as far as known, `line` what it is."""

    device: str
    staff: str
    line: PutAside


def put_aside(desk: Desk) -> tuple[PutAsideLine, ...]:
    """Return what was put aside, the latest found first. Raises NotAllowed."""
    desk.require(*ANSWERABLE, doing="quarantine")
    with desk.database.read() as unit:
        codes = {(device.device_id, device.epoch): device.code for device in unit.devices()}
        staff = {member.staff_id: member.display_name for member in unit.staff()}
        lines = exchange_rows.quarantined(unit)
    return tuple(
        PutAsideLine(codes.get((line.device, line.epoch), ""), staff.get(line.staff, "") if line.staff else "", line)
        for line in sorted(lines, key=lambda line: (-line.found_at_ms, str(line.device), line.epoch, line.seq))
    )
