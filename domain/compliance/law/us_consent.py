"""US federal consent to be texted: the TCPA and 47 CFR 64.1200(a), (f)."""

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.attempt import TEXT
from domain.compliance.case import Case
from domain.compliance.consents import (
    NUMBER_ENTERED,
    covers_category,
    evidence_of,
    no_act,
    relied_upon,
    spoken,
    unproven,
)
from domain.compliance.rules import Finding, Rule, rule
from domain.compliance.verdicts import Basis
from domain.consent.evidence import ConsentType, Grant


class _Regulated(Struct, frozen=True, kw_only=True):
    consent_type: ConsentType
    assume_regulated: bool


class _Written(Struct, frozen=True, kw_only=True):
    required_evidence: frozenset[str]


_SHOWN = catalogue.parameters("US-TCPA-CONS-02", _Written).required_evidence


def written_consents(case: Case) -> list[Grant]:
    """Every agreement of this seller that claims to be PEWC for marketing on this channel, complete or not."""
    return _read(case)[0]


def complete_written_consents(case: Case) -> list[Grant]:
    return _read(case)[1]


def _read(case: Case) -> tuple[list[Grant], list[Grant]]:
    """Half a dozen rules ask; they are read once for each case."""
    found: tuple[list[Grant], list[Grant]] | None = case.memory.get("written")
    if found is None:
        written = [
            grant
            for grant in case.grants
            if grant.facts.type is ConsentType.PEWC and covers_category(grant, "marketing")
        ]
        found = written, [grant for grant in written if not _lacking(grant, case.sender.brand)]
        case.memory["written"] = found
    return found


def _lacking(grant: Grant, brand: str) -> tuple[str, ...]:
    """What (f)(9) asks for and this agreement does not show; a number typed in is neither a signature nor an act."""
    facts = grant.facts
    act = facts.affirmative_act
    shown = {
        "disclosure_text_verbatim": facts.disclosure_kept,
        "affirmative_act": not no_act(act) and act not in NUMBER_ENTERED,
        "phone_e164": facts.phone_in_record is not False,
        "seller_identity": brand in facts.sellers_named if facts.sellers_named else grant.brand == brand,
        "timestamp": grant.timestamp is not None,
        "not_condition_of_purchase_disclosed": facts.not_condition_of_purchase_disclosed,
    }
    by_mouth = spoken(grant)
    if facts.autodialer_disclosed and not by_mouth and all(shown.values()):
        return ()
    lacking = [field for field, there in shown.items() if field in _SHOWN and not there]
    more = {"autodialer_disclosed": not facts.autodialer_disclosed, "signature_in_writing": by_mouth}
    return (*lacking, *[field for field, absent in more.items() if absent])


@rule("US-TCPA-CONS-01", terms=_Regulated)
def marketing_needs_written_consent(case: Case, rule: Rule) -> Finding | None:
    """Where an agreement exists but is incomplete, the rule about its content speaks instead."""
    if not case.profile.assume_texts_are_regulated_calls and case.channel in TEXT:
        return None
    complete = complete_written_consents(case)
    if grant := relied_upon(complete, case.attempt.program):
        return rule.permits("The contact agreed in writing to marketing.", evidence=evidence_of(grant))
    if written_consents(case):
        return None
    return rule.asks("There is no prior express written consent to marketing.", consent_type=rule.terms.consent_type)


@rule("US-TCPA-CONS-02", terms=_Written)
def written_consent_shows_what_was_agreed(case: Case, rule: Rule) -> Finding | None:
    lacking = [_lacking(grant, case.sender.brand) for grant in written_consents(case)]
    if not lacking or not all(lacking):
        return None
    return rule.asks("The written consent does not show all it must.", lacking=", ".join(lacking[0]))


class _Express(Struct, frozen=True, kw_only=True):
    consent_type: ConsentType


@rule("US-TCPA-CONS-03", terms=_Express)
def informational_texts_need_express_consent(case: Case, rule: Rule) -> Finding | None:
    """Giving the number for a related purpose suffices; that purpose has to include this category."""
    agreed = [grant for grant in case.grants if covers_category(grant, case.category) and not unproven(grant)]
    if grant := relied_upon(agreed, case.attempt.program):
        return rule.permits("The contact gave the number for this purpose.", evidence=evidence_of(grant))
    return rule.asks(
        f"There is no prior express consent to {case.category} messages.", consent_type=rule.terms.consent_type
    )


@rule("US-TCPA-CONS-04")
def one_consent_may_name_several_sellers(case: Case, rule: Rule) -> Finding | None:
    """The one-to-one rule was vacated; that it is not law is worth saying where it would have mattered."""
    named = max((len(grant.facts.sellers_named) for grant in written_consents(case)), default=0)
    if named < 2:
        return None
    return rule.notes("The consent names several sellers, which no federal rule forbids.", sellers_named=named)


@rule("US-TCPA-EMERG-01")
def emergencies_need_no_consent(case: Case, rule: Rule) -> Finding | None:
    """With marketing in it the message is judged as marketing before it comes here."""
    if case.content.contains_promotion:
        return None
    return rule.permits("A message about health or safety needs no consent.", basis=Basis.EXEMPTION)
