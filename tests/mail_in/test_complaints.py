"""Rule EML-ARF-01: whoever reports our mail as spam gets no more marketing, however little the report tells."""

from datetime import timedelta

import pytest

from application.mail_in.taken import Became
from tests.mail_in.conftest import PAT, SAM
from tests.postgres.sending.business import OFFERS, ORDERS

COMPLAINTS = ("arf-abuse", "arf-redacted", "arf-headers-only", "arf-unsub-address-alone", "jmrp-mail-alone")


@pytest.mark.parametrize("name", COMPLAINTS)
async def test_a_complaint_ends_marketing_and_nothing_else(scene, mail, name):
    assert await scene.comes(name, mail, scene.complaints, "feedback@provider.example.net") is Became.COMPLAINT
    assert await scene.suppressed() == [("complaint", "category", "marketing")]
    assert (await scene.standing())[-1] == ("revoked", None)
    assert await scene.may_send(program=OFFERS) == "blocked"
    assert await scene.may_send(program=ORDERS) == "queued"
    assert await scene.suppressed(SAM) == []


async def test_the_same_complaint_again_adds_nothing(scene, mail):
    assert await scene.comes("arf-abuse", mail, scene.complaints) is Became.COMPLAINT
    once = await scene.standing()
    assert await scene.comes("arf-abuse", mail, scene.complaints) is Became.REPEATED
    assert await scene.comes("arf-redacted", mail, scene.complaints) is Became.COMPLAINT
    assert await scene.suppressed() == [("complaint", "category", "marketing")]
    assert await scene.standing() == once


async def test_an_opt_out_that_comes_as_a_report_is_an_opt_out(scene, mail):
    assert await scene.comes("arf-opt-out", mail, scene.complaints) is Became.OPT_OUT
    assert (await scene.standing())[-1] == ("revoked", OFFERS)
    assert await scene.suppressed() == []


@pytest.mark.parametrize(
    ("name", "became"),
    [
        ("arf-not-spam", Became.NO_OPT_OUT),
        ("arf-auth-failure", Became.SENDER_ALERT),
        ("arf-virus", Became.SENDER_ALERT),
        ("arf-nothing-of-ours", Became.UNKNOWN),
        ("postfix-no-such-user", Became.UNKNOWN),
        ("away-rfc-3834", Became.UNKNOWN),
    ],
)
async def test_what_is_no_complaint_of_a_person_we_wrote_to_changes_nothing(scene, mail, name, became):
    before = await scene.standing()
    assert await scene.comes(name, mail, scene.complaints) is became
    assert await scene.standing() == before
    assert await scene.suppressed() == []


async def test_not_spam_gives_nothing_back(scene, mail):
    await scene.comes("arf-abuse", mail, scene.complaints)
    assert await scene.comes("arf-not-spam", mail, scene.complaints) is Became.NO_OPT_OUT
    assert await scene.suppressed() == [("complaint", "category", "marketing")]


async def test_a_complaint_about_a_mail_long_forgotten_still_tells_whose_it_is(scene, mail):
    await scene.business.ask("delete from messages where id = $1", mail.id)
    assert await scene.comes("arf-redacted", mail, scene.complaints) is Became.COMPLAINT
    assert await scene.suppressed(PAT) == [("complaint", "category", "marketing")]


async def test_a_provider_may_send_its_report_to_where_bounces_go(scene, mail):
    assert await scene.comes("arf-abuse", mail, mail.bounces) is Became.COMPLAINT
    assert await scene.business.status(mail.id) == "sent"


async def test_whoever_agrees_again_and_complains_again_has_left_again(scene, mail):
    await scene.comes("arf-abuse", mail, scene.complaints)
    scene.clock.pass_by(timedelta(days=1))
    await scene.business.agree(PAT, occurred_at=scene.clock.now())
    assert await scene.comes("arf-redacted", mail, scene.complaints) is Became.COMPLAINT
    assert [status for status, _ in await scene.standing()].count("revoked") == 2


async def test_a_complaint_after_an_opt_out_is_written_down_too(scene, mail):
    await scene.writes(mail.unsubscribes)
    assert await scene.comes("arf-abuse", mail, scene.complaints) is Became.COMPLAINT
    assert (await scene.standing())[-2:] == [("revoked", OFFERS), ("revoked", None)]


async def test_an_address_taken_from_another_installation_is_passed_over(scene, mail):
    foreign = scene.corpus("arf-abuse", mail, scene.complaints)
    for ours in (mail.url, mail.bounces, mail.unsubscribes):
        other = ours.replace(ours[-40:-25], "a" * 15)
        foreign = foreign.replace(ours.encode(), other.encode())
    taken = await scene.receive(foreign, scene.complaints)
    assert taken.message_id == mail.id
