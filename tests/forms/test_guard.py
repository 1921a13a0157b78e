"""Robots, other sites and forged tickets before the guard; and people without script, who get through."""

from datetime import timedelta
from hashlib import sha256
from itertools import count

import pytest
from litestar import Request
from litestar.testing import RequestFactory

from adapters.inbound.forms.guard import Guard, NotAdmitted, Reason, TooManyVisits, fields_of
from adapters.inbound.forms.work import Pressure, proves
from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.rate_windows import PostgresRateLimits
from adapters.outbound.secrets.ring import KeyRing
from adapters.outbound.secrets.tickets import SignedTickets
from application.ports import Clock
from tests.forms.conftest import NOON

HERE = "https://optin.example"
FORM = {"page": "/f/weekly-offers", "purpose": "opt-in"}


class Fixed(Clock):
    def __init__(self) -> None:
        self.at = NOON

    def now(self):
        return self.at


@pytest.fixture
def clock():
    return Fixed()


@pytest.fixture
async def database(database_url):
    database = Database(database_url, size=2)
    yield database
    await database.close()


@pytest.fixture
def guard(database, ring, clock):
    return guarding(database, ring, clock)


def guarding(database, ring, clock, work=6):
    return Guard(
        tickets=SignedTickets(ring),
        clock=clock,
        visits=PostgresRateLimits(database, 8),
        visits_without_proof=PostgresRateLimits(database, 3),
        url=HERE,
        work=work,
    )


@pytest.fixture
def visit():
    """A form sent in by a browser."""

    def sent(address="203.0.113.7", **headers):
        told = {"sec-fetch-site": "same-origin", **{name.replace("_", "-"): value for name, value in headers.items()}}
        kept = {name: value for name, value in told.items() if value is not None}
        request = RequestFactory().post("/f/weekly-offers", headers=kept)
        request.scope["client"] = (address, 40_000)
        return request

    return sent


def solved(form, *written):
    """What work.js does."""
    for answer in count():
        digest = sha256("\n".join((form.ticket, *written, str(answer))).encode()).digest()
        if int.from_bytes(digest) >> (256 - form.work) == 0:
            return str(answer)
    return ""


async def refusal(guard, request, fields, **form):
    with pytest.raises(NotAdmitted) as refused:
        await guard.admit(request, fields, **{**FORM, **form})
    return refused.value.reason


async def test_what_our_page_showed_is_taken_in(guard, visit):
    form = guard.form(**FORM, about="0193")
    ticket = await guard.admit(visit(), {"ticket": form.ticket}, **FORM)
    assert (ticket.about, ticket.page, ticket.purpose) == ("0193", "/f/weekly-offers", "opt-in")


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site", "origin": HERE},
        {"sec_fetch_site": "nonsense"},
        {"sec_fetch_site": None, "origin": "https://evil.example"},
        {"sec_fetch_site": None, "origin": f"{HERE}.evil.example"},
        {"sec_fetch_site": None, "origin": "http://optin.example"},
    ],
)
async def test_a_form_sent_from_another_site_does_nothing_even_with_a_ticket(guard, visit, headers):
    form = guard.form(**FORM)
    assert await refusal(guard, visit(**headers), {"ticket": form.ticket}) is Reason.ELSEWHERE


@pytest.mark.parametrize("origin", [None, "null", HERE])
async def test_an_old_browser_that_says_little_gets_through_with_the_ticket_of_the_page(guard, visit, origin):
    form = guard.form(**FORM)
    assert await guard.admit(visit(sec_fetch_site=None, origin=origin), {"ticket": form.ticket}, **FORM)


async def test_a_form_somebody_wrote_themselves_is_shown_ours(guard, visit):
    assert await refusal(guard, visit(sec_fetch_site=None), {"email": "pat@example.com"}) is Reason.ELSEWHERE


async def test_a_ticket_is_for_its_page_and_its_purpose_only(guard, visit):
    fields = {"ticket": guard.form(**FORM).ticket}
    assert await refusal(guard, visit(), fields, page="/f/shop-news") is Reason.STALE
    assert await refusal(guard, visit(), fields, purpose="code") is Reason.STALE


async def test_a_page_that_was_open_for_too_long_is_shown_again(guard, visit, clock):
    fields = {"ticket": guard.form(**FORM).ticket}
    clock.at += timedelta(hours=2) - timedelta(seconds=1)
    assert await guard.admit(visit(), fields, **FORM)
    clock.at += timedelta(seconds=1)
    assert await refusal(guard, visit(), fields) is Reason.STALE


async def test_a_ticket_that_was_changed_or_made_up_is_none(guard, visit, database, clock):
    ticket = guard.form(**FORM).ticket
    for place in range(0, len(ticket), 7):
        other = "A" if ticket[place] != "A" else "B"
        assert await refusal(guard, visit(), {"ticket": ticket[:place] + other + ticket[place + 1 :]}) is Reason.STALE
    stranger = guarding(database, KeyRing.generate(), clock).form(**FORM).ticket
    for forged in ("", "x", ticket[:-4], ticket + "AAAA", stranger, "é" * 80, "A" * 100_000, "\ud800"):
        assert await refusal(guard, visit(), {"ticket": forged}) is Reason.STALE


async def test_a_robot_that_fills_every_field_gets_nowhere(guard, visit):
    fields = {"ticket": guard.form(**FORM).ticket, "website": "https://spam.example"}
    assert await refusal(guard, visit(), fields) is Reason.TRAPPED


