"""`as_of`, wherever consent is read: as it was known at an instant, written in full."""

from datetime import datetime, timedelta

import pytest

from tests.http.dossiers import ADDRESS, CONSENT

WRONG = [
    "1700000000",
    "2026-11-20",
    "2026-11-20T15:04:05",
    "2026-11-20 15:04:05Z",
    "2026-11-20T15:04Z",
    "now",
    "",
    "2026-13-20T15:04:05Z",
    "0001-01-01T00:00:00+14:00",
    "2026-11-20T15:04:05+99:00",
    "\uff12026-11-20T15:04:05Z",
]


@pytest.fixture
async def consent(api, weekly_offers):
    answer = await api.post("/api/v1/consents", json=CONSENT)
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture
def reads(consent):
    one = f"/api/v1/consents/{consent['id']}"
    return {"list": f"/api/v1/contacts/{consent['contact_id']}/consents", "one": one, "proof": f"{one}/proof"}


def status_in(answer):
    return answer["items"][0]["status"] if "items" in answer else answer["status"]


async def test_before_an_opt_out_every_read_says_granted_and_after_it_revoked(api, consent, reads):
    withdrawn = (await api.post("/api/v1/consents/withdraw", json={"address": ADDRESS})).json()
    for name, url in reads.items():
        before = await api.get(url, params={"as_of": consent["since"]})
        after = await api.get(url, params={"as_of": withdrawn["at"]})
        now = await api.get(url)
        assert [status_in(one.json()) for one in (before, after, now)] == ["granted", "revoked", "revoked"], name


async def test_before_it_was_given_there_was_no_consent(api, consent, reads):
    day_before = (datetime.fromisoformat(consent["since"]) - timedelta(days=1)).isoformat().replace("+00:00", "Z")
    statuses = {name: await api.get(url, params={"as_of": day_before}) for name, url in reads.items()}
    assert statuses["list"].json() == {"items": []}
    assert [statuses[name].status_code for name in ("one", "proof")] == [404, 404]


async def test_another_offset_names_the_same_instant(api, consent, reads):
    at = datetime.fromisoformat(consent["since"]) + timedelta(hours=2)
    written = at.replace(tzinfo=None).isoformat() + "+02:00"
    for url in reads.values():
        assert status_in((await api.get(url, params={"as_of": written})).json()) == "granted"


async def test_whatever_is_no_instant_in_full_is_refused_with_words(api, consent, reads):
    for url in reads.values():
        for wrong in WRONG:
            answer = await api.get(url, params={"as_of": wrong})
            assert answer.status_code == 422, (url, wrong)
            assert answer.json()["errors"][0]["field"] == "as_of"


async def test_a_decision_about_the_past_wants_one_too(api, consent):
    asked = {"to": ADDRESS, "channel": "sms", "program": "weekly-offers"}
    for wrong in (1700000000, "2026-11-20T15:04:05", "2026-11-20"):
        answer = await api.post("/api/v1/decisions", json=asked | {"as_of": wrong})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "as_of")


async def test_a_consent_that_has_run_out_says_so_wherever_it_is_read(api, clock, weekly_offers):
    expires = "2126-11-20T15:04:05Z"
    answer = await api.post("/api/v1/consents", json=CONSENT | {"expires_at": expires})
    assert answer.status_code == 201, answer.text
    clock.ahead = timedelta(days=36600)
    one = f"/api/v1/consents/{answer.json()['id']}"
    listed = f"/api/v1/contacts/{answer.json()['contact_id']}/consents"
    found = [await api.get(url) for url in (one, listed, f"{one}/proof")]
    assert [status_in(one.json()) for one in found] == ["expired"] * 3
