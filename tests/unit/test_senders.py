"""What a sender is, whoever makes it."""

from datetime import UTC, datetime

import pytest

from domain.addresses import Channel
from domain.channels import Sender, SenderIncomplete, parse_sms_from
from domain.errors import Invalid
from domain.ids import SenderId, new_id

NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


def acme(**changes):
    given = {"slug": "acme", "legal_name": "Acme Ltd", "postal_address": "1 Main St", "support": "help"}
    given |= {"sms_from": "+12125550100", "created_at": NOW, "updated_at": NOW}
    return Sender(id=SenderId(new_id(NOW)), **given | changes)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"slug": "Acme"}, "slug"),
        ({"slug": "acme-"}, "slug"),
        ({"slug": "a" * 65}, "slug"),
        ({"slug": "0193a7b2-7c4e-7d3a-9f10-2b1c3d4e5f60"}, "slug"),
        ({"slug": "0193a7b27c4e7d3a9f102b1c3d4e5f60"}, "slug"),  # pragma: allowlist secret
        ({"country": "us"}, "country"),
        ({"rate_per_second": 0}, "rate_per_second"),
        ({"rate_per_second": 100_001}, "rate_per_second"),
        ({"sms_from": None}, "sms_from"),
        ({"terms_url": "http://acme.example/terms"}, "terms_url"),
        ({"terms_url": "javascript:alert(1)"}, "terms_url"),
        ({"privacy_url": "https://acme.example@evil.example/"}, "privacy_url"),
        ({"privacy_url": 'https://acme.example/"><script>'}, "privacy_url"),
        ({"privacy_url": "https://acme.example/\r\nSet-Cookie: a=b"}, "privacy_url"),
        ({"privacy_url": f"https://acme.example/{'a' * 500}"}, "privacy_url"),
    ],
)
def test_a_sender_that_cannot_be_is_refused_with_the_field(change, field):
    with pytest.raises(Invalid) as refusal:
        acme(**change)
    assert [problem.field for problem in refusal.value.problems] == [field]


def test_a_sender_speaks_on_the_channels_it_has_an_address_for():
    assert acme().address_for(Channel.SMS) == "+12125550100"
    assert acme(email_from="news@acme.example").address_for(Channel.EMAIL) == "news@acme.example"
    with pytest.raises(SenderIncomplete):
        acme().address_for(Channel.EMAIL)


@pytest.mark.parametrize("text", ["70707", "MG0123456789abcdef0123456789abcdef", "Acme", "Acme 24"])
def test_a_sender_may_be_known_by_something_shorter_than_a_number(text):
    assert parse_sms_from(f" {text} ") == text


@pytest.mark.parametrize("text", ["", "12", "123456789", "Acme Limited Co", "pat@example.com", "MG12"[:2] + "!"])
def test_what_no_phone_could_show_is_no_sender(text):
    with pytest.raises(Invalid):
        parse_sms_from(text)


def test_a_change_is_the_next_revision_and_no_change_is_none():
    sender = acme()
    assert sender.changed(NOW, {"support": "help"}) is sender
    changed = sender.changed(NOW, {"support": "more help"})
    assert (changed.support, changed.revision) == ("more help", 2)
