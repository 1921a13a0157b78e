"""How somebody becomes an operator: the first by the link on the console, all others invited."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.operators.mails import OperatorMails
from application.operators.passwords import PasswordRules
from application.operators.ports import Link, Links, Operators
from application.operators.shapes import EmailText, NameText, PasswordText, Token
from application.operators.sign_ins import Opened, SignIns, Where, acting, digest_of, subject_of
from application.ports import Clock, Transaction
from domain.access import SYSTEM, Actor, Permission
from domain.addresses import Address, Channel
from domain.audit.record import Subject
from domain.ids import OperatorId, new_id
from domain.operators import (
    INVITATION_LASTS,
    LinkKind,
    LinkUnusable,
    Method,
    NoSuchInvitation,
    Operator,
    OperatorExists,
)
from domain.roles import Role, permissions_of

_FIRST_LASTS = timedelta(hours=24)


class FirstAdmin(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    token: Token
    email: EmailText
    name: NameText
    password: PasswordText

    def __repr__(self) -> str:
        return "FirstAdmin(…)"


class Invitation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    email: EmailText
    role: Role

    def __repr__(self) -> str:
        return f"Invitation({self.role})"


class Joining(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Role and address are the invitation's; nothing here can change them."""

    token: Token
    name: NameText
    password: PasswordText

    def __repr__(self) -> str:
        return "Joining(…)"


class Invited(Struct, frozen=True, kw_only=True):
    """`link` is shown here and never again, to be handed over where no mail went out."""

    invitation: Link
    link: str
    mailed: bool

    def __repr__(self) -> str:
        return f"Invited({self.invitation.id})"


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeFirstLink:
    operators: Operators
    operator_links: Links
    operator_mails: OperatorMails
    transaction: Transaction
    clock: Clock

    async def __call__(self) -> str | None:
        """The link that makes the first administrator; the one before is worth nothing. None where there is one."""
        now = self.clock.now()
        async with self.transaction():
            await self.operators.alone()
            if await self.operators.admins():
                return None
            await self.operator_links.drop(LinkKind.FIRST)
            token = await self.operator_mails.made(LinkKind.FIRST, SYSTEM, now, _FIRST_LASTS)
        return self.operator_mails.address(LinkKind.FIRST, token)


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeFirstAdmin:
    operators: Operators
    operator_links: Links
    password_rules: PasswordRules
    sign_ins: SignIns
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: FirstAdmin, where: Where) -> Opened:
        """Void once there is an administrator, however they came about. Raises LinkUnusable, WeakPassword."""
        now, digest = self.clock.now(), digest_of(command.token)
        async with self.transaction():
            if await self.operator_links.look(LinkKind.FIRST, digest, now) is None:
                raise _unusable()
        email = Address.parse(command.email, Channel.EMAIL, field="email")
        hashed = await self.password_rules.hashed(command.password, email, command.name)
        admin = Operator(
            id=OperatorId(new_id(now)),
            email=email,
            name=command.name.strip(),
            role=Role.ADMIN,
            created_at=now,
            password=hashed,
        )
        async with self.transaction():
            await self.operators.alone()
            taken = await self.operator_links.take(LinkKind.FIRST, digest, now)
            if taken is None or await self.operators.admins():
                raise _unusable()
            await self.operators.add(admin)
            by = acting(admin, where)
            after = {"role": admin.role.value}
            await self.trail.record([noted(by, "operator.made_first", subject_of(admin.id), now, after=after)])
            return await self.sign_ins.open(admin, Method.LINK, where, now)

    async def wanted(self) -> bool:
        """Whether nobody administers the installation yet."""
        async with self.transaction():
            return not await self.operators.admins()


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteOperator:
    operators: Operators
    operator_links: Links
    operator_mails: OperatorMails
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: Invitation, by: Actor) -> Invited:
        """Raises NotPermitted, CannotGrant, StepUpNeeded, OperatorExists, InvalidAddress."""
        by.must(Permission.WRITE_OPERATORS)
        by.must_be_fresh()
        by.must_hold(permissions_of(command.role))
        email, now = Address.parse(command.email, Channel.EMAIL, field="email"), self.clock.now()
        async with self.transaction():
            if await self.operators.by_email(email) is not None:
                raise OperatorExists("Somebody signs in with this address already.", field="email")
            token = await self.operator_mails.made(
                LinkKind.INVITATION, by, now, INVITATION_LASTS, role=command.role, email=email
            )
            link = await self.operator_links.look(LinkKind.INVITATION, digest_of(token), now)
            if link is None:
                raise _unusable()
            after = {"role": command.role.value, "email": email.masked}
            subject = Subject(kind="invitation", id=str(link.id))
            await self.trail.record([noted(by, "operator.invited", subject, now, after=after)])
        mailed = await self.operator_mails.invite(email, command.role, token)
        return Invited(invitation=link, link=self.operator_mails.address(LinkKind.INVITATION, token), mailed=mailed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitations:
    operator_links: Links
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def open(self, by: Actor) -> list[Link]:
        """Those that still work, newest first."""
        by.must(Permission.READ_OPERATORS)
        async with self.transaction():
            return await self.operator_links.of(LinkKind.INVITATION, self.clock.now())

    async def withdraw(self, invitation_id: UUID, by: Actor) -> None:
        """Raises NoSuchInvitation."""
        by.must(Permission.WRITE_OPERATORS)
        async with self.transaction():
            if not await self.operator_links.drop(LinkKind.INVITATION, link_id=invitation_id):
                raise NoSuchInvitation("There is no open invitation with this id.")
            subject = Subject(kind="invitation", id=str(invitation_id))
            await self.trail.record([noted(by, "operator.invitation_withdrawn", subject, self.clock.now())])


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinOperators:
    operators: Operators
    operator_links: Links
    password_rules: PasswordRules
    sign_ins: SignIns
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: Joining, where: Where) -> Opened:
        """A refused password leaves the invitation as it is. Raises LinkUnusable, WeakPassword, OperatorExists."""
        now, digest = self.clock.now(), digest_of(command.token)
        async with self.transaction():
            link = await self.operator_links.look(LinkKind.INVITATION, digest, now)
        if link is None or link.email is None or link.role is None:
            raise _unusable()
        hashed = await self.password_rules.hashed(command.password, link.email, command.name)
        operator = Operator(
            id=OperatorId(new_id(now)),
            email=link.email,
            name=command.name.strip(),
            role=link.role,
            created_at=now,
            password=hashed,
        )
        async with self.transaction():
            if await self.operator_links.take(LinkKind.INVITATION, digest, now) is None:
                raise _unusable()
            await self.operators.add(operator)
            by, after = acting(operator, where), {"role": operator.role.value}
            await self.trail.record([noted(by, "operator.joined", subject_of(operator.id), now, after=after)])
            return await self.sign_ins.open(operator, Method.LINK, where, now)


def _unusable() -> LinkUnusable:
    return LinkUnusable("This link was used, is over, or is none of ours.", field="token")
