"""Signing up, as a person does it: open the form, tick, write, send; type the code, open the link."""

import re
from html import unescape
from urllib.parse import urlsplit

import httpx

from application.sandbox.text_back import TextBack, TextedBack
from domain.access import SYSTEM
from tests.forms.person import Person

FORM = "/f/weekly-offers"
TEXTS, MAILS = "weekly-offers.sms", "weekly-offers.email"
PAT, PHONE = "pat@example.com", "+12125550101"
_LINK = re.compile(r"https://optin\.example(\S+/link/\S+)")


def seen(page: httpx.Response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page.text)))


async def send_form(person: Person, *ticked: str, path: str = FORM, **written: str) -> httpx.Response:
    page = await person.web.get(path)
    return await person.press(page, "Sign up", **dict.fromkeys(ticked, "yes"), **written)


async def type_code(person: Person, page: httpx.Response, code: str | None = None) -> httpx.Response:
    return await person.press(page, "Confirm", code=code or await person.code(PHONE))


async def link_to(person: Person, address: str = PAT) -> str:
    """The newest one that came by mail."""
    await person.business.work()
    for message in await person.business.received(address):
        if found := _LINK.search(message.text):
            return found[1]
    raise LookupError("No link came.")


async def press_link(person: Person, link: str | None = None) -> httpx.Response:
    page = await person.web.get(link or await link_to(person))
    return await person.press(page, "Yes, I agree to this")


async def sign_up_for_texts(person: Person, **written: str) -> httpx.Response:
    return await type_code(person, await send_form(person, TEXTS, phone=PHONE, **written))


async def sign_up_for_mails(person: Person, **written: str) -> httpx.Response:
    await send_form(person, MAILS, email=PAT, **written)
    return await press_link(person)


def nothing_personal_in(url: str) -> bool:
    return not any(part in urlsplit(url).geturl() for part in ("pat", "0101", "Doe", "2125"))


async def text(person: Person, words: str, number: str = PHONE) -> None:
    """On the phone the sandbox is."""
    written = TextedBack(from_=number, to="+12125550100", text=words)
    await person.business.installation[TextBack](written, SYSTEM)
    await person.business.work()
