"""Setting up, signing in, giving and taking access, backing up, restoring and recovering, on real files."""

import os
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fieldapp.domain.problems import EnvironmentProblem, InvalidEntry, NotAllowed, Problem
from fieldapp.domain.record import Role
from fieldapp.services.back_up import back_up
from fieldapp.services.check import check
from fieldapp.services.desk import Desk
from fieldapp.services.find import PeopleQuery, count_individuals
from fieldapp.services.recover import recover
from fieldapp.services.register import register_group
from fieldapp.services.restore import restore
from fieldapp.services.set_up import (
    AlreadySetUp,
    RegisterWithoutAccess,
    SetUpDone,
    SetUpPlan,
    check_plan,
    confirm_recovery_key,
    set_up,
)
from fieldapp.services.sign_in import (
    NotSetUp,
    SignInLocked,
    UnknownStaff,
    WrongPassword,
    check_password,
    clock_question,
    sign_in,
    sign_out,
)
from fieldapp.services.staff import (
    WeakPassword,
    add_staff,
    change_own_password,
    disable_staff,
    list_staff,
    reset_password,
)
from fieldapp.storage.errors import FolderInUse
from fieldapp.trust import access_file
from fieldapp.trust.passwords import Cost
from tests.desks import TestClock, family

CHEAP = Cost(memory_kib=64, passes=1)
PASSWORD, OTHER, NEW = "trueno balcón mimbre 41", "lápiz cometa arena 77", "hamaca plomo girasol 19"
PLAN = SetUpPlan(
    "Frontera 2026", "Alcaldía de Villa del Rosario", "+57 607 000 0000", "PSB", "Albergue La Parada", "A7", "rosa",
    "Rosa Elena Quintero", PASSWORD,
)  # fmt: skip


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def done(folder: Path, clock: TestClock) -> Iterator[SetUpDone]:
    made = set_up(folder, PLAN, clock=clock, random_bytes=secrets.token_bytes, cost=CHEAP)
    yield made
    made.desk.close()


def enter(folder: Path, clock: TestClock, name: str = "rosa", password: str = PASSWORD) -> Desk:
    return sign_in(folder, name, password, clock=clock, random_bytes=secrets.token_bytes)


def test_a_new_register_is_in_order_and_shows_no_name_outside(done: SetUpDone, folder: Path) -> None:
    register_group(done.desk, family())

    assert check(done.desk).ok
    assert done.desk.actor.role is Role.ADMINISTRATOR
    for file in folder.iterdir():
        content = file.read_bytes()
        for name in ("Quintero", "Villalobos", "Ángeles", PASSWORD, done.recovery_key):
            assert name.encode() not in content, file
        assert file.stat().st_mode & 0o077 == 0


def test_what_is_wrong_with_a_plan_is_named_field_by_field() -> None:
    plan = replace(
        PLAN, operation_name=" ", post="XXX", device_code="77", short_name="a b", password="rosa123", time_zone="Mars"
    )

    assert {(one.field, one.code) for one in check_plan(plan)} >= {
        ("operation_name", "needed"), ("post", "unknown_post"), ("device_code", "bad_device_code"),
        ("short_name", "bad_short_name"), ("time_zone", "unknown_time_zone"),
    }  # fmt: skip
    assert any(one.field == "password" for one in check_plan(plan))


def test_a_register_is_never_set_up_over(done: SetUpDone, folder: Path, clock: TestClock) -> None:
    sign_out(done.desk)
    with pytest.raises(AlreadySetUp):
        set_up(folder, PLAN, clock=clock, random_bytes=secrets.token_bytes)
    for name in (access_file.FILE_NAME, access_file.PREVIOUS_NAME):
        (folder / name).unlink(missing_ok=True)
    with pytest.raises(RegisterWithoutAccess):
        set_up(folder, PLAN, clock=clock, random_bytes=secrets.token_bytes)


