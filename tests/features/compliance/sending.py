"""Sentences about the message itself, when it is due, and what the rules say to it."""

from datetime import datetime, time

import msgspec
from pytest_bdd import given, parsers, then, when

from domain.compliance.verdicts import Verdict
from tests.features.compliance.places import DAY, MOMENT, RULE, any_of, day, moment
from tests.features.compliance.scene import KINDS

CONTENT = {
    "also promotes something": {"contains_promotion": True},
    "does not say who sends it": {"has_identification": False},
    "shows no postal address": {"postal_address": False},
    "offers no way to unsubscribe": {"has_unsubscribe": False},
    "has no one-click unsubscribe": {"one_click": False},
    "is signed without its unsubscribe headers": {"dkim_covers_list_unsubscribe": False},
    "asks for a login before one can unsubscribe": {"unsub_requires_login": True},
    "takes a fee for unsubscribing": {"unsub_fee": True},
    "leads through three pages to unsubscribe": {"unsub_pages": 3},
    "asks for a date of birth before one can unsubscribe": {"unsub_inputs": frozenset({"email", "date_of_birth"})},
    "comes from an address that is not the sender's": {"from_accurate": False},
    "has a subject that misleads": {"subject_deceptive": True},
    "has a subject that advertises": {"subject_promotional": True, "contains_promotion": True},
    "advertises before it comes to the order": {"transactional_first": False, "contains_promotion": True},
    "advertises below the order": {"transactional_first": True, "contains_promotion": True},
    "is marked as an advertisement": {"ad_label": True},
    "is labelled <ADV>": {"adv_label": True},
    "says that STOP is the only way to opt out": {"exclusive_optout": True},
    "says that replies are not read": {"one_way_disclosure": True},
    "says how else to opt out": {"alternative_optout": True},
    "does not remind of the right to object": {"objection_notice": False},
    "does not name the friend": {"referrer_named": False},
    "says who held the consent first": {"third_party_holder_named": True},
    "says again what was agreed": {"reconfirms_consent": True},
}
# The elements of an opt-in confirmation, in the words of the carriers' own list.
ELEMENTS = {
    "the name of the program": "program_name",
    "whom to ask for help": "customer_care_contact_or_HELP",
    "how to stop": "STOP_instruction",
    "how often messages come": "recurring_and_frequency",
    "that rates may apply": "msg_and_data_rates",
}
TOPICS = {
    "sex": "sexually_explicit",
    "hate": "hate",
    "cannabis": "cannabis",
    "illegal drugs": "illegal_drugs",
    "gambling": "gambling",
    "payday loans": "high_risk_finance",
    "leads for other companies": "third_party_lead_gen",
    "work from home": "work_from_home",
    "alcohol": "alcohol",
    "tobacco": "tobacco",
}


@given(parsers.re(rf"the message (?P<what>{any_of(CONTENT)})"))
def _(scene, what):
    scene.tell_of("content", **CONTENT[what])


@given(parsers.re(r"the message can be unsubscribed from for (?P<days>\d+) days"))
def _(scene, days):
    scene.tell_of("content", unsubscribe_valid_days=int(days))


@given(parsers.re(rf"the message says everything but (?P<element>{any_of(ELEMENTS)})"))
def _(scene, element):
    scene.tell_of("content", elements=frozenset(ELEMENTS.values()) - {ELEMENTS[element]})


@given("the message says everything carriers ask for")
def _(scene):
    scene.tell_of("content", elements=frozenset(ELEMENTS.values()))


@given(parsers.re(rf"the message is on (?P<topic>{any_of(TOPICS)})"))
def _(scene, topic):
    scene.tell_of("content", topics=frozenset({TOPICS[topic]}))


SETTINGS = {
    "the company sends mail to the US until people opt out": {"us_email_opt_out_model": True},
    "the company counts an opt-out for its program only": {"revocation_scope": "program"},
    "the company lets START restore everything": {"start_restores": "prior_scope"},
}


