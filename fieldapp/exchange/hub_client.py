"""Speaking to a hub over HTTPS: one pinned certificate is trusted and no other, every request is signed by the device.

It moves bytes and checks who sent them; what they mean is for others. A request that may have been half done can be
made again: the hub takes nothing twice.
"""

import ssl
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from uuid import UUID

import cbor2
import httpx

from fieldapp.domain.problems import EnvironmentProblem, Problem
from fieldapp.exchange.bundle import LARGEST_FILE
from fieldapp.exchange.signed_requests import NONCE_HEADER, sign_request
from fieldapp.trust.signing import SigningKey
from fieldapp.trust.tls import fingerprint

_TYPE = "application/octet-stream"
_MORE = "Fieldapp-More"
_PATIENCE = httpx.Timeout(120.0, connect=10.0)
_TRIES = 3
_UNAUTHORISED, _NOTHING, _ERRORS, _BUSY = 401, 204, 400, 503


class HubUnreachable(EnvironmentProblem):
    """There is no way to the hub now, or it broke off; what it had answered for is safe."""

    code = "hub_unreachable"


class HubRefused(Problem):
    """The hub answered and refused; `values["reason"]` is its code."""

    code = "hub_refused"


class NotTheHub(Problem):
    """What is at this address shows another certificate than the one that was pinned, or is no hub."""

    code = "hub_other_certificate"


@dataclass(frozen=True, slots=True)
class Caller:
    """The laptop that speaks: device and epoch, its key, and the certificates of its epochs."""

    device: UUID
    epoch: int
    sign_key: SigningKey
    certificates: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Sent:
    """The hub's answer to a bundle: its receipts, and how many changes it newly put aside."""

    receipts: tuple[bytes, ...]
    put_aside: int


class HubClient:
    """One conversation with a hub. `certificate` is the PEM of the hub's own certificate."""

    def __init__(self, url: str, certificate: bytes, caller: Caller) -> None:
        try:
            self._hub = fingerprint(certificate)
            trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            trusting.check_hostname = False  # this very certificate is trusted, whatever the address is called
            trusting.minimum_version = ssl.TLSVersion.TLSv1_3
            trusting.load_verify_locations(cadata=certificate.decode("ascii"))
            base = httpx.URL(url)
        except (ValueError, ssl.SSLError, httpx.InvalidURL) as error:
            raise NotTheHub(url=url) from error
        if base.scheme != "https" or not base.host:
            raise Problem("hub_address", url=url)
        self._url, self._caller, self._nonce = url, caller, b""
        self._http = httpx.Client(base_url=base, verify=trusting, timeout=_PATIENCE, trust_env=False)

    def __enter__(self) -> "HubClient":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def certificate(self) -> bytes:
        """Return the certificate that the operation's root gave the hub; it is still to be judged."""
        return self._decoded(self._ask("GET", "/hub", signed=False), "certificate")

    def receipts(self) -> tuple[bytes, ...]:
        """Return what the hub says to hold now. Raises HubUnreachable, HubRefused, NotTheHub."""
        return self._receipts(self._ask("GET", "/receipts"))

    def send(self, bundle: bytes) -> Sent:
        """Hand a bundle in. Raises HubUnreachable, HubRefused, NotTheHub."""
        answer = self._ask("POST", "/bundles", bundle)
        return Sent(self._receipts(answer), int(str(self._json(answer).get("put_aside", 0))))

    def fetch(
        self, has: Mapping[tuple[UUID, int], int], told: Mapping[tuple[UUID, int], int]
    ) -> tuple[bytes, bool] | None:
        """Return the next bundle of what we lack and whether more follows, None when we lack nothing.

        `has` is how far we hold each log, `told` how far the hub gave what is everybody's concern.
        """
        keys = sorted({*has, *told})
        written = cbor2.dumps([[key[0].bytes, key[1], has.get(key, 0), told.get(key, 0)] for key in keys])
        answer = self._ask("GET", f"/bundles?have={urlsafe_b64encode(written).decode()}")
        return None if answer.status_code == _NOTHING else (answer.content, answer.headers.get(_MORE) == "1")

    def _ask(self, method: str, target: str, body: bytes = b"", *, signed: bool = True) -> httpx.Response:
        for _ in range(_TRIES):
            answer = self._once(method, target, body, signed=signed)
            if answer.status_code == _UNAUTHORISED and self._reason(answer) == "nonce_used":
                continue  # the hub was started anew, or our last nonce grew old; its answer brought another
            if answer.status_code >= _ERRORS:
                raise HubRefused(reason=self._reason(answer), url=self._url)
            return answer
        raise HubRefused(reason="nonce_used", url=self._url)

    def _once(self, method: str, target: str, body: bytes, *, signed: bool) -> httpx.Response:
        headers = {"Content-Type": _TYPE} if body else {}
        try:
            if signed:
                if not self._nonce:
                    self._remember(self._http.get("/nonce"))
                headers["Authorization"] = sign_request(
                    self._caller.device, self._caller.epoch, self._caller.certificates, self._caller.sign_key,
                    self._hub, self._nonce, method, target, body,
                )  # fmt: skip
                self._nonce = b""
            with self._http.stream(method, target, content=body, headers=headers) as answer:
                content = bytearray()
                for piece in answer.iter_bytes():
                    content += piece
                    if len(content) > LARGEST_FILE:
                        raise NotTheHub(url=self._url)
            whole = httpx.Response(answer.status_code, headers=answer.headers, content=bytes(content))
            if whole.status_code == _BUSY and NONCE_HEADER not in whole.headers:
                raise HubUnreachable(
                    url=self._url
                )  # too many speak to it now; its door says so, without the hub's words
            self._remember(whole)
        except httpx.HTTPError as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                raise NotTheHub(url=self._url) from error
            raise HubUnreachable(url=self._url) from error
        return whole

    def _remember(self, answer: httpx.Response) -> None:
        try:
            self._nonce = b64decode(answer.headers[NONCE_HEADER], validate=True)
        except (KeyError, ValueError) as error:
            raise NotTheHub(url=self._url) from error

    def _json(self, answer: httpx.Response) -> dict[str, object]:
        try:
            found = answer.json()
        except ValueError as error:
            raise NotTheHub(url=self._url) from error
        if not isinstance(found, dict):
            raise NotTheHub(url=self._url)
        return found

    def _decoded(self, answer: httpx.Response, name: str) -> bytes:
        try:
            return b64decode(str(self._json(answer)[name]), validate=True)
        except (KeyError, ValueError) as error:
            raise NotTheHub(url=self._url) from error

    def _receipts(self, answer: httpx.Response) -> tuple[bytes, ...]:
        try:
            return tuple(b64decode(str(one), validate=True) for one in self._json(answer)["receipts"])  # type: ignore[attr-defined]
        except (KeyError, TypeError, ValueError) as error:
            raise NotTheHub(url=self._url) from error

    def _reason(self, answer: httpx.Response) -> str:
        try:
            return str(self._json(answer).get("code", answer.status_code))
        except NotTheHub:
            return str(answer.status_code)
