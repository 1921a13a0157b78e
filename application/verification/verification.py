"""Starting and checking a challenge, inside a transaction somebody opened.

Starting writes one row, whatever is known of the address; all that depends on the address happens later, in a worker
(VER-08). Checking is one step with whatever follows from an approval.
"""

import base64
import binascii
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from application.secrets import Seal
from application.verification.ports import Challenges, Kept, Secrets, Tallies
from domain.addresses import Address
from domain.consent.evidence import BY_ASKING_FOR_CODE, ConsentType, Evidence
from domain.ids import ChallengeId, new_id
from domain.verification.challenge import (
    Challenge,
    Intent,
    Method,
    NoProgramForCodes,
    NoSuchVerification,
    Status,
    parse_purpose,
    time_for,
)
from domain.verification.rationing import network_of

DIGITS = 6
# What stands beside the field where nobody says otherwise; docs/verification.md tells integrators to put it there.
DISCLOSURE = "By asking for a code you agree to receive it as a message. Message and data rates may apply."
_CATEGORY = "otp"
_json, _evidence = msgspec.json.Encoder(), msgspec.json.Decoder(Evidence)
_ID_BYTES, TOKEN_BYTES = 16, 24


class Ask(Struct, frozen=True, kw_only=True):
    """`shown` is the text beside the field the address was typed into, without one `DISCLOSURE`: on it the code may be
    sent. `payload` comes back on approval. `link` is the path of the page that takes the token; without it a code is
    sent. `program` is whom it is from; without it one is found. `ip` is the person's.
    """

    address: Address
    purpose: str
    intent: Intent
    shown: Evidence = Evidence()
    program: str | None = None
    locale: str | None = None
    ip: str | None = None
    payload: bytes | None = None
    link: str | None = None
    seed: UUID | None = None

    def __repr__(self) -> str:
        return "Ask(…)"


class Started(Struct, frozen=True, kw_only=True):
    """The same for every address."""

    id: ChallengeId
    expires_at: datetime


