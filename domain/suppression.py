"""A keyed token that blocks an address and survives erasure: no name, no address, no reason text."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from domain.addresses import Channel
from domain.ids import ProgramId


class Reason(StrEnum):
    OPT_OUT = "opt_out"
    COMPLAINT = "complaint"
    HARD_BOUNCE = "hard_bounce"
    ERASURE = "erasure"
    LEGAL = "legal"
    MANUAL = "manual"
    LITIGATOR = "litigator"


# What the person brought about, and their own, later, provable yes overcomes; nothing overcomes the rest.
OVERCOME_BY_A_YES = frozenset({Reason.OPT_OUT, Reason.ERASURE})


class Scope(StrEnum):
    BRAND = "brand"
    CATEGORY = "category"
    PROGRAM = "program"


class Suppression(Struct, frozen=True, kw_only=True):
    channel: Channel
    scope: Scope
    reason: Reason
    date: datetime
    category: str | None = None
    program_id: ProgramId | None = None
