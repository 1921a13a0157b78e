"""Which parts of a trace there are: request, use case, statement and carrier, each below what called it."""

import asyncio
import inspect

import pytest

from adapters.inbound.worker.loop import _safely
from application.messages.dispatch import Dispatch
from bootstrap.use_cases import USE_CASES
from domain.access import EVERYTHING, Actor
from tests.contracts.mail_server import MailServer
from tests.http.collector import said, tracing_begun
from tests.installation import SetClock
from tests.postgres.sending.business import ORDERS, Business

PAT, KIM = "pat@example.com", "kim@example.com"
WORDS = "Your galoshes are on their way."
PERSONAL = (b"pat@", b"kim@", b"Pat Doe", b"galoshes", b"example.com")


@pytest.fixture
async def place(start, ring):
    """A business whose mails leave by a real server, and that sends its traces to a collector."""
    async with MailServer().running() as server:
        with tracing_begun() as (endpoint, spans):
            mail = {"email_carrier": "smtp", "smtp_host": "127.0.0.1", "smtp_port": server.port}
            process = start(otlp_endpoint=endpoint, smtp_security="none", clock=SetClock(), **mail)
            actor = Actor(id="key:test", permissions=EVERYTHING)
            business = Business(
                ports=process.ports, ring=ring, clock=process.clock, use_cases=process.use_cases, actor=actor
            )
            await business.open()
            await business.agree(PAT, KIM, program=ORDERS)
            yield process, business, spans
            await process.ports.carriers().close()


async def ask(process, *people):
    """Requests that arrive together."""
    key = {"Authorization": f"Bearer {(await process.issue()).secret}"}
    bodies = [
        {"to": to, "channel": "email", "program": ORDERS, "content": {"subject": "Order 17", "text": WORDS}}
        for to in people
    ]
    path = "/api/v1/messages/send_with_consent"
    answers = await asyncio.gather(*(process.http.post(path, json=body, headers=key) for body in bodies))
    assert [answer.json()["status"] for answer in answers] == ["queued"] * len(people)


def lineage(spans, one):
    """Its name, and those of everything above it."""
    by_id = {span.span_id: span for span in spans}
    names = []
    while one is not None:
        names.append(one.name)
        one = by_id.get(one.parent_span_id)
    return names


def named(spans, name):
    return [span for span in spans if span.name == name]


async def test_a_use_case_stands_below_its_request_and_its_statements_below_it(place):
    process, _, spans = place
    await ask(process, PAT)
    found, _ = spans()
    (request,) = named(found, "POST /api/v1/messages/send_with_consent")
    below = [span for span in found if span.trace_id == request.trace_id]
    (call,) = named(below, "send_with_consent")
    assert lineage(below, call) == ["send_with_consent", "batch", request.name]
    statements = [span for span in below if said(span).get("db.system.name") and span.parent_span_id == call.span_id]
    assert {"BEGIN;", "WITH", "COMMIT;"} <= {span.name for span in statements}


async def test_requests_answered_together_are_named_by_the_batch_they_shared(place):
    process, _, spans = place
    await ask(process, PAT, KIM)
    found, _ = spans()
    requests = named(found, "POST /api/v1/messages/send_with_consent")
    batches = named(found, "batch")
    above = {span.parent_span_id for span in batches}
    linked = {link.span_id for span in batches for link in span.links}
    assert above | linked == {span.span_id for span in requests}
    assert len(requests) == 2


async def test_a_carrier_stands_below_the_round_that_sends(place):
    process, business, spans = place
    await ask(process, PAT)
    assert await _safely(business[Dispatch]) == 1
    found, _ = spans()
    (call,) = named(found, "SmtpCarrier")
    assert lineage(found, call) == ["SmtpCarrier", "dispatch", "Dispatch"]
    assert call.kind == call.SPAN_KIND_CLIENT


async def test_nothing_personal_is_in_any_of_it(place):
    process, business, spans = place
    await ask(process, PAT, KIM)
    assert await _safely(business[Dispatch]) == 2
    found, raw = spans()
    assert {"send_with_consent", "dispatch", "SmtpCarrier", "capture_consents"} <= {span.name for span in found}
    assert [secret for secret in PERSONAL if secret in raw] == []


async def test_a_refusal_is_told_by_its_kind(place):
    process, _, spans = place
    answer = await process.http.post(
        "/admin/api/first", json={"token": "A" * 43, "email": PAT, "name": "Pat Doe", "password": WORDS}
    )
    assert answer.status_code == 403
    found, raw = spans()
    (call,) = named(found, "make_first_admin")
    assert said(call) == {"error.type": "LinkUnusable"}
    assert lineage(found, call) == ["make_first_admin", "POST /admin/api/first"]
    assert [secret for secret in PERSONAL if secret in raw] == []


async def test_every_use_case_has_spans_and_none_is_wrapped_where_nobody_asks_for_them(place, start):
    process, _, spans = place
    for kind in USE_CASES:
        assert isinstance(process.use_cases[kind], kind)
        assert type(process.use_cases[kind]) is not kind
        assert [name for name, _ in inspect.getmembers(kind, inspect.iscoroutinefunction)], kind
    spans()
    plain = start().use_cases
    assert [kind for kind in USE_CASES if type(plain[kind]) is not kind] == []