class Checked(Struct, frozen=True, kw_only=True):
    """`address` and `payload` are there on approval, and for whoever holds a live link and only looks."""

    status: Status
    challenge: Challenge
    address: Address | None = None
    payload: bytes | None = None

    def __repr__(self) -> str:
        return f"Checked({self.challenge.id}, {self.status})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    challenges: Challenges
    challenge_secrets: Secrets
    challenge_seal: Seal
    tallies: Tallies
    verification_program: str

    async def start(self, ask: Ask, *, live: bool, now: datetime) -> Started:
        """Raises Invalid, NoProgramForCodes. Asking again for the same address, purpose and intent voids what was
        asked before, and buys no new tries.
        """
        channel = ask.address.channel
        purpose = parse_purpose(ask.purpose, channel)
        method = Method.LINK if ask.link else Method.CODE
        network = network_of(ask.ip) if ask.ip else None
        program = await self.challenges.program(ask.program or self.verification_program or None, channel)
        if program is None:
            raise NoProgramForCodes(
                f"No active program serves {channel}: make and activate one of category otp, or name an active one in "
                "OPTIN_VERIFICATION_PROGRAM."
            )
        challenge = Challenge(
            id=ChallengeId(ask.seed or new_id(now)),
            live=live,
            channel=channel,
            method=method,
            purpose=purpose,
            intent=ask.intent,
            program=program,
            created_at=now,
            due_at=now,
            expires_at=now + time_for(channel, method),
            locale=ask.locale,
            link=ask.link,
        )
        made = await self.challenges.add(self._kept(challenge, ask, network))
        return Started(id=made.id, expires_at=made.expires_at)

    async def check(self, challenge_id: UUID, code: str, *, intent: Intent, live: bool, now: datetime) -> Checked:
        """Raises NoSuchVerification. Every check of a live challenge counts; approval happens once."""
        held = await self.challenges.hold(ChallengeId(challenge_id), now=now)
        if held is None or not self._is(held[0], intent, Method.CODE, live=live):
            raise _unknown()
        kept, failures = held
        correct = self.challenge_secrets.matches("".join(code.split()).replace("-", ""), kept)
        challenge, status = kept.challenge.answered(correct=correct, failures_24h=failures, at=now)
        return await self._answered(kept, challenge, status)

    async def look(self, token: str, *, intent: Intent, now: datetime) -> Checked:
        """What a link stands for; changes nothing, so that a scanner may look too. Raises NoSuchVerification."""
        kept = await self.challenges.find(_id_in(token))
        if kept is None or not self._is(kept, intent, Method.LINK) or not self.challenge_secrets.matches(token, kept):
            raise _unknown()
        status = kept.challenge.shown(at=now)
        return self._told(kept, kept.challenge, status, opened=status is Status.PENDING)

    async def press(self, token: str, *, intent: Intent, now: datetime) -> Checked:
        """The button behind a link: approval, once. Raises NoSuchVerification for what was not made here; trying
        costs a link's owner nothing, because a token cannot be guessed.
        """
        held = await self.challenges.hold(_id_in(token), now=now)
        if held is None or not self._is(held[0], intent, Method.LINK):
            raise _unknown()
        kept, _ = held
        if not self.challenge_secrets.matches(token, kept):
            raise _unknown()
        challenge, status = kept.challenge.answered(correct=True, failures_24h=0, at=now)
        return await self._answered(kept, challenge, status)

    async def _answered(self, kept: Kept, challenge: Challenge, status: Status) -> Checked:
        told = self._told(kept, challenge, status, opened=status is Status.APPROVED)
        if status is Status.APPROVED:
            self.tallies.approved(challenge.channel)
            kept = replace(kept, address=None, payload=None, evidence=None)
        if challenge != kept.challenge:
            await self.challenges.save([replace(kept, challenge=challenge)])
        return told

    def _told(self, kept: Kept, challenge: Challenge, status: Status, *, opened: bool) -> Checked:
        if not opened or kept.address is None:
            return Checked(status=status, challenge=challenge)
        return Checked(
            status=status, challenge=challenge, address=self.address_of(kept), payload=self._payload_of(kept)
        )

    def _kept(self, challenge: Challenge, ask: Ask, network: str | None) -> Kept:
        seal, digest, live = self.challenge_seal, self.challenge_secrets.digest, challenge.live
        return Kept(
            challenge=challenge,
            digest=digest("address", ask.address.value, live=live),
            network=digest("network", network, live=live) if network else None,
            address=seal.seal(ask.address.value.encode(), _context("address", challenge)),
            payload=seal.seal(ask.payload, _context("payload", challenge)) if ask.payload is not None else None,
            evidence=seal.seal(_json.encode(_asked_for(challenge, ask)), _context("evidence", challenge)),
        )

    def address_of(self, kept: Kept) -> Address:
        """Raises Unsealable."""
        value = self.challenge_seal.open(kept.address or b"", _context("address", kept.challenge))
        return Address(value.decode(), kept.challenge.channel)

    def evidence_of(self, kept: Kept) -> Evidence:
        """Why this code, and nothing else, may be sent. Raises Unsealable."""
        opened = self.challenge_seal.open(kept.evidence or b"", _context("evidence", kept.challenge))
        return _evidence.decode(opened)

    def _payload_of(self, kept: Kept) -> bytes | None:
        if kept.payload is None:
            return None
        return self.challenge_seal.open(kept.payload, _context("payload", kept.challenge))

    def _is(self, kept: Kept, intent: Intent, method: Method, *, live: bool | None = None) -> bool:
        """Made for this use. A link speaks for its own world; whoever types a code says which one they are in."""
        challenge = kept.challenge
        return challenge.intent is intent and challenge.method is method and (live is None or challenge.live is live)


def _asked_for(challenge: Challenge, ask: Ask) -> Evidence:
    return replace(
        ask.shown,
        type=ConsentType.PEC,
        categories=(_CATEGORY,),
        source=ask.shown.source or "first_party",
        disclosure_text_verbatim=ask.shown.disclosure_text_verbatim or DISCLOSURE,
        affirmative_act=ask.shown.affirmative_act or "number_entered",
        via=BY_ASKING_FOR_CODE,
        ip=ask.ip or ask.shown.ip,
        purpose=challenge.purpose,
        statement=f"verification {challenge.id}",
    )


def new_secret(challenge: Challenge) -> str:
    """A code of six digits, leading zeros and all, or a token that leads back to the challenge."""
    if challenge.method is Method.LINK:
        raw = challenge.id.bytes + secrets.token_bytes(TOKEN_BYTES)
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def _id_in(token: str) -> ChallengeId:
    """Raises NoSuchVerification. A token is read in one spelling only."""
    try:
        raw = base64.b64decode(token.encode("ascii") + b"==", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise _unknown() from None
    if len(raw) != _ID_BYTES + TOKEN_BYTES or base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != token:
        raise _unknown()
    return ChallengeId(UUID(bytes=raw[:_ID_BYTES]))


def _context(column: str, challenge: Challenge) -> bytes:
    return f"challenges.{column}".encode() + challenge.id.bytes


def _unknown() -> NoSuchVerification:
    return NoSuchVerification("There is no verification with this id.")
