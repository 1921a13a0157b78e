"""What the steps may do, in the words of the features. Two drivers say it: one calls the use cases, one goes over
HTTP. Steps never learn which.
"""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import msgspec

from application.access.keys import IssueApiKey, NewApiKey
from application.channels.senders import CreateSender
from application.consent.attest import Attestation, AttestConsent
from application.consent.capture import CaptureConsent, CaptureConsents
from application.consent.confirm import ConfirmConsent
from application.consent.reading import ConsentQueries
from application.consent.withdraw import WithdrawConsent, WithdrawConsents
from application.messages.dispatch import Dispatch
from application.messages.drafting import SendMessage
from application.messages.follow_up import CancelMessage, ExpireHeld, FindLost, ReleaseHeld
from application.messages.ports import Asked
from application.messages.queries import MessageQueries
from application.messages.send_with_consent import SendWithConsent
from application.programs.write import CreateProgram, MoveProgram, NewProgram, Text
from domain.access import SYSTEM
from domain.addresses import Address, Channel
from domain.consent.evidence import ConsentType, Evidence
from domain.consent.ledger import NothingToConfirm
from domain.errors import DomainError
from domain.ids import MessageId
from domain.messages import Content, OnNoConsent
from domain.programs import Category, OptIn, Status
from tests.acme import ACME
from tests.applications import application
from tests.installation import Installation

BOTH = (Channel.SMS, Channel.EMAIL)
_RUNS_AHEAD = """
select exists (
    select from consent_entries e
    where not exists (
        select from followers f
        where f.name = 'release_held' and (e.transaction, e.position) <= (f.transaction, f.position)))
"""


class Refused(Exception):
    """What a driver was told instead of an answer: the problem's code."""


class Behind:
    """What both drivers share: the installation behind the application, and its background work."""

    def __init__(self, installation: Installation, runner: asyncio.Runner) -> None:
        self.installation = installation
        self.runner = runner
        self.run(installation[CreateSender](ACME, SYSTEM))

    def run(self, work: Any) -> Any:
        return self.runner.run(work)

    def add_program(self, name: str, category: Category, opt_in: OptIn = OptIn.SINGLE) -> str:
        program = NewProgram(
            slug=name.lower().replace(" ", "-"),
            name=name,
            purpose=name,
            category=category,
            channels=BOTH,
            frequency="up to 4 messages a month",
            opt_in=opt_in,
            sender="acme",
            disclosures=(Text(channel=Channel.SMS, text=f"I agree to {name} from Acme Ltd."),),
        )
        self.run(self.installation[CreateProgram](program, SYSTEM))
        self.run(self.installation[MoveProgram](program.slug, Status.ACTIVE, SYSTEM))
        return program.slug

    def settle(self) -> None:
        """Let the background work come to rest."""
        rounds = [self.installation[kind] for kind in (ReleaseHeld, ExpireHeld, FindLost, Dispatch)]

        async def work() -> None:
            while any([await one() for one in rounds]) or await self._ledger_runs_ahead():
                pass

        self.run(work())

    async def _ledger_runs_ahead(self) -> bool:
        """A follower waits for every transaction on the server, and other tests have theirs on it too."""
        database = self.installation.ports.database()
        async with database.transaction():
            return bool(await database.connection.fetchval(_RUNS_AHEAD))

    def received(self, address: str) -> list[str]:
        latest = self.run(self.installation.ports.sandbox_messages().latest(100, live=True))
        return [message.text for message in latest if message.to == address]

    def yes(self, address: str, program: str) -> bool:
        """The person answers the request; whether there was one to answer."""
        try:
            self.run(self._confirm(Address.parse(address), program))
        except NothingToConfirm:
            return False
        return True

    async def _confirm(self, address: Address, program: str) -> None:
        ports = self.installation.ports
        digests = ports.digests()
        asked = Asked(digests=digests.index(address, live=True), tokens=(), program=program)
        async with ports.transaction()():
            [found] = await ports.recipients().gather([asked], now=self.installation.clock.at)
        evidence = Evidence(keyword="YES", sms_handset_confirmed=True)
        await self.installation[ConfirmConsent](found.known.contact_point_id, found.program.id, evidence)

    def until(self, at: datetime) -> None:
        """Time passes as it does for a worker: it looks again whenever something may have become due."""
        clock = self.installation.clock
        while clock.at < at:
            clock.at = min(at, clock.at + timedelta(hours=1))
            self.settle()


