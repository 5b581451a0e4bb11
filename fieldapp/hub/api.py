"""The hub's door to the network: a few requests over HTTP, described by OpenAPI. It moves bytes; others judge them."""

import asyncio
import time
from base64 import b64encode, urlsafe_b64decode
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import FastAPI, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from fieldapp import __version__
from fieldapp.domain.clock import Clock
from fieldapp.domain.problems import Problem
from fieldapp.exchange.bundle import LARGEST_FILE
from fieldapp.exchange.signed_requests import NONCE_HEADER
from fieldapp.hub import store, workers
from fieldapp.hub.deliver import Held, read_vector, receipts
from fieldapp.hub.doorkeeper import Doorkeeper, TurnedAway
from fieldapp.hub.identity import HubIdentity
from fieldapp.hub.metrics import Metrics
from fieldapp.trust.certificates import DeviceStatement

BUNDLE_TYPE = "application/octet-stream"
MORE_HEADER = "Fieldapp-More"
_LONGEST_VECTOR = 48 * 1024
_REFUSED = {
    "bundle_unknown_device": 403,
    "bundle_other_operation": 403,
    "certificate_expired": 403,
    "bundle_too_new": 409,
}


class Nonce(BaseModel):
    """A nonce to sign the next request with, in base64; so does the header Fieldapp-Nonce of each answer."""

    nonce: str


class Certificate(BaseModel):
    """The hub's certificate in base64."""

    certificate: str


class Receipts(BaseModel):
    """Signed receipts in base64: what the hub holds, and what of it is in its last back-up."""

    receipts: list[str]


class Received(Receipts):
    """What came of a bundle, in changes; `put_aside` counts those newly in quarantine."""

    added: int
    known: int
    waiting: int
    put_aside: int


class Refused(BaseModel):
    """Why a request was refused, as a code."""

    code: str


class Healthy(BaseModel):
    """The hub answers and reaches its database."""

    status: str
    version: str


@dataclass(frozen=True, slots=True)
class Hub:
    """What answering takes."""

    identity: HubIdentity
    engine: Engine
    pool: Executor
    clock: Clock


_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": Refused} for status in (400, 401, 403, 409, 411, 413, 415, 422, 429, 503)
}


