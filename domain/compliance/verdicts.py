"""The four verdicts, the stages a rule speaks at, and which finding decides.

CORE-VERDICT-01: the gravest verdict wins; among its findings the lowest stage is named, then the most specific pack.
"""

from enum import IntEnum, StrEnum


class Verdict(StrEnum):
    ALLOW = "allow"
    DEFER = "defer"
    NEED_OPT_IN = "need_opt_in"
    DENY = "deny"


GRAVITY: dict[Verdict, int] = {verdict: gravity for gravity, verdict in enumerate(Verdict)}


class Stage(StrEnum):
    """In the order a person would look; the stages after quiet hours belong to rules that are not about sending."""

    SUPPRESSION = "suppression"
    JURISDICTION = "jurisdiction"
    ADDRESS = "address"
    REVOCATION = "revocation"
    CONSENT = "consent"
    REGISTRY = "registry"
    CONTENT = "content"
    PROVIDER = "provider"
    FREQUENCY = "frequency"
    QUIET_HOURS = "quiet_hours"
    VERIFICATION = "verification"
    RETENTION = "retention"
    DSR = "dsr"
    BREACH = "breach"
    RECORDS = "records"
    SECURITY = "security"
    INFORMATIONAL = "informational"
    ENGINE = "engine"


STAGE_ORDER: dict[Stage, int] = {stage: order for order, stage in enumerate(Stage)}


class Level(IntEnum):
    """How specific a pack is: a state's rule explains more than the country's, a law more than a carrier's policy."""

    CORE = 0
    INDUSTRY = 1
    UNION = 2
    COUNTRY = 3
    STATE = 4


class Basis(IntEnum):
    """How well an allowing finding explains why a message may go; the highest is named.

    An exemption that made the difference explains more than the consent that would not have sufficed alone.
    """

    NOTE = 0
    CONSENT = 1
    EXEMPTION = 2
