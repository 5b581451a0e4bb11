"""The access file survives damage, crashes and newer programs, and gives away nothing but short names."""

import json
import os
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.domain.problems import EnvironmentProblem, Problem
from fieldapp.trust import access_file, safe_files, sealing
from fieldapp.trust.access import MOST_REFUSED_KEPT, Access, AccessDamaged, AccessTooNew, from_json, to_json
from fieldapp.trust.passwords import Cost
from fieldapp.trust.slots import RECOVERY_OWNER, new_slot, open_slot
from fieldapp.trust.tries import Tries

CHEAP = Cost(memory_kib=8, passes=1)
KEY = bytes(range(32))


def _access() -> Access:
    slots = (new_slot(UUID(int=1), "rosa", "uno", CHEAP), new_slot(UUID(int=2), "ana", "dos", CHEAP))
    recovery = new_slot(RECOVERY_OWNER, "", "recovery", CHEAP)
    _, receive = sealing.new_identity()
    access = Access(slots, recovery, False, (), sealing.seal(b"root", [recovery.public_key]), receive)
    return access.sealed_for_all([KEY]).with_tries(slots[0], Tries(3, 1_790_000_000_000))


ACCESS = _access()
CONTENT = to_json(ACCESS)


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    access_file.save(tmp_path, ACCESS)

    assert access_file.load(tmp_path) == ACCESS


def test_the_file_is_for_its_owner_only_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        access_file.save(tmp_path, ACCESS)
    finally:
        os.umask(before)

    assert (tmp_path / "access.json").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["access.json"]


def test_every_slot_and_the_recovery_key_open_the_register() -> None:
    for slot, secret in (*zip(ACCESS.slots, ("uno", "dos"), strict=True), (ACCESS.recovery, "recovery")):
        assert sealing.unseal(ACCESS.database_keys[0], open_slot(slot, secret)) == KEY


def test_short_names_are_found_in_any_case() -> None:
    assert ACCESS.slot_of(" ROSA ") is ACCESS.slots[0]
    assert ACCESS.slot_of("nobody") is None


def test_a_damaged_file_falls_back_to_the_copy_before(tmp_path: Path) -> None:
    access_file.save(tmp_path, ACCESS)
    access_file.save(tmp_path, ACCESS.with_tries(ACCESS.slots[1], Tries(1, 5)))
    (tmp_path / "access.json").write_bytes(CONTENT[: len(CONTENT) // 2])

    assert access_file.load(tmp_path) == ACCESS


def test_a_damaged_file_never_becomes_the_copy(tmp_path: Path) -> None:
    access_file.save(tmp_path, ACCESS)
    access_file.save(tmp_path, ACCESS)
    (tmp_path / "access.json").write_bytes(b"{}")
    access_file.save(tmp_path, access_file.load(tmp_path))

    assert from_json((tmp_path / "access.json.previous").read_bytes()) == ACCESS


def test_a_slot_that_is_to_be_forgotten_stays_in_neither_copy(tmp_path: Path) -> None:
    access_file.save(tmp_path, ACCESS)
    access_file.save(tmp_path, ACCESS)
    access_file.save(tmp_path, ACCESS.with_slots(ACCESS.slots[:1]), forget_previous=True)

    for path in tmp_path.iterdir():
        assert b'"ana"' not in path.read_bytes()


def test_a_folder_without_one_says_so(tmp_path: Path) -> None:
    assert not access_file.exists(tmp_path)
    with pytest.raises(access_file.AccessMissing):
        access_file.load(tmp_path)


def test_a_newer_programs_file_is_refused_in_words_and_not_bypassed_by_the_old_copy(tmp_path: Path) -> None:
    access_file.save(tmp_path, ACCESS)
    access_file.save(tmp_path, ACCESS)
    newer = json.loads(CONTENT) | {"version": 2}
    (tmp_path / "access.json").write_text(json.dumps(newer))

    with pytest.raises(AccessTooNew):
        access_file.load(tmp_path)


@settings(deadline=None, max_examples=300)
@given(data=st.data())
def test_any_flipped_bit_is_noticed_or_changes_nothing(data: st.DataObject) -> None:
    content = bytearray(CONTENT)
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    try:
        assert from_json(bytes(content)) == ACCESS  # white space
    except (AccessDamaged, AccessTooNew):
        pass


@settings(deadline=None, max_examples=100)
@given(st.integers(0, len(CONTENT) - 1))
def test_any_truncated_file_is_damaged(length: int) -> None:
    with pytest.raises(AccessDamaged):
        from_json(CONTENT[:length])


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["version", "checksum", "access", "slots"]), inner, max_size=4)
        ),
    )
)
def test_any_other_json_is_a_problem_in_words(content: object) -> None:
    with pytest.raises(Problem):
        from_json(json.dumps(content).encode())


def test_deep_nesting_is_damage_too() -> None:
    with pytest.raises(AccessDamaged):
        from_json(b"[" * 100_000)


def test_a_write_that_fails_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    access_file.save(tmp_path, ACCESS)

    def pulled_stick(source: object, target: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(safe_files.os, "replace", pulled_stick)
    with pytest.raises(EnvironmentProblem):
        access_file.save(tmp_path, ACCESS.with_slots(()), forget_previous=True)

    assert access_file.load(tmp_path) == ACCESS
    assert [path.name for path in tmp_path.iterdir()] == ["access.json"]


def test_what_the_system_refuses_is_told_with_the_path(tmp_path: Path) -> None:
    with pytest.raises(safe_files.FileProblem) as caught:
        access_file.save(tmp_path / "gone", ACCESS)
    assert caught.value.code == "path_missing"

    (tmp_path / "file").touch()
    with pytest.raises(safe_files.FileProblem) as caught:
        safe_files.make_private_folder(tmp_path / "file")
    assert caught.value.code == "not_a_folder"


def test_refused_sign_ins_are_kept_up_to_a_limit_and_counted_beyond_it() -> None:
    access = ACCESS
    for _ in range(MOST_REFUSED_KEPT + 3):
        access = access.with_refusal(b"sealed")

    assert len(access.refused) == MOST_REFUSED_KEPT
    assert access.refused_count == MOST_REFUSED_KEPT + 3
