"""An administrator may be stricter than the packs, and never milder."""

import pytest

from bootstrap.ports import Ports
from bootstrap.settings import Settings, SettingsUnusable
from domain.compliance.profile import STRICT, BelowThePack
from domain.errors import Invalid


def policy(text: str):
    return Ports(settings=Settings(policy=text)).policies().current()


def test_without_a_policy_the_strict_profile_holds():
    assert policy("").profile == STRICT


def test_hours_may_be_narrower_than_the_law_allows():
    assert policy('{"marketing_hours": ["09:00", "20:00"]}').profile.marketing_hours == ("09:00", "20:00")


def test_what_a_rule_forbids_is_refused_with_the_rule_named():
    with pytest.raises(BelowThePack, match="US-TCPA-HRS-01"):
        policy('{"quiet_hours_apply_with_consent": false}')


@pytest.mark.parametrize("text", ["[]", "hours", '{"marketing_hours": 9}'])
def test_a_policy_that_cannot_be_read_says_what_it_should_be(text):
    with pytest.raises(SettingsUnusable, match="OPTIN_POLICY"):
        policy(text)


def test_a_policy_setting_that_does_not_exist_is_refused():
    with pytest.raises(Invalid, match="no policy setting"):
        policy('{"hours": 9}')
