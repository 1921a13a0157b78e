"""Operators and what administrators do with them. Nobody becomes more than whoever makes them so, and one administrator
always remains.
"""

from dataclasses import dataclass
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.operators.mails import OperatorMails
from application.operators.ports import Links, Operators, Passkeys, Sessions
from application.operators.shapes import NameText
from application.operators.sign_ins import subject_of
from application.ports import Clock, Transaction
from domain.access import Actor, Permission
from domain.ids import OperatorId
from domain.operators import LastAdmin, LinkKind, Operator, OperatorDisabled, operator_id_of
from domain.roles import Role, permissions_of


class OperatorChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    role: Role | UnsetType = UNSET
    name: NameText | UnsetType = UNSET


class Profile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What everybody may change of themselves."""

    name: NameText


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorQueries:
    operators: Operators
    transaction: Transaction

    async def every(self, by: Actor) -> list[Operator]:
        by.must(Permission.READ_OPERATORS)
        async with self.transaction():
            return await self.operators.every()

    async def one(self, operator_id: UUID, by: Actor) -> Operator:
        """Raises NoSuchOperator."""
        by.must(Permission.READ_OPERATORS)
        async with self.transaction():
            return await self.operators.get(OperatorId(operator_id))

    async def oneself(self, by: Actor) -> tuple[Operator, int]:
        """With how many recovery codes are left."""
        async with self.transaction():
            operator = await self.operators.get(operator_id_of(by))
            return operator, await self.operators.recovery_codes(operator.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOperator:
    operators: Operators
    sessions: Sessions
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, operator_id: UUID, command: OperatorChange, by: Actor) -> Operator:
        """Another role ends every sign-in. Raises NoSuchOperator, CannotGrant, LastAdmin, StepUpNeeded."""
        _must_administer(by)
        if command.role is not UNSET:
            by.must_hold(permissions_of(command.role))
        async with self.transaction():
            await self.operators.alone()
            before = await self.operators.get(OperatorId(operator_id))
            by.must_hold(permissions_of(before.role))
            role = before.role if command.role is UNSET else command.role
            name = before.name if command.name is UNSET else command.name.strip()
            after = replace(before, role=role, name=name)
            await self._keep(before, after, by)
        return after

    async def disable(self, operator_id: UUID, by: Actor) -> Operator:
        """Every sign-in ends. Raises NoSuchOperator, LastAdmin, StepUpNeeded."""
        return await self._moved(operator_id, by, enabled=False)

    async def enable(self, operator_id: UUID, by: Actor) -> Operator:
        """Raises NoSuchOperator, StepUpNeeded."""
        return await self._moved(operator_id, by, enabled=True)

    async def rename(self, command: Profile, by: Actor) -> Operator:
        """Oneself."""
        async with self.transaction():
            before = await self.operators.get(operator_id_of(by))
            after = replace(before, name=command.name.strip())
            await self._keep(before, after, by)
        return after

    async def _moved(self, operator_id: UUID, by: Actor, *, enabled: bool) -> Operator:
        _must_administer(by)
        async with self.transaction():
            await self.operators.alone()
            before = await self.operators.get(OperatorId(operator_id))
            by.must_hold(permissions_of(before.role))
            disabled_at = None if enabled else before.disabled_at or self.clock.now()
            after = replace(before, disabled_at=disabled_at)
            await self._keep(before, after, by)
        return after

    async def _keep(self, before: Operator, after: Operator, by: Actor) -> None:
        if after == before:
            return
        await self.operators.save(after)
        if not await self.operators.admins():
            raise LastAdmin("Make somebody else an administrator first.")
        if (before.role, before.active) != (after.role, after.active):
            await self.sessions.end_all(after.id)
        made = noted(
            by,
            "operator.changed",
            subject_of(after.id),
            self.clock.now(),
            before=_told(before),
            after=_told(after) | ({"name": "changed"} if before.name != after.name else {}),
        )
        await self.trail.record([made])


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpOperator:
    """For who lost the password, the phone, or both: by an administrator, or at the console."""

    operators: Operators
    sessions: Sessions
    passkeys: Passkeys
    operator_links: Links
    operator_mails: OperatorMails
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, operator_id: UUID, by: Actor, *, factors: bool) -> tuple[str, bool]:
        """A link to set a new password, and whether it went out by mail. With `factors`, codes and passkeys are taken
        away, and every sign-in ends. Raises NoSuchOperator, CannotGrant, StepUpNeeded.
        """
        _must_administer(by)
        now = self.clock.now()
        async with self.transaction():
            operator = await self.operators.get(OperatorId(operator_id))
            by.must_hold(permissions_of(operator.role))
            if not operator.active:
                raise OperatorDisabled("This operator is disabled; enable them first.")
            if factors:
                operator = operator.without_codes()
                await self.operators.save(operator)
                await self.operators.set_recovery_codes(operator.id, [])
                await self.passkeys.remove_all(operator.id)
                await self.sessions.end_all(operator.id)
                await self.trail.record([noted(by, "operator.factors_removed", subject_of(operator.id), now)])
            token = await self.operator_mails.reset_link(operator, by, now)
        mailed = self.operator_mails.set_up and await self.operator_mails.send_reset(operator, token)
        return self.operator_mails.address(LinkKind.RESET, token), mailed


def _must_administer(by: Actor) -> None:
    """Raises NotPermitted, StepUpNeeded."""
    by.must(Permission.WRITE_OPERATORS)
    by.must_be_fresh()


def _told(operator: Operator) -> dict[str, object]:
    return {"role": operator.role.value, "active": operator.active}
