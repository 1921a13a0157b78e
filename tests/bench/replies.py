"""Texts that come in over HTTP, signed as Twilio signs: each an opt-out in plain words that is read, put on the ledger
and answered. Beside the same server inserting one row and committing.
"""

import asyncio
from statistics import median
from urllib.parse import urlencode

from tests.bench.load import flood, requests
from tests.bench.product import address, fill, messages, product
from tests.bench.report import Report
from tests.contracts.twilio_server import ACCOUNT, TOKEN, signature

_CONTACTS = 8_000
_ROUNDS, _SECONDS, _CLIENTS = 3, 3, 32
_HERE, _PATH = "https://optin.example", "/callbacks/twilio/inbound"
_TWILIO = {
    "OPTIN_WORKER": "false",
    "OPTIN_PUBLIC_URL": _HERE,
    "OPTIN_SMS_CARRIER": "twilio",
    "OPTIN_TWILIO_ACCOUNT_SID": ACCOUNT,
    "OPTIN_TWILIO_AUTH_TOKEN": TOKEN,
}


def run(report: Report) -> None:
    with product() as made:

        async def prepare(ports, use_cases):
            async with ports.transaction()():
                await ports.database().connection.execute(
                    "create table bench_floor (id uuid primary key, body text not null, at timestamptz not null)"
                )
            await fill(use_cases, 0, _CONTACTS)

        made.run(prepare)
        floor = requests("/api/v1/bench/floor", made.key, messages(0, _CONTACTS))
        stops = _signed(_CONTACTS)
        with made.serving(**_TWILIO) as (url, _):
            asyncio.run(flood(url, floor, clients=_CLIENTS, seconds=1))
            pairs = [
                (
                    asyncio.run(flood(url, floor, clients=_CLIENTS, seconds=_SECONDS)),
                    asyncio.run(flood(url, _part(stops, turn), clients=_CLIENTS, seconds=_SECONDS, answer=200)),
                )
                for turn in range(_ROUNDS)
            ]
        report.rate(
            f"opt-outs by text taken in, {_CLIENTS} clients (floor: one insert)",
            median(taken for _, taken in pairs),
            floor=median(floors for floors, _ in pairs),
            ratio=0.08,
        )


def _part(stops: list[bytes], turn: int) -> list[bytes]:
    """Nobody says it twice: a repeated stop costs less."""
    each = len(stops) // _ROUNDS
    return stops[turn * each : (turn + 1) * each]


def _signed(count: int) -> list[bytes]:
    made = []
    for number in range(count):
        form = {
            "MessageSid": f"SM{number:032x}",
            "AccountSid": ACCOUNT,
            "From": address(number),
            "To": "+12125550100",
            "Body": "please stop texting me",
            "NumMedia": "0",
        }
        body = urlencode(form).encode()
        made.append(
            b"POST %b HTTP/1.1\r\nHost: bench\r\nX-Twilio-Signature: %b\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%b"
            % (_PATH.encode(), signature(_HERE + _PATH, form).encode(), len(body), body)
        )
    return made
