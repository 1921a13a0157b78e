"""Rule EML-DSN-01: what mail servers of many makers send back, and what it does to the address."""

from datetime import timedelta

import pytest

from application.mail_in.taken import Became
from tests.mail_in.conftest import PAT, SAM
from tests.postgres.sending.business import ORDERS

DEAD = (
    "postfix-no-such-user",
    "exim-vague-status",
    "exim-words-alone",
    "sendmail-user-unknown",
    "m365-recipient-not-found",
    "exchange-2003-vague",
    "gmail-no-such-account",
    "yahoo-words-alone",
    "qmail-no-mailbox",
    "domino-words-alone",
    "disabled-x-unix",
    "internationalised",
)
SOFT = (
    "postfix-expired",
    "postfix-no-such-domain",
    "exchange-mailbox-full",
    "gmail-over-quota",
    "qmail-too-long-in-queue",
)
STILL_TRYING = ("postfix-delayed", "exim-warning")
ABOUT_US = ("m365-authentication-required", "gmail-unsolicited", "policy-in-words")
NEWS = ("sendmail-relayed", "expanded-to-a-list", "two-recipients-of-an-alias")


@pytest.mark.parametrize("name", DEAD)
async def test_an_address_that_does_not_exist_gets_nothing_more(scene, mail, name):
    assert await scene.comes(name, mail) is Became.HARD_BOUNCE
    assert await scene.suppressed() == [("hard_bounce", "brand", None)]
    assert await scene.business.status(mail.id) == "undelivered"
    assert await scene.may_send() == await scene.may_send(program=ORDERS) == "blocked"


@pytest.mark.parametrize("name", SOFT)
async def test_what_may_work_another_time_is_tried_another_time(scene, mail, name):
    assert await scene.comes(name, mail) is Became.SOFT_BOUNCE
    assert await scene.suppressed() == []
    assert await scene.business.status(mail.id) == "undelivered"
    assert await scene.may_send() == "queued"


@pytest.mark.parametrize("name", STILL_TRYING)
async def test_a_server_that_goes_on_trying_has_not_failed(scene, mail, name):
    assert await scene.comes(name, mail) is Became.SOFT_BOUNCE
    assert await scene.business.status(mail.id) == "sent"
    assert await scene.comes("postfix-no-such-user", mail) is Became.HARD_BOUNCE
    assert await scene.business.status(mail.id) == "undelivered"


@pytest.mark.parametrize("name", ABOUT_US)
async def test_a_refusal_that_speaks_of_us_is_not_paid_for_by_the_recipient(scene, mail, name):
    assert await scene.comes(name, mail) is Became.SENDER_ALERT
    assert await scene.suppressed() == []
    assert await scene.may_send() == "queued"


@pytest.mark.parametrize("name", NEWS)
async def test_news_that_is_no_failure_changes_nothing(scene, mail, name):
    assert await scene.comes(name, mail) is Became.DELIVERY_NEWS
    assert await scene.suppressed() == []
    assert await scene.business.status(mail.id) == "sent"


async def test_the_same_bounce_again_and_a_later_one_change_nothing(scene, mail):
    assert await scene.comes("exchange-mailbox-full", mail) is Became.SOFT_BOUNCE
    assert await scene.comes("exchange-mailbox-full", mail) is Became.REPEATED
    assert await scene.comes("postfix-no-such-user", mail) is Became.HARD_BOUNCE
    assert await scene.business.ask("select detail from messages where id = $1", mail.id) == [("dsn-5.2.2",)]
    assert await scene.suppressed() == []


async def test_five_soft_bounces_in_thirty_days_are_enough(scene):
    for number in range(5):
        mail = await scene.sent()
        expected = Became.GIVEN_UP if number == 4 else Became.SOFT_BOUNCE
        assert await scene.comes("postfix-delayed", mail) is expected
        scene.clock.pass_by(timedelta(hours=1))
        assert await scene.comes("exchange-mailbox-full", mail) is expected
        scene.clock.pass_by(timedelta(days=1))
    assert await scene.suppressed() == [("hard_bounce", "brand", None)]
    assert await scene.suppressed(SAM) == []


async def test_soft_bounces_of_long_ago_do_not_count(scene):
    for _ in range(4):
        assert await scene.comes("exchange-mailbox-full", await scene.sent()) is Became.SOFT_BOUNCE
        scene.clock.pass_by(timedelta(days=1))
    scene.clock.pass_by(timedelta(days=28))
    assert await scene.comes("exchange-mailbox-full", await scene.sent()) is Became.SOFT_BOUNCE
    assert await scene.suppressed() == []


async def test_a_report_that_names_somebody_else_concerns_its_own_message_alone(scene, mail):
    forged = scene.corpus("postfix-no-such-user", mail, mail.bounces).replace(PAT.encode(), SAM.encode())
    assert (await scene.receive(forged, mail.bounces)).became is Became.HARD_BOUNCE
    assert await scene.suppressed(SAM) == []
    assert await scene.suppressed(PAT) == [("hard_bounce", "brand", None)]


async def test_a_bounce_for_a_message_nobody_remembers_is_taken_and_changes_nothing(scene, mail):
    await scene.business.ask("delete from messages where id = $1", mail.id)
    assert await scene.comes("postfix-no-such-user", mail) is Became.UNKNOWN
    assert await scene.suppressed() == []


async def test_what_bounces_leave_is_forgotten_when_nothing_is_decided_by_it(scene, mail):
    await scene.comes("exchange-mailbox-full", mail)
    forget = scene.business.ports.forget_mail()
    assert await forget() == 0
    scene.clock.pass_by(timedelta(days=32))
    assert await forget() == 2
    assert await scene.business.ask("select count(*) from soft_bounces") == [(0,)]
