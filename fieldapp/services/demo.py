"""A demonstration day: a post, invented families with their slips, the day's summary and list, and the key to verify.

It goes through the very services the window uses. What is drawn from the seed are the families and the ids of the
record; keys and passwords are always new and unpredictable.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from fieldapp.domain.summary import Summary
from fieldapp.i18n import Language
from fieldapp.services.correct import ANSWERABLE
from fieldapp.services.demo_families import families
from fieldapp.services.desk import Desk
from fieldapp.services.lists import export_people
from fieldapp.services.register import Registered
from fieldapp.services.sharing import OWN_USE
from fieldapp.services.slip_files import SlipFolder
from fieldapp.services.summarise import log_summary, summarise, summary_pdf
from fieldapp.services.verify import issuers_file
from fieldapp.trust.safe_files import write_whole

if TYPE_CHECKING:
    from fieldapp.services.set_up import SetUpPlan

STAFF_NAME = "demo"
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that are not mistaken for one another."""
_CUT_OFF = time(20, 0)
_OPENS = time(5, 0)
_SHORTEST_DAY = timedelta(minutes=30)
_MS = 1000


@dataclass(frozen=True, slots=True)
class DemoDay:
    """The day the families arrive on: its span (ms since 1970, half open) and the summary's cut-off."""

    day: date
    cut_off: str
    begins_ms: int
    cut_off_ms: int
    first_arrival_ms: int
    last_arrival_ms: int


@dataclass(frozen=True, slots=True)
class DemoDone:
    """What a demonstration left: the summary whose total is the number of rows in the list."""

    summary: Summary
    rows: int


def demo_plan(short_name: str, password: str) -> "SetUpPlan":
    """Return how the post of a demonstration is set up."""
    from fieldapp.services.set_up import SetUpPlan  # noqa: PLC0415 - going on at a post needs no set-up

    return SetUpPlan(
        operation_name="Frontera (demostración)",
        organisation="Organización de demostración",
        contact="Esta es una demostración; nadie está registrado",
        post="PSB",
        shelter="Albergue La Parada",
        device_code="A7",
        short_name=short_name,
        display_name=short_name.title(),
        password=password,
    )


def made_up_password() -> str:
    """Return a strong password that can be read aloud: four groups of four, about 78 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def demo_day(desk: Desk) -> DemoDay:
    """Return the day of a demonstration: today up to now, or yesterday where today has only just begun.

    After 20:00 the summary is of the whole day, so that what was just registered counts.
    """
    now_ms, day = desk.now_ms(), desk.today()
    begins_ms = desk.day(day).begins_ms
    if now_ms - begins_ms < _SHORTEST_DAY.total_seconds() * _MS:
        day -= timedelta(days=1)
        begins_ms = desk.day(day).begins_ms
        now_ms = desk.at(day, _CUT_OFF)
    cut_off_ms, cut_off = desk.at(day, _CUT_OFF), f"{_CUT_OFF:%H:%M}"
    if now_ms > cut_off_ms:
        cut_off_ms, cut_off = desk.day(day).ends_ms, "24:00"
    opens_ms = desk.at(day, _OPENS)
    first = opens_ms if now_ms - opens_ms > _SHORTEST_DAY.total_seconds() * _MS else begins_ms
    return DemoDay(day, cut_off, begins_ms, cut_off_ms, first, now_ms)


def register_families(
    desk: Desk, day: DemoDay, slips: SlipFolder, groups: int, seed: int, slip_language: str
) -> Iterator[Registered]:
    """Register invented families one after the other, each with its slip file, and yield each when it is durable.

    Raises NotAllowed before the first one for staff who could not leave the day's list afterwards.
    """
    desk.require(*ANSWERABLE, doing="demo")
    slips.prepare()
    ids = desk.random_bytes
    with desk.database.read() as unit:
        last = unit.last_change()
    # A second run with the same seed goes on after the first one, and must not draw the same ids again.
    desk.random_bytes = Random(f"ids {seed} {desk.device.device_id} {last.hlc if last else 0}").randbytes
    try:
        for entry in families(groups, seed, day.first_arrival_ms, day.last_arrival_ms, day.day, desk.device.post):
            yield slips.register(desk, entry, slip_language)
    finally:
        desk.random_bytes = ids


def leave_the_day(desk: Desk, day: DemoDay, folder: Path, language: Language, paper: str) -> DemoDone:
    """Write `summary.pdf`, `people.csv` (the arrivals that the summary counts) and `issuer.json` into a folder."""
    summary = summarise(desk, day.day, day.cut_off)
    log_summary(desk, summary)
    write_whole(folder / "summary.pdf", summary_pdf(summary, language, paper))
    rows = export_people(desk, folder / "people.csv", arrived=(day.begins_ms, day.cut_off_ms), recipient=OWN_USE)
    write_whole(folder / "issuer.json", issuers_file(desk))
    return DemoDone(summary, rows)