async def test_without_script_fewer_forms_get_through_from_one_network(guard, visit):
    for _ in range(3):
        await guard.admit(visit(), {"ticket": guard.form(**FORM).ticket}, **FORM)
    with pytest.raises(TooManyVisits) as waiting:
        await guard.admit(visit("203.0.113.99"), {"ticket": guard.form(**FORM).ticket}, **FORM)
    assert 0 < waiting.value.seconds <= 60
    assert await guard.admit(visit("198.51.100.7"), {"ticket": guard.form(**FORM).ticket}, **FORM)


async def test_with_a_proof_of_work_more_do_and_not_without_end(guard, visit):
    for number in range(8):
        form = guard.form(**FORM)
        address = f"pat{number}@example.com"
        fields = {"ticket": form.ticket, "email": address, "work": solved(form, address)}
        await guard.admit(visit(), fields, **FORM, written=("email",))
    form = guard.form(**FORM)
    fields = {"ticket": form.ticket, "email": "pat@example.com", "work": solved(form, "pat@example.com")}
    with pytest.raises(TooManyVisits):
        await guard.admit(visit(), fields, **FORM, written=("email",))


async def test_a_proof_made_for_one_address_proves_nothing_for_another(guard, visit, database):
    form = guard.form(**FORM)
    work = solved(form, "pat@example.com")
    while proves(form.ticket, ["kim@example.com"], work, form.work):
        form = guard.form(**FORM)
        work = solved(form, "pat@example.com")
    fields = {"ticket": form.ticket, "email": "kim@example.com", "work": work}
    await guard.admit(visit(), fields, **FORM, written=("email",))
    async with database.transaction():
        (subject,) = await database.connection.fetchrow("select subject from rate_windows")
    assert subject.startswith("unproven:")


async def test_what_is_counted_names_no_visitor(guard, visit, database):
    await guard.admit(visit(), {"ticket": guard.form(**FORM).ticket}, **FORM)
    async with database.transaction():
        (subject,) = await database.connection.fetchrow("select subject from rate_windows")
    assert "203" not in subject.partition(":")[2][:3]
    assert subject != f"unproven:{sha256(b'203.0.113.0/24').hexdigest()[:32]}"


@pytest.mark.parametrize("answer", ["", "x", "-1", "1" * 21, "\uff11", "0x1", " 1"])
def test_only_a_plain_number_is_an_answer(answer):
    assert not proves("ticket", [], answer, 0)


def test_no_bits_are_proven_by_any_number_and_too_many_by_none():
    assert proves("ticket", [], "1", 0)
    assert not proves("ticket", [], "1", 256)


def test_the_work_grows_while_many_forms_come_in_and_shrinks_again():
    pressure, at = Pressure(), NOON
    for _ in range(60):
        pressure.note(at)
    assert pressure.more_work(at) == 0
    for _ in range(100):
        pressure.note(at)
    assert pressure.more_work(at) == 2
    for _ in range(100_000):
        pressure.note(at)
    assert pressure.more_work(at) == 6
    assert pressure.more_work(at + timedelta(minutes=1)) == 6
    assert pressure.more_work(at + timedelta(minutes=2)) == 0


async def test_where_no_work_is_asked_for_none_is_proven(database, ring, clock, visit):
    guard = guarding(database, ring, clock, work=0)
    form = guard.form(**FORM)
    assert form.work == 0
    for _ in range(3):
        await guard.admit(visit(), {"ticket": form.ticket, "work": "1"}, **FORM)
    with pytest.raises(TooManyVisits):
        await guard.admit(visit(), {"ticket": form.ticket, "work": "1"}, **FORM)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("203.0.113.7", "203.0.113.99", True),
        ("203.0.113.7", "203.0.114.7", False),
        ("203.0.113.7", "::ffff:203.0.113.8", True),
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::7", "2001:db8:1:3::7", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("a-socket", "", True),
    ],
)
async def test_one_subscriber_is_one_network(guard, visit, database, one, other, shared):
    for address in (one, other):
        await guard.admit(visit(address), {"ticket": guard.form(**FORM).ticket}, **FORM)
    async with database.transaction():
        used = await database.connection.fetchval("select max(used) from rate_windows")
    assert used == (2 if shared else 1)


@pytest.mark.parametrize(
    ("body", "kind", "fields"),
    [
        (b"a=1&b=&a=2&c=%C3%A9", "application/x-www-form-urlencoded", {"a": "2", "b": "", "c": "é"}),
        (b"a=%FF&b=\xff%00\x00x", "application/x-www-form-urlencoded; charset=latin-1", {"a": "�", "b": "�x"}),
        (b"&".join([b"a=1"] * 201), "application/x-www-form-urlencoded", {}),
        (b'{"a": 1}', "application/json", {}),
        (b"--x\r\n", "multipart/form-data", {}),
        (b"a=1", "", {}),
        (b"a=" + b"x" * 9_000, "application/x-www-form-urlencoded", {"a": "x" * 5_000}),
    ],
)
async def test_whatever_is_sent_can_be_read_or_is_nothing(body, kind, fields):
    scope = RequestFactory().get("/f/weekly-offers", headers={"content-type": kind}).scope

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    assert await fields_of(Request(scope, receive)) == fields
