"""US do-not-call registries and company lists: 47 CFR 64.1200(c), (d), (f)(5)."""

from datetime import timedelta

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.attempt import TEXT
from domain.compliance.calendars import within_months
from domain.compliance.case import Case
from domain.compliance.law.us_consent import complete_written_consents
from domain.compliance.rules import Finding, Rule, rule
from domain.compliance.verdicts import Basis


class _Registry(Struct, frozen=True, kw_only=True):
    exceptions: frozenset[str]


class _Relationship(Struct, frozen=True, kw_only=True):
    purchase_months: int
    inquiry_months: int


_EBR = catalogue.parameters("US-TCPA-DNC-02", _Relationship)
_REGISTRY = catalogue.parameters("US-TCPA-DNC-01", _Registry).exceptions


def established_relationship(case: Case) -> bool:
    """A purchase or an inquiry recent enough, which nobody has ended. A request not to be called has its own rule."""
    bond = case.attempt.relationship
    if bond.terminated or case.standing is not None:
        return False
    purchased = bond.last_purchase or (bond.date if bond.type in ("purchase", "transaction") else None)
    inquired = bond.last_inquiry or (bond.date if bond.type in ("inquiry", "application") else None)
    day = case.day
    return (purchased is not None and within_months(purchased, day, _EBR.purchase_months)) or (
        inquired is not None and within_months(inquired, day, _EBR.inquiry_months)
    )


def excepted_from_registry(case: Case) -> bool:
    return (
        ("signed_written_permission" in _REGISTRY and bool(complete_written_consents(case)))
        or ("personal_relationship" in _REGISTRY and case.attempt.relationship.personal)
        or ("EBR" in _REGISTRY and established_relationship(case))
    )


@rule("US-TCPA-DNC-01", terms=_Registry)
def the_national_registry_is_respected(case: Case, rule: Rule) -> Finding | None:
    listed = case.attempt.dnc.national_listed
    if listed and not excepted_from_registry(case):
        return rule.bars("The number is on the National Do-Not-Call Registry.", listed=True)
    if listed is False and case.channel not in TEXT:
        return rule.permits("The number is not on the National Do-Not-Call Registry.")
    return None


@rule("US-TCPA-DNC-02", terms=_Relationship)
def a_recent_relationship_allows_a_call(case: Case, rule: Rule) -> Finding | None:
    """It lifts the registry, never the need for written consent."""
    if case.attempt.relationship.type is None and not _dated(case):
        return None
    if not established_relationship(case):
        return None
    basis = Basis.CONSENT if case.channel in TEXT else Basis.EXEMPTION
    return rule.permits("The contact did business with the sender recently enough.", basis=basis)


def _dated(case: Case) -> bool:
    bond = case.attempt.relationship
    return bond.last_purchase is not None or bond.last_inquiry is not None


class _Version(Struct, frozen=True, kw_only=True):
    max_age_days: int


@rule("US-TCPA-DNC-03", terms=_Version)
def the_registry_is_a_recent_copy(case: Case, rule: Rule) -> Finding | None:
    """Asked where the registry is relied on: not for those who agreed in writing."""
    version = case.attempt.dnc.registry_version_date
    if version is None and case.channel in TEXT:
        return None
    if version is not None and version >= case.day - timedelta(days=rule.terms.max_age_days):
        return None
    if excepted_from_registry(case):
        return None
    return rule.bars(
        f"The copy of the registry is older than {rule.terms.max_age_days} days.",
        version=version,
        remedy="Download the registry again, then send.",
    )


class _Company(Struct, frozen=True, kw_only=True):
    honour_years: int


@rule("US-TCPA-DNC-04", terms=_Company)
def a_request_not_to_be_called_is_kept(case: Case, rule: Rule) -> Finding | None:
    """Kept for as long as the company exists; only a written agreement made since overtakes it."""
    asked = case.attempt.dnc.internal_request
    if asked is None:
        return None
    if any(grant.timestamp and grant.timestamp.date() > asked for grant in complete_written_consents(case)):
        return None
    return rule.bars(
        "The contact asked this company not to be called.", asked=asked, law_honours_years=rule.terms.honour_years
    )


@rule("US-AZNY-01")
def texts_count_as_calls_for_the_registry(case: Case, rule: Rule) -> Finding | None:
    """The federal bar has reached texts since; the state law is named beside it and adds nothing to it."""
    if case.channel not in TEXT or not case.attempt.dnc.national_listed or excepted_from_registry(case):
        return None
    return rule.notes("State law counts a text as a call for the registry, too.", listed=True)
