"""Sentences about last days, evidence that is kept, records that are handed out, and what outlives an erasure."""

from pytest_bdd import given, parsers, then, when

from domain.addresses import Address
from domain.compliance.deadlines import deadline
from domain.compliance.jurisdiction import whereabouts
from domain.compliance.obligations import ERASURE
from domain.compliance.receipts import (
    DPV_STATUS,
    KANTARA_VERSION,
    IncompleteRecord,
    iso27560_mandatory,
    kantara_mandatory,
    require_complete,
)
from domain.compliance.retention import (
    REQUEST_LOG_MONTHS,
    beyond_what_is_kept,
    evidence_kept_until,
    index_is_keyed,
    key_is_spent,
    may_use_suppressions,
)
from domain.compliance.suppressions import advisory_variant, sendable_after_import, versions_to_try
from tests.features.compliance.places import DAY, MOMENT, PLACE, PLACES, RULE, any_of, day, moment

CLOCKS = {
    "an opt-out from texts in the United States": "US-TCPA-REV-03",
    "a request to the company not to be called": "US-TCPA-DNC-04",
    "an opt-out from mail in the United States": "US-CANSPAM-06",
    "an unsubscribe in Canada": "CA-CASL-10",
    "an unsubscribe in Australia": "AU-SPAM-02",
    "an unsubscribe in Singapore": "SG-02",
    "an unsubscribe at Gmail": "MBP-UNSUB-48",
    "a request for one's data in the European Union": "EU-DSR-01",
    "a request for one's data in the United Kingdom": "UK-DSR-02",
    "a complaint about data protection in the United Kingdom": "UK-DUAA-03",
    "a request for one's data in California": "US-CCPA-01",
    "an opt-out from sale in California": "US-CCPA-02",
    "news of a breach": "EU-GDPR-33",
    "a request for one's data in Brazil": "BR-LGPD-01",
    "a STOP in Florida": "US-FL-04",
}


@given(parsers.re(r"the clock stood still for (?P<days>\d+) days"))
def _(scene, days):
    scene.clock["paused_days"] = int(days)


@given("the time was extended")
def _(scene):
    scene.clock["extended"] = True


@when(parsers.re(rf"(?P<what>{any_of(CLOCKS)}) comes in on (?:(?P<at>{MOMENT})|(?P<on>{DAY}))"))
def _(scene, what, at, on):
    scene.deadline = deadline(CLOCKS[what], moment(at) if at else day(on), **scene.clock)


@then(parsers.re(rf"the last day for it is (?P<on>{DAY}), because of (?P<rule>{RULE})"))
def _(scene, on, rule):
    assert (scene.deadline.rule, scene.deadline.day) == (rule, day(on))


@then(parsers.re(rf"the last moment for it is (?P<at>{MOMENT}), because of (?P<rule>{RULE})"))
def _(scene, at, rule):
    assert scene.deadline.rule == rule
    assert scene.deadline.instant == moment(at)


@then(parsers.re(rf"it is acknowledged by (?P<on>{DAY})"))
def _(scene, on):
    assert scene.deadline.acknowledge_by == day(on)


@then("we do it at once")
def _(scene):
    assert scene.deadline.policy_effective == "immediate"


@when(parsers.re(rf"evidence from (?P<place>{PLACE}) was last relied on on (?P<on>{DAY})(?P<calls>, for calls)?"))
def _(scene, place, on, calls):
    codes = whereabouts(PLACES[place].recipient(), day(on)).codes
    kept = evidence_kept_until(codes, "voice_live" if calls else "sms")
    scene.kept = kept.rule, kept.until(day(on))


@then(parsers.re(rf"it is kept until (?P<on>{DAY})(?:, because of (?P<rule>{RULE}))?"))
def _(scene, on, rule):
    assert scene.kept == (rule or scene.kept[0], day(on))


@then(parsers.re(r"the log of requests is kept for (?P<months>\d+) months"))
def _(months):
    assert int(months) == REQUEST_LOG_MONTHS


RECORDS = {
    "an ISO record": iso27560_mandatory(),
    "an ISO record for Europe": iso27560_mandatory(gdpr=True),
    "a Kantara receipt": kantara_mandatory(),
}


@when(parsers.re(rf"(?P<record>{any_of(RECORDS)}) is made(?: without (?P<field>\w+))?"))
def _(scene, record, field):
    mandatory = RECORDS[record]
    assert field is None or field in mandatory
    try:
        require_complete(set(mandatory) - {field}, mandatory)
    except IncompleteRecord as refusal:
        scene.refusal = refusal


@then("it is given out")
def _(scene):
    assert scene.refusal is None


@then(parsers.re(r"it is not given out, because (?P<field>\w+) is missing"))
def _(scene, field):
    assert scene.refusal is not None
    assert scene.refusal.detail == f"The record lacks {field}."


@then(parsers.re(r'its version is "(?P<version>[^"]+)"'))
def _(version):
    assert version == KANTARA_VERSION


@when(parsers.re(r"a consent that is (?P<status>\w+) is exported"))
def _(scene, status):
    scene.word = DPV_STATUS[status]


@then(parsers.re(r"others read (?P<word>dpv:\w+)"))
def _(scene, word):
    assert scene.word == word


@when("a contact is erased")
def _(scene):
    scene.erasure = ERASURE


@then(parsers.re(r"nothing is left of the (?P<what>[a-z -]+)"))
def _(scene, what):
    assert what in scene.erasure.removes


@then("the suppression token and the restricted evidence are all that stays")
def _(scene):
    assert set(scene.erasure.keeps) == {"suppression_token", "consent_evidence_restricted"}


@then(parsers.re(r"a suppression (?P<may>may|must not) keep the (?P<field>[a-z_ ]+)"))
def _(may, field):
    beyond = beyond_what_is_kept([field.replace(" ", "_")])
    assert (not beyond) is (may == "may")


@then(parsers.re(r"the list of suppressions (?P<may>may|must not) be used for (?P<purpose>\w+)"))
def _(may, purpose):
    assert may_use_suppressions(purpose) is (may == "may")


@then(parsers.re(r"addresses (?P<may>may|must not) be looked up by (?P<construction>\S+)"))
def _(may, construction):
    assert index_is_keyed(construction) is (may == "may")


@then(parsers.re(r"a data key that has sealed (?P<count>[\d,]+) values is (?P<state>replaced|still good)"))
def _(count, state):
    assert key_is_spent(int(count.replace(",", ""))) is (state == "replaced")


@then(parsers.re(r"with key (?P<active>\d+) in use and tokens of keys (?P<old>[\d, ]+), we try (?P<tried>[\d, ]+)"))
def _(active, old, tried):
    assert versions_to_try(int(active), numbers(old)) == numbers(tried)


def numbers(text):
    return [int(number) for number in text.split(",")]


@then(parsers.re(r"(?P<one>\S+@\S+|\+[\d ()-]+) and (?P<other>\S+@\S+|\+[\d ()-]+) are (?P<how_many>one|two)"))
def _(one, other, how_many):
    assert len({Address.parse(one), Address.parse(other)}) == (1 if how_many == "one" else 2)


@then(parsers.re(r"staff are told that (?P<address>\S+) may be (?P<variant>\S+)"))
def _(address, variant):
    assert advisory_variant(Address.parse(address)) == Address.parse(variant)


@then(parsers.re(r"an imported contact is (?P<found>sendable|not sendable) if (?P<facts>.+)"))
def _(found, facts):
    suppressed = "is not on the list" not in facts
    sendable = sendable_after_import(suppressed=suppressed, opted_in_since="opted in since" in facts)
    assert sendable is (found == "sendable")
