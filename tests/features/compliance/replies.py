"""Sentences about what people write back, and how it is read."""

from datetime import timedelta

from pytest_bdd import given, parsers, then, when

from domain.compliance.jurisdiction import whereabouts
from domain.compliance.replies import Classification, Mailbox, PendingOptIn, Reply, classify
from domain.compliance.replies.reply import CONFIRM_OPT_IN, CONFIRM_OPT_OUT, NOTHING_DUE, REVIEW, SEND_HELP
from tests.features.compliance.places import MOMENT, RULE, any_of, moment

MEANS = {"in a voicemail": "voicemail", "to an agent": "agent", "in a letter": "post", "on the website": "web"}
_SILENCE = {
    "because the network has answered": "network_replied",
    "because the provider has answered": "provider_replied",
    "because that was confirmed before": "already_confirmed",
    "because no person wrote it": "automatic",
}


def read(scene, text, **more):
    """What a person wrote, an hour after the last thing that was told."""
    attempt = scene.attempt
    told = [event.at for event in attempt.ledger] or [attempt.at]
    received = more.pop("received_at", max(told) + timedelta(hours=1))
    place = whereabouts(attempt.recipient, received.date())
    pending = attempt.pending_optin
    scene.reading = classify(
        Reply(
            text=text,
            received_at=received,
            country=place.country,
            region=place.jurisdictions[0].region if place.jurisdictions else None,
            number_type=attempt.sender.number_type,
            provider=attempt.sender.provider,
            pending_optin=pending and PendingOptIn(program=attempt.program, requested_at=pending.requested_at),
            already_opted_out=any(event.type == "revoked" for event in attempt.ledger),
            **more,
        )
    )


@given(parsers.re(r"the contact reads (?P<locale>[a-z]{2})"))
def _(scene, locale):
    scene.tell_of("recipient", locale=locale)


@when(parsers.re(r'the contact texts "(?P<text>[^"]*)"'))
def _(scene, text):
    read(scene, text, locale=scene.attempt.recipient.locale)


@when(parsers.re(rf'the contact texts "(?P<text>[^"]*)" on (?P<at>{MOMENT})'))
def _(scene, text, at):
    read(scene, text, received_at=moment(at))


@when(parsers.re(r'the contact texts "(?P<text>[^"]*)" and the provider marks it as (?P<mark>STOP|START|HELP)'))
def _(scene, text, mark):
    read(scene, text, opt_out_type=mark)


@when(parsers.re(rf'the contact says "(?P<text>[^"]*)" (?P<means>{any_of(MEANS)})'))
def _(scene, text, means):
    read(scene, text, channel=MEANS[means])


@when(parsers.re(r'the contact answers a mail with "(?P<text>[^"]*)"'))
def _(scene, text):
    read(scene, text, channel="email", subject="Re: News from Acme")


@when("mail comes to the unsubscribe address")
def _(scene):
    read(scene, "", channel="email", mailbox=Mailbox.UNSUBSCRIBE)


@when(parsers.re(r'mail comes with the header "(?P<name>[^:"]+): (?P<value>[^"]*)" and the words "(?P<text>[^"]*)"'))
def _(scene, name, value, text):
    read(scene, text, channel="email", headers={name: value})


READINGS = {
    "an opt-out": Classification.REVOKE,
    "an opt-in": Classification.OPT_IN,
    "the confirmation we asked for": Classification.OPT_IN_CONFIRMED,
    "a call for help": Classification.HELP,
    "left to a person, and marketing waits": Classification.SUSPEND_AND_REVIEW,
    "no opt-out": Classification.NOT_REVOCATION,
    "of no effect": Classification.NO_CHANGE,
}


@then(parsers.re(rf"that is (?P<found>{any_of(READINGS)}), because of (?P<rule>{RULE})"))
def _(scene, found, rule):
    reading = scene.reading
    assert (reading.classification, reading.rule) == (READINGS[found], rule), reading.pattern


@then("it is confirmed once, within five minutes")
def _(scene):
    assert scene.reading.reply == CONFIRM_OPT_OUT
    assert (CONFIRM_OPT_OUT.count, CONFIRM_OPT_OUT.within_seconds) == (1, 300)


@then("the opt-in is confirmed")
def _(scene):
    assert scene.reading.reply == CONFIRM_OPT_IN


@then("help is sent")
def _(scene):
    assert scene.reading.reply == SEND_HELP


@then("a person looks at it within one business day")
def _(scene):
    assert scene.reading.reply == REVIEW
    assert REVIEW.review_within_business_days == 1


@then(parsers.re(rf"nothing is answered(?:, (?P<why>{any_of(_SILENCE)}))?"))
def _(scene, why):
    answer = scene.reading.reply
    assert answer.send is None
    assert answer.reason == (_SILENCE[why] if why else NOTHING_DUE.reason)
