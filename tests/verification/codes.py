"""The product with a program for codes, a worker that is turned by hand, and the phones that codes arrive on."""

import re
from datetime import timedelta

import httpx

from application.messages.dispatch import Dispatch
from application.programs.write import CreateProgram, MoveProgram, NewProgram, Text
from application.verification.send_challenges import SendChallenges
from bootstrap.seed import seed_examples
from domain.access import SYSTEM
from domain.addresses import Channel
from domain.programs import Category, Status
from tests.http.process import Process
from tests.installation import SetClock

PAT, SAM, MAIL = "+12125550101", "+16465550102", "pat@example.com"
_CODE = re.compile(r"\b(\d{6})\b")


class Verifying:
    """`process` answers requests; its clock is the test's."""

    def __init__(self, process: Process) -> None:
        self.process = process

    @property
    def clock(self) -> SetClock:
        return self.process.clock

    async def open(self) -> None:
        await seed_examples(self.process.use_cases)
        program = NewProgram(
            slug="codes",
            name="Codes",
            purpose="Codes you asked for",
            category=Category.OTP,
            channels=(Channel.SMS, Channel.EMAIL),
            frequency="only when you ask",
            sender="acme",
            disclosures=(Text(channel=Channel.SMS, text="Acme texts you the code you ask for."),),
        )
        await self.process.use_cases[CreateProgram](program, SYSTEM)
        await self.process.use_cases[MoveProgram]("codes", Status.ACTIVE, SYSTEM)
        self.process.http.headers["Authorization"] = f"Bearer {(await self.process.issue()).secret}"

    async def work(self) -> None:
        """Until nothing is left to do."""
        while await self.process.use_cases[SendChallenges]():
            pass
        while await self.process.use_cases[Dispatch]():
            pass

    def pass_by(self, **time: float) -> None:
        self.clock.pass_by(timedelta(**time))

    async def received(self, address: str, *, live: bool = True):
        """What arrived, the newest first."""
        kept = await self.process.ports.sandbox_messages().latest(100, live=live)
        return [message for message in kept if message.to == address]

    async def code(self, address: str, *, live: bool = True) -> str:
        newest = (await self.received(address, live=live))[0]
        return _CODE.search(newest.text)[1]

    async def start(self, address: str, purpose: str = "confirm_address", **more: str) -> str:
        answer = await self.process.http.post(
            "/api/v1/verifications", json={"address": address, "purpose": purpose, **more}
        )
        assert answer.status_code == 202, answer.text
        return answer.json()["id"]

    async def check(self, challenge_id: str, code: str, **more: dict[str, str]) -> str:
        answer = await self.answer(challenge_id, code, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()["status"]

    async def answer(self, challenge_id: str, code: str, **more: dict[str, str]) -> httpx.Response:
        return await self.process.http.post(f"/api/v1/verifications/{challenge_id}/check", json={"code": code}, **more)

    async def fails(self, challenge_id: str, address: str, times: int) -> list[str]:
        wrong = wrong_for(await self.code(address))
        return [await self.check(challenge_id, wrong) for _ in range(times)]

    async def row(self, challenge_id: str):
        return await self._one("select * from challenges where id = $1::uuid", challenge_id)

    async def _one(self, statement: str, *values):
        async with self.process.database.transaction():
            return await self.process.database.connection.fetchrow(statement, *values)

    async def ask(self, statement: str, *values):
        async with self.process.database.transaction():
            return [tuple(row) for row in await self.process.database.connection.fetch(statement, *values)]


def wrong_for(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"
