"""Traces, as a collector receives them."""

import msgspec
import pytest

from adapters.inbound.worker.loop import _safely
from adapters.tracing import tracing
from tests.http.collector import said, tracing_begun

CALLER = "0af7651916cd43dd8448eb211c80319c"  # pragma: allowlist secret
PERSONAL = (b"pat@example.com", b"+12125550163", b"Pat Doe", b"galoshes")


@pytest.fixture
def traced(start):
    """A process that sends its traces to a collector; `spans()` ends that and tells what was sent."""
    with tracing_begun() as (endpoint, spans):
        yield start(otlp_endpoint=endpoint), spans


async def test_a_request_and_its_statements_are_one_trace_that_goes_on_from_the_callers(traced, capfdbinary):
    process, spans = traced
    key = {
        "Authorization": f"Bearer {(await process.issue()).secret}",
        "traceparent": f"00-{CALLER}-b7ad6b7169203331-01",
    }
    person = {"addresses": ["pat@example.com", "+12125550163"], "reference": "Pat Doe", "attributes": {"n": "galoshes"}}
    assert (await process.http.post("/api/v1/contacts", json=person, headers=key)).status_code == 201
    assert (await process.http.get("/api/v1/contacts/pat@example.com", headers=key)).status_code in (404, 422)
    found, raw = spans()
    requests = [span for span in found if span.kind == span.SPAN_KIND_SERVER]
    assert requests[0].name == "POST /api/v1/contacts"
    assert (said(requests[0])["http.route"], said(requests[0])["http.response.status_code"]) == (
        "/api/v1/contacts",
        201,
    )
    assert {span.trace_id.hex() for span in requests} == {CALLER}
    statements = [span for span in found if said(span).get("db.system.name") == "postgresql"]
    assert {"INSERT", "SELECT"} & {span.name for span in statements if span.trace_id.hex() == CALLER}
    others = {span.name for span in found if span.trace_id.hex() != CALLER and not span.parent_span_id}
    assert others == {"issue_api_key"}
    assert [secret for secret in PERSONAL if secret in raw] == []
    lines = [msgspec.json.decode(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert {line["trace_id"] for line in lines if line["event"] == "request"} == {CALLER}


async def test_what_the_worker_does_is_traced_and_a_failure_is_told_by_its_kind_alone(traced):
    _, spans = traced

    class Round:
        async def __call__(self):
            raise ValueError("pat@example.com")

    assert await _safely(Round()) == 0
    (one,), raw = spans()
    assert (one.name, said(one)["error.type"]) == ("Round", "ValueError")
    assert b"pat@" not in raw


async def test_without_a_collector_nothing_is_traced(start, capfdbinary):
    process = start()
    assert (
        await process.http.get("/live", headers={"traceparent": f"00-{CALLER}-b7ad6b7169203331-01"})
    ).status_code == 200
    assert not tracing.on
    assert b"trace_id" not in capfdbinary.readouterr().out
