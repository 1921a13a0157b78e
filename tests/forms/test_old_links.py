"""A link in an old mail still stops its own address, whatever became of the contact since (EML-8058-05)."""

import pytest

from application.contacts.parting import Parting
from bootstrap.use_cases import PARTS, build, snake
from domain.addresses import Address
from domain.contacts import ContactPoint
from domain.messages import Status

PAT, SAM = "pat@example.com", "sam@example.com"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


async def link_of(business, receipt, kind="unsubscribe"):
    message = receipt.message
    return getattr(business.ports.links(), kind)(message.contact_point_id, message.program_id, message.id)


async def status_of(business, receipt):
    [row] = await business.ask("select status from messages where id = $1", receipt.message.id)
    return row["status"]


@pytest.fixture
async def moved(business):
    """Pat agreed and got a mail; then the address was taken off the contact, who has another one now."""
    captured = await business.agreed(PAT)
    await business.agreed(PAT, "shop-news")
    receipt = await business.send(PAT)
    await business.change(captured.contact_id, add_addresses=(SAM,))
    await business.change(captured.contact_id, remove_addresses=(PAT,))
    return receipt


async def test_what_is_kept_of_a_removed_address_names_nobody(business, moved):
    [former] = await business.ask("select * from former_points")
    assert set(former) == {"contact_point_id", "channel", "token", "removed_at"}
    assert former["token"] == business.ports.digests().suppression(Address.parse(PAT), live=True)[0]
    assert former["contact_point_id"] == moved.message.contact_point_id


async def test_the_link_suppresses_the_address_for_its_program_and_no_other(business, pat, moved):
    answer = await pat.web.post(await link_of(business, moved), data=ONE_CLICK)
    assert answer.status_code == 200
    [kept] = await business.ask("select scope, reason, channel, program_id from suppressions")
    assert (kept["scope"], kept["reason"], kept["channel"]) == ("program", "opt_out", "email")
    assert kept["program_id"] == moved.message.program_id


async def test_it_holds_for_whoever_has_the_address_next(business, pat, moved):
    await pat.web.post(await link_of(business, moved), data=ONE_CLICK)
    await business.agreed("other@example.com")
    business.pass_by(minutes=1)
    refused = await business.send(PAT)
    assert await status_of(business, refused) == Status.BLOCKED


async def test_it_leaves_the_address_the_contact_has_now_alone(business, pat, moved):
    await business.agreed(SAM)
    await pat.web.post(await link_of(business, moved), data=ONE_CLICK)
    assert await business.standing(SAM) == [("weekly-offers", "confirmed")]
    assert await status_of(business, await business.send(SAM)) == Status.SENT


async def test_an_address_given_back_is_stopped_by_its_old_link_as_well(business, pat, moved):
    await business.agreed(PAT)
    assert await status_of(business, await business.send(PAT)) == Status.SENT
    business.pass_by(days=2)
    await pat.web.post(await link_of(business, moved), data=ONE_CLICK)
    assert await status_of(business, await business.send(PAT)) == Status.BLOCKED
    page = await pat.prove(PAT)
    assert "You do not get these, since November 25, 2026." in page.text


async def test_pressing_again_and_again_keeps_one_suppression(business, pat, moved):
    link = await link_of(business, moved)
    for _ in range(3):
        assert (await pat.web.post(link, data=ONE_CLICK)).status_code == 200
    assert len(await business.ask("select from suppressions")) == 1


async def test_the_old_link_stops_everything_too(business, pat, moved):
    page = await pat.web.get(await link_of(business, moved, "preferences"))
    done = await pat.press(page, "Stop everything that is sent from here")
    assert done.status_code == 200
    [kept] = await business.ask("select scope, program_id from suppressions")
    assert (kept["scope"], kept["program_id"]) == ("brand", None)


async def test_the_old_link_sends_no_code_to_an_address_that_is_nobodys(business, pat, moved):
    page = await pat.web.get(await link_of(business, moved, "preferences"))
    answer = await pat.press(page, "Send me a code")
    assert (answer.status_code, "give the address yourself" in answer.text) == (409, True)
    assert await business.ask("select from challenges") == []


async def test_an_erased_contacts_links_work_when_its_points_parted(business, pat):
    """Whoever erases a contact parts from its points first."""
    await business.agreed(PAT)
    receipt = await business.send(PAT)
    parts = {}
    for part in PARTS[: PARTS.index(Parting) + 1]:
        parts[snake(part)] = build(part, business.ports, parts)
    database, message = business.ports.database(), receipt.message
    async with database.transaction():
        point = ContactPoint(id=message.contact_point_id, address=Address.parse(PAT))
        await parts["parting"]([point], live=True, at=business.clock.at)
        await database.connection.execute("delete from contacts where id = $1", message.contact_id)
    assert (await pat.web.post(await link_of(business, receipt), data=ONE_CLICK)).status_code == 200
    assert await status_of(business, await business.send(PAT)) == Status.BLOCKED
