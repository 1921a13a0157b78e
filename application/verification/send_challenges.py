"""What follows from asking for a code: all that depends on the address, away from whoever asked (VER-08).

One transaction decides, makes the secrets and writes the messages. A crash before its commit leaves the challenges
waiting as they were, and secrets nobody was told.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from application.consent.recording import Agreement, Recording
from application.messages.notices import Notices, NoticeTo
from application.ports import Clock, Transaction
from application.secrets import Unsealable
from application.verification.ports import Challenges, Kept, Secrets, Tallies
from application.verification.verification import Verification, new_secret
from domain.access import SYSTEM
from domain.addresses import Address, Channel
from domain.consent.ledger import Status as ConsentStatus
from domain.errors import DomainError
from domain.ids import ChallengeId
from domain.messages import Message, Status
from domain.templates.notices import Notice
from domain.verification.challenge import Challenge, Intent, Method, act_of
from domain.verification.rationing import Limits, Ration, Seen, country_of, prefix_of, ration

_MOST = 100
_LEAVES = frozenset({Status.QUEUED, Status.DEFERRED})
_ACT = {Intent.OPT_IN: "opt_in", Intent.ATTESTATION: "opt_in", Intent.PREFERENCES: "preferences"}


class _Wanted(Struct, frozen=True, kw_only=True):
    kept: Kept
    address: Address


@dataclass(slots=True)
class _Tally:
    """What this very round issues counts for the rest of it."""

    counts: Counter[tuple[str, object]] = field(default_factory=Counter)
    last: dict[bytes, datetime] = field(default_factory=dict)

    def on_top_of(self, seen: Seen, kept: Kept) -> Seen:
        mine = self.counts[("address", kept.digest)]
        return replace(
            seen,
            to_address=seen.to_address + mine,
            unanswered=seen.unanswered + mine,
            from_network=seen.from_network + self.counts[("network", kept.network)],
            to_prefix=seen.to_prefix + self.counts[("prefix", kept.prefix)],
            in_all=seen.in_all + self.counts[("world", kept.challenge.live)],
            last=self.last.get(kept.digest, seen.last),
        )

    def add(self, kept: Kept, at: datetime) -> None:
        self.last[kept.digest] = at
        self.counts[("address", kept.digest)] += 1
        self.counts[("world", kept.challenge.live)] += 1
        for what, value in (("network", kept.network), ("prefix", kept.prefix)):
            if value is not None:
                self.counts[(what, value)] += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SendChallenges:
    """Returns how many it dealt with."""

    challenges: Challenges
    challenge_secrets: Secrets
    verification: Verification
    notices: Notices
    recording: Recording
    tallies: Tallies
    transaction: Transaction
    clock: Clock
    verification_countries: frozenset[str]
    verification_per_hour: int
    url: str

    async def __call__(self) -> int:
        now = self.clock.now()
        async with self.transaction():
            due = await self.challenges.due(now=now, most=_MOST)
            if not due:
                return 0
            wanted, done = self._readable(_newest(due, now))
            admitted, refused = await self._admitted(wanted, now)
            sent = await self._sent(admitted, now)
            done += [*refused, *sent]
            await self.challenges.save(done)
            await self.challenges.supersede(sent, at=now)
        self._count(done)
        return len(due)

    def _readable(self, due: Sequence[Kept]) -> tuple[list[_Wanted], list[Kept]]:
        wanted, done = [], []
        for kept in due:
            if kept.challenge.superseded_at is not None:
                done.append(kept)
                continue
            try:
                address = self.verification.address_of(kept)
            except Unsealable:
                done.append(_refused(kept, "unreadable"))
                continue
            prefix, live = prefix_of(address), kept.challenge.live
            placed = replace(
                kept,
                country=country_of(address),
                prefix=self.challenge_secrets.digest("prefix", prefix, live=live) if prefix else None,
            )
            wanted.append(_Wanted(kept=placed, address=address))
        return wanted, done

    async def _admitted(self, wanted: Sequence[_Wanted], now: datetime) -> tuple[list[_Wanted], list[Kept]]:
        countries = self.verification_countries or await self.challenges.home_countries()
        limits = Limits(countries=countries, in_all=self.verification_per_hour)
        tally, admitted, others = _Tally(), [], []
        seen = await self.challenges.seen([one.kept for one in wanted], now=now)
        for one, past in zip(wanted, seen, strict=True):
            present = tally.on_top_of(past, one.kept)
            found = ration(one.kept.challenge, one.address, present, limits, now)
            if found == Ration():
                tally.add(one.kept, now)
                issued = replace(one.kept.challenge, issued_at=now, carried=past.carried)
                admitted.append(_Wanted(kept=replace(one.kept, challenge=issued), address=one.address))
            elif found.wait_until is not None:
                later = replace(one.kept.challenge, due_at=found.wait_until)
                others.append(replace(one.kept, challenge=later))
            else:
                others.append(_refused(one.kept, found.refused or ""))
        return admitted, others

    async def _sent(self, admitted: Sequence[_Wanted], now: datetime) -> list[Kept]:
        """What the rules do not let go counts as sent in everything a caller could see."""
        secrets = {one.kept.challenge.id: new_secret(one.kept.challenge) for one in admitted}
        done = []
        for live in (True, False):
            these = [one for one in admitted if one.kept.challenge.live is live]
            await self._record_asking(these, live=live, now=now)
            notices = [self._notice(one, secrets[one.kept.challenge.id]) for one in these]
            for one, message in zip(these, await self._written(notices, live=live, now=now), strict=True):
                if message is None or message.status not in _LEAVES:
                    done.append(_refused(one.kept, (message and message.detail) or "program"))
                    continue
                stamp = self.challenge_secrets.stamp(secrets[one.kept.challenge.id], one.kept)
                done.append(replace(one.kept, secret=stamp, message_id=message.id))
        return done

    async def _record_asking(self, wanted: Sequence[_Wanted], *, live: bool, now: datetime) -> None:
        """Where a text needs a consent, having asked for it is one: to this code, for as long as it works. A refusal
        to record leaves the gate to refuse the code. A mail needs none, but whoever once said no as a stranger has to
        be somebody before a yes of theirs can follow.
        """
        actor = replace(SYSTEM, live=live)
        by_mail = [one for one in wanted if one.address.channel is Channel.EMAIL]
        await self.recording.acknowledge([(one.address, one.kept.challenge.program) for one in by_mail], actor, now)
        agreements = [
            Agreement(
                address=one.address,
                program=one.kept.challenge.program,
                channel=one.address.channel,
                evidence=self.verification.evidence_of(one.kept),
                status=ConsentStatus.CODE_ASKED,
                expires_at=one.kept.challenge.expires_at,
            )
            for one in wanted
            if one.address.channel is Channel.SMS
        ]
        if agreements:
            await self.recording(agreements, actor, now)

    def _notice(self, one: _Wanted, secret: str) -> NoticeTo:
        challenge = one.kept.challenge
        said = {"link": f"{self.url}{challenge.link}/{secret}"} if challenge.method is Method.LINK else {"code": secret}
        return NoticeTo(
            kind=Notice(challenge.method),
            address=one.address,
            program=challenge.program,
            values=said | {"act": _ACT.get(challenge.intent) or act_of(challenge.purpose)},
            locale=challenge.locale,
            expires_at=challenge.expires_at,
        )

    async def _written(self, notices: Sequence[NoticeTo], *, live: bool, now: datetime) -> list[Message | None]:
        """One that cannot be written, because its program stopped meanwhile, keeps none of the others."""
        if not notices:
            return []
        try:
            return list(await self.notices.write(notices, live=live, now=now))
        except DomainError:
            if len(notices) == 1:
                return [None]
        return [message for one in notices for message in await self._written([one], live=live, now=now)]

    def _count(self, done: Sequence[Kept]) -> None:
        for challenge in (kept.challenge for kept in done):
            if challenge.refused is not None:
                self.tallies.refused(challenge.channel, challenge.refused)
            elif challenge.issued_at is not None:
                self.tallies.sent(challenge.channel)


def _newest(due: Sequence[Kept], now: datetime) -> list[Kept]:
    """Of several asked for the same, the last is sent; the others are void before they ever were anything."""
    last: dict[tuple[bytes, str, Intent], ChallengeId] = {}
    for kept in due:
        last[_key(kept)] = kept.challenge.id
    return [kept if last[_key(kept)] == kept.challenge.id else _superseded(kept, now) for kept in due]


def _key(kept: Kept) -> tuple[bytes, str, Intent]:
    return kept.digest, kept.challenge.purpose, kept.challenge.intent


def _superseded(kept: Kept, now: datetime) -> Kept:
    return _served(kept, replace(kept.challenge, superseded_at=now))


def _refused(kept: Kept, because: str) -> Kept:
    """The first reason, if there are several."""
    return _served(kept, replace(kept.challenge, refused=because.partition(",")[0]))


def _served(kept: Kept, challenge: Challenge) -> Kept:
    return replace(kept, challenge=challenge, address=None, payload=None, evidence=None)
