"""Sentences about forms people agree on, campaigns to be registered, settings, and where an address belongs."""

from msgspec.structs import replace
from pytest_bdd import given, parsers, then, when

from domain.addresses import Channel
from domain.compliance.capture import Capture, judge_capture
from domain.compliance.jurisdiction import whereabouts
from domain.compliance.lint_disclosure import lint_disclosure
from domain.compliance.profile import BelowThePack, tightened
from domain.compliance.registration import Registration, keeps_opt_in_data, lacking
from domain.compliance.verdicts import Verdict
from tests.features.compliance.places import DAY, PLACE, PLACES, RULE, any_of, day

FORMS = {
    "has a box that is ticked beforehand": {"affirmative_act": "pre_ticked"},
    "takes silence for a yes": {"affirmative_act": "silence"},
    "takes a number typed in for a yes": {"affirmative_act": "number_entered"},
    "takes accepting the terms for a yes": {"bundled_with_terms": True},
    "makes the yes a condition of the service": {"conditional_on_service": True},
    "has no box of its own for texts": {"separate_sms_checkbox": False},
    "is meant for children": {"offered_directly_to_child": True},
    "asks a parent": {"parental_authorisation": True},
}
SHOWN = {
    "who sends": "brand",
    "what is sent": "message_types",
    "how often": "frequency",
    "that rates may apply": "msg_and_data_rates",
    "how to stop": "stop",
    "how to get help": "help",
    "the terms": "terms_url",
    "the privacy policy": "privacy_url",
    "that no purchase depends on it": "not_condition_of_purchase",
}
WRITTEN_DOWN = {
    "the time": "timestamp",
    "the medium": "medium",
    "what the person saw and did": "capture_of_experience",
    "the campaign": "campaign",
    "the internet address": "ip_address",
    "the number": "phone",
    "who the person is": "identity",
}


@given(parsers.re(rf"a form for (?P<channel>texts|mail) that somebody in (?P<place>{PLACE}) fills in"))
def _(scene, channel, place):
    scene.lives_in(PLACES[place])
    scene.form = Capture(channel="sms" if channel == "texts" else "email", affirmative_act="checkbox_checked")


@given(parsers.re(rf"the form (?P<how>{any_of(FORMS)})"))
def _(scene, how):
    scene.form = replace(scene.form, **FORMS[how])


@given(parsers.re(r"the person is (?P<age>\d+)"))
def _(scene, age):
    scene.form = replace(scene.form, age=int(age))


@given(parsers.re(rf"the form shows everything(?: but (?P<gap>{any_of(SHOWN)}))?"))
def _(scene, gap):
    scene.form = replace(scene.form, elements=frozenset(SHOWN.values()) - {SHOWN.get(gap)})


@given(parsers.re(rf"everything is written down(?: but (?P<gap>{any_of(WRITTEN_DOWN)}))?"))
def _(scene, gap):
    scene.form = replace(scene.form, fields=frozenset(WRITTEN_DOWN.values()) - {WRITTEN_DOWN.get(gap)})


@when("the form is sent")
def _(scene):
    scene.outcome = judge_capture(scene.form, whereabouts(scene.attempt.recipient, scene.attempt.at.date()))


@then(parsers.re(rf"it (?P<what>is a consent|is no consent|needs a parent), because of (?P<rule>{RULE})"))
def _(scene, what, rule):
    found = scene.outcome
    wanted = Verdict.ALLOW if what == "is a consent" else Verdict.NEED_OPT_IN
    assert (found.verdict, found.rule) == (wanted, rule), found
    assert (what == "needs a parent") is ("parental_authorisation" in found.obligations)


@then("it is a consent")
def _(scene):
    assert scene.outcome.verdict is Verdict.ALLOW, scene.outcome


@when(parsers.re(rf"people in (?P<place>{PLACE}) are shown \"(?P<text>[^\"]+)\""))
def _(scene, place, text):
    scene.outcome = lint_disclosure(text, channel=Channel.SMS, jurisdictions=[PLACES[place].country])


@then(parsers.re(rf"(?P<rule>{RULE}) finds (?P<fault>fault|no fault) with those words"))
def _(scene, rule, fault):
    assert (rule in [lint.rule for lint in scene.outcome]) is (fault == "fault"), scene.outcome


