"""What one opts in to, and what of it may change."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from domain.addresses import Channel
from domain.errors import Invalid
from domain.ids import ProgramId, SenderId, new_id
from domain.programs import (
    AgreedTo,
    Category,
    Disclosure,
    OptIn,
    Program,
    ProgramNotActive,
    Status,
    WrongStep,
    next_versions,
)

NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def offers(**changes):
    given = {
        "slug": "weekly-offers",
        "name": "Weekly offers",
        "purpose": "Offers",
        "category": Category.MARKETING,
        "channels": (Channel.SMS,),
        "opt_in": OptIn.SINGLE,
        "frequency": "weekly",
        "sender_id": SenderId(new_id(NOW)),
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Program(id=ProgramId(new_id(NOW)), **given | changes)


def text(words, locale="en-US", channel=Channel.SMS, version=1):
    return Disclosure(channel=channel, locale=locale, text=words, version=version)


@pytest.mark.parametrize("channels", [(), (Channel.SMS, Channel.SMS)])
def test_a_program_uses_each_of_its_channels_once(channels):
    with pytest.raises(Invalid):
        offers(channels=channels)


def test_a_step_to_where_it_stands_is_none():
    program = offers()
    assert program.to(Status.DRAFT, LATER) is program


@pytest.mark.parametrize(
    ("present", "to"),
    [
        (Status.DRAFT, Status.PAUSED),
        (Status.ACTIVE, Status.DRAFT),
        (Status.ARCHIVED, Status.ACTIVE),
        (Status.ARCHIVED, Status.PAUSED),
    ],
)
def test_no_program_goes_back(present, to):
    with pytest.raises(WrongStep):
        offers(status=present).to(to, LATER)


def test_only_an_active_program_sends_and_only_on_its_channels():
    offers(status=Status.ACTIVE).must_serve(Channel.SMS)
    for status in (Status.DRAFT, Status.PAUSED, Status.ARCHIVED):
        with pytest.raises(ProgramNotActive):
            offers(status=status).must_serve(Channel.SMS)
    with pytest.raises(Invalid):
        offers(status=Status.ACTIVE).must_serve(Channel.EMAIL)


def test_each_locale_and_channel_counts_its_own_versions():
    shown = (text("I agree"), text("I agree, once more", version=2), text("J'accepte", "fr"))
    given = [text("I agree"), text("J'accepte", "fr"), text("I agree", channel=Channel.EMAIL)]
    assert [(new.channel, new.locale, new.version) for new in next_versions(shown, given)] == [
        (Channel.SMS, "en-US", 3),
        (Channel.EMAIL, "en-US", 1),
    ]


def test_one_change_gives_one_text_for_each_channel_and_locale():
    with pytest.raises(Invalid):
        next_versions((), [text("I agree"), text("I do agree")])
    with pytest.raises(Invalid):
        text(" ")


def test_the_hash_of_a_text_is_that_of_its_very_words():
    assert text("I agree").hash == sha256(b"I agree").hexdigest()
    assert text("I agree").hash != text("I agree.").hash


def test_a_draft_changes_freely_and_an_archived_program_not_at_all():
    assert offers().changed(LATER, {"category": Category.OTP}).category is Category.OTP
    with pytest.raises(WrongStep):
        offers(status=Status.ARCHIVED).changed(LATER, {"name": "Others"})


@pytest.mark.parametrize("change", [{"category": Category.OTP}, {"sender_id": SenderId(new_id(NOW))}])
def test_what_people_agreed_to_stays(change):
    for status in (Status.ACTIVE, Status.PAUSED):
        with pytest.raises(AgreedTo):
            offers(status=status).changed(LATER, change)


def test_saying_what_is_so_already_is_no_change():
    program = offers(status=Status.ACTIVE, disclosures=(text("I agree"),))
    assert program.changed(LATER, {"category": program.category}, [text("I agree")]) is program
