"""Links: looked at by anybody and by every scanner, pressed once, and good for what they were made for."""

import base64
import re
from datetime import timedelta
from uuid import UUID

import pytest

from adapters.outbound.secrets.challenges import RingSecrets
from adapters.outbound.secrets.ring import PURPOSES, KeyRing
from application.consent.withdraw import WithdrawConsent, WithdrawConsents
from application.messages.drafting import SendMessage
from application.messages.send_with_consent import SendWithConsent
from application.verification.verification import Ask, Verification
from bootstrap.use_cases import build
from domain.access import SYSTEM
from domain.addresses import Address, Channel
from domain.errors import Invalid
from domain.messages import Content
from domain.messages import Status as MessageStatus
from domain.verification.challenge import Intent, NoSuchVerification, Status
from tests.verification.codes import MAIL, PAT

PAGE = "/f/weekly-offers/confirm"
CHOSEN = b"what was chosen"


class Links:
    """As a form of ours uses them: inside a transaction of its own."""

    def __init__(self, acme) -> None:
        self.acme, ports = acme, acme.process.ports
        self.verification = build(Verification, ports, {})

    async def start(self, address=MAIL, **more):
        ask = Ask(address=Address.parse(address), purpose="doi", intent=Intent.OPT_IN, payload=CHOSEN, link=PAGE)
        asked = Ask(**{name: getattr(ask, name) for name in Ask.__struct_fields__} | more)
        async with self.acme.process.database.transaction():
            return await self.verification.start(asked, live=True, now=self.acme.clock.now())

    async def token(self):
        """From the newest mail."""
        text = (await self.acme.received(MAIL))[0].text
        return re.search(re.escape(PAGE) + r"/([\w-]+)", text)[1]

    async def look(self, token, intent=Intent.OPT_IN):
        async with self.acme.process.database.transaction():
            return await self.verification.look(token, intent=intent, now=self.acme.clock.now())

    async def press(self, token, intent=Intent.OPT_IN):
        async with self.acme.process.database.transaction():
            return await self.verification.press(token, intent=intent, now=self.acme.clock.now())


@pytest.fixture
def links(acme):
    return Links(acme)


@pytest.fixture
async def token(acme, links):
    await links.start()
    await acme.work()
    return await links.token()


async def test_looking_shows_what_was_chosen_and_changes_nothing(acme, links, token):
    before = await acme.ask("select c::text from challenges c")
    for _ in range(2):
        seen = await links.look(token)
        assert (seen.status, seen.address, seen.payload) == (Status.PENDING, Address.parse(MAIL), CHOSEN)
    assert await acme.ask("select c::text from challenges c") == before


async def test_pressing_approves_once_and_gives_back_what_was_chosen(links, token):
    pressed = await links.press(token)
    assert (pressed.status, pressed.address, pressed.payload) == (Status.APPROVED, Address.parse(MAIL), CHOSEN)
    for again in (await links.press(token), await links.look(token)):
        assert (again.status, again.address, again.payload) == (Status.USED, None, None)


@pytest.mark.parametrize(("hours", "status"), [(23.9, Status.APPROVED), (24.1, Status.EXPIRED)])
async def test_a_link_works_for_a_day(acme, links, token, hours, status):
    acme.pass_by(hours=hours)
    assert (await links.press(token)).status is status


async def test_a_link_asked_for_again_replaces_the_one_before(acme, links, token):
    acme.pass_by(minutes=1)
    await links.start()
    await acme.work()
    assert (await links.press(token)).status is Status.EXPIRED
    assert (await links.press(await links.token())).status is Status.APPROVED


def forged(token):
    raw = base64.urlsafe_b64decode(token + "==")
    flipped = [raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :] for place in (0, 15, 16, 39)]
    spelt = [base64.urlsafe_b64encode(other).rstrip(b"=").decode() for other in flipped]
    # pragma: allowlist nextline secret
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".index(token[-1])
    same_bytes = token[:-1] + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[last ^ 1]
    return [
        *spelt,
        same_bytes,
        token[:-1],
        token[1:],
        token + "A",
        token + "=",
        token + "\n",
        token.upper(),
        "",
        "../../etc/passwd",
        "\u00e9" * 54,
        "A" * 54,
        "A" * 100_000,
    ]


async def test_a_forged_or_shortened_token_is_none_of_ours(acme, links, token):
    tries = forged(token)
    assert token not in tries
    for wrong in tries:
        for ask in (links.look, links.press):
            with pytest.raises(NoSuchVerification):
                await ask(wrong)
    assert await acme.ask("select failures, used_at from challenges") == [(0, None)]
    assert (await links.press(token)).status is Status.APPROVED


async def test_a_link_does_nothing_but_what_it_was_made_for(links, token):
    for intent in set(Intent) - {Intent.OPT_IN}:
        for ask in (links.look, links.press):
            with pytest.raises(NoSuchVerification):
                await ask(token, intent)


async def test_a_link_cannot_be_checked_like_a_code_nor_a_code_pressed_like_a_link(acme, links, token):
    started = base64.urlsafe_b64decode(token + "==")[:16]
    assert (await acme.answer(str(UUID(bytes=started)), "000000")).status_code == 404
    by_code = await acme.start(PAT)
    made_up = base64.urlsafe_b64encode(UUID(by_code).bytes + bytes(24)).rstrip(b"=").decode()
    for ask in (links.look, links.press):
        with pytest.raises(NoSuchVerification):
            await ask(made_up)


async def test_there_are_no_links_by_text(links):
    with pytest.raises(Invalid):
        await links.start(PAT)


async def test_after_a_rotation_what_was_sent_still_works(acme, links, token, ring):
    newer = KeyRing.generate()
    rotated = {
        purpose: {**ring.versions(purpose), **({2: newer.newest(purpose)[1]} if purpose in ("tokens", "index") else {})}
        for purpose in PURPOSES
    }
    other = Links(acme)
    secrets = RingSecrets(KeyRing(rotated))
    other.verification = build(Verification, acme.process.ports, {"challenge_secrets": secrets})
    assert (await other.press(token)).status is Status.APPROVED


async def test_a_link_without_anything_chosen_gives_nothing_back(acme, links):
    await links.start(payload=None)
    await acme.work()
    acme.clock.pass_by(timedelta(minutes=5))
    assert (await links.press(await links.token())).payload is None


async def test_whoever_said_no_before_we_knew_them_can_prove_their_address_and_gets_nothing_else(acme, links):
    use_cases = acme.process.use_cases
    await use_cases[WithdrawConsents](WithdrawConsent(address=MAIL), SYSTEM)
    await links.start()
    await acme.work()
    assert (await links.press(await links.token())).status is Status.APPROVED
    content = Content(subject="Offers", text="20% off today.")
    offer = SendMessage(to=MAIL, channel=Channel.EMAIL, program="weekly-offers", content=content)
    [receipt] = await use_cases[SendWithConsent]([offer], SYSTEM)
    assert receipt.message.status == MessageStatus.BLOCKED
