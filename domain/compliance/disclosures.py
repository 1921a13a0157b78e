"""Reading the words shown at opt-in before anybody sees them: what they must not say, and what they fail to say."""

import re

from msgspec import Struct

from domain.compliance import catalogue

_SPACES = re.compile(r"\s+")
_WAYS = (
    r"(?:opt|opting)[ -]?out|unsubscribe|revoke(?: your)?(?: consent)?|cancel|stop(?: receiving)?"
    r"|withdraw(?: your)?(?: consent)?"
)
_MEANS = (
    r"(?:text(?:ing)?|reply(?:ing)?|sending|call(?:ing)?|e-?mail(?:ing)?|writ(?:e|ing)|visit(?:ing)?|click(?:ing)?)"
)
_EXCLUSIVE = re.compile(
    "|".join(
        [
            rf"(?:{_WAYS})\b[^.]*?\b(?:only|solely|exclusively)\b[^.]*?\b(?:by|via|through|{_MEANS})\b",
            rf"\b(?:only|solely|exclusively)\b[^.]*?\b(?:{_WAYS})\b[^.]*?\b(?:by|via|through)\b",
            rf"\bonly (?:way|method|means)\b[^.]*?\b(?:{_WAYS})\b",
            r"\b(?:sole|exclusive|only) (?:way|method|means)\b",
            r"\bno other (?:way|method|means)\b",
            rf"\b(?:{_WAYS})\b[^.]*\bmust (?:text|reply|call|write|send|e-?mail|visit)\b",
            rf"\bmust (?:text|reply|call|write|send|e-?mail|visit)\b[^.]*\bto (?:{_WAYS})\b",
        ]
    ),
    re.IGNORECASE,
)


def names_an_exclusive_way_out(text: str) -> bool:
    """Whether it says, or lets one think, that there is one way to opt out and no other (47 CFR 64.1200(a)(10))."""
    return _EXCLUSIVE.search(_SPACES.sub(" ", text)) is not None


class _Elements(Struct, frozen=True, kw_only=True):
    required_elements: tuple[str, ...]


_SHOWN = catalogue.parameters("CTIA-10", _Elements).required_elements
_SAYS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "message_types": r"marketing|promotion|offers?|alerts?|updates?|notifications?|reminders?|news|codes?|deals?",
        "frequency": r"msgs?/|messages? (?:a|per)\b|frequency|recurring|up to \d+|\d+ (?:msgs?|messages?)|varies",
        "msg_and_data_rates": r"(?:msg|message)s? ?(?:&|and) ?data rates",
        "stop": r"\bSTOP\b",
        "help": r"\bHELP\b",
        "terms_url": r"terms",
        "privacy_url": r"privacy",
        "not_condition_of_purchase": r"not (?:a |required as a )?(?:condition|required)[^.]*|not required[^.]*purchase",
    }.items()
}


def missing_elements(text: str, brand: str | None = None) -> list[str]:
    """What carriers want said where people opt in, and this text does not say (CTIA handbook A.3)."""
    missing = []
    for element in _SHOWN:
        if element == "brand":
            if brand is not None and brand.casefold() not in text.casefold():
                missing.append(element)
        elif not _SAYS[element].search(text):
            missing.append(element)
    return missing
