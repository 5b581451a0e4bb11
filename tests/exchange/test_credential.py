"""A slip's code: other readers verify it, every name comes back, and no changed code is ever accepted."""

import gc
import random
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import base45  # type: ignore[import-untyped]
import cbor2
import claim169
import pytest
import qrcode
from hypothesis import given, settings
from hypothesis import strategies as st
from qrcode.constants import ERROR_CORRECT_M

from fieldapp.domain.birth import Birth, BirthQuality
from fieldapp.domain.record import Sex
from fieldapp.domain.slip import SlipContent, SlipMember, Verdict
from fieldapp.exchange.claims import RELATIONSHIPS, as_told
from fieldapp.exchange.compression import compress, decompress
from fieldapp.exchange.credential import LARGEST_CREDENTIAL, IssuerKey, encode_credential, read_credential
from fieldapp.trust.signing import SigningKey
from tests.exchange.slips import ARRIVED, FAMILY, ISSUER, KEY, KID, MARIA, ORGANISATION, slip

GOLDEN = Path(__file__).parent / "golden"
CASES = {
    "one_person": slip(),
    "family_of_eight": slip(*FAMILY),
    "larger_than_its_members": slip(*FAMILY[:3], group_size=11, language="en"),
    "several_codes": slip(*FAMILY, *(replace(FAMILY[3], ordinal=ordinal) for ordinal in range(9, 13))),
    "nothing_known": slip(SlipMember(1, "X", "", Sex.UNKNOWN, Birth(), "HEAD")),
}


def encode(content: SlipContent) -> tuple[str, ...]:
    return encode_credential(content, KEY.sign, KID, content.organisation)


def version(text: str) -> int:
    """Return the version of the QR code that holds a text at level M."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M)
    code.add_data(text.encode(), optimize=0)
    return int(code.best_fit())


@pytest.mark.parametrize("name", CASES)
def test_a_code_never_changes(name: str) -> None:
    """Slips in people's pockets must stay readable: a new golden file means a new table version."""
    assert encode(CASES[name]) == tuple((GOLDEN / f"{name}.txt").read_text("ascii").rstrip("\n").split("\n"))


@pytest.mark.parametrize("name", CASES)
def test_another_reader_decodes_it_as_verified(name: str) -> None:
    content = CASES[name]
    for text in encode(content):
        result = claim169.decode(text, verify_with_ed25519=KEY.public_bytes)
        assert result.verification_status == "verified"
        assert result.key_id == KID
        assert result.detected_compression == "zlib"
        assert result.claim169.id == content.number
        assert result.claim169.full_name == f"{content.members[0].given_names} {content.members[0].surnames}".strip()
        assert result.claim169.location_code == "PSB"
        assert result.cwt_meta.issuer == ORGANISATION
        assert result.cwt_meta.issued_at == content.issued_at_ms // 1000


def test_another_readers_key_does_not_verify_it() -> None:
    with pytest.raises(claim169.SignatureError):
        claim169.decode(encode(slip())[0], verify_with_ed25519=SigningKey.from_bytes(bytes(32)).public_bytes)


def test_one_person_fits_version_12_and_eight_with_full_names_version_17() -> None:
    assert [version(text) for text in encode(slip())] == [12]
    assert [version(text) <= 17 for text in encode(slip(*FAMILY))] == [True]


def test_the_message_is_tagged_as_cose_sign1_only_in_a_fixed_huffman_block() -> None:
    packed = base45.b45decode(encode(slip())[0])
    assert packed[2] & 0b111 == 0b011
    assert zlib.decompress(packed)[:2] == b"\xd2\x84"


def test_one_scan_gives_the_family_back() -> None:
    reading = read_credential(encode(slip(*FAMILY))[0], [ISSUER])
    assert reading.verdict is Verdict.VALID
    assert reading.members == tuple(as_told(member, ARRIVED) for member in FAMILY)
    assert reading.members[0] == MARIA
    assert (reading.kid, reading.issuer) == ("A7", "A7")
    assert (reading.number, reading.post, reading.country) == ("PSB-A7-00042-K", "PSB", "COL")
    assert (reading.slip_id, reading.group_id) == (slip().slip_id, slip().group_id)
    assert (reading.group_size, reading.arrived_on) == (8, ARRIVED)
    assert reading.issued_at_ms == 1_767_620_460_000


def test_a_scanners_line_end_does_not_matter() -> None:
    assert read_credential(encode(slip())[0] + "\r\n", [ISSUER]).verdict is Verdict.VALID


def test_a_large_family_gets_more_codes_that_each_stand_on_their_own() -> None:
    members = tuple(
        SlipMember(n, f"Nombre {n}", "Rivas", Sex.MALE, Birth(BirthQuality.YEAR, 1950 + n), "OTHER" if n > 1 else "HEAD", "VEN")
        for n in range(1, 21)
    )  # fmt: skip
    readings = [read_credential(text, [ISSUER]) for text in encode(slip(*members))]
    assert len(readings) == 3
    assert {reading.group_id for reading in readings} == {slip().group_id}
    assert all(reading.members[0] == members[0] and reading.group_size == 20 for reading in readings)
    found = {member.ordinal: member for reading in readings for member in reading.members}
    assert tuple(found[n] for n in sorted(found)) == members


