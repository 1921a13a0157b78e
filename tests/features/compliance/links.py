"""Sentences about links in messages, and who or what follows them."""

from datetime import UTC, datetime, timedelta

from pytest_bdd import given, parsers, then, when

from domain.compliance.link_requests import Effect, confirm, unsubscribe
from tests.features.compliance.places import RULE

_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
_METHOD = "(?P<method>[A-Z]+)"


@given("a mail with a link to unsubscribe was sent to pat@example.com")
def _(scene):
    scene.link = {}


@given("the mail was forwarded")
def _(scene):
    scene.link["by_another"] = True


@given(parsers.re(r"the mail was sent (?P<days>\d+) days ago"))
def _(scene, days):
    scene.link["age"] = timedelta(days=int(days))


@given("the link was not made by us")
def _(scene):
    scene.link["known"] = False


@when(parsers.re(f"the link to unsubscribe is asked for with {_METHOD}"))
def _(scene, method):
    scene.outcome = unsubscribe(method, **scene.link)


@then(parsers.re(rf"pat@example.com (?P<stands>still gets the mail|is unsubscribed), because of (?P<rule>{RULE})"))
def _(scene, stands, rule):
    expected = Effect.OPT_OUT if stands == "is unsubscribed" else Effect.NONE
    assert (scene.outcome.effect, scene.outcome.rule) == (expected, rule)


@given(parsers.re(r"a request to opt in by (?P<channel>mail|text) has been waiting for (?P<hours>\d+) hours"))
def _(scene, channel, hours):
    scene.link = {
        "channel": {"mail": "email", "text": "sms"}[channel],
        "requested_at": _NOON - timedelta(hours=int(hours)),
    }


@when(parsers.re(f"the link to confirm is asked for with {_METHOD}"))
def _(scene, method):
    scene.outcome = confirm(method, **{"requested_at": None, **scene.link}, at=_NOON)


@then(parsers.re(rf"the opt-in is (?P<outcome>confirmed|not confirmed), because of (?P<rule>{RULE})"))
def _(scene, outcome, rule):
    expected = Effect.OPT_IN if outcome == "confirmed" else Effect.NONE
    assert (scene.outcome.effect, scene.outcome.rule) == (expected, rule)
