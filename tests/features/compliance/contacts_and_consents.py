"""Sentences about who the contact is, what the contact agreed to, and what is on record about it."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from pytest_bdd import given, parsers

from domain.addresses import Address
from domain.compliance.attempt import Recipient
from domain.consent.evidence import ConsentType, Evidence, Grant
from tests.features.compliance.places import DAY, MAIL, MOMENT, PLACE, PLACES, any_of, day, moment
from tests.features.compliance.scene import OFFERS, ORDERS, SIGN_IN

_ON_A_FORM = Evidence(
    source="first_party",
    medium="web_form",
    affirmative_act="checkbox_checked",
    disclosure_text_verbatim="The words of the form.",
    language="en",
    url="https://acme.example/join",
    ip="203.0.113.7",
    identity="Pat Doe",
    phone_in_record=True,
    categories=("marketing",),
    withdrawal_statement=True,
)
_IN_WRITING = replace(
    _ON_A_FORM,
    type=ConsentType.PEWC,
    sellers_named=("acme",),
    not_condition_of_purchase_disclosed=True,
    autodialer_disclosed=True,
)
_NUMBER_GIVEN = replace(
    _ON_A_FORM,
    type=ConsentType.PEC,
    affirmative_act="number_provided_at_checkout",
    categories=("informational", "transactional"),
)
_CODE_ASKED = replace(_ON_A_FORM, type=ConsentType.PEC, affirmative_act="code_requested_in_ui", categories=("otp",))
_EXPRESS = replace(
    _ON_A_FORM,
    type=ConsentType.EXPRESS,
    purpose="news and offers",
    request_sender_name="Acme Ltd",
    request_mailing_address="1 Main St, Toronto ON",
    request_contact="https://acme.example/help",
)
_AGREED = replace(_ON_A_FORM, type=ConsentType.GDPR)
_BY_MAIL = replace(_AGREED, doi_requested_at=datetime(2026, 6, 1, 12, tzinfo=UTC))
_TEXTS, _MAIL, _BOTH = ("sms",), ("email",), ("sms", "email")

AGREEMENTS = {
    "agreed in writing to marketing texts": (_IN_WRITING, _TEXTS, OFFERS),
    "agreed in writing to marketing calls": (_IN_WRITING, ("voice_live", "voice_prerecorded"), OFFERS),
    "gave the number for order updates": (_NUMBER_GIVEN, _TEXTS, ORDERS),
    "gave the number for parcel notices": (
        replace(_NUMBER_GIVEN, categories=("exempted_informational",)),
        _TEXTS,
        OFFERS,
    ),
    "asked for sign-in codes by text": (_CODE_ASKED, _TEXTS, SIGN_IN),
    "gave express consent to marketing texts and mail": (_EXPRESS, _BOTH, OFFERS),
    "agreed to marketing texts": (_AGREED, _TEXTS, OFFERS),
    "agreed to marketing texts and confirmed it on the phone": (
        replace(_AGREED, sms_handset_confirmed=True),
        _TEXTS,
        OFFERS,
    ),
    "agreed to marketing mail": (_AGREED, _MAIL, OFFERS),
    "agreed to marketing texts and mail and confirmed it by mail": (
        replace(_BY_MAIL, doi_confirmed_at=datetime(2026, 6, 1, 12, 5, tzinfo=UTC)),
        _BOTH,
        OFFERS,
    ),
    "agreed to marketing mail and confirmed it by mail": (
        replace(_BY_MAIL, doi_confirmed_at=datetime(2026, 6, 1, 12, 5, tzinfo=UTC)),
        _MAIL,
        OFFERS,
    ),
}
_AGREED_TO = any_of(AGREEMENTS)
_WHEN = rf'(?: to (?P<program>"[^"]+"))?(?: on (?P<on>{DAY})(?: at (?P<clock>\d\d:\d\d) in (?P<where>{PLACE}))?)?'


@given(parsers.re(rf"a contact in (?P<place>{PLACE})"))
def _(scene, place):
    scene.lives_in(PLACES[place])


@given("a contact of whom only the mail address is known")
def _(scene):
    scene.meet(Recipient(email=MAIL))


@given(parsers.re(r"a contact with the number (?P<number>\+[\d ]+)"))
def _(scene, number):
    scene.meet(Recipient(phone=phone(number), email=MAIL))


@given(parsers.re(r"the number of the contact is (?P<number>\+[\d ]+)"))
def _(scene, number):
    scene.tell_of("recipient", phone=phone(number))


def phone(text):
    return Address.parse(text.replace(" ", ""))


@given(parsers.re(rf"the contact says that they live in (?P<place>{PLACE})"))
def _(scene, place):
    scene.tell_of("recipient", declared=PLACES[place].residence())
    scene.zone = ZoneInfo(PLACES[place].zone)


@given(parsers.re(rf"it was verified on (?P<on>{DAY}) that the contact lives in (?P<place>{PLACE})"))
def _(scene, on, place):
    scene.tell_of("recipient", declared=PLACES[place].residence(verified=True, verified_at=day(on)))
    scene.zone = ZoneInfo(PLACES[place].zone)


@given(parsers.re(rf"the opt-in came from an internet address in (?P<place>{PLACE})"))
def _(scene, place):
    scene.tell_of("recipient", ip_country=PLACES[place].country)


KINDS_OF_CONTACT = {
    "a company": "organisation",
    "a sole trader": "sole_trader",
    "a private person": "individual",
}


@given(parsers.re(rf"the contact is (?P<kind>{any_of(KINDS_OF_CONTACT)})"))
def _(scene, kind):
    scene.tell_of("recipient", kind=KINDS_OF_CONTACT[kind])


@given("the age of the contact was verified")
def _(scene):
    scene.tell_of("recipient", of_age_verified=True)


@given(parsers.re(r"the address of the contact is (?P<address>\S+@\S+)"))
def _(scene, address):
    scene.tell_of("recipient", email=Address.parse(address))


@given(parsers.re(rf"the contact last opened a message on (?P<on>{DAY})"))
def _(scene, on):
    scene.tell_of("recipient", last_engaged_at=day(on))


@given(parsers.re(rf"the last message went out on (?P<on>{DAY})"))
def _(scene, on):
    scene.tell_of("recipient", last_sent_on=day(on))


@given(parsers.re(rf"a contact in (?P<place>{PLACE}) who (?P<agreement>{_AGREED_TO}){_WHEN}"))
def _(scene, place, agreement, program, on, clock, where):
    scene.lives_in(PLACES[place])
    scene.agree(agreed(agreement, program, on, clock, where))


@given(parsers.re(rf"the contact (?P<agreement>{_AGREED_TO}){_WHEN}"))
def _(scene, agreement, program, on, clock, where):
    scene.agree(agreed(agreement, program, on, clock, where))


def agreed(agreement, program, on, clock, where) -> Grant:
    """A consent of 1 June 2026, if the scenario does not say when."""
    evidence, channels, usual = AGREEMENTS[agreement]
    at = datetime.combine(day(on or "1 June 2026"), time(12), UTC)
    if clock:
        at = moment(f"{on} at {clock} in {where}")
    return Grant(
        brand="acme",
        channels=channels,
        program=program.strip('"') if program else usual,
        timestamp=at,
        facts=evidence.facts(),
    )


_LOST_WORDS = {"disclosure_kept": False, "disclosure_hash": None}
# What a record of consent may fail to show: the facts that change, and the fields of the consent itself.
GAPS = {
    "the words that were shown": (_LOST_WORDS, {}),
    "when it was given": ({}, {"timestamp": None}),
    "who took it down": ({"source": None}, {}),
    "what the person did": ({"affirmative_act": None}, {}),
    "the telephone number": ({"phone_in_record": False}, {}),
    "to whom it was given": ({"sellers_named": ("another seller",)}, {}),
    "that no purchase depends on it": ({"not_condition_of_purchase_disclosed": False}, {}),
    "that texts may be automated": ({"autodialer_disclosed": False}, {}),
    "the purpose": ({"purpose": None}, {"program": None}),
    "the name of the sender": ({"sender_named": False}, {}),
    "a mailing address": ({"mailing_address_shown": False}, {}),
    "a way to reach the sender": ({"contact_shown": False}, {}),
    "that it can be withdrawn": ({"withdrawal_statement": False}, {}),
}


@given(parsers.re(rf"the record does not show (?P<gap>{any_of(GAPS)})"))
def _(scene, gap):
    facts, fields = GAPS[gap]
    scene.correct_the_consent(facts, **fields)


CIRCUMSTANCES = {
    "a box that was ticked beforehand": {"affirmative_act": "pre_ticked"},
    "silence": {"affirmative_act": "silence"},
    "accepting the terms": {"bundled_with_terms": True},
    "a service that is refused without it": {"conditional_on_service": True},
    "a number typed in and nothing else": {"affirmative_act": "number_entered"},
    "a telephone call": {"medium": "phone_call", **_LOST_WORDS},
    "a list that was bought": {"source": "purchased"},
    "a list that was rented": {"source": "rented"},
    "a list that was shared": {"source": "shared"},
    "a list that was scraped from the web": {"source": "scraped"},
    "a partner who passed it on": {"source": "third_party_unidentified"},
    "a text message": {"medium": "sms"},
    "a page that hid what texts cost": {"rates_disclosed": False},
    "a page that said what texts cost": {"rates_disclosed": True},
}


@given(parsers.re(rf"that consent came from (?P<how>{any_of(CIRCUMSTANCES)})"))
def _(scene, how):
    scene.correct_the_consent(CIRCUMSTANCES[how])


@given("that consent names three more sellers")
def _(scene):
    scene.correct_the_consent({"sellers_named": ("acme", "two", "three", "four")})


@given("that consent was confirmed on the phone")
def _(scene):
    scene.correct_the_consent({"sms_handset_confirmed": True})


@given("the record shows who held the consent first and how they are told of a withdrawal")
def _(scene):
    scene.correct_the_consent({"original_consent_holder_named": True, "holder_notification_channel": True})


@given(parsers.re(rf"that consent ends on (?P<end>{MOMENT})"))
def _(scene, end):
    scene.correct_the_consent({}, expires_at=moment(end))
