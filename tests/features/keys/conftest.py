"""Where keys are used: an installation with a ring in a file, an administrator, and a Twilio beside it."""

import asyncio
from contextlib import AsyncExitStack
from types import SimpleNamespace

import pytest

from tests.access.conftest import Staff
from tests.applications import application
from tests.contracts.twilio_server import TwilioServer
from tests.installation import SetClock
from tests.keys.scene import scene_on

PAT, KIM = "+12125550101", "+12125550102"


class Place:
    """An installation with one process that answers, and a Twilio beside it."""

    def __init__(self, scene, business, server):
        self.scene, self.business, self.server = scene, business, server
        app = application(business.ports, business.use_cases)
        self.staff = Staff(
            SimpleNamespace(ports=business.ports, use_cases=business.use_cases, clock=business.clock, app=app)
        )
        self.other = self.link = self.refusal = self.tested = None
        self.sent, self.answers, self.key = [], [], {}

    async def administrator(self):
        return await self.staff.signed_in(live=True)

    async def write_to_pat(self):
        self.sent += await self.business.send(PAT)
        await self.business.work()

    async def contact(self):
        """As support reads it, with the address in clear."""
        async with await self.administrator() as admin:
            found = (await admin.post("/api/v1/contacts/lookup", json={"address": PAT})).json()
            point = found["contact_points"][0]["id"]
            path = f"/api/v1/contacts/{found['id']}/points/{point}/actions/reveal"
            revealed = (await admin.post(path, json={"reason": "They asked which number we write to"})).json()
        return found, revealed

    async def replace(self, key):
        self.scene.rotate(key)
        await self.scene.turn(self.business)

    async def ask(self, path, *, ip="203.0.113.9", **more):
        """With the API key alone."""
        async with self.staff.browser(ip=ip) as caller:
            headers = {"Authorization": f"Bearer {self.key['secret']}"}
            return await caller.request(more.pop("method", "GET"), path, headers=headers, **more)


@pytest.fixture
def run():
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture
def place(run, database_url, tmp_path):
    stack = AsyncExitStack()

    async def opened():
        server = await stack.enter_async_context(TwilioServer().running())
        scene = await stack.enter_async_context(scene_on(database_url, tmp_path, SetClock()))
        ours = {"egress_allow": "127.0.0.0/8", "public_url": "http://optin.example"}
        business = await scene.process(watching=False, **ours)
        await business.open()
        return Place(scene, business, server)

    yield run(opened())
    run(stack.aclose())
