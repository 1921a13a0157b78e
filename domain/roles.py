"""Which role may do what: the one table. The description of the API, the guard of every route and the pages of the
staff are all read off it.
"""

from collections.abc import Mapping
from enum import StrEnum

from domain.access import Permission


class Role(StrEnum):
    """What an operator is there for. An auditor sees what is masked and nothing else; compliance sees and hands out
    everything and sends nothing.
    """

    ADMIN = "admin"
    MANAGER = "manager"
    SUPPORT = "support"
    COMPLIANCE = "compliance"
    AUDITOR = "auditor"


_A, _M, _S, _C, _R = Role
_ALL = frozenset(Role)

ROLES_WITH: Mapping[Permission, frozenset[Role]] = {
    Permission.SEND_MESSAGES: frozenset({_A, _M}),
    Permission.READ_MESSAGES: _ALL,
    Permission.CAPTURE_CONSENT: frozenset({_A, _M, _S}),
    Permission.ATTEST_CONSENT: frozenset({_A, _M}),
    Permission.READ_CONSENT: _ALL,
    Permission.PROVE_CONSENT: frozenset({_A, _C}),
    Permission.WRITE_CONTACTS: frozenset({_A, _M, _S}),
    Permission.READ_CONTACTS: _ALL,
    Permission.WRITE_PROGRAMS: frozenset({_A, _M}),
    Permission.READ_PROGRAMS: _ALL,
    Permission.WRITE_TEMPLATES: frozenset({_A, _M}),
    Permission.READ_TEMPLATES: _ALL,
    Permission.WRITE_SENDERS: frozenset({_A}),
    Permission.READ_SENDERS: _ALL,
    Permission.WRITE_CAMPAIGNS: frozenset({_A, _M}),
    Permission.READ_CAMPAIGNS: _ALL,
    Permission.WRITE_VERIFICATIONS: frozenset({_A, _M, _S}),
    Permission.READ_REPLIES: _ALL,
    Permission.RESOLVE_REPLIES: frozenset({_A, _S}),
    Permission.REVEAL_REPLIES: frozenset({_A, _S, _C}),
    Permission.READ_SANDBOX: frozenset({_A, _M}),
    Permission.WRITE_SANDBOX: frozenset({_A, _M}),
    Permission.READ_AUDIT: frozenset({_A, _C, _R}),
    Permission.REVEAL_AUDIT: frozenset({_A, _C}),
    Permission.WRITE_KEYS: frozenset({_A}),
    Permission.READ_KEYS: frozenset({_A, _C, _R}),
    Permission.EXPORT_CONTACTS: frozenset({_A, _C}),
    Permission.ERASE_CONTACTS: frozenset({_A, _C}),
    Permission.READ_RIGHTS: frozenset({_A, _S, _C, _R}),
    Permission.WRITE_RIGHTS: frozenset({_A, _C}),
    Permission.READ_RETENTION: frozenset({_A, _C, _R}),
    Permission.WRITE_HOLDS: frozenset({_A, _C}),
    Permission.READ_RESTRICTED: frozenset({_A, _C}),
    Permission.REVEAL_ADDRESSES: frozenset({_A, _S, _C}),
    Permission.READ_OPERATORS: frozenset({_A, _C, _R}),
    Permission.WRITE_OPERATORS: frozenset({_A}),
    Permission.READ_SETTINGS: frozenset({_A, _C, _R}),
    Permission.WRITE_SETTINGS: frozenset({_A}),
}


def permissions_of(role: Role) -> frozenset[Permission]:
    """What stands in no line of the table is nobody's."""
    return _OF[role]


_OF = {role: frozenset(permission for permission, roles in ROLES_WITH.items() if role in roles) for role in Role}
