"""What vetting would refuse a campaign for."""

import pytest
from msgspec.structs import replace

from domain.compliance.registration import Registration, keeps_opt_in_data, lacking

GOOD = Registration(
    brand="Acme",
    description="Acme sends weekly offers to customers who opted in on its web site.",
    message_flow="Customers tick a separate, unchecked box at https://acme.example/join to receive texts.",
    samples=("Acme: 20% off this week. Reply STOP to opt out.", "Acme: new shoes are here. Reply STOP to opt out."),
    opt_in_reply="Acme: you are in. Reply HELP for help, STOP to cancel.",
    opt_out_reply="Acme: you are out.",
    help_reply="Acme: https://acme.example/help",
    privacy_url="https://acme.example/privacy",
    terms_url="https://acme.example/terms",
    privacy_policy="Mobile numbers are never shared with third parties for marketing.",
)


def test_a_campaign_that_says_it_all_passes():
    assert lacking(GOOD) == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"description": "Offers."}, "description"),
        ({"message_flow": "On our web site, in a form that people fill in."}, "opt_in_url"),
        ({"samples": GOOD.samples[:1]}, "samples"),
        ({"samples": ("20% off", "30% off")}, "samples"),
        ({"help_reply": ""}, "replies"),
        ({"privacy_url": None}, "privacy_url"),
        ({"terms_url": None}, "terms_url"),
        ({"language": "fr"}, "language"),
    ],
)
def test_a_campaign_that_leaves_something_out_is_told_what(change, what):
    assert what in lacking(replace(GOOD, **change))


@pytest.mark.parametrize(
    ("policy", "keeps"),
    [
        ("We respect you. SMS opt-in data will not be shared with or sold to third parties.", True),
        ("No mobile information will be shared with affiliates for marketing.", True),
        ("We never sell your name. Your mobile number may be shared with partners.", False),
        ("", False),
    ],
)
def test_a_privacy_policy_keeps_opt_in_data_or_does_not(policy, keeps):
    assert keeps_opt_in_data(policy) is keeps