@then(parsers.re(rf"(?P<rule>{RULE}) misses (?P<gap>{any_of(SHOWN)})"))
def _(scene, rule, gap):
    assert [lint.lacks for lint in scene.outcome if lint.rule == rule] == [(SHOWN[gap],)]


COMPLETE = Registration(
    brand="Acme",
    description="Acme sends weekly offers to customers who opted in on its website.",
    message_flow="Customers tick a box at https://acme.example/join; the box is not ticked beforehand.",
    samples=("Acme: 20% off today. Reply STOP to opt out.", "Acme: new shoes are in. Reply STOP to opt out."),
    opt_in_reply="Acme: you are subscribed.",
    opt_out_reply="Acme: you are unsubscribed.",
    help_reply="Acme: write to help@acme.example.",
    privacy_url="https://acme.example/privacy",
    terms_url="https://acme.example/terms",
    privacy_policy="",
)
CAMPAIGNS = {
    "everything": {},
    "a description of a few words": {"description": "Weekly offers."},
    "no page where people opt in": {"message_flow": "Customers tick a box, which is not ticked beforehand."},
    "one sample only": {"samples": COMPLETE.samples[:1]},
    "samples without the brand": {"samples": ("20% off today. Reply STOP to opt out.", "New shoes. Reply STOP.")},
    "no reply to HELP": {"help_reply": ""},
    "no privacy policy": {"privacy_url": None},
    "no terms": {"terms_url": None},
    "texts in French": {"language": "fr"},
}


@when(parsers.re(rf"a campaign is registered with (?P<what>{any_of(CAMPAIGNS)})"))
def _(scene, what):
    scene.outcome = lacking(replace(COMPLETE, **CAMPAIGNS[what]))


@then(parsers.re(r"carriers would refuse it for its (?P<fault>\w+)"))
def _(scene, fault):
    assert scene.outcome == [fault]


@then("carriers would take it")
def _(scene):
    assert scene.outcome == []


@when(parsers.re(r'the privacy policy says "(?P<text>[^"]+)"'))
def _(scene, text):
    scene.outcome = keeps_opt_in_data(text)


@then(parsers.re(r"that (?P<found>is|is not) enough for carriers"))
def _(scene, found):
    assert scene.outcome is (found == "is")


SETTINGS = {
    "the hours end including the last minute": {"quiet_hour_interval": "closed"},
    "confirmation by mail is not needed in Germany": {"double_opt_in_countries": []},
    "opt-outs take effect after a day": {"optout_effective": "24h"},
    "people of unknown places are treated as Americans": {"unknown_jurisdiction": "us"},
    "caps count calendar days": {"frequency_window": "calendar_day"},
    "unsubscribe links expire after 30 days": {"unsubscribe_token_expiry": 30},
    "texts are not regulated": {"assume_texts_are_regulated_calls": False},
    "opt-outs are confirmed however late": {"late_optout_confirmation": "send"},
}


@when(parsers.re(rf"an administrator decides that (?P<what>{any_of(SETTINGS)})"))
def _(scene, what):
    try:
        tightened(SETTINGS[what])
    except BelowThePack as refusal:
        scene.refusal = refusal


@then(parsers.re(rf"that is refused, because of (?P<rule>{RULE})"))
def _(scene, rule):
    assert scene.refusal is not None
    assert scene.refusal.rule == rule


@when(parsers.re(rf"we look where the contact lives(?: on (?P<on>{DAY}))?"))
def _(scene, on):
    scene.place = whereabouts(scene.attempt.recipient, day(on or "23 November 2026"))


@then(parsers.re(r"the law of (?P<laws>.+) applies"))
def _(scene, laws):
    found = {f"{each.country}-{each.region}" if each.region else each.country for each in scene.place.jurisdictions}
    assert (found or {"nowhere we know"}) == set(laws.split(" and "))


@then(parsers.re(r"it may be any hour of (?P<zones>.+)"))
def _(scene, zones):
    assert {zone.key for zone in scene.place.zones} == set(zones.split(", "))


@then(parsers.re(r"the strict rules for an unknown place apply"))
def _(scene):
    assert scene.place.unknown