def build(hub: Hub) -> FastAPI:
    """Put the service together."""
    app = FastAPI(title="fieldapp hub", version=__version__, docs_url=None, redoc_url=None)
    keeper, metrics = Doorkeeper(hub.engine, hub.identity, hub.clock), Metrics(hub.engine)

    async def enter(
        request: Request, authorization: str, body: Callable[[], Awaitable[bytes]]
    ) -> tuple[DeviceStatement, bytes]:
        signed, said = keeper.look_at(authorization)
        await run_in_threadpool(keeper.require_term, said)
        content = await body()
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        keeper.let_in(signed, said, request.method, target, content)
        if not await run_in_threadpool(keeper.is_welcome, said):
            raise TurnedAway(403, "device_revoked")
        return said, content

    async def work(task: Callable[..., Any], *arguments: Any) -> Any:
        job = workers.in_worker(task, *arguments)
        return await asyncio.get_running_loop().run_in_executor(hub.pool, job)

    @app.middleware("http")
    async def counted(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
        began = time.perf_counter()
        response = await answer(request)
        response.headers[NONCE_HEADER] = b64encode(keeper.give_nonce()).decode()
        metrics.answered(request.method, response.status_code, time.perf_counter() - began)
        return response

    @app.exception_handler(TurnedAway)
    async def turned_away(_: Request, error: TurnedAway) -> JSONResponse:
        return JSONResponse({"code": error.code}, error.status)

    @app.exception_handler(Problem)
    async def refused(_: Request, problem: Problem) -> JSONResponse:
        return JSONResponse({"code": problem.code}, _REFUSED.get(problem.code, 400))

    @app.exception_handler(RequestValidationError)
    async def malformed(_: Request, __: RequestValidationError) -> JSONResponse:
        return JSONResponse({"code": "malformed"}, 422)

    @app.exception_handler(HTTPException)
    async def no_such_thing(_: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse(
            {"code": "not_found" if error.status_code == 404 else "refused"}, error.status_code, error.headers
        )

    @app.get("/nonce", summary="A nonce for the first signed request")
    async def nonce() -> Nonce:
        return Nonce(nonce=b64encode(keeper.give_nonce()).decode())

    @app.get("/hub", summary="The certificate by which the operation's root vouches for this hub")
    async def who() -> Certificate:
        return Certificate(certificate=b64encode(hub.identity.certificate).decode())

    @app.post(
        "/bundles",
        summary="Hand in a bundle; the answer holds receipts for what is safe now",
        responses=_REFUSALS,
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {BUNDLE_TYPE: {"schema": {"type": "string", "format": "binary"}}},
            }
        },
    )
    async def post_bundle(request: Request, authorization: Annotated[str, Header()] = "") -> Received:
        _, file = await enter(request, authorization, lambda: _bounded(request))
        taken, signed = await work(workers.receive, file, hub.clock())
        metrics.took(taken)
        return Received(
            receipts=[b64encode(one).decode() for one in signed],
            added=taken.added, known=taken.known, waiting=taken.waiting, put_aside=taken.put_aside,
        )  # fmt: skip

    @app.get("/receipts", summary="What the hub holds now", responses=_REFUSALS)
    async def get_receipts(request: Request, authorization: Annotated[str, Header()] = "") -> Receipts:
        await enter(request, authorization, _nothing)
        signed = await run_in_threadpool(receipts, hub.engine, hub.identity)
        return Receipts(receipts=[b64encode(one).decode() for one in signed])

    @app.get(
        "/bundles",
        summary="The next bundle of what the laptop lacks; 204 when it lacks nothing",
        response_class=Response,
        responses={**_REFUSALS, 200: {"content": {BUNDLE_TYPE: {}}}, 204: {"description": "Nothing is lacking"}},
    )
    async def get_bundle(
        request: Request,
        have: Annotated[
            str, Query(max_length=_LONGEST_VECTOR, description="Version vector, CBOR in URL-safe base64")
        ] = "",
        authorization: Annotated[str, Header()] = "",
    ) -> Response:
        said, _ = await enter(request, authorization, _nothing)
        try:
            has = read_vector(urlsafe_b64decode(have.encode("ascii"))) if have else Held({}, {})
        except ValueError as error:
            raise TurnedAway(400, "vector_damaged") from error
        delivery = await work(workers.give, said, has, hub.clock())
        if delivery is None:
            return Response(status_code=204)
        return Response(delivery.bundle, media_type=BUNDLE_TYPE, headers={MORE_HEADER: str(int(delivery.more))})

    @app.get("/health", summary="Whether the hub and its database answer", responses={503: {"model": Refused}})
    async def health() -> Healthy:
        if not await run_in_threadpool(store.answers, hub.engine):
            raise TurnedAway(503, "hub_database_failed")
        return Healthy(status="ok", version=__version__)

    @app.get("/metrics", summary="Figures for Prometheus; none is about a person", response_class=Response)
    async def figures() -> Response:
        return Response(await run_in_threadpool(metrics.text), media_type="text/plain; version=0.0.4")

    return app


async def _nothing() -> bytes:
    return b""


async def _bounded(request: Request) -> bytes:
    """Read a body without ever holding more than one bundle may have. Raises TurnedAway."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != BUNDLE_TYPE:
        raise TurnedAway(415, "not_a_bundle")
    said = request.headers.get("content-length", "")
    if said.isdigit() and int(said) > LARGEST_FILE:
        raise TurnedAway(413, "too_large")
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > LARGEST_FILE:
            raise TurnedAway(413, "too_large")
    return bytes(content)
