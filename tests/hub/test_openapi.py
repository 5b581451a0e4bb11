"""The hub's service does what its OpenAPI says, whatever comes in: no error of ours, and every answer is described."""

import json
from base64 import b64decode

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from fieldapp.exchange.signed_requests import NONCE_HEADER, sign_request
from fieldapp.hub import identity
from fieldapp.services.synchronise import _caller
from tests.hub.conftest import Operation

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 20


class Signed(requests.auth.AuthBase):
    """Signs whatever is sent as a laptop of the operation would."""

    def __init__(self, operation: Operation, folder_of_hub: str) -> None:
        self.operation, self.caller, self.pin = operation, _caller(operation.one), folder_of_hub

    def __call__(self, request):
        given_out = requests.get(f"{self.operation.hub.address.url}/nonce", verify=self.pin, timeout=30)
        nonce = b64decode(given_out.headers[NONCE_HEADER])
        body = request.body or b""
        request.headers["Authorization"] = sign_request(
            self.caller.device, self.caller.epoch, self.caller.certificates, self.caller.sign_key,
            identity.load(self.operation.hub.folder).fingerprint, nonce, request.method, request.path_url,
            body.encode() if isinstance(body, str) else body,
        )  # fmt: skip
        return request


@pytest.mark.parametrize("signed", [False, True], ids=["by a stranger", "signed"])
@pytest.mark.parametrize("path", ["/nonce", "/hub", "/receipts", "/bundles", "/health", "/metrics"])
def test_every_answer_is_described_and_none_is_an_error_of_ours(operation: Operation, path: str, signed: bool) -> None:
    pin = str(operation.hub.folder / identity.TLS_CERTIFICATE)
    schema = schemathesis.openapi.from_dict(json.loads(operation.hub.get("/openapi.json")[1]))
    tried = 0
    with requests.Session() as session:
        session.verify, session.trust_env = pin, False
        session.auth = Signed(operation, pin) if signed else None
        for each in schema.get_all_operations():
            one = each.ok()
            if one.path == path:
                _try(one, operation.hub.address.url, session)
                tried += 1
    assert tried


def _try(one, url: str, session: requests.Session) -> None:
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=one.as_strategy())
    def answers(case) -> None:
        case.call_and_validate(base_url=url, session=session, checks=CHECKS, verify=session.verify)

    answers()