def test_very_long_names_take_more_codes_rather_than_a_denser_one() -> None:
    members = [
        replace(member, given_names=f"{member.given_names} " + chr(0x5D0 + n) * 60) for n, member in enumerate(FAMILY)
    ]
    texts = encode(slip(*members))
    assert len(texts) > 1
    assert all(version(text) <= 17 for text in texts)


ANY_NAME = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
MEMBER = st.builds(
    SlipMember,
    ordinal=st.just(1),
    given_names=ANY_NAME,
    surnames=ANY_NAME,
    sex=st.sampled_from(Sex),
    birth=st.one_of(
        st.just(Birth()),
        st.dates(min_value=ARRIVED.replace(year=1906), max_value=ARRIVED).map(Birth.exact),
        st.integers(1906, 2026).map(lambda year: Birth(BirthQuality.YEAR, year)),
        st.tuples(st.integers(1906, 2025), st.integers(1, 12)).map(lambda pair: Birth(BirthQuality.YEAR_MONTH, *pair)),
        st.integers(0, 120).map(lambda age: Birth(BirthQuality.AGE, age=age, stated_on=ARRIVED)),
    ),
    relationship=st.sampled_from(RELATIONSHIPS) | st.just("PADRINO"),
    nationality=st.sampled_from(["VEN", "COL", "XXA", ""]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(MEMBER, min_size=1, max_size=20))
def test_names_in_any_script_of_one_to_twenty_members_come_back(drawn: list[SlipMember]) -> None:
    members = tuple(
        replace(member, ordinal=n, relationship="HEAD" if n == 1 else member.relationship)
        for n, member in enumerate(drawn, 1)
    )
    found: dict[int, SlipMember] = {}
    for text in encode(slip(*members)):
        reading = read_credential(text, [ISSUER])
        assert reading.verdict is Verdict.VALID
        found |= {member.ordinal: member for member in reading.members}
    assert tuple(found[n] for n in sorted(found)) == tuple(as_told(member, ARRIVED) for member in members)


# What a reader can answer ----------------------------------------------------------------------------------------


def test_an_issuer_that_is_not_known_is_said_so_and_the_content_is_shown() -> None:
    reading = read_credential(encode(slip())[0], [IssuerKey(b"B2", KEY.public_bytes)])
    assert reading.verdict is Verdict.ISSUER_UNKNOWN
    assert reading.full_name == "María Fernanda Rodríguez de la Cruz"
    assert reading.issuer == ORGANISATION


def test_an_issuer_not_yet_confirmed_and_a_revoked_one_are_told_apart() -> None:
    text = encode(slip())[0]
    assert read_credential(text, [replace(ISSUER, confirmed=False)]).verdict is Verdict.ISSUER_UNCONFIRMED
    assert read_credential(text, [replace(ISSUER, revoked=True)]).verdict is Verdict.ISSUER_REVOKED


def test_a_known_key_id_with_another_key_is_altered() -> None:
    stranger = IssuerKey(KID, SigningKey.from_bytes(bytes(32)).public_bytes)
    text = encode(slip())[0]
    assert read_credential(text, [stranger]).verdict is Verdict.ALTERED
    assert read_credential(text, [stranger, ISSUER]).verdict is Verdict.VALID


def test_a_code_with_one_character_changed_is_altered() -> None:
    text = encode(slip())[0]
    assert (
        read_credential(text[:200] + ("A" if text[200] != "A" else "B") + text[201:], [ISSUER]).verdict
        is Verdict.ALTERED
    )
    assert read_credential(text[:150], [ISSUER]).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    "text",
    ["", " ", "hola", "https://example.org/?id=7", "HC1:NCFOXN%TS3DH", "0" * 5000, "ñandú", "🦜", "ABC", "\x00", "V12345678",
     "محمد"],
)  # fmt: skip
def test_what_never_was_a_slip_is_told_so(text: str) -> None:
    assert read_credential(text, [ISSUER]).verdict is Verdict.NOT_A_SLIP


def resigned(change: Callable[[dict[int, object]], object]) -> str:
    """Return a code whose claims were changed and signed again with the good key."""
    _, _, payload, _ = cbor2.loads(decompress(base45.b45decode(encode(slip())[0]), 9000)).value
    claims = cbor2.loads(payload)
    change(claims)
    return signed(cbor2.dumps(claims))


def signed(payload: bytes, protected: bytes = cbor2.dumps({1: -8, 4: KID}), unprotected: object = None) -> str:
    signature = KEY.sign(cbor2.dumps(["Signature1", protected, b"", payload]))
    message = cbor2.dumps(cbor2.CBORTag(18, [protected, unprotected or {}, payload, signature]))
    return str(base45.b45encode(compress(message)).decode())


def test_a_code_signed_by_hand_is_read() -> None:
    assert read_credential(resigned(lambda claims: None), [ISSUER]).verdict is Verdict.VALID


def deep(levels: int) -> object:
    return [deep(levels - 1)] if levels else 0


