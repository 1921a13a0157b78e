"""Sign-in with the company's own accounts: who they are and what they may is the company's to say, each time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.operators.ports import Company, CompanyAccount, Operators, Sessions, Steps
from application.operators.sign_ins import Opened, SignIns, Where, acting, digest_of, new_token, subject_of
from application.operators.throttle import Throttle, network_of
from application.ports import Clock, Transaction
from domain.ids import OperatorId, new_id
from domain.operators import Method, NoCompany, Operator, SignInFailed, way_back
from domain.roles import Role
from domain.sign_in_tries import passkey_tries

_STEP, _LASTS = "company", timedelta(minutes=10)


class _Waiting(Struct, frozen=True, kw_only=True):
    nonce: str
    verifier: str
    back_to: str


class Leaving(Struct, frozen=True, kw_only=True):
    """`binding` stays in the browser: an answer that another browser brings is none."""

    url: str
    binding: str


class Arriving(Struct, frozen=True, kw_only=True):
    """What the browser brings back. `issuer` says whose answer it is (RFC 9207)."""

    state: str
    binding: str
    code: str
    issuer: str | None

    def __repr__(self) -> str:
        return "Arriving(…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveForCompany:
    company: Company
    steps: Steps
    throttle: Throttle
    transaction: Transaction
    clock: Clock

    async def __call__(self, back_to: str | None, where: Where) -> Leaving:
        """Raises NoCompany, CompanyUnreachable, TooManyTries."""
        if not self.company.set_up:
            raise NoCompany("Company accounts do not sign in here.")
        now, binding = self.clock.now(), new_token()
        await self.throttle.charge(passkey_tries(network_of(where.ip)), now)
        departure = await self.company.departure()
        waiting = _Waiting(nonce=departure.nonce, verifier=departure.verifier, back_to=way_back(back_to))
        async with self.transaction():
            await self.steps.keep(_STEP, _bound(departure.state, binding), msgspec.json.encode(waiting), now + _LASTS)
        return Leaving(url=departure.url, binding=binding)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArriveFromCompany:
    company: Company
    operators: Operators
    sessions: Sessions
    steps: Steps
    sign_ins: SignIns
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: Arriving, where: Where) -> tuple[Opened, str]:
        """With the page to go on to. Raises NoCompany, SignInFailed, CompanyUnreachable."""
        if not self.company.set_up:
            raise NoCompany("Company accounts do not sign in here.")
        now = self.clock.now()
        async with self.transaction():
            kept = await self.steps.take(_STEP, _bound(command.state, command.binding), now)
        if kept is None:
            raise SignInFailed("This sign-in did not begin in this browser, or took too long.")
        waiting = msgspec.json.decode(kept, type=_Waiting)
        account = await self.company.arrival(command.code, waiting.nonce, waiting.verifier, command.issuer, now)
        async with self.transaction():
            await self.operators.alone()
            operator = await self._operator(account, where, now)
            return await self.sign_ins.open(operator, Method.COMPANY, where, now), waiting.back_to

    async def _operator(self, account: CompanyAccount, where: Where, now: datetime) -> Operator:
        """The one this account signed in as before, else the one with this address, else a new one."""
        known = await self.operators.by_company(account.issuer, account.subject)
        known = known or await self.operators.by_email(account.email)
        if account.role is None or (known is not None and not known.active):
            raise SignInFailed("Your company's account may not sign in here.")
        named = (account.issuer, account.subject)
        if known is None:
            return await self._made(account, account.role, named, where, now)
        if known.company not in (None, named):
            raise SignInFailed("Your company's account may not sign in here.")
        after = replace(known, role=account.role, company=named)
        if after != known:
            await self.operators.save(after)
        if after.role != known.role:
            await self.sessions.end_all(known.id)
            before, role = {"role": known.role.value}, {"role": after.role.value}
            by = acting(after, where)
            await self.trail.record(
                [noted(by, "operator.changed", subject_of(known.id), now, before=before, after=role)]
            )
        return after

    async def _made(
        self, account: CompanyAccount, role: Role, named: tuple[str, str], where: Where, now: datetime
    ) -> Operator:
        made = Operator(
            id=OperatorId(new_id(now)),
            email=account.email,
            name=account.name,
            role=role,
            created_at=now,
            company=named,
        )
        await self.operators.add(made)
        by, after = acting(made, where), {"role": role.value}
        await self.trail.record([noted(by, "operator.joined", subject_of(made.id), now, after=after)])
        return made


def _bound(state: str, binding: str) -> bytes:
    return digest_of(f"{len(state)}|{state}|{binding}")
