"""Checking a register that was tampered with."""

from uuid import UUID

import pytest

from fieldapp.domain.changes import ChangeDraft, Kind
from fieldapp.domain.record import Role
from fieldapp.services.check import Cancelled, check
from fieldapp.services.correct import edit_individual
from fieldapp.services.desk import Desk
from fieldapp.services.find import person_page
from fieldapp.services.register import register_group
from fieldapp.services.slips import issue_slip
from fieldapp.trust.signing import SigningKey
from tests.desks import family, take_over


@pytest.fixture
def day(desk: Desk) -> Desk:
    first, second = register_group(desk, family()), register_group(desk, family())
    issue_slip(desk, first.group_id, "es")
    edit_individual(desk, person_page(desk, second.member_ids[0]), {"surnames": "Luna"})
    take_over(desk, Role.SUPERVISOR)
    return desk


def tamper(desk: Desk, *statements: str) -> None:
    """Change stored bytes behind the program's back."""
    with desk.database._writer.begin() as connection:
        for trigger in ("change_is_fixed", "change_is_kept", "payload_is_fixed", "payload_is_kept"):
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        for statement in statements:
            assert connection.exec_driver_sql(statement).rowcount == 1


def test_an_honest_register_is_in_order(day: Desk) -> None:
    steps: list[tuple[int, int]] = []

    report = check(day, lambda done, total: steps.append((done, total)))

    assert report.ok
    assert report.changes > 15
    assert steps[-1][0] == steps[-1][1]


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE change SET envelope = CAST(replace(envelope, 'PSB', 'PSC') AS BLOB) WHERE seq = 9", "hash_differs"),
        ("UPDATE change SET signature = zeroblob(64) WHERE seq = 9", "signature_wrong"),
        ("UPDATE change SET wall_ms = wall_ms + 1 WHERE seq = 9", "columns_differ"),
        ("UPDATE change SET envelope = x'00' WHERE seq = 9", "envelope_malformed"),
        ("UPDATE payload SET salt = zeroblob(16) WHERE seq = 9", "payload_differs"),
        ("DELETE FROM payload WHERE seq = 9", "payload_missing"),
    ],
)
def test_the_first_bad_line_is_named(day: Desk, statement: str, code: str) -> None:
    tamper(day, statement)

    report = check(day)

    assert report.first_bad.endswith("1/9")
    assert report.bad[0].code == code


def test_a_missing_line_is_noticed(day: Desk) -> None:
    tamper(day, "DELETE FROM change WHERE seq = 9")

    report = check(day)

    assert (report.first_bad[-4:], report.bad[0].code) == ("1/10", "line_missing")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE individual SET surnames = 'Otro' WHERE number LIKE '%-00002-%-1'",
        "UPDATE registration_group SET consent = 'no' WHERE number LIKE '%-00001-%'",
        "DELETE FROM slip",
    ],
)
def test_a_list_that_is_not_the_fold_is_noticed(day: Desk, statement: str) -> None:
    tamper(day, statement)

    report = check(day)

    assert report.bad[0].code == "fold_differs"
    assert report.first_bad.startswith("PSB-A7-0000")


def test_it_can_be_stopped(day: Desk) -> None:
    for _ in range(30):
        register_group(day, family())

    with pytest.raises(Cancelled):
        check(day, cancelled=lambda: True)


def test_a_laptop_that_nobody_vouches_for_is_named(day: Desk) -> None:
    stranger = SigningKey.generate(bytes)
    payload = {
        "code": "Z9", "post": "PSB", "shelter": "", "name": "Z9", "epoch": 1, "sign_public": stranger.public_bytes,
        "receive_public": "", "certificate": b"mine",
    }  # fmt: skip
    with day.database.write() as unit:
        unit.record(day.author, [ChangeDraft(Kind.DEVICE_ENROLLED, UUID(int=9), payload)])

    report = check(day)

    assert (report.first_bad, report.bad[0].code) == ("Z9", "certificate_invalid")