def test_an_interrupted_set_up_can_be_begun_again(
    folder: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(access_file, "save", crash)
        with pytest.raises(KeyboardInterrupt):
            set_up(folder, PLAN, clock=clock, random_bytes=secrets.token_bytes, cost=CHEAP)

    again = set_up(folder, PLAN, clock=clock, random_bytes=secrets.token_bytes, cost=CHEAP)
    assert check(again.desk).ok
    again.desk.close()


def test_the_recovery_key_is_typed_back(done: SetUpDone, folder: Path) -> None:
    assert not access_file.load(folder).recovery_confirmed
    assert confirm_recovery_key(folder, f"  {done.recovery_key.lower().replace('-', ' ')} ")
    assert access_file.load(folder).recovery_confirmed


def test_signing_in_and_out_is_logged_and_refusals_too(done: SetUpDone, folder: Path, clock: TestClock) -> None:
    sign_out(done.desk)
    with pytest.raises(WrongPassword) as refused:
        enter(folder, clock, password="no es esta clave")
    assert refused.value.tries == 1
    with pytest.raises(UnknownStaff):
        enter(folder, clock, name="nadie")

    desk = enter(folder, clock, name="ROSA")

    with desk.database.read() as unit:
        kinds = unit.connection.exec_driver_sql("SELECT kind FROM change ORDER BY seq").scalars().all()
    assert kinds[-4:] == ["audit.signed_out", "audit.sign_in_refused", "audit.sign_in_refused", "audit.signed_in"]
    assert check_password(desk, PASSWORD)
    sign_out(desk)


def test_wrong_passwords_slow_down_then_lock_for_minutes_and_never_for_good(
    done: SetUpDone, folder: Path, clock: TestClock
) -> None:
    sign_out(done.desk)
    for _ in range(5):
        clock.forward(minutes=1)
        with pytest.raises((WrongPassword, SignInLocked)):
            enter(folder, clock, password="no es esta clave")
    with pytest.raises(SignInLocked):
        enter(folder, clock)
    clock.forward(days=-1)
    with pytest.raises(SignInLocked):
        enter(folder, clock)
    clock.forward(minutes=11)

    sign_out(enter(folder, clock))


def test_nothing_is_set_up_and_two_do_not_open_one_folder(folder: Path, clock: TestClock, tmp_path: Path) -> None:
    with pytest.raises(NotSetUp):
        enter(tmp_path / "none", clock)
    made = set_up(folder, PLAN, clock=clock, random_bytes=secrets.token_bytes, cost=CHEAP)
    with pytest.raises(FolderInUse):
        enter(folder, clock)
    made.desk.close()


def test_a_clock_that_cannot_be_right_is_asked_about(done: SetUpDone, folder: Path, clock: TestClock) -> None:
    sign_out(done.desk)
    asked = []
    for days in (0, -3, 5):
        clock.forward(days=days)
        desk = enter(folder, clock)
        question = clock_question(desk)
        asked.append(question.code if question else "")
        sign_out(desk)

    assert asked == ["", "clock_behind", "clock_ahead"]


def test_staff_are_added_disabled_and_given_new_passwords(done: SetUpDone, folder: Path, clock: TestClock) -> None:
    desk = done.desk
    member = add_staff(desk, "yuli", "Yuli Rincón", Role.REGISTRAR, OTHER, cost=CHEAP)
    sign_out(desk)
    hers = enter(folder, clock, "yuli", OTHER)
    with pytest.raises(NotAllowed):
        list_staff(hers)
    with pytest.raises(NotAllowed):
        add_staff(hers, "otro", "Otro", Role.ADMINISTRATOR, NEW)
    change_own_password(hers, OTHER, NEW, cost=CHEAP)
    register_group(hers, family())
    sign_out(hers)
    with pytest.raises(WrongPassword):
        enter(folder, clock, "yuli", OTHER)
    sign_out(enter(folder, clock, "yuli", NEW))

    desk = enter(folder, clock)
    reset_password(desk, member.staff_id, OTHER, cost=CHEAP)
    sign_out(desk)
    sign_out(enter(folder, clock, "yuli", OTHER))

    desk = enter(folder, clock)
    old_access = (folder / access_file.FILE_NAME).read_bytes()
    disable_staff(desk, member.staff_id, "se fue")
    assert [(one.short_name, one.disabled) for one in list_staff(desk)] == [("rosa", False), ("yuli", True)]
    assert check(desk).ok
    sign_out(desk)
    with pytest.raises(UnknownStaff):
        enter(folder, clock, "yuli", OTHER)
    (folder / access_file.FILE_NAME).write_bytes(old_access)
    with pytest.raises(EnvironmentProblem):
        enter(folder, clock, "yuli", OTHER)


def test_what_an_administrator_may_not_do(done: SetUpDone) -> None:
    desk = done.desk
    with pytest.raises(Problem, match="own_account"):
        disable_staff(desk, desk.actor.staff_id, "x")
    with pytest.raises(WeakPassword):
        add_staff(desk, "yuli", "Yuli Rincón", Role.REGISTRAR, "yulirincon1")
    with pytest.raises(InvalidEntry):
        add_staff(desk, "ROSA", "Otra Rosa", Role.REGISTRAR, OTHER)
    member = add_staff(desk, "yuli", "Yuli Rincón", Role.REGISTRAR, OTHER, cost=CHEAP)
    with pytest.raises(Problem, match="reason_needed"):
        disable_staff(desk, member.staff_id, " ")


def test_a_back_up_is_restored_under_a_new_epoch_and_code(done: SetUpDone, tmp_path: Path, clock: TestClock) -> None:
    first = register_group(done.desk, family())
    backup = back_up(done.desk, tmp_path / "copia.bak")
    assert backup.changes > 5
    assert b"Villalobos" not in backup.path.read_bytes()
    with pytest.raises(Problem, match="backup_exists"):
        back_up(done.desk, backup.path)

    def bring_back(code: str, name: str = "otro") -> Desk:
        return restore(
            tmp_path / name, backup.path, "rosa", PASSWORD, code, clock=clock, random_bytes=secrets.token_bytes
        )

    with pytest.raises(InvalidEntry):
        bring_back("A7")
    desk = bring_back("B2")

    assert (desk.device.epoch, desk.device.code, desk.device.confirmed) == (2, "B2", True)
    second = register_group(desk, family())
    assert (first.number[:7], second.number[:7]) == ("PSB-A7-", "PSB-B2-")
    assert count_individuals(desk, PeopleQuery()) == 8
    assert check(desk).ok
    sign_out(desk)
    with pytest.raises(EnvironmentProblem, match="folder_not_empty"):
        bring_back("C3")


@pytest.mark.parametrize(("damage", "code"), [("cut", "backup_damaged"), ("other", "not_a_backup")])
def test_a_file_that_is_no_whole_back_up_is_refused(
    done: SetUpDone, tmp_path: Path, clock: TestClock, damage: str, code: str
) -> None:
    path = back_up(done.desk, tmp_path / "copia.bak").path
    if damage == "cut":
        os.truncate(path, path.stat().st_size // 2)
    else:
        path.write_bytes(b"hola")

    with pytest.raises(EnvironmentProblem, match=code):
        restore(tmp_path / "otro", path, "rosa", PASSWORD, "B2", clock=clock, random_bytes=secrets.token_bytes)

    assert [path.name for path in (tmp_path / "otro").iterdir()] == [".lock"]


def test_the_recovery_key_opens_the_register_when_no_administrator_is_there(
    done: SetUpDone, folder: Path, clock: TestClock
) -> None:
    register_group(done.desk, family())
    sign_out(done.desk)

    def try_key(key: str) -> Desk:
        return recover(folder, key, "luz", "Luz Mora", NEW, clock=clock, random_bytes=secrets.token_bytes, cost=CHEAP)

    with pytest.raises(Problem, match="recovery_key"):
        try_key("AAAA")
    sign_out(try_key(done.recovery_key.lower()))
    desk = enter(folder, clock, "luz", NEW)

    assert desk.actor.role is Role.ADMINISTRATOR
    assert count_individuals(desk, PeopleQuery()) == 4
    assert check(desk).ok
    sign_out(desk)


def test_a_restore_that_is_killed_opens_nothing_under_the_old_epoch_and_can_be_begun_again(
    done: SetUpDone, tmp_path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, folder = back_up(done.desk, tmp_path / "copia.bak").path, tmp_path / "otro"

    def bring_back() -> Desk:
        return restore(folder, path, "rosa", PASSWORD, "B2", clock=clock, random_bytes=secrets.token_bytes)

    with monkeypatch.context() as patched:
        # A kill runs no clean-up: nothing is removed, and what was copied so far stays.
        patched.setattr("fieldapp.services.restore._begin_epoch", _killed)
        patched.setattr("fieldapp.services.restore.shutil.rmtree", lambda _path: None)
        with pytest.raises(KeyboardInterrupt):
            bring_back()
    with pytest.raises(NotSetUp):
        enter(folder, clock)

    desk = bring_back()

    assert (desk.device.epoch, desk.device.code) == (2, "B2")
    assert check(desk).ok
    sign_out(desk)


def _killed(*_args: object) -> None:
    raise KeyboardInterrupt


def test_a_restore_never_touches_a_register_that_is_there(
    done: SetUpDone, folder: Path, tmp_path: Path, clock: TestClock
) -> None:
    register_group(done.desk, family())
    path = back_up(done.desk, tmp_path / "copia.bak").path
    sign_out(done.desk)

    with pytest.raises(EnvironmentProblem, match="folder_not_empty"):
        restore(folder, path, "rosa", PASSWORD, "B2", clock=clock, random_bytes=secrets.token_bytes)

    desk = enter(folder, clock)
    assert count_individuals(desk, PeopleQuery()) == 4
    sign_out(desk)


def test_what_a_killed_back_up_left_is_swept_at_the_next_sign_in(
    done: SetUpDone, folder: Path, clock: TestClock
) -> None:
    sign_out(done.desk)
    (folder / ".backup-1234.db").write_bytes(b"half")
    (folder / ".backup-abcd").mkdir()

    sign_out(enter(folder, clock))

    assert not list(folder.glob(".backup-*"))


def test_a_registrar_restores_too_and_the_laptop_waits_for_its_certificate(
    done: SetUpDone, tmp_path: Path, clock: TestClock
) -> None:
    add_staff(done.desk, "yuli", "Yuli Rincón", Role.REGISTRAR, OTHER, cost=CHEAP)
    path = back_up(done.desk, tmp_path / "copia.bak").path

    desk = restore(tmp_path / "otro", path, "yuli", OTHER, "B2", clock=clock, random_bytes=secrets.token_bytes)

    assert not desk.device.confirmed
    register_group(desk, family())
    assert check(desk).ok
    sign_out(desk)
