"""What slips told gives way to the record, and whoever had seen the one had seen the other."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.domain.changes import Change, Kind
from fieldapp.domain.fold import SubjectState, fold
from tests.domain.test_fold import GRANTS, SUBJECT, any_change, change, edit, registered, surnames

ISSUED_MS = 10


def told(number: int, name: str = "Luna", issued_at_ms: int = ISSUED_MS, slip: int = 1, **more) -> Change:
    payload = {
        "slip": bytes([slip]) * 16, "issued_at_ms": issued_at_ms, "number": "PSB-A7-00042-K", "named": [b"a" * 16],
        "arrival": {"kind": "arrival", "at_ms": 5, "post": "PSB"},
        "fields": {"surnames": name, "declared": 3, "complete": False, "others": []},
    }  # fmt: skip
    return change(number, Kind.GROUP_FROM_SLIP, payload, **more)


def state(*changes: Change) -> SubjectState:
    return fold(SUBJECT, changes, GRANTS)


def test_the_slip_speaks_only_until_the_record_is_here() -> None:
    assert state(told(5)).is_from_slip
    assert not state(told(5), registered()).is_from_slip
    assert surnames(told(5, "Lunna"), registered()) == ["Luna"]


def test_the_slip_issued_last_speaks_whoever_scanned_it_and_how_often() -> None:
    old, new = told(20, "Luna"), told(19, "Mora", issued_at_ms=30, slip=2)
    assert surnames(old, new, replace(new, change_id=old.change_id.__class__(int=1999), hlc=25)) == ["Mora"]
    assert len(state(old, new).slips) == 2
    assert len(state(old, new).movements) == 1


def test_a_correction_of_the_slip_replaces_what_the_slip_was_made_from() -> None:
    by_shelter = edit(20, "Mora", [15])
    assert surnames(told(15), by_shelter, registered()) == ["Mora"]
    # What was corrected before the slip was printed is on it, what was corrected later is not.
    assert surnames(told(15, "Paz"), by_shelter, registered(), edit(7, "Paz", [1])) == ["Mora"]
    assert surnames(told(15), by_shelter, registered(), edit(1200, "Paz", [1])) == ["Paz", "Mora"]


def test_whoever_left_after_the_slip_left_after_the_arrival_whatever_the_clocks_say() -> None:
    arrival = change(2, Kind.MOVEMENT_RECORDED, {"kind": "arrival"}, hlc=900)
    left = change(20, Kind.MOVEMENT_RECORDED, {"kind": "departure"}, {"movement": [15]}, hlc=50)
    kinds = [move.kind for move in state(told(15), left, arrival, registered()).movements]
    assert kinds == ["arrival", "departure"]
    assert [move.kind for move in state(told(15), left).movements] == ["arrival", "departure"]


def test_all_codes_of_a_slip_together_tell_who_is_still_to_be_named() -> None:
    first, second = told(5), told(6)
    second = replace(second, payload={**(second.payload or {}), "named": [b"a" * 16, b"b" * 16]})
    assert state(first).value("others") == [["U", "other", 2]]
    assert state(first, second).value("others") == [["U", "other", 1]]


@st.composite
def with_slips(draw: st.DrawFn) -> list[Change]:
    changes = [draw(any_change(number)) for number in range(1, draw(st.integers(1, 9)))]
    for number in range(10, 10 + draw(st.integers(1, 3))):
        changes.append(
            told(
                number, draw(st.sampled_from("ABC")), draw(st.integers(1, 40)), draw(st.integers(1, 2)),
                hlc=draw(st.integers(1, 40)),
            )
        )  # fmt: skip
    return changes


@settings(deadline=None)
@given(with_slips(), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(changes: list[Change], randomness) -> None:
    others = [*changes, *changes[:2]]
    randomness.shuffle(others)
    assert fold(SUBJECT, changes, GRANTS) == fold(SUBJECT, others, GRANTS)


@settings(deadline=None)
@given(with_slips())
def test_beside_the_record_slips_add_nothing_that_nobody_had_read_from_them(changes: list[Change]) -> None:
    slips = {one.change_id for one in changes if one.kind == Kind.GROUP_FROM_SLIP}
    read = any(one in slips for each in changes for ids in each.seen.values() for one in ids)
    alone = [one for one in changes if one.change_id not in slips]
    if not read and any(one.kind == Kind.INDIVIDUAL_REGISTERED for one in alone):
        with_them = fold(SUBJECT, changes, GRANTS)
        assert replace(with_them, slips=()) == replace(fold(SUBJECT, alone, GRANTS), slips=())


@settings(deadline=None)
@given(with_slips())
def test_a_value_goes_only_for_one_of_a_writer_who_had_seen_it(changes: list[Change]) -> None:
    shown = fold(SUBJECT, changes, GRANTS)
    if shown.registration is None:
        return
    values = {sibling.value for sibling in shown.fields["surnames"].values}
    edits = [one for one in changes if one.kind == Kind.INDIVIDUAL_EDITED and GRANTS.allow(one)]
    named = {one for each in changes for ids in each.seen.values() for one in ids}
    unseen = [one for one in edits if one.change_id not in named]
    slips = [one for one in changes if one.kind == Kind.GROUP_FROM_SLIP]
    if not any(one.change_id in named for one in slips):
        assert all((one.payload or {})["fields"]["surnames"] in values for one in unseen)
