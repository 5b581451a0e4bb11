"""Who may come in: requests signed by enrolled devices, each with a nonce that is given out once, and not too many of them."""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import Engine

from fieldapp.domain.clock import Clock
from fieldapp.exchange.signed_requests import NONCE_BYTES, SignedRequest, proven_by, read_authorization
from fieldapp.hub import store
from fieldapp.hub.identity import HubIdentity
from fieldapp.trust.certificates import DeviceStatement, read_certificate

NONCE_LIVES_S = 600.0
_MOST_NONCES = 100_000
RATE, BURST = 10.0, 60.0
"""Requests a second a device may make in the long run, and at once."""


class TurnedAway(Exception):
    """A request that is answered with a status and a code, and nothing else."""

    def __init__(self, status: int, code: str) -> None:
        self.status, self.code = status, code
        super().__init__(code)


class Doorkeeper:
    """Remembers the nonces given out and the pace of each device. Safe within one event loop; it lives with its process,

    and so do its nonces: after a restart no old request is worth anything.
    """

    def __init__(
        self, engine: Engine, hub: HubIdentity, clock: Clock, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._engine, self._hub, self._clock, self._seconds = engine, hub, clock, seconds
        self._nonces: OrderedDict[bytes, float] = OrderedDict()
        self._pace: dict[UUID, tuple[float, float]] = {}

    def give_nonce(self) -> bytes:
        """Give out a nonce; the oldest are forgotten when there are too many."""
        now = self._seconds()
        while self._nonces:
            first, given = next(iter(self._nonces.items()))
            if len(self._nonces) < _MOST_NONCES and given > now - NONCE_LIVES_S:
                break
            del self._nonces[first]
        nonce = secrets.token_bytes(NONCE_BYTES)
        self._nonces[nonce] = now
        return nonce

    def look_at(self, header: str) -> tuple[SignedRequest, DeviceStatement]:
        """Judge what can be judged before the body is read. Raises TurnedAway."""
        request = read_authorization(header)
        if request is None:
            raise TurnedAway(401, "not_signed")
        if request.nonce not in self._nonces or self._nonces[request.nonce] <= self._seconds() - NONCE_LIVES_S:
            raise TurnedAway(401, "nonce_used")
        said = proven_by(request, self._hub.root_public)
        if said is None:
            raise TurnedAway(401, "device_unknown")
        return request, said

    def require_term(self, said: DeviceStatement) -> None:
        """Judge the term of a certificate; one that was renewed counts, also before its laptop has heard of it.

        It asks the database only for one that ran out. Raises TurnedAway.
        """
        if self._ran_out(said):
            with self._engine.connect() as connection:
                renewed = store.certificate_of(connection, said.device_id, said.epoch)
            now = read_certificate(renewed, self._hub.root_public) if renewed is not None else said
            other_key = now.epoch == said.epoch and now.sign_public != said.sign_public
            if other_key or self._ran_out(now):
                raise TurnedAway(403, "certificate_expired")

    def _ran_out(self, said: DeviceStatement) -> bool:
        return bool(said.expires_ms) and said.expires_ms <= self._clock()

    def let_in(self, request: SignedRequest, said: DeviceStatement, method: str, target: str, body: bytes) -> None:
        """Judge the signature over the whole request and use its nonce up. Raises TurnedAway."""
        if not request.is_signed_by(said.sign_public, self._hub.fingerprint, method, target, body):
            raise TurnedAway(401, "signature_wrong")
        if self._nonces.pop(request.nonce, None) is None:  # a second one came while the body was read
            raise TurnedAway(401, "nonce_used")
        self._keep_pace(said.device_id)

    def is_welcome(self, said: DeviceStatement) -> bool:
        """Ask the database whether the device was revoked."""
        with self._engine.connect() as connection:
            return not store.is_revoked(connection, said.device_id)

    def _keep_pace(self, device: UUID) -> None:
        now = self._seconds()
        left, before = self._pace.get(device, (BURST, now))
        left = min(BURST, left + (now - before) * RATE)
        self._pace[device] = (left - 1 if left >= 1 else left, now)
        if left < 1:
            raise TurnedAway(429, "too_many_requests")
