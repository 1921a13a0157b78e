"""Whether a 10DLC campaign would pass vetting: what carriers refuse, told before they are asked."""

import re

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.rules import enforced_elsewhere

_WHERE, _TEST = "domain.compliance.registration", "tests/unit/compliance/test_registration.py"
_LINK = re.compile(r"https?://\S+")
_SHARING = re.compile(
    r"\b(?:not|never)\b[^.]{0,120}\b(?:shar\w+|sold|sell\w*|disclos\w+)\b"
    r"|\bno (?:mobile|sms|phone)[^.]{0,120}\b(?:shared|sold)\b",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"mobile|sms|text messag|phone number|opt[- ]?in", re.IGNORECASE)


class _Vetting(Struct, frozen=True, kw_only=True):
    description_chars: tuple[int, int]
    message_flow_chars: tuple[int, int]
    min_samples: int
    language: str


_TERMS = catalogue.parameters("A2P-02", _Vetting)


class Registration(Struct, frozen=True, kw_only=True):
    """A campaign as it would be submitted."""

    brand: str
    description: str
    message_flow: str
    samples: tuple[str, ...]
    opt_in_reply: str
    opt_out_reply: str
    help_reply: str
    privacy_url: str | None
    terms_url: str | None
    privacy_policy: str
    language: str = "en"


def lacking(campaign: Registration) -> list[str]:
    """What vetting would refuse it for (A2P-02)."""
    low, high = _TERMS.description_chars
    shortest, longest = _TERMS.message_flow_chars
    branded = [s for s in campaign.samples if campaign.brand.casefold() in s.casefold() and "stop" in s.casefold()]
    there = {
        "description": low <= len(campaign.description) <= high,
        "message_flow": shortest <= len(campaign.message_flow) <= longest,
        "opt_in_url": _LINK.search(campaign.message_flow) is not None,
        "samples": len(campaign.samples) >= _TERMS.min_samples and bool(branded),
        "replies": all((campaign.opt_in_reply, campaign.opt_out_reply, campaign.help_reply)),
        "privacy_url": bool(campaign.privacy_url),
        "terms_url": bool(campaign.terms_url),
        "language": campaign.language.partition("-")[0] == _TERMS.language,
    }
    return [what for what, fine in there.items() if not fine]


def keeps_opt_in_data(privacy_policy: str) -> bool:
    """Whether the policy says that numbers given for texts go to nobody else for marketing (A2P-03)."""
    return any(_MOBILE.search(found) for found in _sentences(privacy_policy) if _SHARING.search(found))


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


enforced_elsewhere("A2P-02", where=f"{_WHERE}.lacking", test=_TEST)
enforced_elsewhere("A2P-03", where=f"{_WHERE}.keeps_opt_in_data", test=_TEST)
