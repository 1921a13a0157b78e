"""Where each rule of the catalogue is applied: the answer to "and who checks that?"."""

from msgspec import Struct

from domain.compliance import (
    capture,
    codes,
    deadlines,
    delivery_reports,
    law,
    link_requests,
    obligations,
    provider_results,
    receipts,
    registration,
    retention,
    suppressions,
)
from domain.compliance.catalogue import Entry
from domain.compliance.rules import applied, elsewhere

# Each registers, when it is imported, the rules it applies.
MODULES = (
    *law.LOADED,
    capture,
    codes,
    deadlines,
    delivery_reports,
    link_requests,
    obligations,
    provider_results,
    receipts,
    registration,
    retention,
    suppressions,
)


class Coverage(Struct, frozen=True, kw_only=True):
    """`where` is a Python path, `test` shows it at work, `reason` stands alone where there is nothing to apply."""

    rule: str
    where: str | None = None
    test: str | None = None
    reason: str | None = None


def coverage(entry: Entry) -> Coverage:
    if entry.id in applied:
        check = applied[entry.id].check
        return Coverage(rule=entry.id, where=f"{check.__module__}.{check.__qualname__}", test=_TESTS)
    found = elsewhere[entry.id]
    return Coverage(rule=entry.id, where=found.where, test=found.test, reason=found.reason)


_TESTS = "tests/compliance"
