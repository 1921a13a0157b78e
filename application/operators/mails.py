"""One-time links and the mails that carry them. The address in a link is the installation's own, never the caller's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.messages.carriers import CarrierFailed, Carriers, Outgoing
from application.operators.ports import Link, Links, StaffMail
from application.operators.sign_ins import digest_of, new_token, subject_of
from application.ports import Clock
from domain.access import Actor
from domain.addresses import Address, Channel
from domain.channels import Sender
from domain.ids import MessageId, SenderId, new_id
from domain.messages import Content
from domain.operators import INVITATION_LASTS, RESET_LASTS, LinkKind, Operator
from domain.roles import Role

# The token stands behind the #: no browser sends that part, so it is in no log and no Referer.
_PATHS = {LinkKind.FIRST: "first", LinkKind.INVITATION: "join", LinkKind.RESET: "reset"}
_RESET = """Somebody, most likely you, asked for a new password for OptIn Manager at {url}.

Set one here within {minutes} minutes:
{link}

If it was not you, there is nothing to do: your password stays as it is.
"""
_INVITED = """You are invited to OptIn Manager at {url} as {role}.

Make your account here within {hours} hours:
{link}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorMails:
    operator_links: Links
    staff_mail: StaffMail
    trail: Trail
    url: str

    @property
    def set_up(self) -> bool:
        return self.staff_mail.set_up

    async def reset_link(self, operator: Operator, by: Actor, now: datetime) -> str:
        """The one before is worth nothing. In the caller's transaction."""
        await self.operator_links.drop(LinkKind.RESET, operator_id=operator.id)
        token = await self.made(LinkKind.RESET, by, now, RESET_LASTS, operator=operator)
        await self.trail.record([noted(by, "operator.reset_asked", subject_of(operator.id), now)])
        return token

    async def made(
        self,
        kind: LinkKind,
        by: Actor,
        now: datetime,
        lasts: timedelta,
        *,
        operator: Operator | None = None,
        role: Role | None = None,
        email: Address | None = None,
    ) -> str:
        token = new_token()
        link = Link(
            id=new_id(now),
            kind=kind,
            made_by=by.id,
            created_at=now,
            expires_at=now + lasts,
            operator_id=operator.id if operator else None,
            role=role,
            email=email,
        )
        await self.operator_links.add(link, digest_of(token))
        return token

    def address(self, kind: LinkKind, token: str) -> str:
        return f"{self.url}/admin/{_PATHS[kind]}#{token}"

    async def invite(self, email: Address, role: Role, token: str) -> bool:
        """Whether a mail is on its way."""
        hours = INVITATION_LASTS // timedelta(hours=1)
        text = _INVITED.format(url=self.url, role=role, hours=hours, link=self.address(LinkKind.INVITATION, token))
        return self.set_up and await self.staff_mail.send(email, "Your invitation to OptIn Manager", text)

    async def send_reset(self, operator: Operator, token: str) -> bool:
        minutes = RESET_LASTS // timedelta(minutes=1)
        text = _RESET.format(url=self.url, minutes=minutes, link=self.address(LinkKind.RESET, token))
        return await self.staff_mail.send(operator.email, "A new password for OptIn Manager", text)


class CarrierStaffMail(StaffMail):
    """Staff are no contacts: what is written to them goes straight to the mail server, by no program's rules."""

    def __init__(self, carriers: Carriers, sender: str, clock: Clock, *, by_smtp: Callable[[], bool]) -> None:
        self._carriers = carriers
        self._from = sender
        self._clock = clock
        self._by_smtp = by_smtp

    @property
    def set_up(self) -> bool:
        return bool(self._from) and self._by_smtp()

    async def send(self, to: Address, subject: str, text: str) -> bool:
        now = self._clock.now()
        outgoing = Outgoing(
            message_id=MessageId(new_id(now)),
            channel=Channel.EMAIL,
            to=to,
            sender=_sender(self._from, now),
            content=Content(subject=subject, text=text),
        )
        try:
            await self._carriers.carrier(Channel.EMAIL, live=True).send(outgoing)
        except CarrierFailed:
            return False
        return True


def _sender(address: str, now: datetime) -> Sender:
    return Sender(
        id=SenderId(new_id(now)),
        slug="optin-manager",
        legal_name="OptIn Manager",
        postal_address="-",
        support="-",
        email_from=address,
        created_at=now,
        updated_at=now,
    )
