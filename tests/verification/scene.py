"""What Pat, somebody and Acme do in features/verification: through the use cases, or over HTTP."""

import asyncio
from uuid import UUID

from adapters.outbound.secrets.ring import KeyRing
from application.verification.verify import Attempt, CheckVerification, NewVerification, StartVerification
from domain.access import EVERYTHING, Actor
from domain.errors import DomainError
from tests.http.process import Process
from tests.installation import SetClock
from tests.verification.codes import PAT, Verifying, wrong_for


class Refused(Exception):
    """With the code of the refusal."""


class OverHttp(Verifying):
    async def begin(self, address, purpose, *, live=True, **more):
        headers = {} if live else {"Authorization": f"Bearer {(await self.process.issue(live=False)).secret}"}
        body = {"address": address, "purpose": purpose, **more}
        answer = await self.process.http.post("/api/v1/verifications", json=body, headers=headers)
        if answer.is_error:
            raise Refused(answer.json()["code"])
        assert set(answer.json()) == {"id", "expires_at"}
        return answer.json()["id"]

    async def enter(self, challenge_id, code):
        return await self.check(challenge_id, code)


class ThroughUseCases(Verifying):
    async def begin(self, address, purpose, *, live=True, **more):
        command = NewVerification(address=address, purpose=purpose, **more)
        try:
            started = await self.process.use_cases[StartVerification](command, actor(live=live))
        except DomainError as refusal:
            raise Refused(refusal.code) from refusal
        return str(started.id)

    async def enter(self, challenge_id, code):
        check = self.process.use_cases[CheckVerification]
        return str(await check(UUID(challenge_id), Attempt(code=code), actor()))


def actor(*, live=True):
    return Actor(id="key:test", permissions=EVERYTHING, live=live)


class Scene:
    """What Pat, somebody and Acme do, and what the phones show."""

    def __init__(self, url, way_in):
        self.runner = asyncio.Runner()
        self.acme = way_in(Process(url, KeyRing.generate(), clock=SetClock()))
        self.address, self.asked, self.codes, self.status, self.refusal = PAT, [], [], None, None

    def do(self, work):
        return self.runner.run(work)

    def ask(self, address=None, purpose="confirm_address", **more):
        self.address, self.refusal = plain(address) if address else self.address, None
        try:
            self.asked.append(self.do(self.acme.begin(self.address, purpose, **more)))
        except Refused as refusal:
            self.refusal = str(refusal)
        self.do(self.acme.work())

    def note_code(self):
        self.codes.append(self.do(self.acme.code(self.address)))

    def enter(self, code, asked=-1):
        self.status = self.do(self.acme.enter(self.asked[asked], code))

    def enter_wrong(self, times):
        for _ in range(times):
            self.enter(wrong_for(self.codes[-1]))

    def arrived(self, *, live=True):
        return len(self.do(self.acme.received(self.address, live=live)))

    def all_arrived(self):
        return self.do(self.acme.ask("select count(*) from sandbox_messages"))[0][0]

    def pass_by(self, **time):
        self.acme.pass_by(**time)
        self.do(self.acme.work())

    def close(self):
        self.do(self.acme.process.close())
        self.runner.close()


def plain(address):
    return address if "@" in address else address.replace(" ", "")
