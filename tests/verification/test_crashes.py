"""A worker is killed around the sending of a code. Whoever asked gets one code, and it works."""

import os
import re
import signal
from pathlib import Path

import pytest

from adapters.outbound.secrets.ring import KeyRing
from application.messages.dispatch import Dispatch
from application.messages.notices import Notices
from application.verification.send_challenges import SendChallenges
from application.verification.verify import Attempt, CheckVerification, NewVerification, StartVerification
from domain.verification.challenge import Status
from tests.installation import SetClock
from tests.postgres.sending.business import business_on
from tests.postgres.sending.processes import Place, ended, started
from tests.verification.codes import PAT

pytestmark = pytest.mark.xdist_group("the machine to itself")


class Dying(Notices):
    """The message is written, and the transaction never ends."""

    async def write(self, *notices, **when):
        await super().write(*notices, **when)
        os.kill(os.getpid(), signal.SIGKILL)


async def send_and_die(place: Place, step: str) -> None:
    async with place.business() as business:
        more = {"notices": business.another(Dying)} if step == "written" else {}
        await business.another(SendChallenges, **more)()
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
async def business(database_url, tmp_path: Path):
    business = business_on(database_url, tmp_path, KeyRing.generate(), clock=SetClock())
    await business.open()
    yield business
    await business.close()


@pytest.mark.parametrize("step", ["written", "committed"])
async def test_a_code_is_sent_exactly_once_however_its_worker_dies(business, step):
    asked = await business[StartVerification](NewVerification(address=PAT, purpose="confirm_address"), business.actor)
    assert await ended(started(send_and_die, Place.of(business), step)) == -signal.SIGKILL
    [(left,)] = await business.ask("select count(*) from messages")
    assert left == (0 if step == "written" else 1)
    for use_case in (SendChallenges, Dispatch):
        while await business[use_case]():
            pass
    [message] = await business.ports.sandbox_messages().latest(10, live=True)
    code = re.search(r"\b\d{6}\b", message.text)[0]
    assert await business[CheckVerification](asked.id, Attempt(code=code), business.actor) is Status.APPROVED
