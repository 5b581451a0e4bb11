"""The fold: a record is what its set of changes says, in whatever order they came."""

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.changes import Change, Kind
from fieldapp.domain.fold import fold
from fieldapp.domain.permissions import Grant, Grants
from fieldapp.domain.record import Role

SUBJECT = UUID(int=1)
STAFF = {role: UUID(int=100 + place) for place, role in enumerate(Role)}
GRANTS = Grants({staff: (Grant(0, role),) for role, staff in STAFF.items()})


def change(
    number: int, kind: str = Kind.INDIVIDUAL_EDITED, payload=None, seen=None, hlc=None, role=Role.REGISTRAR, **more
) -> Change:
    return replace(
        Change(
            UUID(int=1000 + number), UUID(int=9), 1, number, hlc or number, number, STAFF[role], str(role), str(kind),
            SUBJECT, "PSB", b"", {field: tuple(UUID(int=1000 + n) for n in ids) for field, ids in (seen or {}).items()},
            b"", payload or {},
        ),
        **more,
    )  # fmt: skip


def registered(number: int = 1, **fields: object) -> Change:
    return change(number, Kind.INDIVIDUAL_REGISTERED, {"fields": {"surnames": "Luna", **fields}})


def edit(number: int, surnames: str, seen: list[int], **more) -> Change:
    return change(number, payload={"fields": {"surnames": surnames}}, seen={"surnames": seen}, **more)


def surnames(*changes: Change) -> list[object]:
    state = fold(SUBJECT, changes, GRANTS).fields.get("surnames")
    return [sibling.value for sibling in state.values] if state else []


def test_a_write_replaces_what_its_writer_had_seen() -> None:
    assert surnames(registered(), edit(2, "Mora", [1])) == ["Mora"]


def test_what_its_writer_had_not_seen_stays_beside_it_latest_first() -> None:
    assert surnames(registered(), edit(2, "Mora", [1]), edit(3, "Paz", [1])) == ["Paz", "Mora"]


def test_what_was_seen_counts_even_when_the_clock_says_otherwise() -> None:
    # The second writer's clock ran behind, yet had seen the first.
    assert surnames(registered(), edit(2, "Mora", [1], hlc=900), edit(3, "Paz", [2], hlc=50)) == ["Paz"]


def test_a_change_by_somebody_without_the_role_of_its_time_is_no_part() -> None:
    late = Grants({STAFF[Role.REGISTRAR]: (Grant(5, Role.REGISTRAR), Grant(20, None))})
    changes = [registered(6), edit(7, "Mora", [6]), edit(30, "Paz", [7]), edit(8, "Gil", [7], role=Role.SUPERVISOR)]

    assert fold(SUBJECT, changes, late).value("surnames") == "Mora"


def test_needs_are_add_wins() -> None:
    def need(number: int) -> Change:
        return change(number, Kind.NEED_RECORDED, {"code": "PG"})

    removal = change(4, Kind.NEED_REMOVED, {"code": "PG"}, {"need:PG": [2]})

    assert fold(SUBJECT, [registered(), need(2), removal], GRANTS).needs == ()
    assert [n.code for n in fold(SUBJECT, [registered(), need(2), need(3), removal], GRANTS).needs] == ["PG"]


def test_movements_come_in_the_order_in_which_they_were_seen() -> None:
    left = change(3, Kind.MOVEMENT_RECORDED, {"kind": "departure"}, hlc=900)
    back = change(4, Kind.MOVEMENT_RECORDED, {"kind": "arrival"}, {"movement": [3]}, hlc=50)

    assert [m.kind for m in fold(SUBJECT, [registered(), back, left], GRANTS).movements] == ["departure", "arrival"]


