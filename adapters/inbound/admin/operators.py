"""Operators, invitations and roles."""

from datetime import datetime
from uuid import UUID

from litestar import Controller, delete, get, patch, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from adapters.inbound.admin.sessions import PATH, ShownSession, ShownSessions, listed
from adapters.inbound.injected import Injected
from application.operators.joining import Invitation, Invitations, InviteOperator
from application.operators.ports import Link
from application.operators.sessions import EndSession, SessionQueries
from application.operators.staff import ChangeOperator, HelpOperator, OperatorChange, OperatorQueries
from domain.access import Actor, Permission
from domain.ids import OperatorId
from domain.operators import Operator
from domain.roles import ROLES_WITH, Role

_READ, _WRITE = Permission.READ_OPERATORS, Permission.WRITE_OPERATORS


class ShownOperator(Struct, frozen=True, kw_only=True):
    id: OperatorId
    name: str
    email: str
    role: Role
    active: bool
    codes: bool
    company: bool
    created_at: datetime


class ShownOperators(Struct, frozen=True, kw_only=True):
    items: list[ShownOperator]


class ShownInvitation(Struct, frozen=True, kw_only=True):
    id: UUID
    email: str
    role: Role | None
    created_at: datetime
    expires_at: datetime


class ShownInvitations(Struct, frozen=True, kw_only=True):
    items: list[ShownInvitation]


class MadeInvitation(Struct, frozen=True, kw_only=True):
    """`link` is shown here and never again: hand it over yourself where no mail went out."""

    invitation: ShownInvitation
    link: str
    mailed: bool


class Help(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """With `factors`, codes and passkeys are taken away, for who lost them."""

    factors: bool = False


class ResetLink(Struct, frozen=True, kw_only=True):
    """`link` is shown where no mail went out, and never again."""

    link: str | None
    mailed: bool


class ShownRole(Struct, frozen=True, kw_only=True):
    role: Role
    permissions: list[str]


class ShownRoles(Struct, frozen=True, kw_only=True):
    items: list[ShownRole]


class OperatorsController(Controller):
    path = PATH
    tags = ["operators"]

    @get("/roles", opt={"permission": ()})
    async def list_roles(self) -> ShownRoles:
        """What each role may."""
        return ShownRoles(
            items=[
                ShownRole(role=role, permissions=sorted(one for one, roles in ROLES_WITH.items() if role in roles))
                for role in Role
            ]
        )

    @get("/operators", opt={"permission": _READ})
    async def list_operators(
        self, actor: Injected[Actor], operator_queries: Injected[OperatorQueries]
    ) -> ShownOperators:
        """All operators, newest first."""
        return ShownOperators(items=[_shown(one, actor) for one in await operator_queries.every(actor)])

    @get("/operators/{operator_id:uuid}", opt={"permission": _READ})
    async def get_operator(
        self, operator_id: FromPath[UUID], actor: Injected[Actor], operator_queries: Injected[OperatorQueries]
    ) -> ShownOperator:
        return _shown(await operator_queries.one(operator_id, actor), actor)

    @patch("/operators/{operator_id:uuid}", opt={"permission": _WRITE, "example": {"role": "support"}})
    async def change_operator(
        self,
        operator_id: FromPath[UUID],
        data: JSONBody[OperatorChange],
        actor: Injected[Actor],
        change_operator: Injected[ChangeOperator],
    ) -> ShownOperator:
        """Another role ends every sign-in of theirs."""
        return _shown(await change_operator(operator_id, data, actor), actor)

    @post("/operators/{operator_id:uuid}/actions/disable", status_code=200, opt={"permission": _WRITE})
    async def disable_operator(
        self, operator_id: FromPath[UUID], actor: Injected[Actor], change_operator: Injected[ChangeOperator]
    ) -> ShownOperator:
        """Ends every sign-in of theirs, and lets none begin."""
        return _shown(await change_operator.disable(operator_id, actor), actor)

    @post("/operators/{operator_id:uuid}/actions/enable", status_code=200, opt={"permission": _WRITE})
    async def enable_operator(
        self, operator_id: FromPath[UUID], actor: Injected[Actor], change_operator: Injected[ChangeOperator]
    ) -> ShownOperator:
        return _shown(await change_operator.enable(operator_id, actor), actor)

    @post(
        "/operators/{operator_id:uuid}/actions/reset",
        status_code=200,
        opt={"permission": _WRITE, "example": {"factors": True}},
    )
    async def reset_operator(
        self,
        operator_id: FromPath[UUID],
        data: JSONBody[Help],
        actor: Injected[Actor],
        help_operator: Injected[HelpOperator],
    ) -> ResetLink:
        """For who lost the password, the phone, or both."""
        link, mailed = await help_operator(operator_id, actor, factors=data.factors)
        return ResetLink(link=None if mailed else link, mailed=mailed)

    @get("/operators/{operator_id:uuid}/sessions", opt={"permission": _READ})
    async def list_operator_sessions(
        self, operator_id: FromPath[UUID], actor: Injected[Actor], session_queries: Injected[SessionQueries]
    ) -> ShownSessions:
        """Where an operator is signed in."""
        found: list[ShownSession] = [listed(one, actor) for one in await session_queries.of(operator_id, actor)]
        return ShownSessions(items=found)

    @delete("/operators/{operator_id:uuid}/sessions", status_code=204, opt={"permission": _WRITE})
    async def end_operator_sessions(
        self, operator_id: FromPath[UUID], actor: Injected[Actor], end_session: Injected[EndSession]
    ) -> None:
        """Sign an operator out everywhere."""
        await end_session.every(operator_id, actor)

    @get("/invitations", opt={"permission": _READ})
    async def list_invitations(self, actor: Injected[Actor], invitations: Injected[Invitations]) -> ShownInvitations:
        """Those that are still open, newest first."""
        return ShownInvitations(items=[_invitation(one) for one in await invitations.open(actor)])

    @post("/invitations", opt={"permission": _WRITE, "example": {"email": "sam@example.com", "role": "support"}})
    async def invite_operator(
        self, data: JSONBody[Invitation], actor: Injected[Actor], invite_operator: Injected[InviteOperator]
    ) -> MadeInvitation:
        """Invite somebody: one account, within 72 hours, with this role."""
        made = await invite_operator(data, actor)
        return MadeInvitation(invitation=_invitation(made.invitation), link=made.link, mailed=made.mailed)

    @delete("/invitations/{invitation_id:uuid}", status_code=204, opt={"permission": _WRITE})
    async def withdraw_invitation(
        self, invitation_id: FromPath[UUID], actor: Injected[Actor], invitations: Injected[Invitations]
    ) -> None:
        await invitations.withdraw(invitation_id, actor)


def _shown(operator: Operator, actor: Actor) -> ShownOperator:
    """Addresses in full for who administers them; masked for all others."""
    clear = Permission.WRITE_OPERATORS in actor.permissions
    return ShownOperator(
        id=operator.id,
        name=operator.name,
        email=operator.email.value if clear else operator.email.masked,
        role=operator.role,
        active=operator.active,
        codes=operator.has_codes,
        company=operator.company is not None,
        created_at=operator.created_at,
    )


def _invitation(link: Link) -> ShownInvitation:
    return ShownInvitation(
        id=link.id,
        email=link.email.masked if link.email else "",
        role=link.role,
        created_at=link.created_at,
        expires_at=link.expires_at,
    )
