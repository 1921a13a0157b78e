"""A scanner opens every link of every mail, again and again; a forwarded mail falls into other hands. Neither tells or
changes anything but what its one button is for.
"""

import re
from html import unescape

import pytest

from application.messages.notices import Notices, NoticeTo
from application.templates.write import CreateTemplate, NewTemplate, PublishTemplate
from bootstrap.use_cases import PARTS, build, snake
from domain.access import SYSTEM
from domain.addresses import Address, Channel
from domain.messages import Content
from domain.programs import Category
from domain.templates.notices import KINDS, Notice
from tests.forms.person import HERE

PAT, PHONE, NEW, KIM = "pat@example.com", "+12125550101", "new@example.com", "kim@example.com"
AGENTS = ("Mozilla/5.0 (compatible; SafeLinks)", "Proofpoint-URL-Defense/2")
# What may change without anybody's doing: how often somebody came by.
COUNTED = {"rate_windows", "alembic_version"}
TABLES = """
select relname as name from pg_class
where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
"""


async def everything_kept(business):
    names = [row["name"] for row in await business.ask(TABLES)]
    kept = {}
    for name in names:
        rows = await business.ask(f"select * from {name}")  # noqa: S608  its own tables
        kept[name] = sorted(str(row) for row in rows)
    return {name: rows for name, rows in kept.items() if name not in COUNTED}


def part(business, kind):
    parts = {}
    for one in PARTS:
        parts[snake(one)] = build(one, business.ports, parts)
    return parts[snake(kind)]


def links_in(mail):
    """Of text, of html and of the headers; those of this installation."""
    everywhere = "\n".join((mail.text or "", unescape(mail.html or ""), *(mail.headers or {}).values()))
    return set(re.findall(rf"{re.escape(HERE)}[^\s\"'<>]*", everywhere))


@pytest.fixture
async def mails(business, pat):
    """One of every kind the product sends, and one a customer wrote."""
    await business.agreed(PAT)
    await business.agreed(PHONE)
    template = NewTemplate(
        slug="offers",
        name="Offers",
        channel=Channel.EMAIL,
        category=Category.MARKETING,
        content=Content(
            subject="Offers",
            text="20% off. Acme & Sons Ltd\nLeave: {{ unsubscribe_url }}\nChoose: {{ preferences_url }}",
            html='<p>20% off</p><a href="{{ unsubscribe_url }}">Leave</a> <a href="{{ preferences_url }}">All</a>',
        ),
    )
    await business.installation[CreateTemplate](template, SYSTEM)
    await business.installation[PublishTemplate]("offers", SYSTEM)
    await business.send(PAT, template="offers")
    await business.send(PAT)
    await business.send(PAT, "orders")
    await business.send(PHONE)
    await business.agreed(KIM, doi_confirmed_at=None)
    await business.send(KIM)
    values = {"code": "123456", "link": f"{HERE}/l/example", "minutes": "10", "hours": "24"}
    for kind, needs in KINDS.items():
        for channel in needs.channels:
            to = Address.parse(PAT if channel is Channel.EMAIL else PHONE)
            wanted = NoticeTo(
                kind=kind,
                address=to,
                program="weekly-offers" if kind not in (Notice.CODE, Notice.LINK) else "codes",
                values={name: values.get(name, "example") for name in needs.needs},
            )
            async with business.ports.transaction()():
                await part(business, Notices).write([wanted], live=True, now=business.clock.at)
    assert (await pat.ask_for_code(PAT)).status_code == 200
    form = await pat.web.get("/f/weekly-offers")
    assert (await pat.press(form, "Sign up", **{"weekly-offers.email": "yes", "email": NEW})).status_code == 200
    await business.work()
    return [mail for address in (PAT, PHONE, NEW, KIM) for mail in await business.received(address)]


async def test_whoever_opens_every_link_twice_changes_nothing(business, pat, mails):
    links = {link for mail in mails for link in links_in(mail)}
    kinds = {link.removeprefix(HERE).split("/")[1] for link in links}
    assert {"u", "c", "f", "preferences"} <= kinds
    before = await everything_kept(business)
    for _ in range(2):
        for agent in AGENTS:
            for method in ("HEAD", "GET", "OPTIONS"):
                for link in links:
                    answer = await pat.web.request(method, link, headers={"User-Agent": agent})
                    assert answer.status_code in (200, 204, 404), (method, link, answer.status_code)
                    assert "set-cookie" not in answer.headers
                    assert "location" not in answer.headers
    assert await everything_kept(business) == before


async def test_every_link_still_does_its_one_thing_afterwards(business, pat, mails):
    links = {link for mail in mails for link in links_in(mail)}
    for link in links:
        await pat.web.get(link, headers={"User-Agent": AGENTS[0]})
    leave = next(link for link in sorted(links) if "/u/" in link)
    assert (await pat.web.post(leave, data={"List-Unsubscribe": "One-Click"})).status_code == 200
    assert "revoked" in [status for _, status in await business.standing(PAT)]


async def test_a_marketing_mail_carries_one_link_for_mail_programs_and_promises_one_click(business, mails):
    [mail, *_] = [mail for mail in mails if mail.subject == "Offers"]
    listed = mail.headers["List-Unsubscribe"]
    ways = re.findall(r"<([^>]*)>", listed)
    assert len([way for way in ways if way.startswith("https:")]) == 1
    assert ways[0].startswith(f"{HERE}/u/")
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert ways[0] in mail.text
    assert ways[0] in (mail.html or "")


async def test_a_forwarded_mail_stops_its_own_address_and_shows_nobody(business, pat, mails):
    """EML-8058-04, whoever presses it and wherever they are."""
    await business.agreed("sam@example.com")
    [mail, *_] = [mail for mail in mails if mail.subject == "Offers"]
    for link in links_in(mail):
        page = await pat.web.get(link)
        for hidden in ("pat@", "p***", "Pat Doe", "0101", "agreed on", "Your orders", "Shop news"):
            assert hidden not in page.text
    leave = next(link for link in links_in(mail) if "/u/" in link)
    done = await pat.web.post(leave, data={}, headers={"User-Agent": "Sam's browser"})
    assert "pat" not in done.text.lower().replace("compat", "")
    assert (await business.standing(PAT))[-1] == ("weekly-offers", "revoked")
    assert await business.standing("sam@example.com") == [("weekly-offers", "confirmed")]