def test_an_unknown_kind_or_a_newer_version_is_marked_and_not_folded() -> None:
    newer = replace(edit(2, "Mora", [1]), version=2, payload=None)
    unknown = change(3, "individual.cloned", {"fields": {"surnames": "X"}})

    for state in (fold(SUBJECT, [registered(), newer], GRANTS), fold(SUBJECT, [registered(), unknown], GRANTS)):
        assert state.needs_update
        assert state.value("surnames") == "Luna"


def test_only_the_root_key_orders_an_erasure() -> None:
    order = change(2, Kind.ERASURE_ORDERED, {"ground": "request"}, role=Role.ADMINISTRATOR)

    assert not fold(SUBJECT, [registered(), order], GRANTS).erased
    assert fold(SUBJECT, [registered(), replace(order, root_signed=True)], GRANTS).erased


NUMBERS = st.integers(1, 12)
SOME_SEEN = st.lists(NUMBERS, max_size=3)


@st.composite
def any_change(draw: st.DrawFn, number: int) -> Change:
    role = draw(st.sampled_from(list(Role)))
    hlc = draw(st.integers(1, 40))
    match draw(st.sampled_from(["edit", "edit", "need", "unneed", "move", "erase", "unknown", "register"])):
        case "edit":
            return edit(number, draw(st.sampled_from("ABC")), draw(SOME_SEEN), hlc=hlc, role=role)
        case "need":
            payload = {"code": draw(st.sampled_from(["PG", "CR-AF"])), "protection": draw(st.booleans())}
            return change(number, Kind.NEED_RECORDED, payload, hlc=hlc, role=role)
        case "unneed":
            payload = {"code": "PG", "reason": draw(st.sampled_from(["", "why"]))}
            return change(number, Kind.NEED_REMOVED, payload, {"need:PG": draw(SOME_SEEN)}, hlc, role)
        case "move":
            payload = {"kind": draw(st.sampled_from(["arrival", "departure"]))}
            return change(number, Kind.MOVEMENT_RECORDED, payload, {"movement": draw(SOME_SEEN)}, hlc, role)
        case "erase":
            return change(
                number, Kind.ERASURE_ORDERED, {"g": 1}, hlc=hlc, role=role, root_signed=draw(st.integers(0, 9)) == 0
            )
        case "register":
            return replace(registered(number), hlc=hlc)
        case _:
            return change(number, "group.teleported", {"fields": {"surnames": "Z"}}, hlc=hlc, role=role)


@st.composite
def shuffled_sets(draw: st.DrawFn) -> tuple[list[Change], list[Change]]:
    changes = [draw(any_change(number)) for number in range(1, draw(st.integers(2, 12)))]
    others = draw(st.permutations(changes))
    return changes, others + draw(st.lists(st.sampled_from(changes), max_size=3))


@given(shuffled_sets())
def test_order_and_repetition_do_not_matter(sets: tuple[list[Change], list[Change]]) -> None:
    one, other = sets

    assert fold(SUBJECT, one, GRANTS) == fold(SUBJECT, other, GRANTS)


@given(shuffled_sets())
def test_no_value_vanishes_unless_its_replacer_had_seen_it_or_it_was_erased(sets) -> None:
    changes, _ = sets
    state = fold(SUBJECT, changes, GRANTS)
    if state.erased:
        return
    valid = [c for c in changes if c.is_understood and GRANTS.allow(c) and "fields" in (c.payload or {})]
    shown = {s.change_id for s in state.fields["surnames"].values} if "surnames" in state.fields else set()
    for gone in {c.change_id for c in valid} - shown:
        assert any(gone in c.seen.get("surnames", ()) for c in valid)


@given(shuffled_sets(), NUMBERS)
def test_an_erasure_absorbs_whatever_comes_before_or_after(sets, number: int) -> None:
    changes, _ = sets
    order = change(number + 50, Kind.ERASURE_ORDERED, {"g": 1}, role=Role.ADMINISTRATOR, root_signed=True)

    state = fold(SUBJECT, [*changes, order], GRANTS)

    assert (state.erased, state.fields, state.needs, state.movements) == (True, {}, (), ())