class ApplicationDriver(Behind):
    def send(self, text: str, address: str, program: str, **options: Any) -> str:
        command = SendMessage(to=address, channel=Channel.SMS, program=program, content=Content(text=text), **options)
        [receipt] = self._told(self.installation[SendWithConsent]([command], self.installation.actor))
        return str(self._checked(receipt).message.id)

    def message(self, message_id: str) -> dict[str, Any]:
        seen = self.run(self.installation[MessageQueries].one(MessageId(UUID(message_id)), self.installation.actor))
        return {"status": seen.message.status, "detail": seen.message.detail, "due_at": seen.message.due_at}

    def cancel(self, message_id: str) -> None:
        self._told(self.installation[CancelMessage](MessageId(UUID(message_id)), self.installation.actor))

    def capture(self, address: str, program: str, kind: str, evidence: dict[str, Any], status: str) -> dict[str, Any]:
        command = CaptureConsent(
            address=address,
            program=program,
            channel=Channel.SMS,
            type=ConsentType(kind),
            evidence=msgspec.convert(evidence, Evidence),
            status=status,  # type: ignore[arg-type]
        )
        [captured] = self._told(self.installation[CaptureConsents]([command], self.installation.actor))
        captured = self._checked(captured)
        return {
            "contact": str(captured.contact_id),
            "status": captured.consent.status,
            "lacks": list(captured.lacks),
        }

    def attest(self, words: dict[str, Any]) -> dict[str, Any]:
        done = self._told(
            self.installation[AttestConsent](msgspec.convert(words, Attestation), self.installation.actor)
        )
        return {"contact": str(done.captured.contact_id), "status": done.captured.consent.status}

    def withdraw(self, address: str, program: str | None) -> None:
        self._told(
            self.installation[WithdrawConsents](
                WithdrawConsent(address=address, program=program), self.installation.actor
            )
        )

    def standing(self, contact: str, as_of: datetime | None = None) -> str:
        queries = self.installation[ConsentQueries]
        [standing] = self.run(queries.of_contact(UUID(contact), self.installation.actor, as_of=as_of))
        return str(standing.consent.status)

    def _told(self, work: Any) -> Any:
        try:
            return self.run(work)
        except DomainError as refusal:
            raise Refused(refusal.code) from None

    def _checked(self, answer: Any) -> Any:
        if isinstance(answer, DomainError):
            raise Refused(answer.code)
        return answer


class HttpDriver(Behind):
    def __init__(self, installation: Installation, runner: asyncio.Runner) -> None:
        super().__init__(installation, runner)
        app = application(installation.ports, installation.use_cases)
        key = NewApiKey(name="features", live=True, scopes=("*",))
        issued = self.run(installation[IssueApiKey](key, SYSTEM))
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url="http://optin.example",
            headers={"Authorization": f"Bearer {issued.secret}"},
        )

    def send(self, text: str, address: str, program: str, **options: Any) -> str:
        if "on_no_consent" in options:
            options["on_no_consent"] = OnNoConsent(options["on_no_consent"]).value
        if "expires_at" in options:
            options["expires_at"] = options["expires_at"].isoformat()
        body = {"to": address, "channel": "sms", "program": program, "content": {"text": text}, **options}
        return str(self._post("/api/v1/messages/send_with_consent", body)["id"])

    def message(self, message_id: str) -> dict[str, Any]:
        found = self._answer(self.http.get(f"/api/v1/messages/{message_id}"))
        return {
            "status": found["status"],
            "detail": found["detail"],
            "due_at": datetime.fromisoformat(found["due_at"]),
        }

    def cancel(self, message_id: str) -> None:
        self._answer(self.http.post(f"/api/v1/messages/{message_id}/actions/cancel"))

    def capture(self, address: str, program: str, kind: str, evidence: dict[str, Any], status: str) -> dict[str, Any]:
        body = {
            "address": address,
            "program": program,
            "channel": "sms",
            "type": kind,
            "evidence": evidence,
            "status": status,
        }
        answer = self._post("/api/v1/consents", body)
        return {"contact": answer["contact_id"], "status": answer["status"], "lacks": answer["lacks"]}

    def attest(self, words: dict[str, Any]) -> dict[str, Any]:
        answer = self._post("/api/v1/consents/attested", words)["consent"]
        return {"contact": answer["contact_id"], "status": answer["status"]}

    def withdraw(self, address: str, program: str | None) -> None:
        self._post("/api/v1/consents/withdraw", {"address": address, "program": program})

    def standing(self, contact: str, as_of: datetime | None = None) -> str:
        asked = {"as_of": as_of.isoformat()} if as_of else {}
        answer = self._answer(self.http.get(f"/api/v1/contacts/{contact}/consents", params=asked))
        [standing] = answer["items"]
        return str(standing["status"])

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        return self._answer(self.http.post(path, json=body))

    def _answer(self, work: Any) -> Any:
        response = self.run(work)
        answer = response.json()
        if response.is_error:
            raise Refused(answer["code"])
        return answer
