"""Who may be sent a code now, from what was sent before."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from domain.addresses import Address, Channel
from domain.errors import Invalid
from domain.ids import ChallengeId, new_id
from domain.verification.challenge import Challenge, Intent, Method, Status, time_for
from domain.verification.rationing import Limits, Ration, Seen, Share, country_of, network_of, prefix_of, ration

NOW = datetime(2026, 11, 23, 19, tzinfo=UTC)
PAT, MAIL, VOIP = Address.parse("+12125550101"), Address.parse("pat@example.com"), Address("+445600000000", Channel.SMS)
LIMITS = Limits(countries=frozenset({"US"}), in_all=100)


def challenge(address=PAT, *, purpose="confirm_address", method=Method.CODE, **more):
    return Challenge(
        id=ChallengeId(new_id(NOW)),
        live=True,
        channel=address.channel,
        method=method,
        purpose=purpose,
        intent=Intent.API,
        program="codes",
        created_at=NOW,
        due_at=NOW,
        expires_at=NOW + time_for(address.channel, method),
        **more,
    )


def rationed(seen=None, address=PAT, **more):
    return ration(challenge(address, **more), address, seen or Seen(), LIMITS, NOW)


def test_the_first_code_goes():
    assert rationed() == Ration()
    assert rationed(address=MAIL) == Ration()


@pytest.mark.parametrize("address", [PAT, MAIL], ids=["text", "mail"])
@pytest.mark.parametrize(
    ("seen", "refused"),
    [
        (Seen(to_address=5), "per number"),
        (Seen(from_network=10), "per IP"),
        (Seen(in_all=100), "in all"),
        (Seen(failures=10), "locked"),
        (Seen(carried=5), "locked"),
    ],
)
def test_what_was_too_much_already_gets_no_more(seen, refused, address):
    assert rationed(seen, address).refused == refused


@pytest.mark.parametrize(
    ("prefix", "country", "refused"),
    [
        (Share(sent=9), Share(sent=99), None),
        (Share(sent=10, used=2), Share(), "conversion"),
        (Share(sent=10, used=3), Share(), None),
        (Share(), Share(sent=100, used=29), "conversion"),
        (Share(sent=10, used=10), Share(sent=100, used=29), "conversion"),
    ],
)
def test_where_few_codes_are_ever_used_no_more_are_sent(prefix, country, refused):
    assert rationed(Seen(prefix=prefix, country=country)).refused == refused


@pytest.mark.parametrize(("unanswered", "seconds"), [(1, 30), (2, 60), (3, 120), (4, 300), (9, 300)])
def test_each_repetition_waits_longer(unanswered, seconds):
    seen = Seen(to_address=1, unanswered=unanswered, last=NOW)
    assert rationed(seen).wait_until == NOW + timedelta(seconds=seconds)


def test_what_would_wait_longer_than_it_lives_is_not_sent():
    asked = replace(challenge(), expires_at=NOW + timedelta(seconds=30))
    assert ration(asked, PAT, Seen(unanswered=1, last=NOW), LIMITS, NOW) == Ration(refused="cooldown")


def test_what_is_over_is_not_sent():
    assert ration(challenge(), PAT, Seen(), LIMITS, NOW + timedelta(minutes=10)) == Ration(refused="too late")


def test_a_line_without_a_telephone_may_be_confirmed_and_signs_nobody_in():
    """Its numbers belong to no country, so none is switched on for them."""
    assert rationed(address=VOIP).refused == "country not enabled"
    assert rationed(address=VOIP, purpose="sign_in").refused == "kind of number"
    assert rationed(purpose="sign_in") == Ration()


@pytest.mark.parametrize(
    ("written", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
    ],
)
def test_a_network_is_what_one_subscriber_has(written, network):
    assert network_of(written) == network


@pytest.mark.parametrize("written", ["", "203.0.113.7/24", "203.0.113", "localhost", "2001:db8::1%eth0%"])
def test_a_network_needs_an_address(written):
    with pytest.raises(Invalid):
        network_of(written)


def test_only_numbers_have_neighbours_and_a_country():
    assert (prefix_of(PAT), country_of(PAT)) == ("+1212555", "US")
    assert (prefix_of(MAIL), country_of(MAIL)) == (None, None)


def test_a_check_counts_only_while_it_can_be_right():
    waiting = challenge()
    wrong, told = waiting.answered(correct=False, failures_24h=0, at=NOW)
    assert (wrong.failures, told) == (1, Status.PENDING)
    late, told = waiting.answered(correct=False, failures_24h=0, at=NOW + timedelta(minutes=11))
    assert (late, told) == (waiting, Status.EXPIRED)
    right, told = waiting.answered(correct=True, failures_24h=0, at=NOW)
    assert (right.used_at, told) == (NOW, Status.APPROVED)
