"""Whom the hub turns away at its door, and which database it does not touch."""

from uuid import UUID

import pytest
from sqlalchemy import create_engine, text

from fieldapp.exchange.signed_requests import sign_request
from fieldapp.hub import store
from fieldapp.hub.doorkeeper import Doorkeeper, TurnedAway
from fieldapp.hub.identity import HubIdentity
from fieldapp.i18n import language
from fieldapp.trust.certificates import DeviceStatement, certify
from fieldapp.trust.signing import SigningKey
from fieldapp.words import say
from tests.desks import START_MS, TestClock
from tests.hub.hubs import need_postgresql
from tests.simulator.hub import a_server

ROOT, KEY = SigningKey.from_bytes(bytes(32)), SigningKey.from_bytes(bytes([1] * 32))


def test_a_laptop_is_let_in_until_its_certificate_runs_out() -> None:
    hub = HubIdentity(UUID(int=1), 1, ROOT, "", UUID(int=2), ROOT.public_bytes, b"", "", b"print")
    clock = TestClock()
    keeper = Doorkeeper(create_engine("postgresql+psycopg://"), hub, clock)
    said = DeviceStatement(UUID(int=3), 1, "A1", "PSB", "", KEY.public_bytes, "", START_MS + 1)
    certificates = [certify(said, ROOT)]

    def asks() -> DeviceStatement:
        nonce = keeper.give_nonce()
        signed = sign_request(said.device_id, 1, certificates, KEY, hub.fingerprint, nonce, "GET", "/receipts", b"")
        return keeper.look_at(signed)[1]

    assert asks() == said
    clock.forward(minutes=1)
    with pytest.raises(TurnedAway) as away:
        asks()
    assert (away.value.status, away.value.code) == (403, "certificate_expired")


def test_the_database_of_a_newer_program_is_left_alone() -> None:
    need_postgresql()
    with a_server(None) as engine:
        with engine.begin() as connection:
            connection.execute(text("UPDATE hub_state SET value = '99' WHERE name = 'schema'"))
        with pytest.raises(store.HubTooNew) as refused:
            store.connect(engine.url.render_as_string(hide_password=False), 1)
    assert "newer" in say(language("en"), refused.value.code, **refused.value.values)
