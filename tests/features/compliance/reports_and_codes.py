"""Sentences about bounces, complaints, what a provider answers, and one-time codes."""

from msgspec.structs import replace
from pytest_bdd import given, parsers, then, when

from domain.compliance.codes import (
    Code,
    Outcome,
    Signals,
    check,
    failures_after_resend,
    may_request,
    may_use_email_code,
    step_up_needed,
    strong_enough,
)
from domain.compliance.delivery_reports import Bounce, Complaint, bounce, complaint, too_many_soft
from domain.compliance.provider_results import read_refusal
from domain.compliance.verdicts import Verdict
from tests.features.compliance.places import DAY, MOMENT, PLACES, RULE, any_of, moment

BOUNCES = {
    "the address is suppressed": Bounce.HARD,
    "it counts as a soft bounce": Bounce.SOFT,
    "the sender is warned and the address stays": Bounce.POLICY,
    "nothing happens": Bounce.NONE,
}
COMPLAINTS = {
    "marketing to the address is suppressed": Complaint.SUPPRESS,
    "it is an opt-out": Complaint.OPT_OUT,
    "the sender is warned": Complaint.ALERT,
    "nothing is done": Complaint.NONE,
}


@when(parsers.re(r"a report says (?P<action>failed|delayed|delivered|relayed|expanded) (?P<status>\d\.\d+\.\d+)"))
def _(scene, action, status):
    scene.outcome = bounce(status, action)


@when(parsers.re(r'a server refuses with "(?P<diagnostic>[^"]+)"'))
def _(scene, diagnostic):
    scene.outcome = bounce("5.0.0", "failed", diagnostic)


@then(parsers.re(rf"(?P<effect>{any_of(BOUNCES)})"))
def _(scene, effect):
    assert scene.outcome is BOUNCES[effect]


@when(parsers.re(r"a complaint of the type (?P<kind>[a-z-]+) comes in"))
def _(scene, kind):
    scene.outcome = complaint(kind)


@then(parsers.re(rf"(?P<effect>{any_of(COMPLAINTS)})"))
def _(scene, effect):
    assert scene.outcome is COMPLAINTS[effect]


@when(parsers.re(rf"mail bounced softly on (?P<days>{DAY}(?:, {DAY})*)"))
def _(scene, days):
    scene.outcome = [moment(f"{each} at 12:00 in UTC") for each in days.split(", ")]


@then(parsers.re(rf"on (?P<on>{DAY}) the address is (?P<fate>given up|tried again)"))
def _(scene, on, fate):
    assert too_many_soft(scene.outcome, moment(f"{on} at 12:00 in UTC")) is (fate == "given up")


@when(parsers.re(rf"Twilio answers with error (?P<code>\d+) on (?P<at>{MOMENT})"))
def _(scene, code, at):
    opted_in = bool(scene.attempt.consents) and not scene.attempt.ledger
    scene.outcome = read_refusal(int(code), scene.attempt.recipient, moment(at), opted_in=opted_in)


@then(parsers.re(rf"the block is written down and never tried again, because of (?P<rule>{RULE})"))
def _(scene, rule):
    assert scene.outcome.rule == rule
    assert not scene.outcome.retry
    assert {"append_revocation_event(source=provider)", "suppress(sms,brand)"} <= set(scene.outcome.effects)


@then("somebody looks why our ledger says otherwise")
def _(scene):
    assert "alert(ledger_drift)" in scene.outcome.effects


@then(parsers.re(rf"it is tried again on (?P<at>{MOMENT}), because of (?P<rule>{RULE})"))
def _(scene, at, rule):
    assert (scene.outcome.rule, scene.outcome.verdict, scene.outcome.until) == (rule, Verdict.DEFER, moment(at))


CODES = {"by text": "sms", "by voice": "voice", "by mail": "email", "to confirm a mail address": "email_confirmation"}


@given(parsers.re(rf"a code was sent (?P<how>{any_of(CODES)}) on (?P<at>{MOMENT})"))
def _(scene, how, at):
    scene.code = Code(channel=CODES[how], issued_at=moment(at))


@given(parsers.re(r"the code has been (?P<what>used|superseded)"))
def _(scene, what):
    scene.code = replace(scene.code, **{what: True})


@given(parsers.re(r"(?P<count>\d+) wrong codes were entered(?P<lately> for the address since yesterday)?"))
def _(scene, count, lately):
    scene.code = replace(scene.code, **{"failures_24h" if lately else "failures": int(count)})


@given("a new code was asked for")
def _(scene):
    before = scene.code
    scene.code = replace(before, failures_24h=failures_after_resend(before.failures_24h))


@when(parsers.re(rf"the (?P<which>right|wrong) code is entered on (?P<at>{MOMENT})"))
def _(scene, which, at):
    scene.outcome = check(scene.code, correct=which == "right", at=moment(at))


@then(parsers.re(rf"it is (?P<outcome>accepted|wrong|expired|used|superseded|locked), because of (?P<rule>{RULE})"))
def _(scene, outcome, rule):
    assert (scene.outcome.outcome, scene.outcome.rule) == (Outcome[outcome.upper()], rule)


@then(
    parsers.re(
        r"(?P<length>\d+) (?P<kind>digits|letters) (?P<source>drawn at random|of a predictable generator)"
        r" (?P<found>are|are not) hard enough to guess"
    )
)
def _(length, kind, source, found):
    strong = strong_enough(10 if kind == "digits" else 26, int(length), csprng=source == "drawn at random")
    assert strong is (found == "are")


PURPOSES = {"confirm an address": "confirm_address", "recover an account": "recovery", "sign somebody in": "sign_in"}


@then(parsers.re(rf"a code by mail (?P<may>may|must not) (?P<purpose>{any_of(PURPOSES)})"))
def _(may, purpose):
    assert may_use_email_code(PURPOSES[purpose]) is (may == "may")


SIGNALS = {
    "has a voice-over-internet line": {"voip": True},
    "has a new SIM card": {"sim_changed": True},
    "was ported": {"ported": True},
    "has another device": {"device_changed": True},
    "is as it always was": {},
}


@then(parsers.re(rf"a number that (?P<signal>{any_of(SIGNALS)}) needs (?P<found>more than a code|a code only)"))
def _(signal, found):
    assert step_up_needed(Signals(**SIGNALS[signal])) is (found == "more than a code")


VELOCITIES = {
    "codes went to the number since yesterday": "number_count_24h",
    "codes were asked for from the same internet address in the last hour": "ip_count_1h",
    "codes went to neighbouring numbers in the last hour": "prefix_count_1h",
    "seconds have passed since the last code": "seconds_since_last",
    "codes were asked for again": "resends",
}


@given(parsers.re(rf"(?P<count>\d+) (?P<what>{any_of(VELOCITIES)})"))
def _(scene, count, what):
    scene.velocity = replace(scene.velocity, **{VELOCITIES[what]: int(count)})


@given(parsers.re(r"(?P<percent>\d+) % of the codes were ever used"))
def _(scene, percent):
    scene.velocity = replace(scene.velocity, conversion=int(percent) / 100)


@when(parsers.re(r"a code is asked for (?P<phone>\+[\d ]+)(?:, with codes switched on for (?P<countries>.+))?"))
def _(scene, phone, countries):
    switched_on = frozenset(PLACES[name].country for name in (countries or "New York").split(" and "))
    scene.outcome = may_request(phone.replace(" ", ""), scene.velocity, countries=switched_on)


@then(parsers.re(r"(?P<may>it is sent|it is not sent, for the (?P<reason>.+))"))
def _(scene, may, reason):
    assert scene.outcome == (reason is None, reason or "")
