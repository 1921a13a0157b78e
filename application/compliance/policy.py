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


class FixedPolicies(Policies):
    """What the installation's settings say, until an administrator can tighten it while it runs."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy

    def current(self) -> Policy:
        return self._policy
