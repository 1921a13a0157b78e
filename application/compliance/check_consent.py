"""What would happen if a message went out: the engine is asked about a real contact, and nothing is sent or stored."""

from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from application.compliance.attempts import attempt, decode_facts
from application.compliance.policy import Policies
from application.messages.ports import Asked, Known, Recipients
from application.ports import Clock, Transaction
from application.secrets import Digests
from application.shapes import Instant
from domain.access import Actor, Permission
from domain.addresses import Address, Channel
from domain.compliance.attempt import Content
from domain.compliance.decisions import Decision
from domain.compliance.engine import judge
from domain.errors import Invalid
from domain.programs import NoSuchProgram


class CheckConsent(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`at` asks about another moment of sending; `as_of` with only what was known, and the rules in force, then."""

    to: str
    channel: Channel
    program: str
    category: str | None = None
    at: Instant | None = None
    as_of: Instant | None = None


CATEGORIES = frozenset(
    {
        "marketing",
        "informational",
        "transactional",
        "transactional_cem",
        "exempted_informational",
        "otp",
        "emergency",
        "consent_request",
        "doi_request",
        "optin_confirmation",
        "optout_confirmation",
        "help_reply",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckConsents:
    recipients: Recipients
    policies: Policies
    digests: Digests
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: CheckConsent, by: Actor) -> Decision:
        """Raises InvalidAddress, NoSuchProgram, Invalid."""
        by.must(Permission.READ_CONSENT)
        address, now = Address.parse(command.to, command.channel, field="to"), self.clock.now()
        if command.category is not None and command.category not in CATEGORIES:
            raise Invalid(f"Use one of: {', '.join(sorted(CATEGORIES))}.", field="category")
        at = command.at or command.as_of or now
        asked = Asked(
            digests=self.digests.index(address, live=by.live),
            tokens=self.digests.suppression(address, live=by.live),
            program=command.program,
        )
        async with self.transaction():
            [found] = await self.recipients.gather([asked], now=min(at, now))
        if found.program is None or found.sender is None:
            raise NoSuchProgram("There is no such program.", field="program")
        policy = self.policies.current()
        known = _as_known(found.known, command.as_of)
        return judge(
            attempt(
                address=address,
                known=known,
                suppressions=[one for one in found.suppressions if command.as_of is None or one.date <= command.as_of],
                program=found.program,
                sender=found.sender,
                channel=command.channel,
                category=command.category or found.program.category,
                at=at,
                content=Content(),
                tenant=policy.tenant,
                facts=[
                    fact
                    for fact in decode_facts(known.history if known else ())
                    if command.as_of is None or (fact.at <= command.as_of and fact.recorded_at <= command.as_of)
                ],
            ),
            profile=policy.profile,
            as_of=command.as_of.date() if command.as_of else None,
        )


def _as_known(known: Known | None, as_of: datetime | None) -> Known | None:
    if known is None or as_of is None:
        return known
    sends = tuple(send for send in known.sends if send.at <= as_of)
    last = known.last_sent_at
    if last is not None and last > as_of:
        last = max((send.at for send in sends), default=None)
    return replace(known, sends=sends, last_sent_at=last)
