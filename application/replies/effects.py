"""What somebody's words do to their consents: the same for a text, a mail, and a note of what was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from application.compliance.policy import Policies
from application.consent.ports import Ledger, Point, SealedEntry
from application.consent.sealing import seal_entry
from application.secrets import Digests, Vault
from domain.access import SYSTEM
from domain.addresses import Address
from domain.compliance.law.us_revocation import revoke_all_in_force
from domain.compliance.optouts import start_restores
from domain.compliance.profile import Profile
from domain.compliance.replies import Classification, Reading, Scope
from domain.consent.evidence import Evidence
from domain.consent.ledger import ONE_CATEGORY, Fact, Status, all_revoked
from domain.ids import EntryId, ProgramId, new_id
from domain.programs import Category
from domain.suppression import Reason

_A_MOMENT = timedelta(microseconds=1)


class Said(Struct, frozen=True, kw_only=True):
    """Words as they were read, with what is known around them.

    `via` is the means as the rules call it: sms_keyword, sms_free_text, mailto, unsub_reply, agent, and so on.
    `statement` is what was written, word for word; it is sealed. `to_sender` is the slug of the sender written to, and
    `program`, `category` are those of the message that was answered. `confirmed` is who confirms an opt-out to the
    person: a message of ours by its id, `provider` or `network`.
    """

    reading: Reading
    via: str
    statement: str
    at: datetime
    source: str = "first_party"
    keyword: str | None = None
    to_sender: str | None = None
    program_id: ProgramId | None = None
    program: str | None = None
    category: str | None = None
    confirmed: str | None = None

    def __repr__(self) -> str:
        return f"Said(via={self.via}, reading={self.reading.classification})"


class _Reach(Struct, frozen=True, kw_only=True):
    """How far an opt-out goes: to one program, to one category, or to everything."""

    program_id: ProgramId | None = None
    program: str | None = None
    scope: str | None = "all"
    category: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """Needs an open transaction in which the contact is held (`Ledger.point`, `Recipients.hold`): two answers at once
    follow each other.
    """

    ledger: Ledger
    vault: Vault
    digests: Digests
    policies: Policies

    async def apply(self, said: Said, point: Point, facts: Sequence[Fact], *, now: datetime) -> Fact | None:
        """The entry this adds to the ledger; None if the words change nothing, or nothing that was not so already.
        `facts` are all of the contact point, oldest first. It holds from the commit on.
        """
        match said.reading.classification:
            case Classification.REVOKE:
                return await self._revoked(said, point, facts, now)
            case Classification.SUSPEND_AND_REVIEW:
                return await self._suspended(said, point, facts, now)
            case Classification.OPT_IN:
                return await self.restart(said, point, facts, now=now)
            case _:
                return None

    async def refuse_unknown(self, said: Said, address: Address, *, live: bool, now: datetime) -> bool:
        """Whoever is no contact and says no leaves a suppression token, and does not become one. True if they did."""
        if said.reading.classification is not Classification.REVOKE:
            return False
        tokens = self.digests.suppression(address, live=live)
        await self.ledger.suppress(tokens, address.channel, Reason.OPT_OUT, program_id=None, at=now)
        return True

    async def resume(self, point: Point, evidence: Evidence, actor: str, *, now: datetime) -> Fact:
        """Somebody has read what suspended it, and found no opt-out in it."""
        return await self._append(point, Status.RESUMED, _Reach(), evidence, actor, now)

    async def revoke(self, point: Point, evidence: Evidence, actor: str, *, now: datetime) -> Fact:
        """Somebody has read an unclear reply, and found an opt-out from everything in it."""
        told = replace(evidence, scope=_Reach().scope)
        return await self._append(point, Status.REVOKED, _Reach(), told, actor, now)

    async def _revoked(self, said: Said, point: Point, facts: Sequence[Fact], now: datetime) -> Fact | None:
        reach = _reach(said, self.policies.current().profile, now)
        if _said_before(said, reach, facts):
            return None
        return await self._append(point, Status.REVOKED, reach, _evidence(said, reach), SYSTEM.id, now)

    async def _suspended(self, said: Said, point: Point, facts: Sequence[Fact], now: datetime) -> Fact | None:
        if all_revoked(facts):
            return None
        reach = _Reach(scope=ONE_CATEGORY, category=Category.MARKETING)
        return await self._append(point, Status.SUSPENDED, reach, _evidence(said, reach), SYSTEM.id, now)

    async def restart(self, said: Said, point: Point, facts: Sequence[Fact], *, now: datetime) -> Fact | None:
        """Nobody who never left comes back; a START agrees to nothing new."""
        if not _left_since_coming_back(facts):
            return None
        profile = self.policies.current().profile
        back = tuple(category.value for category in Category if start_restores(category, profile))
        evidence = _evidence(said, _Reach(scope=None), categories=back)
        return await self._append(point, Status.RESTARTED, _Reach(), evidence, SYSTEM.id, now)

    async def _append(
        self, point: Point, status: Status, reach: _Reach, evidence: Evidence, actor: str, now: datetime
    ) -> Fact:
        fact = Fact(
            id=EntryId(new_id(now)),
            program_id=reach.program_id,
            program=reach.program,
            channel=point.channel,
            status=status,
            at=_after(point, now),
            recorded_at=now,
            facts=evidence.facts(),
        )
        await self.ledger.append([self._sealed(fact, evidence, point, actor)])
        return fact

    def _sealed(self, fact: Fact, evidence: Evidence, point: Point, actor: str) -> SealedEntry:
        key = self.vault.unwrap(point.data_key)
        return seal_entry(fact, evidence, contact=point.contact_id, point=point.contact_point_id, actor=actor, key=key)


def _after(point: Point, now: datetime) -> datetime:
    """It stands after whatever was said before it, even by a server whose clock is ahead."""
    return now if point.latest is None else max(now, point.latest + _A_MOMENT)


def _reach(said: Said, profile: Profile, now: datetime) -> _Reach:
    """The person's own words first; then the profile, as long as the law leaves it a choice (US-TCPA-REV-08). A stop to
    a message that needed no consent reaches everything (US-TCPA-REV-09).
    """
    if said.reading.scope is Scope.MARKETING:
        return _Reach(scope=ONE_CATEGORY, category=Category.MARKETING)
    narrow = profile.revocation_scope == "program" and not revoke_all_in_force(now)
    if narrow and said.program_id is not None and said.category != Category.EXEMPTED_INFORMATIONAL:
        return _Reach(program_id=said.program_id, program=said.program, scope=None)
    return _Reach()


def _said_before(said: Said, reach: _Reach, facts: Sequence[Fact]) -> bool:
    """Everything was told no by the same means, nothing but no since, and nobody is owed an answer."""
    if said.reading.reply.send is not None or not all_revoked(facts):
        return False
    if reach.scope == ONE_CATEGORY:
        return True
    last = next(fact for fact in reversed(facts) if fact.status is Status.REVOKED and fact.to_everything)
    same = (last.facts.via, last.facts.to_sender) == (said.via, said.to_sender)
    return same and (last.facts.confirmed is not None or said.confirmed is None)


def _left_since_coming_back(facts: Sequence[Fact]) -> bool:
    for fact in reversed(facts):
        if fact.status is Status.RESTARTED:
            return False
        if fact.status in (Status.REVOKED, Status.SUSPENDED):
            return True
    return False


def _evidence(said: Said, reach: _Reach, *, categories: tuple[str, ...] = ()) -> Evidence:
    return Evidence(
        source=said.source,
        via=said.via,
        keyword=said.keyword,
        scope=reach.scope,
        category=reach.category,
        to_sender=said.to_sender,
        in_reply_to_program=said.program,
        in_reply_to_category=said.category,
        confirmed=said.confirmed,
        categories=categories,
        statement=said.statement,
    )
