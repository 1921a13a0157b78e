"""US federal email law: CAN-SPAM (15 U.S.C. 7701 ff., 16 CFR 316) and mail to wireless domains (47 CFR 64.3100)."""

from datetime import timedelta

from msgspec import Struct

from domain.compliance.case import Case
from domain.compliance.consents import answers_request, covers_category, evidence_of, for_program, relied_upon, unproven
from domain.compliance.rules import Finding, Rule, enforced_elsewhere, rule
from domain.compliance.verdicts import Basis
from domain.consent.evidence import Grant

# Mail to these arrives as a text message. The FCC keeps the whole list; these are the domains in use by the large
# carriers.
_WIRELESS_DOMAINS = frozenset({
    "vtext.com", "vzwpix.com", "mypixmessages.com", "txt.att.net", "mms.att.net", "cingularme.com", "tmomail.net",
    "messaging.sprintpcs.com", "pm.sprint.com", "email.uscc.net", "mms.uscc.net", "sms.myboostmobile.com",
    "myboostmobile.com", "sms.mycricket.com", "mms.cricketwireless.net", "msg.fi.google.com", "mmst5.tracfone.com",
    "vmobl.com", "vmpix.com", "text.republicwireless.com", "message.ting.com", "page.nextel.com",
})  # fmt: skip


def affirmative_consents(case: Case) -> list[Grant]:
    """Any proven agreement to marketing by mail, whatever law it was made under."""
    return [
        grant
        for grant in case.grants
        if covers_category(grant, "marketing") and for_program(grant, case.attempt.program) and not unproven(grant)
    ]


@rule("US-CANSPAM-01")
def headers_say_who_sends(case: Case, rule: Rule) -> Finding | None:
    return None if case.content.from_accurate else rule.bars("The headers do not identify the sender.", missing="from")


@rule("US-CANSPAM-02")
def subjects_do_not_deceive(case: Case, rule: Rule) -> Finding | None:
    return rule.bars("The subject misleads about the content.") if case.content.subject_deceptive else None


class _Label(Struct, frozen=True, kw_only=True):
    waived_with: str


@rule("US-CANSPAM-03", terms=_Label)
def advertisements_say_so(case: Case, rule: Rule) -> Finding | None:
    if case.content.ad_label or affirmative_consents(case):
        return None
    if not case.profile.us_email_opt_out_model:
        return None
    return rule.bars("The mail is not marked as an advertisement.", waived_with=rule.terms.waived_with)


class _Address(Struct, frozen=True, kw_only=True):
    required: tuple[str, ...]


@rule("US-CANSPAM-04", terms=_Address)
def mail_shows_a_postal_address(case: Case, rule: Rule) -> Finding | None:
    if case.content.postal_address:
        return None
    return rule.bars("The mail shows no postal address.", missing=", ".join(rule.terms.required))


class _Working(Struct, frozen=True, kw_only=True):
    min_days: int


@rule("US-CANSPAM-05", terms=_Working)
def the_opt_out_works_for_a_month(case: Case, rule: Rule) -> Finding | None:
    content = case.content
    if not content.has_unsubscribe:
        return rule.bars("The mail offers no way to opt out.", missing="unsubscribe")
    days = content.unsubscribe_valid_days
    if days is not None and days < rule.terms.min_days:
        return rule.bars("The way to opt out ends too soon.", days=days, required=rule.terms.min_days)
    return None


class _Honour(Struct, frozen=True, kw_only=True):
    max_business_days: int
    policy_effective: str


@rule("US-CANSPAM-06", terms=_Honour, about_past=True)
def mail_opt_outs_take_effect_at_once(case: Case, rule: Rule) -> Finding | None:
    """The ten business days are a ceiling nobody here makes use of."""
    if case.standing is None:
        return None
    return rule.bars(
        "The contact opted out of this mail.",
        opted_out_at=case.standing.event.at.isoformat(),
        ceiling_business_days=rule.terms.max_business_days,
        policy=rule.terms.policy_effective,
    )


class _OnePage(Struct, frozen=True, kw_only=True):
    allow_login: bool
    max_pages: int
    allowed_inputs: frozenset[str]


@rule("US-CANSPAM-07", terms=_OnePage)
def opting_out_costs_nothing(case: Case, rule: Rule) -> Finding | None:
    terms: _OnePage = rule.terms
    content = case.content
    obstacles = {
        "fee": content.unsub_fee,
        "login": content.unsub_requires_login and not terms.allow_login,
        "pages": content.unsub_pages > terms.max_pages,
        "information": bool(content.unsub_inputs - terms.allowed_inputs),
    }
    if not any(obstacles.values()):
        return None
    return rule.bars(
        "Opting out asks too much.", obstacles=", ".join(name for name, there in obstacles.items() if there)
    )


@rule("US-CANSPAM-09", also_for=("doi_request",))
def transactional_mail_is_exempt(case: Case, rule: Rule) -> Finding | None:
    """To ask for the confirmation a person set off themselves completes what they agreed to."""
    if case.category == "doi_request" and not answers_request(case):
        return rule.asks("Nobody asked for this request to confirm.")
    return rule.permits("A transactional message needs no consent.", basis=Basis.CONSENT, category=case.category)


@rule("US-CANSPAM-10", also_for=("informational",))
def the_primary_purpose_decides(case: Case, rule: Rule) -> Finding | None:
    """Only where US law alone applies: elsewhere any promotion makes a mail marketing."""
    content = case.content
    if not (content.contains_promotion or content.subject_promotional):
        return None
    if not content.subject_promotional and content.transactional_first:
        return None
    reason = "subject" if content.subject_promotional else "order of the body"
    return rule.notes("The primary purpose of the mail is commercial.", by=reason)


@rule("US-CANSPAM-11")
def mail_needs_an_opt_in_unless_chosen_otherwise(case: Case, rule: Rule) -> Finding | None:
    """The law is opt-out; mailbox providers and the profile are not, until an administrator says so."""
    if grant := relied_upon(affirmative_consents(case), case.attempt.program):
        return rule.permits("The contact opted in to this mail.", evidence=evidence_of(grant))
    if case.profile.us_email_opt_out_model:
        return rule.permits("US law lets mail go until the contact opts out.", basis=Basis.CONSENT)
    return rule.asks("The contact has not opted in, and the profile wants that.", us_email_opt_out_model=False)


class _Grace(Struct, frozen=True, kw_only=True):
    grace_days: int


@rule("US-MSCM-01", terms=_Grace)
def mail_to_a_telephone_needs_authorisation(case: Case, rule: Rule) -> Finding | None:
    email = case.attempt.recipient.email
    since = case.attempt.dnc.wireless_domain_since
    domain = email.value.rpartition("@")[2] if email is not None else ""
    listed = domain in _WIRELESS_DOMAINS if since is None else case.day >= since + timedelta(days=rule.terms.grace_days)
    if not listed or affirmative_consents(case):
        return None
    return rule.bars(
        "The address belongs to a telephone, and the contact has not authorised mail to it.", domain=domain
    )


enforced_elsewhere(
    "US-CANSPAM-08",
    where="domain.compliance.retention.may_use_suppressions",
    test="tests/unit/compliance/test_retention.py",
)
