"""A server on loopback that speaks Twilio's Messages API, as far as sending SMS goes, and calls back as Twilio does.

Written from Twilio's documentation, not from its client: "Messages resource", "Security", "Errors".
"""

import asyncio
import base64
import contextlib
import hmac
import re
from collections.abc import AsyncIterator, Mapping
from typing import Any

from aiohttp import web

ACCOUNT = "AC00000000000000000000000000000001"  # pragma: allowlist secret
TOKEN = "not-a-secret-only-for-tests"
_MESSAGES = "/2010-04-01/Accounts/{account}/Messages.json"
_ACCOUNT = "/2010-04-01/Accounts/{account}.json"


def signature(url: str, form: Mapping[str, str], token: str = TOKEN) -> str:
    """The URL, then each field's name and value, sorted by name; HMAC-SHA1 with the auth token; base64."""
    signed = url + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.digest(token.encode(), signed.encode(), "sha1")).decode()


class TwilioServer:
    """Takes messages to everybody but the numbers in `answers`: a Twilio error code, an HTTP status, a response, or
    `drop`, `silence`.
    """

    def __init__(self) -> None:
        self.url = ""
        self.taken: list[dict[str, str]] = []
        self.asked = 0
        self.answers: dict[str, int | str | web.Response] = {}
        self.token = TOKEN
        self.account_status = "active"
        self.fetched = 0
        self.reached, self.held = asyncio.Event(), asyncio.Event()
        self.held.set()
        self._over = asyncio.Event()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["TwilioServer"]:
        application = web.Application()
        application.router.add_post(_MESSAGES, self._message)
        application.router.add_get(_ACCOUNT, self._account)
        runner = web.AppRunner(application, shutdown_timeout=0)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            self._over.set()
            await runner.cleanup()

    async def _message(self, request: web.Request) -> web.Response:
        self.asked += 1
        if request.headers.get("Authorization") != _basic(ACCOUNT, self.token):
            return _error(401, 20003, "Authenticate")
        if request.match_info["account"] != ACCOUNT:
            return _error(404, 20404, "The requested resource was not found")
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.reached.set()
        await self.held.wait()
        return await self._answer(request, form, self.answers.get(form["To"]))

    async def _account(self, request: web.Request) -> web.Response:
        self.fetched += 1
        if request.headers.get("Authorization") != _basic(ACCOUNT, self.token):
            return _error(401, 20003, "Authenticate")
        return web.json_response(
            {
                "sid": ACCOUNT,
                "owner_account_sid": ACCOUNT,
                "friendly_name": "Acme",
                "status": self.account_status,
                "type": "Full",
                "auth_token": self.token,
                "date_created": "Sun, 22 Nov 2026 12:00:00 +0000",
                "date_updated": "Sun, 22 Nov 2026 12:00:00 +0000",
                "subresource_uris": {},
                "uri": f"/2010-04-01/Accounts/{ACCOUNT}.json",
            }
        )

    async def _answer(self, request: web.Request, form: dict[str, str], answer: Any) -> web.Response:
        match answer:
            case None if refusal := _refusal(form):
                return _error(400, *refusal)
            case None:
                self.taken.append(form)
                return web.json_response(_resource(form, len(self.taken)), status=201)
            case web.Response():
                return answer
            case "drop":
                request.transport.abort()
            case "silence":
                await self._over.wait()
            case int() if answer < 1000:
                return web.json_response({"message": f"Trouble with {form['To']}"}, status=answer)
            case int():
                return _error(400, answer, f"Attempt to send to {form['To']} refused")
        return web.Response(status=500)


def _refusal(form: Mapping[str, str]) -> tuple[int, str] | None:
    if not re.fullmatch(r"\+[1-9]\d{7,14}", form["To"]):
        return 21211, f"Invalid 'To' Phone Number: {form['To']}"
    if not form.get("Body"):
        return 21602, "Message body is required."
    if ("From" in form) == ("MessagingServiceSid" in form):
        return 21603, "A 'From' phone number is required."
    return None


def _resource(form: Mapping[str, str], number: int) -> dict[str, Any]:
    service = form.get("MessagingServiceSid")
    return {
        "account_sid": ACCOUNT,
        "api_version": "2010-04-01",
        "body": form["Body"],
        "date_created": "Sun, 22 Nov 2026 12:00:00 +0000",
        "date_sent": None,
        "date_updated": "Sun, 22 Nov 2026 12:00:00 +0000",
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": form.get("From"),
        "messaging_service_sid": service,
        "num_media": "0",
        "num_segments": "1",
        "price": None,
        "price_unit": None,
        "sid": f"SM{number:032x}",
        "status": "accepted" if service else "queued",
        "subresource_uris": {},
        "to": form["To"],
        "uri": f"/2010-04-01/Accounts/{ACCOUNT}/Messages/SM{number:032x}.json",
    }


def _error(status: int, code: int, message: str) -> web.Response:
    more = f"https://www.twilio.com/docs/errors/{code}"
    return web.json_response({"code": code, "message": message, "more_info": more, "status": status}, status=status)


def _basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()
