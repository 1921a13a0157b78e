"""Looking an address up in the suppression store: under which forms, with which keys, and what a match forbids."""

from collections.abc import Iterable

from domain.addresses import Address, Channel
from domain.compliance.rules import enforced_elsewhere

_WHERE, _TEST = "domain.compliance.suppressions", "tests/compliance/test_cases.py"
# One mailbox, however it is dotted or tagged; elsewhere dots and tags name different mailboxes.
_DOTLESS_DOMAINS = frozenset({"gmail.com", "googlemail.com"})


def versions_to_try(active: int, stored: Iterable[int]) -> list[int]:
    """The newest key first, then every older one that still has tokens: those of erased people are never renewed."""
    return sorted({active, *stored}, reverse=True)


def advisory_variant(address: Address) -> Address | None:
    """The form under which one mailbox may have been suppressed before, to be shown to staff; it blocks nothing."""
    if address.channel is not Channel.EMAIL:
        return None
    name, _, domain = address.value.rpartition("@")
    if domain not in _DOTLESS_DOMAINS:
        return None
    canonical = f"{name.partition('+')[0].replace('.', '')}@gmail.com"
    return None if canonical == address.value else Address.parse(canonical, Channel.EMAIL)


def sendable_after_import(*, suppressed: bool, opted_in_since: bool) -> bool:
    """A file cannot opt anybody in: a suppressed person stays so unless they themselves provably opted in later."""
    return not suppressed or opted_in_since


for _rule, _function in {
    "PII-04": "versions_to_try",
    "PII-07": "sendable_after_import",
    "PII-08": "advisory_variant",
}.items():
    enforced_elsewhere(_rule, where=f"{_WHERE}.{_function}", test=_TEST)
