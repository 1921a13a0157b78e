"""What staff write down, and what is asked back, over HTTP."""

import pytest

from application.messages.dispatch import Dispatch

SPOKEN = {
    "address": "+12125550101",
    "program": "weekly-offers",
    "channel": "sms",
    "medium": "verbal",
    "script": "May Acme send you automated marketing texts to this number? You need not agree to buy anything.",
    "script_version": "phone-3",
    "language": "en-US",
    "attested_by": "agent 17",
    "attestation": "I read the script to the caller, who said yes.",
    "occurred_at": "2026-11-22T15:04:05Z",
    "reference": "call 4711",
    "type": "PEWC",
    "not_condition_of_purchase_disclosed": True,
    "autodialer_disclosed": True,
}
BY_MAIL = {**SPOKEN, "address": "pat@example.com", "channel": "email", "type": "EMAIL_OPTIN", "medium": "paper"}


@pytest.fixture
async def active(api, weekly_offers):
    await api.post(f"/api/v1/programs/{weekly_offers['id']}/actions/activate")
    return weekly_offers


@pytest.fixture
def occurred(clock):
    return {"occurred_at": clock.now().isoformat()}


async def received(api, process):
    while await process.use_cases[Dispatch]():
        pass
    return (await api.get("/api/v1/sandbox/messages", params={"limit": 100})).json()["items"]


async def test_a_signed_card_is_told_by_mail_with_a_link_to_confirm(api, process, active, occurred):
    answer = (await api.post("/api/v1/consents/attested", json={**BY_MAIL, **occurred})).json()
    assert (answer["consent"]["status"], answer["consent"]["lacks"]) == ("requested", [])
    assert answer["statement"]["status"] in ("queued", "deferred")
    [mail] = await received(api, process)
    assert mail["message_id"] == answer["statement"]["message_id"]
    for told in (SPOKEN["script"], "agent 17", "on paper", "/c/"):
        assert told in mail["text"]


async def test_the_same_request_again_tells_nobody_twice(api, process, active, occurred):
    same = {"Idempotency-Key": "card-1"}
    first = await api.post("/api/v1/consents/attested", json={**BY_MAIL, **occurred}, headers=same)
    again = await api.post("/api/v1/consents/attested", json={**BY_MAIL, **occurred}, headers=same)
    assert first.json() == again.json()
    other = await api.post("/api/v1/consents/attested", json={**BY_MAIL, **occurred})
    assert other.json()["statement"] is None
    assert len(await received(api, process)) == 1


async def test_writing_down_what_others_said_takes_a_scope_of_its_own(api, process, active, occurred):
    issued = await process.issue("consents:*")
    refused = await api.post(
        "/api/v1/consents/attested",
        json={**SPOKEN, **occurred},
        headers={"Authorization": f"Bearer {issued.secret}"},
    )
    assert refused.status_code == 403


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"occurred_at": "2020-01-01T00:00:00Z"}, "too-long-ago"),
        ({"occurred_at": "2120-01-01T00:00:00Z"}, "not-yet"),
        ({"script": "x" * 601}, "invalid"),
        ({"medium": "telepathy"}, "invalid"),
        ({"sms_handset_confirmed": True}, "invalid"),
        ({"address": "12"}, "invalid-address"),
    ],
)
async def test_what_cannot_be_vouched_for_is_refused(api, process, active, occurred, change, code):
    refused = await api.post("/api/v1/consents/attested", json={**SPOKEN, **occurred, **change})
    assert refused.status_code in (400, 422)
    assert refused.json()["code"] == code or code == "invalid"
    assert await received(api, process) == []


async def test_a_program_that_sends_nothing_records_and_tells_nobody(api, process, weekly_offers, occurred):
    answer = await api.post("/api/v1/consents/attested", json={**SPOKEN, **occurred})
    assert (answer.status_code, answer.json()["statement"]) == (201, None)
    assert await received(api, process) == []


@pytest.mark.parametrize(
    ("residence", "status"), [({"country": "DE"}, "requested"), (None, "requested"), ({"country": "US"}, "granted")]
)
async def test_who_agreed_where_the_law_wants_it_confirmed_is_asked_by_mail(api, process, active, residence, status):
    if residence:
        await api.post("/api/v1/contacts", json={"addresses": ["pat@example.com"], "residence": residence})
    evidence = {"source": "first_party", "affirmative_act": "checkbox_checked", "disclosure_text_verbatim": "I agree."}
    agreed = {"address": "pat@example.com", "program": "weekly-offers", "channel": "email", "evidence": evidence}
    answer = await api.post("/api/v1/consents", json=agreed)
    assert answer.json()["status"] == status
    asked = await received(api, process)
    assert [mail["subject"] for mail in asked] == ["Please confirm: Weekly offers"] * (status == "requested")
    await api.post("/api/v1/consents", json=agreed)
    assert len(await received(api, process)) == len(asked)


async def test_what_was_true_before_a_message_went_is_judged_without_it(api, process, active, occurred, clock):
    before = clock.now().isoformat()
    await api.post("/api/v1/consents/attested", json={**BY_MAIL, **occurred})
    await received(api, process)
    asked = {"to": "pat@example.com", "program": "weekly-offers", "channel": "email"}
    then = (await api.post("/api/v1/decisions", json={**asked, "as_of": before})).json()
    assert (then["verdict"], then["rule"]) == ("need_opt_in", "CORE-JUR-03")
    wrong = await api.post("/api/v1/decisions", json={**asked, "category": "gossip"})
    assert wrong.status_code == 422
