"""A laptop is given the lines of its own post that it lacks, all of them; of another post only what is everybody's."""

import random
from collections.abc import Iterator
from functools import cache
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, text

from fieldapp.domain.changes import NO_PREVIOUS, Change, ChangeDraft, Kind
from fieldapp.domain.record import Role
from fieldapp.exchange.bundle import CONTROL_KINDS, unpack
from fieldapp.hub import deliver as delivering
from fieldapp.hub.deliver import Held, deliver
from fieldapp.hub.identity import HubIdentity
from fieldapp.hub.ingest import copy_in
from fieldapp.hub.tables import LOGS, METADATA
from fieldapp.trust import sealing
from fieldapp.trust.authors import Author
from fieldapp.trust.certificates import DeviceStatement
from fieldapp.trust.envelopes import SealedChange, decode, seal
from fieldapp.trust.signing import SigningKey
from tests.desks import START_MS
from tests.hub.hubs import need_postgresql
from tests.simulator.hub import a_server

POSTS = ("PSB", "ARA", "CUC")
LAPTOPS, LINES = 6, 9
KEY = SigningKey.from_bytes(bytes(32))


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    need_postgresql()
    with a_server(None) as its:
        yield its


@cache
def lines_of(laptop: int) -> tuple[tuple[Change, SealedChange], ...]:
    chance = random.Random(laptop)
    author = Author(
        UUID(int=laptop + 1), 1, "PSB", KEY, UUID(int=99), Role.ADMINISTRATOR, lambda: START_MS, chance.randbytes
    )
    kinds = (Kind.DEVICE_ENROLLED, *[Kind.INDIVIDUAL_REGISTERED] * (LINES - 1))
    drafts = [ChangeDraft(kind, UUID(int=1000 * laptop + place), {"n": place}) for place, kind in enumerate(kinds)]
    return tuple(seal(author, drafts, 0, NO_PREVIOUS, 0))


@cache
def keys() -> tuple[str, str]:
    return sealing.new_identity()


def fill(engine: Engine, posts: list[str], held: list[int]) -> None:
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {', '.join(name for name in METADATA.tables if name != 'hub_state')}"))
        for laptop, post in enumerate(posts):
            row = {
                "device": UUID(int=laptop + 1), "epoch": 1, "code": f"A{laptop}", "post": post, "sign_public": b"",
                "receive_public": "", "certificate": b"", "confirmed": True,
            }  # fmt: skip
            connection.execute(insert(LOGS).values(row))
            copy_in(connection, lines_of(laptop)[: held[laptop]])


A_LENGTH_EACH = st.lists(st.integers(0, LINES), min_size=LAPTOPS, max_size=LAPTOPS)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    posts=st.lists(st.sampled_from(POSTS), min_size=LAPTOPS, max_size=LAPTOPS), held=A_LENGTH_EACH,
    has=A_LENGTH_EACH, at_once=st.integers(1, 20),
)  # fmt: skip
def test_what_is_given_is_of_the_readers_post_and_all_of_it(
    engine: Engine, posts: list[str], held: list[int], has: list[int], at_once: int
) -> None:
    fill(engine, posts, held)
    identity, public = keys()
    hub = HubIdentity(UUID(int=77), 1, KEY, identity, UUID(int=78), KEY.public_bytes, b"", public, b"")
    reader = DeviceStatement(UUID(int=1), 1, "A0", posts[0], "", KEY.public_bytes, public)
    told = Held({(UUID(int=laptop + 1), 1): seq for laptop, seq in enumerate(has)}, {})
    given_out: list[tuple[UUID, int]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivering, "_AT_ONCE", at_once)
        while (delivery := deliver(engine, hub, reader, told, START_MS)) is not None:
            bundle = unpack(delivery.bundle, identity)
            assert {decode(one.envelope, None).kind for one in bundle.control} <= set(CONTROL_KINDS)
            for change in (decode(one.envelope, None) for one in bundle.changes):
                given_out.append((change.device, change.seq))
                is_own = posts[change.device.int - 1] == posts[0]
                (told.log if is_own else told.told)[change.device, 1] = change.seq

    lacking = [
        (laptop, seq) for laptop in range(LAPTOPS) for seq in range(has[laptop] + 1, held[laptop] + 1)
    ]  # fmt: skip
    own = [(UUID(int=laptop + 1), seq) for laptop, seq in lacking if posts[laptop] == posts[0]]
    everybodys = [(UUID(int=laptop + 1), 1) for laptop, seq in lacking if posts[laptop] != posts[0] and seq == 1]
    assert given_out == own + everybodys
