"""Whom the hub turns away at its door, and which database it does not touch."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import insert, text, update

from fieldapp.exchange.signed_requests import sign_request
from fieldapp.hub import store
from fieldapp.hub.doorkeeper import Doorkeeper, TurnedAway
from fieldapp.hub.identity import HubIdentity
from fieldapp.hub.tables import LOGS
from fieldapp.i18n import language
from fieldapp.trust.certificates import DeviceStatement, certify, endorse
from fieldapp.trust.signing import SigningKey
from fieldapp.words import say
from tests.desks import START_MS, TestClock
from tests.hub.hubs import need_postgresql
from tests.simulator.hub import a_server

ROOT, KEY, NEXT = (SigningKey.from_bytes(bytes([number] * 32)) for number in range(3))


def test_a_laptop_is_let_in_until_its_last_certificate_runs_out() -> None:
    need_postgresql()
    hub = HubIdentity(UUID(int=1), 1, ROOT, "", UUID(int=2), ROOT.public_bytes, b"", "", b"print")
    clock = TestClock()
    first = DeviceStatement(UUID(int=3), 1, "A1", "PSB", "", KEY.public_bytes, "", START_MS + 1)
    second = replace(first, epoch=2, code="A2", sign_public=NEXT.public_bytes, expires_ms=0)
    with a_server(None) as engine:
        keeper = Doorkeeper(engine, hub, clock)

        def asks(epoch: int = 1) -> DeviceStatement:
            nonce, key = keeper.give_nonce(), KEY if epoch == 1 else NEXT
            shown = [certify(first, ROOT), endorse(second, KEY)]
            signed = sign_request(first.device_id, epoch, shown, key, hub.fingerprint, nonce, "GET", "/receipts", b"")
            said = keeper.look_at(signed)[1]
            keeper.require_term(said)
            return said

        assert asks() == first
        assert asks(2) == replace(second, expires_ms=first.expires_ms), "an endorsement gives no longer term"
        clock.forward(minutes=1)
        for epoch in (1, 2):
            with pytest.raises(TurnedAway) as away:
                asks(epoch)
            assert (away.value.status, away.value.code) == (403, "certificate_expired")

        with engine.begin() as connection:
            renewed = certify(replace(first, expires_ms=clock() + 60_000), ROOT)
            row = {"device": first.device_id, "epoch": 1, "code": "A1", "post": "PSB", "sign_public": KEY.public_bytes}
            kept = {"receive_public": "", "certificate": renewed, "confirmed": True}
            connection.execute(insert(LOGS).values(**row, **kept))
        assert asks() == first
        assert asks(2).epoch == 2
        clock.forward(minutes=2)
        with pytest.raises(TurnedAway):
            asks()

        with engine.begin() as connection:
            others = {"sign_public": NEXT.public_bytes, "certificate": certify(replace(second, epoch=1), ROOT)}
            connection.execute(update(LOGS).values(**others))
        with pytest.raises(TurnedAway):
            asks()  # a certificate that is good is another key's


def test_the_database_of_a_newer_program_is_left_alone() -> None:
    need_postgresql()
    with a_server(None) as engine:
        with engine.begin() as connection:
            connection.execute(text("UPDATE hub_state SET value = '99' WHERE name = 'schema'"))
        with pytest.raises(store.HubTooNew) as refused:
            store.connect(engine.url.render_as_string(hide_password=False), 1)
    assert "newer" in say(language("en"), refused.value.code, **refused.value.values)
