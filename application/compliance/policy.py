"""How this installation applies the law: the profile an administrator tightened, and registrations it holds."""

from typing import Protocol

from msgspec import Struct

from domain.compliance.attempt import Tenant
from domain.compliance.profile import STRICT, Profile


class Policy(Struct, frozen=True, kw_only=True):
    profile: Profile = STRICT
    tenant: Tenant = Tenant()


class Policies(Protocol):
    def current(self) -> Policy: ...
