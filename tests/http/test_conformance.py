"""The API is what its description says, whatever is asked of it."""

import asyncio
from contextlib import suppress

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from adapters.outbound.secrets.ring import KeyRing
from tests.http.process import Process, WallClock

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
# Of each kind, for every operation.
REQUESTS = 5


class Caller:
    """Asks, outside of any loop that a test may run in."""

    def __init__(self, url):
        self.runner = asyncio.Runner()
        self.process = Process(url, KeyRing.generate(), clock=WallClock())
        secret = self.runner.run(self.process.issue(live=False)).secret
        self.process.http.headers["Authorization"] = f"Bearer {secret}"

    def ask(self, **request):
        request.pop("cookies", None)
        headers = {name: value.encode("utf-8") for name, value in (request.pop("headers", None) or {}).items()}
        request["headers"] = {name: value for name, value in headers.items() if name.lower() != "authorization"}
        if isinstance(request.get("data"), bytes | str):
            request["content"] = request.pop("data")
        return self.runner.run(self.process.http.request(**request))

    def operations(self):
        answer = self.ask(method="GET", url="/docs/openapi.json")
        return [found.ok() for found in schemathesis.openapi.from_dict(answer.json()).get_all_operations()]

    def close(self):
        self.runner.run(self.process.close())
        self.runner.close()


@pytest.fixture
def caller(database_url):
    caller = Caller(database_url)
    yield caller
    caller.close()


@pytest.mark.parametrize("mode", [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE])
def test_every_operation_answers_as_described(caller, mode):
    asked = 0
    for operation in caller.operations():
        try:
            cases = operation.as_strategy(generation_mode=mode)
        except schemathesis.errors.Unsatisfiable:
            continue

        @settings(max_examples=REQUESTS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=cases)
        def answers_as_described(case):
            nonlocal asked
            request = case.as_transport_kwargs(base_url="http://optin.example")
            case.validate_response(caller.ask(**request), checks=CHECKS)
            asked += 1

        # Of some operations no wrong request can be thought of.
        with suppress(Unsatisfiable):
            answers_as_described()
    assert asked > 100
