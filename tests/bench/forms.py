"""The sign-up form shown, and sent: each sent form is another address, which waits for its link. Beside the same server
answering with a fixed page of the same size.
"""

import asyncio
import re
from collections.abc import Mapping
from statistics import median
from typing import Any
from urllib.parse import urlencode

import httpx

from application.channels.senders import ChangeSender, SenderChange
from bootstrap.seed import seed_examples
from domain.access import SYSTEM
from tests.bench.load import flood
from tests.bench.product import product
from tests.bench.report import Report

_FORM = "/f/weekly-offers"
_FORMS = 30_000
_ROUNDS, _SECONDS, _CLIENTS = 3, 3, 32
_UNLIMITED = {
    "OPTIN_WORKER": "false",
    "OPTIN_FORM_RATE_PER_MINUTE": "10000000",
    "OPTIN_FORM_RATE_WITHOUT_PROOF_PER_MINUTE": "10000000",
}


def run(report: Report) -> None:
    with product() as made:
        made.run(_prepare)
        with made.serving(**_UNLIMITED) as (url, _):
            shown = httpx.get(f"{url}{_FORM}")
            sent = _sent(shown.text)
            answer = httpx.post(
                f"{url}{_FORM}", content=sent[-1].partition(b"\r\n\r\n")[2], headers={"Content-Type": _KIND}
            )
            for what, requests, size, ratio in (
                ("sign-up form shown", [_get(_FORM)], len(shown.content), 0.2),
                ("sign-up form sent, its link waiting", sent, len(answer.content), 0.05),
            ):
                _compare(report, what, url, requests, size, ratio)


async def _prepare(_: Any, use_cases: Mapping[type, Any]) -> None:
    await seed_examples(use_cases)
    links = SenderChange(terms_url="https://acme.example/terms", privacy_url="https://acme.example/privacy")
    await use_cases[ChangeSender]("acme", links, SYSTEM)


_KIND = "application/x-www-form-urlencoded"


def _compare(report: Report, what: str, url: str, requests: list[bytes], size: int, ratio: float) -> None:
    floor, each = [_get(f"/bench/page/{size}")], max(1, len(requests) // _ROUNDS)
    asyncio.run(flood(url, floor, clients=_CLIENTS, seconds=1, answer=200))
    pairs = []
    for turn in range(_ROUNDS):
        part = requests[turn * each : (turn + 1) * each] or requests
        pairs.append(
            (
                asyncio.run(flood(url, floor, clients=_CLIENTS, seconds=_SECONDS, answer=200)),
                asyncio.run(flood(url, part, clients=_CLIENTS, seconds=_SECONDS, answer=200)),
            )
        )
    report.rate(
        f"{what}, {_CLIENTS} clients (floor: a fixed page)",
        median(found for _, found in pairs),
        floor=median(floors for floors, _ in pairs),
        ratio=ratio,
    )


def _get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode()


def _sent(page: str) -> list[bytes]:
    ticket = re.search(r'name="ticket" value="([^"]*)"', page)
    if ticket is None:
        raise RuntimeError("The form has no ticket.")
    made = []
    for number in range(_FORMS):
        fields = {"ticket": ticket[1], "weekly-offers.email": "yes", "email": f"pat-{number}@example.com"}
        body = urlencode(fields).encode()
        head = f"POST {_FORM} HTTP/1.1\r\nHost: bench\r\nContent-Type: {_KIND}\r\nContent-Length: {len(body)}\r\n\r\n"
        made.append(head.encode() + body)
    return made
