"""A key slot opens with its password, and with nothing else."""

from dataclasses import replace
from uuid import UUID

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.trust.passwords import Cost, OutOfMemory, derive
from fieldapp.trust.sealing import CannotUnseal, new_identity, public_of, seal, unseal
from fieldapp.trust.slots import KeySlot, SlotDamaged, WrongSecret, new_slot, open_slot, wrap

CHEAP = Cost(memory_kib=8, passes=1)
OWNER = UUID("018f0000-0000-7000-8000-000000000001")
PASSWORD = "tres mangos verdes"  # noqa: S105


@pytest.fixture(scope="module")
def slot() -> KeySlot:
    return new_slot(OWNER, "rosa", PASSWORD, CHEAP)


def test_the_password_opens_the_slot_and_what_was_sealed_to_it(slot: KeySlot) -> None:
    identity = open_slot(slot, PASSWORD)

    assert public_of(identity) == slot.public_key
    assert unseal(seal(b"the register's key", [slot.public_key]), identity) == b"the register's key"


@pytest.mark.parametrize("wrong", ["", "tres mangos verde", "Tres mangos verdes", "tres mangos verdes "])
def test_another_password_does_not(slot: KeySlot, wrong: str) -> None:
    with pytest.raises(WrongSecret):
        open_slot(slot, wrong)


def test_an_accent_typed_in_two_keystrokes_is_the_same_password() -> None:
    slot = new_slot(OWNER, "rosa", "la ma\u00f1ana fr\u00eda", CHEAP)

    assert open_slot(slot, "la man\u0303ana fri\u0301a".replace("fri\u0301a", "fr\u00eda"))


def test_a_slot_of_one_person_cannot_be_passed_off_as_another_ones(slot: KeySlot) -> None:
    with pytest.raises(WrongSecret):
        open_slot(replace(slot, owner=UUID(int=7)), PASSWORD)


def test_a_slot_whose_public_half_was_exchanged_is_damaged(slot: KeySlot) -> None:
    _, other = new_identity()

    with pytest.raises(SlotDamaged):
        open_slot(replace(slot, public_key=other), PASSWORD)


def test_a_new_password_locks_the_same_key(slot: KeySlot) -> None:
    identity = open_slot(slot, PASSWORD)
    changed = replace(slot, wrapped=wrap(identity, OWNER, "nube gris con pan", CHEAP))

    assert open_slot(changed, "nube gris con pan") == identity


def test_what_it_costs_to_guess_is_kept_with_the_slot_and_has_a_limit(slot: KeySlot) -> None:
    parts = cbor2.loads(slot.wrapped)
    assert parts[1:4] == [8, 1, 1]

    parts[1] = 2**31
    with pytest.raises(SlotDamaged):
        open_slot(replace(slot, wrapped=cbor2.dumps(parts)), PASSWORD)


def test_a_laptop_without_the_memory_says_so() -> None:
    with pytest.raises(OutOfMemory):
        derive(PASSWORD, bytes(16), Cost(memory_kib=4 * 1024 * 1024 * 1024 - 8, passes=1))


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_damaged_slots_are_refused_never_crashing(slot: KeySlot, data: st.DataObject) -> None:
    wrapped = bytearray(slot.wrapped)
    place = data.draw(st.integers(0, len(wrapped) - 1))
    wrapped[place] ^= data.draw(st.integers(1, 255))
    damaged = bytes(wrapped[: data.draw(st.integers(place, len(wrapped)))])

    with pytest.raises((SlotDamaged, WrongSecret, OutOfMemory)):
        open_slot(replace(slot, wrapped=damaged), PASSWORD)


def test_only_readers_can_unseal_and_a_flipped_bit_is_noticed() -> None:
    (identity, public), (other, _) = new_identity(), new_identity()
    sealed = seal(b"secret", [public])

    with pytest.raises(CannotUnseal):
        unseal(sealed, other)
    with pytest.raises(CannotUnseal):
        unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), identity)
    with pytest.raises(CannotUnseal):
        unseal(sealed, "not a key")


def test_sealing_to_nobody_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="nobody"):
        seal(b"secret", [])
    with pytest.raises(ValueError, match="public key"):
        seal(b"secret", ["rosa"])
