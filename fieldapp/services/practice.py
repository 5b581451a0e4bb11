"""Practice: a register of its own in a folder of its own, with throwaway keys and invented families.

Nothing of it touches the real register, and its slips can never be taken for real ones: another root, another issuer,
and a mark across the paper. Its password lies beside it in clear, for there is nothing to protect.
"""

import json
import secrets
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from fieldapp.domain.changes import Kind
from fieldapp.domain.clock import Clock
from fieldapp.domain.ids import RandomBytes
from fieldapp.domain.record import Role
from fieldapp.services.demo import demo_day, demo_plan, made_up_password
from fieldapp.services.demo_families import families
from fieldapp.services.desk import PRACTICE_KEY, Desk
from fieldapp.services.register import register_group
from fieldapp.services.set_up import confirm_recovery_key, set_up
from fieldapp.services.sign_in import sign_in, sign_out
from fieldapp.services.staff import add_staff
from fieldapp.storage import practice_queries
from fieldapp.trust.passwords import Cost
from fieldapp.trust.safe_files import write_whole

FOLDER_NAME = "practice"
_TEACHER, _LEARNER = "practica", "aprendiz"
_FAMILIES = 12
_CHEAP = Cost(8 * 1024, 1)
"""A password that lies in clear beside its register need not be costly to guess."""
_LARGE_FAMILY = 5


@dataclass(frozen=True, slots=True)
class PracticeSteps:
    """What a first practice asks for, each done or not: somebody alone, a family of five, a correction, a copy, a search."""

    single: bool = False
    family: bool = False
    corrected: bool = False
    reprinted: bool = False
    found: bool = False

    @property
    def all_done(self) -> bool:
        """Whether everything was tried."""
        return self.single and self.family and self.corrected and self.reprinted and self.found


def practice_folder(folder: Path) -> Path:
    """Return where the practice register of a data folder lies."""
    return folder / FOLDER_NAME


def open_practice(folder: Path, *, clock: Clock, random_bytes: RandomBytes) -> Desk:
    """Open the practice register of a data folder as a registrar, making it first where there is none that opens."""
    place = practice_folder(folder)
    password = _password(place)
    if password is None:
        reset_practice(folder)
        password = _make(place, clock, random_bytes)
    return sign_in(place, _LEARNER, password, clock=clock, random_bytes=random_bytes)


def reset_practice(folder: Path) -> None:
    """Delete the practice register, so that the next opening begins anew; nobody may have it open."""
    place = practice_folder(folder)
    if place.is_dir():
        shutil.rmtree(place)


def practice_steps(desk: Desk) -> PracticeSteps:
    """Return what of the first practice is done, by what the learner wrote into the log."""
    with desk.database.read() as unit:
        done = practice_queries.done_by(unit, desk.actor.staff_id)
        sizes = practice_queries.group_sizes_by(unit, desk.actor.staff_id)
    return PracticeSteps(
        single=1 in sizes,
        family=any(size >= _LARGE_FAMILY for size in sizes),
        corrected=bool(done & {Kind.INDIVIDUAL_EDITED, Kind.GROUP_EDITED}),
        reprinted=Kind.SLIP_REPRINTED in done,
        found=Kind.RECORD_VIEWED in done,
    )


def _password(place: Path) -> str | None:
    try:
        kept = json.loads((place / PRACTICE_KEY).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    password = kept.get("password") if isinstance(kept, dict) else None
    return password if isinstance(password, str) else None


def _make(place: Path, clock: Clock, random_bytes: RandomBytes) -> str:
    password = made_up_password()
    plan = replace(
        demo_plan(_TEACHER, made_up_password()),
        operation_name="PRUEBA",
        organisation="PRUEBA - nadie queda registrado",
        contact="Constancia de práctica, sin valor",
        device_code="P0",
    )
    made = set_up(place, plan, clock=clock, random_bytes=random_bytes, cost=_CHEAP)
    confirm_recovery_key(place, made.recovery_key)
    add_staff(made.desk, _LEARNER, "Aprendiz", Role.REGISTRAR, password, cost=_CHEAP)
    day = demo_day(made.desk)
    begin, end = day.first_arrival_ms, day.last_arrival_ms
    for entry in families(_FAMILIES, secrets.randbelow(1000), begin, end, day.day, made.desk.device.post):
        register_group(made.desk, entry)
    sign_out(made.desk)
    # Last, so that a practice register that was only half made is made anew.
    write_whole(place / PRACTICE_KEY, json.dumps({"password": password}).encode())
    return password
