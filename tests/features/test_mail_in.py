"""The steps of features/unsubscribe/mail.feature, to the use case and by a mail server's own words."""

import asyncio

import aiosmtplib
import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from adapters.inbound.mail.listener import Bind, MailListener
from adapters.outbound.secrets.ring import KeyRing
from application.mail_in.receive import ReceiveMail
from application.replies.ports import Listed
from application.replies.review import ReplyQueries
from domain.replies import Status
from tests.installation import SetClock
from tests.mail_in.conftest import DOMAIN, PAT, SAM, Scene
from tests.postgres.sending.business import OFFERS, ORDERS, business_on

scenarios("unsubscribe/mail.feature")

PEOPLE = {"Pat": PAT, "Sam": SAM}


class Told(Scene):
    """Mail is handed to the use case."""

    async def bring(self, data, to, sender):
        await self.receive(data, to, sender)


class ByMail(Scene):
    """Mail comes by a connection, as from a mail server."""

    async def bring(self, data, to, sender):
        receive, tokens = self.business[ReceiveMail], self.business.ports.mail_tokens()
        door = await MailListener(receive_mail=receive, mail_tokens=tokens, domain=DOMAIN).start(Bind("127.0.0.1"))
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=door.port, start_tls=False) as smtp:
            await smtp.mail(sender)
            await smtp.rcpt(to)
            await smtp.data(data)
        await door.close()


@pytest.fixture(params=[Told, ByMail], autouse=True)
def run(request, database_url, tmp_path):
    with asyncio.Runner() as runner:
        clock = SetClock()
        settings = {"mail_domain": DOMAIN, "public_url": "https://optin.example"}
        business = business_on(database_url, tmp_path, KeyRing.generate(), clock=clock, **settings)
        request.node.scene = request.param(business, clock)
        yield runner.run
        runner.run(business.close())


@pytest.fixture
def scene(request, run):
    return request.node.scene


@pytest.fixture
def offers():
    return {}


@given('Pat and Sam agreed to "Weekly offers" and "Order updates" by mail')
def agreed(scene, run):
    run(scene.business.open())
    for program in (OFFERS, ORDERS):
        run(scene.business.agree(PAT, SAM, program=program))


@given("Acme sent both of them an offer")
def sent(scene, run, offers):
    offers |= {name: run(scene.sent(address)) for name, address in PEOPLE.items()}


def brings(scene, run, to, text, *, sender=PAT, headers=""):
    count = scene.repeats["mails"] = scene.repeats.get("mails", 0) + 1
    mail = f"From: <{sender}>\nTo: <{to}>\nMessage-ID: <{count}@example.com>\n{headers}"
    mail += f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}\n"
    run(scene.bring(mail.replace("\n", "\r\n").encode(), to, sender))


@when("Pat sends an empty mail to the unsubscribe address of her offer")
def unsubscribes(scene, run, offers):
    brings(scene, run, offers["Pat"].unsubscribes, "")


@when(parsers.parse("a friend of Sam's writes \"{text}\" to the unsubscribe address of Sam's offer"))
def friend(scene, run, offers, text):
    brings(scene, run, offers["Sam"].unsubscribes, text, sender="friend@example.net")


@when(parsers.parse('Pat replies "{text}"'))
def replies(scene, run, offers, text):
    brings(
        scene, run, offers["Pat"].replies, f"{text}\n\n> Unsubscribe: https://acme.example", headers="Subject: Re: x\n"
    )


@when(parsers.parse('a machine answers for Pat with the subject "{subject}" and the words "{text}"'))
def machine(scene, run, offers, subject, text):
    for address in (offers["Pat"].replies, offers["Pat"].bounces):
        brings(scene, run, address, text, headers=f"Subject: {subject}\n")


REPORTS = {
    "Pat's mail server says that there is no such mailbox": "postfix-no-such-user",
    "Pat's mail server says that the mailbox is full": "exchange-mailbox-full",
    "Pat's mailbox provider reports the offer as spam, and not who complained": "arf-redacted",
    "Pat's mailbox provider reports that the offer was no spam": "arf-not-spam",
}


@when(parsers.re(f"(?P<what>{'|'.join(REPORTS)})"))
def reported(scene, run, offers, what):
    name = REPORTS[what]
    to = scene.complaints if name.startswith("arf") else offers["Pat"].bounces
    run(scene.bring(scene.corpus(name, offers["Pat"], to), to, ""))


@when("a report about Pat's offer says that Sam's mailbox does not exist")
def forged(scene, run, offers):
    data = scene.corpus("postfix-no-such-user", offers["Pat"], offers["Pat"].bounces)
    run(scene.bring(data.replace(PAT.encode(), SAM.encode()), offers["Pat"].bounces, ""))


@then(parsers.re("(?P<name>Pat|Sam) gets no more offers"))
def no_offers(scene, run, name):
    assert run(scene.may_send(PEOPLE[name])) == "blocked"


@then(parsers.re("(?P<name>Pat|Sam) still gets offers"))
def still_offers(scene, run, name):
    assert run(scene.may_send(PEOPLE[name])) == "queued"


@then("Pat still gets news of her orders")
def still_orders(scene, run):
    assert run(scene.may_send(PAT, ORDERS)) == "queued"


@then("Pat gets no more mail at all")
def no_mail(scene, run):
    assert run(scene.may_send(PAT)) == run(scene.may_send(PAT, ORDERS)) == "blocked"


@then("Pat opted out once")
def once(scene, run):
    assert [status for status, _ in run(scene.standing())].count("revoked") == 1


@then("somebody has to read what Pat wrote")
def to_read(scene, run):
    queue = run(scene.business[ReplyQueries].page(Listed(status=Status.UNCLEAR), scene.business.actor))
    assert [one.reply.channel for one in queue] == ["email"]
