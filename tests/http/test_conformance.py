"""The API is what its description says, whatever is asked of it."""

import asyncio

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


def has_no_wrong_request(operation):
    """It takes nothing but parameters that any text will do for, and that can be left out or stand in the path."""
    free = (
        parameter.definition["schema"] == {"type": "string"}
        and (parameter.definition["in"] == "path" or not parameter.definition.get("required"))
        for parameter in operation.iter_parameters()
    )
    return not list(operation.body) and all(free)


@pytest.mark.parametrize("mode", [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE])
def test_every_operation_answers_as_described(caller, mode):
    operations = caller.operations()
    assert len(operations) > 100
    for operation in operations:

        @settings(max_examples=REQUESTS, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def answers_as_described(case):
            request = case.as_transport_kwargs(base_url="http://optin.example")
            case.validate_response(caller.ask(**request), checks=CHECKS)

        if mode is schemathesis.GenerationMode.NEGATIVE and has_no_wrong_request(operation):
            with pytest.raises(Unsatisfiable):
                answers_as_described()
        else:
            # Raises Unsatisfiable where it was never asked.
            answers_as_described()
