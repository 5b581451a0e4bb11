"""What is every laptop's concern comes to every laptop, whichever post it was written at, and records do not."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fieldapp import code_lists
from fieldapp.code_lists import Code
from fieldapp.domain.record import Role
from fieldapp.domain.slip import Verdict
from fieldapp.services.bundles import export_bundles, import_bundles
from fieldapp.services.check import check
from fieldapp.services.desk import Desk
from fieldapp.services.elsewhere import elsewhere
from fieldapp.services.laptops import revoke
from fieldapp.services.own_codes import codes_of, set_codes
from fieldapp.services.register import register_group
from fieldapp.services.sign_in import StaffDisabled, UnknownStaff, sign_in
from fieldapp.services.slips import issue_slip, void_slip
from fieldapp.services.staff import add_staff, disable_staff
from fieldapp.services.synchronise import synchronise
from fieldapp.services.verify import verify_text
from fieldapp.storage.journal import vector
from tests.desks import family, person
from tests.hub.conftest import Operation
from tests.laptops import CHEAP, enrolled

PASSWORD = "siete garzas bajo el puente 4"


@dataclass
class OtherPost:
    """Two laptops of a post whose records are its own: one meets the hub, the other only its neighbour's sticks."""

    near: Desk
    far: Desk


@pytest.fixture(scope="module")
def other(operation: Operation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OtherPost]:
    folder = tmp_path_factory.mktemp("other")
    near = enrolled(operation.one, folder / "near", "Y1", folder / "stick", post="PFPS")
    far = enrolled(operation.one, folder / "far", "Y2", folder / "stick", post="PFPS")
    here = OtherPost(near, far)
    yield here
    here.near.close()
    here.far.close()


def as_staff(desk: Desk, short_name: str) -> Desk:
    """Let somebody else sign in at a laptop; whoever was there has signed out."""
    desk.close()
    return sign_in(desk.folder, short_name, PASSWORD, clock=desk.clock, random_bytes=desk.random_bytes)


def through_the_hub(operation: Operation, desk: Desk):
    synchronise(operation.one, operation.hub.address)
    return synchronise(desk, operation.hub.address)


def carried(by: Desk, to: Desk, stick: Path):
    stick.mkdir()
    export_bundles(by, stick)
    return import_bundles(to, [stick])


def lines_of(desk: Desk, of: Desk) -> int:
    with desk.database.read() as unit:
        return vector(unit.connection)[of.device.device_id, 1][0]


def test_somebody_added_signs_in_at_another_post_after_the_hub_and_after_a_stick(
    operation: Operation, other: OtherPost, tmp_path: Path
) -> None:
    before = [lines_of(desk, operation.one) for desk in (other.near, other.far)]
    register_group(operation.one, family(person("Ajena", "Al Puesto")))
    add_staff(operation.one, "nueva", "Nubia Nueva", Role.REGISTRAR, PASSWORD, cost=CHEAP)

    done = through_the_hub(operation, other.near)
    brought = carried(other.near, other.far, tmp_path / "stick")

    assert (done.taken.ahead, brought.ahead) == (2, 1)  # the one also hears of its neighbour
    assert done.taken.waiting == brought.waiting == 0
    after = [lines_of(desk, operation.one) for desk in (other.near, other.far)]
    assert after == before, "records of another post came along"
    other.near, other.far = as_staff(other.near, "nueva"), as_staff(other.far, "nueva")
    register_group(other.far, family(person("Propia", "Del Puesto")))
    with other.far.database.read() as unit:
        assert unit.connection.exec_driver_sql("SELECT count(*) FROM individual WHERE given_names='Propia'").scalar()
    assert [check(desk).ok for desk in (other.near, other.far)] == [True, True]


def test_it_is_given_once(operation: Operation, other: OtherPost) -> None:
    through_the_hub(operation, other.near)
    again = synchronise(other.near, operation.hub.address)
    assert (again.given, again.taken.added, again.taken.ahead) == (0, 0, 0)


def test_a_slip_voided_at_one_post_is_void_at_the_other(operation: Operation, other: OtherPost, tmp_path: Path) -> None:
    group = register_group(operation.one, family(person("Perdida", "La Hoja"))).group_id
    slip = issue_slip(operation.one, group, "es")
    assert verify_text(other.near, slip.codes[0]).verdict is Verdict.VALID
    void_slip(operation.one, group, slip.content.slip_id, "lost on the way")

    through_the_hub(operation, other.near)
    carried(other.near, other.far, tmp_path / "stick")

    assert [verify_text(one, slip.codes[0]).verdict for one in (other.near, other.far)] == [Verdict.VOID] * 2


def test_a_service_added_at_one_post_is_offered_at_the_other(
    operation: Operation, other: OtherPost, tmp_path: Path
) -> None:
    set_codes(operation.one, "services", [Code("shower", {"es": "Ducha"}, {})])
    for desk, brings in (
        (other.near, lambda: through_the_hub(operation, other.near)),
        (other.far, lambda: carried(other.near, other.far, tmp_path / "stick")),
    ):
        code_lists.use({})
        brings()
        assert code_lists.code_list("services").label("shower", "es") == "Ducha"
        assert [code.code for code in codes_of(desk, "services")][-1] == "shower"
    code_lists.use({})


def test_whoever_was_disabled_and_what_was_revoked_is_so_at_the_other_post(
    operation: Operation, other: OtherPost, tmp_path: Path
) -> None:
    gone = add_staff(operation.one, "breve", "Braulio Breve", Role.REGISTRAR, PASSWORD, cost=CHEAP)
    through_the_hub(operation, other.near)
    other.near = as_staff(other.near, "breve")
    other.near = as_staff(other.near, "nueva")
    disable_staff(operation.one, gone.staff_id, "left")
    revoke(operation.one, operation.two.device.device_id, "stolen")

    through_the_hub(operation, other.near)

    with pytest.raises((UnknownStaff, StaffDisabled)):
        as_staff(other.near, "breve")
    other.near = as_staff(other.near, "nueva")
    with other.near.database.read() as unit:
        assert [one.code for one in unit.devices() if one.revoked] == ["B2"]
    carried(other.near, other.far, tmp_path / "stick")
    with other.far.database.read() as unit:
        assert [one.code for one in unit.devices() if one.revoked] == ["B2"]


def test_once_the_whole_log_comes_nothing_is_held_ahead_of_it(
    operation: Operation, other: OtherPost, tmp_path: Path
) -> None:
    carried(operation.one, other.near, tmp_path / "stick")

    with other.near.database.read() as unit:
        left = unit.connection.exec_driver_sql("SELECT count(*) FROM ahead WHERE device = ?", (
            operation.one.device.device_id.bytes,)).scalar()  # fmt: skip
    assert left == 0
    assert lines_of(other.near, operation.one) == lines_of(operation.one, operation.one) - 1  # the export itself
    assert elsewhere(other.near).waiting == 0
    assert check(other.near).ok
    other.near = as_staff(other.near, "nueva")
