"""What goes wrong around a stick: full, locked, pulled, of somebody else, of a newer program. Each is said, nothing is lost."""

import errno
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from fieldapp.domain.problems import EnvironmentProblem
from fieldapp.exchange import bundle
from fieldapp.exchange.bundle import Header, pack
from fieldapp.i18n import language
from fieldapp.services import bundles
from fieldapp.services.bundles import export_bundles, import_bundles, import_in_steps, read_bundle
from fieldapp.services.check import check
from fieldapp.services.desk import Desk
from fieldapp.services.elsewhere import elsewhere
from fieldapp.services.enrol import certify_laptop, join, request_enrolment
from fieldapp.services.find import PeopleQuery, count_individuals
from fieldapp.services.register import register_group
from fieldapp.services.sign_in import sign_in
from fieldapp.trust.signing import SigningKey
from fieldapp.words import say
from tests.desks import family
from tests.laptops import PASSWORD, STAFF, enrolled, two_laptops
from tests.services.disks import Disk, disk, stick_of


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    with two_laptops(tmp_path) as both:
        yield both


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Disk]:
    with disk(tmp_path / "stick", "128k") as mounted:
        yield mounted


@pytest.fixture
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few families need several files."""
    monkeypatch.setattr(bundle, "MOST_INSIDE", 4000)


def people(desk: Desk) -> int:
    return count_individuals(desk, PeopleQuery())


def said(problem: EnvironmentProblem) -> str:
    return say(language("en"), problem.code, **problem.values)


def test_a_full_stick_is_told_and_what_was_written_whole_counts(laptops, stick: Disk, tmp_path: Path) -> None:
    one, other = laptops
    for _ in range(3):
        register_group(one, family())
    (stick.folder / "holiday.jpg").write_bytes(bytes(124 * 1024))

    with pytest.raises(EnvironmentProblem) as problem:
        export_bundles(one, stick.folder)

    assert "no room left" in said(problem.value)
    assert [path.name for path in stick.folder.iterdir()] == ["holiday.jpg"]
    assert elsewhere(one).records == 12
    (stick.folder / "holiday.jpg").unlink()
    export_bundles(one, stick.folder)
    import_bundles(other, [stick.folder])
    assert people(other) == 12


def test_a_locked_stick_is_told(laptops, stick: Disk) -> None:
    one, _other = laptops
    register_group(one, family())
    stick.remount("ro")
    with pytest.raises(EnvironmentProblem) as problem:
        export_bundles(one, stick.folder)
    assert "switch on the stick" in said(problem.value)
    assert list(stick.folder.iterdir()) == []


@pytest.mark.usefixtures("small_files")
def test_a_stick_pulled_while_it_is_written_loses_nothing(laptops, stick: Disk, tmp_path: Path) -> None:
    one, other = laptops
    for _ in range(3):
        register_group(one, family())

    def pull(done: int, _whole: int) -> None:
        if done and stick.is_in:
            stick.pull()

    with pytest.raises(EnvironmentProblem) as problem:
        export_bundles(one, stick.folder, pull)

    assert "is gone" in said(problem.value)
    assert elsewhere(one).records == 12
    (tmp_path / "another").mkdir()
    export_bundles(one, tmp_path / "another")
    import_bundles(other, [tmp_path / "another"])
    assert people(other) == 12
    assert check(other).ok


@pytest.mark.usefixtures("small_files")
def test_a_stick_pulled_while_it_is_read_leaves_what_was_taken_and_the_rest_for_later(
    laptops, stick: Disk, tmp_path: Path
) -> None:
    one, other = laptops
    for _ in range(3):
        register_group(one, family())
    export_bundles(one, stick.folder)
    kept = tmp_path / "kept"
    kept.mkdir()
    for path in stick.folder.iterdir():
        (kept / path.name).write_bytes(path.read_bytes())

    def pull(_done: int, _whole: int) -> None:
        if stick.is_in:
            stick.pull()

    with pytest.raises(EnvironmentProblem):
        import_bundles(other, [stick.folder], pull)

    assert check(other).ok
    import_bundles(other, [kept])
    assert people(other) == 12
    assert check(other).ok


@pytest.mark.parametrize("refusal", [errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_file_system_that_knows_no_owners_takes_bundles(
    laptops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusal: int
) -> None:
    """What systems answer on FAT, whose files cannot be made private; the bundle is sealed, so nothing depends on it."""
    one, _other = laptops
    folder, right = tmp_path / "fat", Path.chmod
    folder.mkdir()

    def refused(self: Path, mode: int) -> None:
        if self.is_relative_to(folder):
            raise OSError(refusal, os.strerror(refusal))
        right(self, mode)

    monkeypatch.setattr(Path, "chmod", refused)
    assert export_bundles(one, folder).files


@pytest.mark.usefixtures("small_files")
@pytest.mark.parametrize("kind", ["vfat", "exfat"])
def test_a_stick_as_they_are_sold_is_pulled_while_it_is_written_and_plugged_in_again(
    laptops, tmp_path: Path, kind: str
) -> None:
    one, other = laptops
    for _ in range(3):
        register_group(one, family())
    with stick_of(kind, tmp_path) as stick:

        def pull(done: int, _whole: int) -> None:
            if done:
                stick.pull()

        with pytest.raises(EnvironmentProblem) as problem:
            export_bundles(one, stick.folder, pull)
        assert "is gone" in said(problem.value)
        assert elsewhere(one).records == 12
        with pytest.raises(EnvironmentProblem) as problem:
            import_bundles(other, [stick.folder])
        assert "not there" in said(problem.value)

        stick.plug_in()
        assert import_bundles(other, [stick.folder]).refused == [], "a file that is there is whole"
        export_bundles(one, stick.folder)
        import_bundles(other, [stick.folder])
    assert people(other) == 12
    assert check(other).ok


def test_a_full_disk_of_the_laptop_takes_a_file_whole_or_not_at_all(laptops, tmp_path: Path) -> None:
    one, _other = laptops
    with disk(tmp_path / "small", "3m") as small:
        third = enrolled(one, small.folder / "third", "C3", tmp_path / "enrolment")
        for _ in range(60):
            register_group(one, family())
        (tmp_path / "stick").mkdir()
        export_bundles(one, tmp_path / "stick")
        ballast = small.folder / "ballast"
        while True:
            try:
                with ballast.open("ab") as file:
                    file.write(bytes(16 * 1024))
            except OSError:
                break
        before = people(third)

        with pytest.raises(EnvironmentProblem) as problem:
            import_bundles(third, [tmp_path / "stick"])

        assert "disk is full" in said(problem.value)
        third.close()
        ballast.unlink()
        small.remount("size=32m")
        third = sign_in(small.folder / "third", STAFF, PASSWORD, clock=one.clock, random_bytes=one.random_bytes)
        assert people(third) == before
        import_bundles(third, [tmp_path / "stick"])
        assert people(third) == 240
        assert check(third).ok
        third.close()


def test_a_bundle_of_another_operation_is_refused_by_name(laptops, tmp_path: Path) -> None:
    one, _other = laptops
    header = Header(UUID(int=7), one.device.device_id, 1, one.now_ms())
    path = tmp_path / "foreign.bundle"
    path.write_bytes(pack(header, [], [], one.sign_key, [one.device.receive_public]))
    ((_path, problem),) = import_bundles(one, [path]).refused
    assert say(language("en"), problem.code, **problem.values) == (
        "foreign.bundle belongs to another operation. Nothing was taken from it."
    )


def test_a_bundle_of_a_laptop_that_nobody_enrolled_is_refused(laptops, tmp_path: Path) -> None:
    one, _other = laptops
    header = Header(one.operation.operation_id, UUID(int=9), 1, one.now_ms())
    stranger = SigningKey.generate(random.Random(9).randbytes)
    path = tmp_path / "strange.bundle"
    path.write_bytes(pack(header, [], [], stranger, [one.device.receive_public]))
    ((_path, problem),) = import_bundles(one, [path]).refused
    assert problem.code == "bundle_unknown_device"


def test_a_bundle_of_a_newer_program_says_that_this_one_needs_an_update(
    laptops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = laptops
    register_group(one, family())
    monkeypatch.setattr(bundle, "BUNDLE_VERSION", 2)
    (path,) = export_bundles(one, tmp_path).files
    monkeypatch.setattr(bundle, "BUNDLE_VERSION", 1)
    ((_path, problem),) = import_bundles(other, [path]).refused
    assert "newer version" in say(language("en"), problem.code, **problem.values)
    monkeypatch.setattr(bundle, "BUNDLE_VERSION", 2)
    assert not import_bundles(other, [path]).refused
    assert people(other) == 4


def test_a_bundle_that_somebody_signed_again_is_damaged(laptops, tmp_path: Path) -> None:
    one, other = laptops
    register_group(one, family())
    (path,) = export_bundles(one, tmp_path).files
    read = read_bundle(path, one.receive_identity)
    forged = tmp_path / "forged.bundle"
    header = replace(read.header, made_at_ms=read.header.made_at_ms + 1)
    key = SigningKey.generate(random.Random(9).randbytes)
    forged.write_bytes(pack(header, read.control, read.changes, key, [other.device.receive_public]))
    ((_path, problem),) = import_bundles(other, [forged]).refused
    assert problem.code == "bundle_damaged"
    assert people(other) == 0


def test_a_stick_that_was_to_other_laptops_enrols_a_new_one_all_the_same(laptops, tmp_path: Path) -> None:
    one, other = laptops
    register_group(one, family())
    stick = tmp_path / "stick"
    stick.mkdir()
    export_bundles(one, stick)
    export_bundles(other, stick)
    (stick / "half.bundle").write_bytes(next(stick.glob("*.bundle")).read_bytes()[:300])
    folder, clock = tmp_path / "third", one.clock
    request = request_enrolment(folder, None, "C3", "PSB", "", clock=clock, random_bytes=one.random_bytes)
    certify_laptop(one, request, stick)

    join(folder, stick, clock=clock)

    third = sign_in(folder, STAFF, PASSWORD, clock=clock, random_bytes=one.random_bytes)
    assert people(third) == 4
    third.close()


def a_file_of(desk: Desk, families: int, folder: Path) -> Path:
    """Register families, and return the one file that they are exported to."""
    for _ in range(families):
        register_group(desk, family())
    folder.mkdir()
    (file,) = export_bundles(desk, folder).files
    return file


def test_a_large_file_is_taken_in_by_short_steps_between_which_a_save_goes(
    laptops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "_AT_ONCE", 4)
    one, other = laptops
    file = a_file_of(one, 5, tmp_path / "large")

    steps = import_in_steps(other, file)
    next(steps)
    register_group(other, family())
    assert 4 <= people(other) < 24
    *_, taken = steps

    assert people(other) == 24
    assert not taken.waiting
    assert check(other).ok


def test_a_large_file_broken_off_between_two_steps_is_taken_in_whole_the_next_time(
    laptops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "_AT_ONCE", 4)
    one, other = laptops
    file = a_file_of(one, 3, tmp_path / "large")
    next(import_in_steps(other, file))
    assert check(other).ok

    import_bundles(other, [file])

    assert people(other) == 12
    assert check(other).ok


def test_the_files_of_a_stick_are_read_in_the_order_of_the_log(laptops, small_files: None, tmp_path: Path) -> None:
    """Otherwise the changes of all files but the last could wait, and be judged again with each."""
    one, other = laptops
    for _ in range(4):
        register_group(one, family())
    (tmp_path / "stick").mkdir()
    files = export_bundles(one, tmp_path / "stick").files
    assert len(files) > 2
    assert list(bundles.bundle_files([tmp_path / "stick"])) == list(files)
    for file in files:
        assert not import_bundles(other, [file]).waiting