@pytest.mark.parametrize(
    "change",
    [
        lambda claims: claims.pop(169),
        lambda claims: claims.update({169: "María"}),
        lambda claims: claims.update({169: cbor2.CBORTag(100, 1)}),
        lambda claims: claims[169].update({8: 1.5}),
        lambda claims: claims[169].update({8: cbor2.CBORTag(1, 600_000_000)}),
        lambda claims: claims[169].update({26: float("nan")}),
        lambda claims: claims[169].update({26: 2**70}),
        lambda claims: claims[169].update({30: deep(20)}),
        lambda claims: claims[169].update({30: [["a", "b", 1, None, 3]] * 150}),
        lambda claims: claims.update({6: "yesterday"}),
        lambda claims: claims.update({6: -5}),
        lambda claims: claims.update({1: 7}),
    ],
)
def test_well_signed_nonsense_is_not_a_slip_and_raises_nothing(change: Callable[[dict[int, object]], object]) -> None:
    assert read_credential(resigned(change), [ISSUER]).verdict is Verdict.NOT_A_SLIP


@pytest.mark.parametrize(
    "payload", [b"", b"\x80", b"\xff", b"\x9b" + b"\xff" * 8, b"\x81" * 5000 + b"\x01", b"\xbf" * 300, b"\xc5\x82\x1b\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x01"]
)  # fmt: skip
def test_payloads_that_are_traps_for_a_decoder(payload: bytes) -> None:
    assert read_credential(signed(payload), [ISSUER]).verdict is Verdict.NOT_A_SLIP


def test_other_algorithms_and_unsigned_additions_are_not_accepted() -> None:
    _, _, payload, _ = cbor2.loads(decompress(base45.b45decode(encode(slip())[0]), 9000)).value
    assert read_credential(signed(payload, cbor2.dumps({1: -7, 4: KID})), [ISSUER]).verdict is Verdict.NOT_A_SLIP
    assert read_credential(signed(payload, unprotected={99: "more"}), [ISSUER]).verdict is Verdict.ALTERED


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = base45.b45encode(zlib.compress(bytes(1_000_000), 9)).decode()
    assert len(bomb) < 4296
    assert read_credential(bomb, [ISSUER]).verdict is Verdict.ALTERED


def test_a_credential_of_another_maker_is_read() -> None:
    """As `claim169` writes them: key id outside the signed header or nowhere, a date with hyphens."""
    data = claim169.Claim169Input(id="ID-12345", full_name="Jean Baptiste Pierre")
    data.date_of_birth = "1990-05-01"
    data.gender = 1
    meta = claim169.CwtMetaInput(issuer="https://id.example.org")
    text = claim169.encode_with_ed25519(data, meta, KEY.private_bytes())
    reading = read_credential(text, [IssuerKey(b"", KEY.public_bytes, "Example")])
    assert reading.verdict is Verdict.VALID
    assert (reading.number, reading.full_name, reading.group_id) == ("ID-12345", "Jean Baptiste Pierre", None)
    assert reading.members[0].sex is Sex.MALE


# Twenty thousand changed codes -----------------------------------------------------------------------------------

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:ñabc"


def test_no_changed_code_is_ever_accepted_and_none_raises() -> None:
    chance = random.Random(7)
    texts = [text for content in CASES.values() for text in encode(content)]
    messages = [decompress(base45.b45decode(text), 9000) for text in texts]
    verdicts = dict.fromkeys(Verdict, 0)
    for round_ in range(20_000):
        which = round_ % len(texts)
        match round_ % 3:
            case 0:  # characters of the text
                changed = list(texts[which])
                for _ in range(chance.choice((1, 1, 2, 5))):
                    changed[chance.randrange(len(changed))] = chance.choice(ALPHABET)
                text = "".join(changed)
            case 1:  # bits of the packed bytes
                text = base45.b45encode(flipped(base45.b45decode(texts[which]), chance)).decode()
            case _:  # bits of the message, packed again as a forger would
                text = base45.b45encode(zlib.compress(flipped(messages[which], chance), 1)).decode()
        if text == texts[which]:
            continue
        reading = read_credential(text, [ISSUER])
        verdicts[reading.verdict] += 1
        assert reading.verdict is not Verdict.VALID, text
    assert verdicts[Verdict.ALTERED] > 10_000
    assert verdicts[Verdict.NOT_A_SLIP] > 500


def flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 3))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def test_codes_with_broken_text_leave_nothing_in_memory() -> None:
    (text,) = encode_credential(slip(*FAMILY), KEY.sign, KID, ORGANISATION)
    signed = decompress(base45.b45decode(text), LARGEST_CREDENTIAL)
    place = signed.index(FAMILY[0].given_names.split()[0].encode())
    broken = signed[:place] + b"\xff" + signed[place + 1 :]
    code = base45.b45encode(zlib.compress(broken)).decode()

    def read() -> int:
        for _ in range(20):
            assert read_credential(code, [ISSUER]).verdict is Verdict.ALTERED
        return sum(isinstance(each, UnicodeDecodeError) for each in gc.get_objects())

    assert read() == read()
