"""Operators on one process of the product: made, signed in, and speaking as their browser would."""

from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from application.operators.joining import MakeFirstLink
from application.operators.sign_ins import Opened, SignIns, Where, csrf_of
from bootstrap.use_cases import build
from domain.addresses import Address, Channel
from domain.ids import OperatorId, new_id
from domain.operators import Method, Operator
from domain.roles import Role
from tests.http.conftest import process, ring, start  # noqa: F401
from tests.http.process import CreepingClock, Process

PASSWORD = "four words are a fine one"
BROWSER = {"User-Agent": "Firefox on a desk"}


@pytest.fixture
def clock():
    return CreepingClock()


@dataclass
class Staff:
    """One process, and whoever works there."""

    process: Process
    made: int = 0

    async def operator(self, role: Role = Role.ADMIN, *, password: str | None = None, email: str = "") -> Operator:
        self.made += 1
        now = self.process.clock.now()
        operator = Operator(
            id=OperatorId(new_id(now)),
            email=Address.parse(email or f"staff{self.made}@example.com", Channel.EMAIL),
            name=f"Staff {self.made}",
            role=role,
            created_at=now,
            password=await self.process.ports.passwords().hash(password) if password else None,
        )
        async with self.process.ports.transaction()():
            await self.process.ports.operators().add(operator)
        return operator

    async def session(self, operator: Operator) -> Opened:
        sign_ins = build(SignIns, self.process.ports, {})
        async with self.process.ports.transaction()():
            return await sign_ins.open(
                operator, Method.PASSWORD, Where(request_id="test", ip="203.0.113.9"), self.process.clock.now()
            )

    def browser(self, opened: Opened | None = None, *, live: bool = False, ip: str = "127.0.0.1") -> httpx.AsyncClient:
        """With the cookie and the token of the session, if there is one; a fresh one if there is none."""
        headers = {**BROWSER, "OptIn-Mode": "live" if live else "test"}
        transport = httpx.ASGITransport(self.process.app, raise_app_exceptions=False, client=(ip, 1))
        browser = httpx.AsyncClient(transport=transport, base_url="http://optin.example", headers=headers)
        if opened is not None:
            browser.headers["X-CSRF-Token"] = csrf_of(opened.token)
            browser.cookies.set("optin", opened.token, domain="optin.example")
        return browser

    async def signed_in(self, role: Role = Role.ADMIN, *, live: bool = False) -> httpx.AsyncClient:
        return self.browser(await self.session(await self.operator(role)), live=live)

    async def first_token(self) -> str:
        link = await self.process.use_cases[MakeFirstLink]()
        assert link is not None
        return link.rpartition("#")[2]


def trust(browser: httpx.AsyncClient, answer: dict[str, Any]) -> dict[str, Any]:
    """As a page does with the answer to a sign-in: keep the token."""
    browser.headers["X-CSRF-Token"] = answer["csrf_token"]
    return answer


async def sign_in(browser: httpx.AsyncClient, email: str, password: str = PASSWORD) -> httpx.Response:
    answer = await browser.post("/admin/api/session", json={"email": email, "password": password})
    if answer.status_code == 200 and answer.json()["signed_in"]:
        trust(browser, answer.json()["signed_in"])
    return answer


@pytest.fixture
def staff(process: Process) -> Staff:  # noqa: F811
    return Staff(process)
