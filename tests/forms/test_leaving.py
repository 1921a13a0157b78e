"""After the one click: stop more, say why if one likes, or change one's mind; and nothing of it is asked for."""

import asyncio

import pytest

PAT = "pat@example.com"


@pytest.fixture
async def left(business, pat):
    """The page after the one click; and where its link leads."""
    await business.agreed(PAT)
    await business.agreed(PAT, "shop-news")
    message = (await business.send(PAT)).message
    url = business.ports.links().unsubscribe(message.contact_point_id, message.program_id, message.id)
    return await pat.press(await pat.web.get(url), "Stop these messages")


async def test_everything_else_stops_with_one_more_press(business, pat, left):
    done = await pat.press(left, "Stop everything that is sent from here")
    assert (done.status_code, "Done: nothing more from here" in done.text) == (200, True)
    assert (await business.standing(PAT))[-2:] == [("weekly-offers", "revoked"), (None, "revoked")]
    again = await pat.press(left, "Stop everything that is sent from here")
    assert again.status_code == 200
    assert len(await business.standing(PAT)) == 4


async def test_a_reason_stands_beside_the_no_and_moves_nothing(business, pat, left):
    before = await business.ledger_of(PAT)
    business.pass_by(hours=1)
    thanks = await pat.press(left, "Send", why="never_asked", words="Who are you?")
    assert (thanks.status_code, "The messages stay stopped." in thanks.text) == (200, True)
    rows = await business.ask("select at, recorded_at from consent_entries where status = 'revoked' order by position")
    assert [row["at"] for row in rows] == [rows[0]["at"]] * 2
    program, status, proof = (await business.ledger_of(PAT))[-1]
    assert (program, status, proof.statement) == ("weekly-offers", "revoked", "reason: never_asked, Who are you?")
    assert len(await business.ledger_of(PAT)) == len(before) + 1


async def test_a_reason_is_taken_once_however_often_it_is_sent(business, pat, left):
    await asyncio.gather(*(pat.press(left, "Send", words=f"No. {number}") for number in range(8)))
    statements = [proof.statement or "" for _, _, proof in await business.ledger_of(PAT)]
    assert len([told for told in statements if told.startswith("reason: ")]) == 1


async def test_an_empty_reason_is_no_reason(business, pat, left):
    before = await business.ledger_of(PAT)
    answers = [await pat.press(left, "Send", why=why, words=" \r\n") for why in ("", "made_up")]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert await business.ledger_of(PAT) == before


async def test_nobody_gives_a_reason_for_what_they_did_not_stop(business, pat):
    await business.agreed(PAT)
    message = (await business.send(PAT)).message
    url = business.ports.links().preferences(message.contact_point_id, message.program_id, message.id)
    assert (await pat.web.post(f"{url}?why", data={"words": "because"})).status_code == 200
    assert await business.standing(PAT) == [("weekly-offers", "confirmed")]


async def test_a_changed_mind_needs_the_code_and_the_words(business, pat, left):
    link = left.text.partition('<p><a href="')[2].partition('"')[0]
    page = await pat.web.get(link)
    assert "agree." not in page.text
    business.pass_by(minutes=1)
    choices = await pat.press(await pat.press(page, "Send me a code"), "Continue", code=await pat.code(PAT))
    done = await pat.press(choices, "Save my choices", **{"agree.weekly-offers": "yes"})
    assert "You agreed to:" in done.text
    assert (await business.standing(PAT))[-1] == ("weekly-offers", "confirmed")


async def test_the_link_of_a_mail_program_does_its_one_thing(business, pat, left):
    """EML-8058-04: what else there is goes by another link, so nothing added to this one does more."""
    message = (await business.send(PAT, "shop-news")).message
    url = business.ports.links().unsubscribe(message.contact_point_id, message.program_id, message.id)
    for more in ("?everything", "?why", "?page&everything=yes", "/everything"):
        answer = await pat.web.post(url + more, data={"everything": "yes", "words": "x"})
        assert answer.status_code == 200
    assert (None, "revoked") not in await business.standing(PAT)
    assert (await business.standing(PAT)).count(("shop-news", "revoked")) == 1
