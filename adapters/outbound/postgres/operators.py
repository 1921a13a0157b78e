from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from asyncpg.exceptions import UniqueViolationError
from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.tables import operators, passkeys, recovery_codes
from application.operators.ports import Operators, Passkeys
from application.secrets import Seal
from domain.addresses import Address, Channel
from domain.ids import OperatorId, PasskeyId
from domain.operators import NoSuchOperator, Operator, OperatorExists, Passkey
from domain.roles import Role

_ALONE = 0x0971  # any number that no other advisory lock of ours uses
_WHO = b"operators.sealed"
_CODE = b"operators.code_secret"
_PLAIN = ("id", "role", "password", "code_secret", "code_confirmed_at", "code_step", "created_at", "disabled_at")


class Who(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed of an operator."""

    email: str
    name: str
    company: tuple[str, str] | None = None


@dataclass(frozen=True)
class PostgresOperators(Operators):
    """`email`, `company` and `recovery` are the digests each is found by, newest key first."""

    database: Database
    seal: Seal
    email: Callable[[Address], Sequence[bytes]]
    company: Callable[[str, str], Sequence[bytes]]
    recovery: Callable[[OperatorId, str], Sequence[bytes]]

    async def alone(self) -> None:
        await self.database.connection.execute("SELECT pg_advisory_xact_lock($1)", _ALONE)

    async def add(self, operator: Operator) -> None:
        if await self.by_email(operator.email) is not None:
            raise _taken()
        try:
            await self.database.execute(insert(operators).values(self._values(operator)))
        except UniqueViolationError:
            raise _taken() from None

    async def get(self, operator_id: OperatorId) -> Operator:
        found = await self._read(select(operators).where(operators.c.id == operator_id).with_for_update())
        if not found:
            raise NoSuchOperator("There is no operator with this id.")
        return found[0]

    async def by_email(self, email: Address) -> Operator | None:
        found = await self._read(select(operators).where(operators.c.digest.in_(self.email(email))).with_for_update())
        return found[0] if found else None

    async def by_company(self, issuer: str, subject: str) -> Operator | None:
        digests = self.company(issuer, subject)
        found = await self._read(select(operators).where(operators.c.company.in_(digests)).with_for_update())
        return found[0] if found else None

    async def save(self, operator: Operator) -> None:
        await self.database.execute(
            update(operators).where(operators.c.id == operator.id).values(self._values(operator))
        )

    async def every(self) -> list[Operator]:
        return await self._read(select(operators).order_by(operators.c.id.desc()))

    async def admins(self) -> int:
        statement = select(func.count()).where(operators.c.role == Role.ADMIN, operators.c.disabled_at.is_(None))
        return int((await self.database.records(statement))[0][0])

    async def set_recovery_codes(self, operator_id: OperatorId, codes: Sequence[str]) -> None:
        await self.database.execute(delete(recovery_codes).where(recovery_codes.c.operator_id == operator_id))
        if codes:
            rows = [{"operator_id": operator_id, "digest": self.recovery(operator_id, code)[0]} for code in codes]
            await self.database.execute(upsert(recovery_codes).values(rows).on_conflict_do_nothing())

    async def use_recovery_code(self, operator_id: OperatorId, code: str) -> bool:
        digests = self.recovery(operator_id, code)
        used = delete(recovery_codes).where(
            recovery_codes.c.operator_id == operator_id, recovery_codes.c.digest.in_(digests)
        )
        return await self.database.execute(used) > 0

    async def recovery_codes(self, operator_id: OperatorId) -> int:
        statement = select(func.count()).where(recovery_codes.c.operator_id == operator_id)
        return int((await self.database.records(statement))[0][0])

    async def _read(self, statement: Select[Any]) -> list[Operator]:
        return [operator_in(record, self.seal) for record in await self.database.records(statement)]

    def _values(self, operator: Operator) -> dict[str, Any]:
        who = Who(email=operator.email.value, name=operator.name, company=operator.company)
        secret = operator.code_secret
        return {
            "id": operator.id,
            "digest": self.email(operator.email)[0],
            "sealed": self.seal.seal(msgspec.json.encode(who), _WHO + operator.id.bytes),
            "role": operator.role.value,
            "password": operator.password,
            "company": self.company(*operator.company)[0] if operator.company else None,
            "code_secret": self.seal.seal(secret, _CODE + operator.id.bytes) if secret else None,
            "code_confirmed_at": operator.code_confirmed_at,
            "code_step": operator.code_step,
            "created_at": operator.created_at,
            "disabled_at": operator.disabled_at,
        }


def operator_in(record: Any, seal: Seal) -> Operator:
    """Raises Unsealable."""
    fields = {name: record[name] for name in _PLAIN}
    who = msgspec.json.decode(seal.open(record["sealed"], _WHO + record["id"].bytes), type=Who)
    if fields["code_secret"] is not None:
        fields["code_secret"] = seal.open(fields["code_secret"], _CODE + record["id"].bytes)
    known = {"email": {"value": who.email, "channel": Channel.EMAIL}, "name": who.name, "company": who.company}
    return msgspec.convert({**fields, **known}, Operator)


def _taken() -> OperatorExists:
    return OperatorExists("Somebody signs in with this address already.", field="email")


@dataclass(frozen=True)
class PostgresPasskeys(Passkeys):
    database: Database

    async def add(self, passkey: Passkey) -> None:
        await self.database.execute(insert(passkeys).values(msgspec.structs.asdict(passkey)))

    async def save(self, passkey: Passkey) -> None:
        values = msgspec.structs.asdict(passkey)
        await self.database.execute(update(passkeys).where(passkeys.c.id == passkey.id).values(values))

    async def of(self, operator_id: OperatorId) -> list[Passkey]:
        mine = select(passkeys).where(passkeys.c.operator_id == operator_id).order_by(passkeys.c.id)
        return await self.database.rows(mine, Passkey)

    async def by_credential(self, credential_id: bytes) -> Passkey | None:
        statement = select(passkeys).where(passkeys.c.credential_id == credential_id).with_for_update()
        return await self.database.row(statement, Passkey)

    async def remove(self, operator_id: OperatorId, passkey_id: PasskeyId) -> bool:
        one = delete(passkeys).where(passkeys.c.operator_id == operator_id, passkeys.c.id == passkey_id)
        return await self.database.execute(one) > 0

    async def remove_all(self, operator_id: OperatorId) -> None:
        await self.database.execute(delete(passkeys).where(passkeys.c.operator_id == operator_id))