@given(parsers.re(rf"(?P<setting>{any_of(SETTINGS)})"))
def _(scene, setting):
    scene.policy |= SETTINGS[setting]


@given(parsers.re(r"the company texts between (?P<start>\d\d:\d\d) and (?P<end>\d\d:\d\d) only"))
def _(scene, start, end):
    scene.policy["marketing_hours"] = [start, end]


@given(parsers.re(r"unsubscribe links expire after (?P<days>\d+) days"))
def _(scene, days):
    scene.policy["unsubscribe_token_expiry"] = int(days)


@given(parsers.re(rf"the rules are those of (?P<on>{DAY})"))
def _(scene, on):
    scene.as_of = day(on)


@when(
    parsers.re(
        rf'an? (?P<kind>{any_of(KINDS)}) is due(?: for "(?P<program>[^"]+)")?'
        rf"(?: on (?:(?P<at>{MOMENT})|(?P<noon>{DAY})))?"
    )
)
def _(scene, kind, program, at, noon):
    """At noon where the contact lives, if no hour is told."""
    instant = moment(at) if at else datetime.combine(day(noon), time(12), scene.zone) if noon else None
    scene.due(kind, program, instant)


def decided(scene, verdict, rule):
    found = scene.decision
    told = "; ".join(f"{each.rule.id} {each.verdict}: {each.explanation}" for each in found.findings)
    assert found.verdict is verdict, f"{found.verdict} by {found.rule} ({told})"
    assert rule is None or found.rule == rule, f"{found.verdict} by {found.rule}, not {rule} ({told})"


@then(parsers.re(rf"it may go(?:, because of (?P<rule>{RULE}))?"))
def _(scene, rule):
    decided(scene, Verdict.ALLOW, rule)


@then(parsers.re(rf"it waits until (?P<until>{MOMENT}), because of (?P<rule>{RULE})"))
def _(scene, until, rule):
    decided(scene, Verdict.DEFER, rule)
    assert scene.decision.next_allowed_at == moment(until), scene.decision.next_allowed_at.astimezone(scene.zone)


@then(parsers.re(rf"it needs an opt-in, because of (?P<rule>{RULE})"))
def _(scene, rule):
    decided(scene, Verdict.NEED_OPT_IN, rule)


@then(parsers.re(rf"it must not go, because of (?P<rule>{RULE})"))
def _(scene, rule):
    decided(scene, Verdict.DENY, rule)


@then(parsers.re(rf"(?P<rule>{RULE}) speaks of it, too"))
def _(scene, rule):
    assert rule in scene.said
    assert rule != (scene.reading or scene.decision).rule


@then(parsers.re(rf"(?P<rule>{RULE}) says nothing"))
def _(scene, rule):
    assert rule not in scene.said


@then(parsers.re(r"it is judged as (?P<category>\w+)"))
def _(scene, category):
    assert scene.decision.category == category


@then(parsers.re(r"the decision names the packs (?P<packs>.+)"))
def _(scene, packs):
    named = {pack.partition("@")[0] for pack in scene.decision.explained().packs}
    assert set(packs.replace(" and ", ", ").split(", ")) <= named


@then(parsers.re(r"the decision cites (?P<citation>.+)"))
def _(scene, citation):
    assert scene.decision.explained().citation == citation


@then(parsers.re(r"the decision shows that it was (?P<clock>\d\d:\d\d) in (?P<zone>\S+)"))
def _(scene, clock, zone):
    assert [(f"{local.time:%H:%M}", local.zone) for local in scene.decision.explained().local_times] == [(clock, zone)]


@then(parsers.re(r"the decision rests on (?P<evidence>consent \d+)"))
def _(scene, evidence):
    assert scene.decision.explained().evidence == (evidence,)


@then("the decision says what to do about it")
def _(scene):
    assert scene.decision.explained().remedy


@then("the decision shows no address")
def _(scene):
    written = msgspec.json.encode(scene.decision.explained()).decode()
    recipient = scene.attempt.recipient
    assert scene.decision.rule in written
    assert recipient.phone.value not in written
    assert recipient.email.value not in written
