"""What the vectors say about links is what the pages do: each of these cases is asked of both."""

from pathlib import Path

import pytest

from tests.compliance.written import written

CASES = Path(__file__).parents[1] / "compliance"
_AS_A_FORM = "application/x-www-form-urlencoded"


def _cases(action):
    files = (CASES / "vectors.yaml", CASES / "cases/acts.yaml")
    vectors = [vector for file in files for vector in written(file)["vectors"]]
    found = [vector for vector in vectors if vector["when"].get("action") == action and _is_ours(vector)]
    return [pytest.param(vector["when"], vector["expect"], id=vector["id"]) for vector in found]


def _is_ours(vector):
    """Those about a link of ours; another one, and one that waited for days, has tests of its own."""
    when, pending = vector["when"], vector["given"].get("pending_optin") or {}
    foreign = "token" in when or when.get("token_for") == "m2"
    return not foreign and "confirmed_at" not in pending and "2026-11-20" not in str(pending.get("requested_at"))


def _headers(when):
    told = {"User-Agent": when.get("user_agent"), "Origin": when.get("origin")}
    if "body" in when and "multipart" not in when.get("content_type", ""):
        told["Content-Type"] = _AS_A_FORM
    return {name: value for name, value in told.items() if value}


async def _pressed(place, when, link):
    parts = "multipart" in when.get("content_type", "")
    name, _, value = str(when.get("body", "")).partition("=")
    sent = {"files": {name: (None, value)}} if parts else {"content": str(when.get("body", ""))}
    for _ in range(when.get("repeat", 1)):
        answer = await place.web.request(when["method"], link, headers=_headers(when), **sent)
    return answer


@pytest.mark.parametrize(("when", "expected"), _cases("unsubscribe_http"))
async def test_a_link_to_unsubscribe_does_what_the_case_says(place, when, expected):
    await place.record("granted", doi_confirmed_at="2026-11-20T10:00:00Z", address="pat@example.com")
    before = len(await place.standing())
    answer = await _pressed(place, when, await place.link("unsubscribe"))
    after = await place.standing()
    assert answer.status_code == expected.get("http_status", answer.status_code)
    assert not answer.is_redirect
    assert "set-cookie" not in answer.headers
    left = expected["effect"] == "opt_out"
    assert len(after) - before == expected.get("events_appended", int(left))
    assert (after[-1][1] == "revoked") is left


@pytest.mark.parametrize(("when", "expected"), _cases("doi_link"))
async def test_a_link_to_confirm_does_what_the_case_says(place, pressed, when, expected):
    asked = expected.get("http_status") != 409
    if asked:
        await place.record("requested")
    else:
        await place.record("granted", program="shop-news", doi_confirmed_at="2026-11-20T10:00:00Z")
    link = await place.link("confirm")
    fields = pressed(await place.web.get(link))[1] if when["method"] == "POST" and asked else {}
    for _ in range(when.get("repeat", 1)):
        answer = await place.web.request(when["method"], link, data=fields or None)
    proofs = [proof for program, status, proof in await place.ledger_of() if (program, status) == _CONFIRMED]
    assert len(proofs) == int(expected["effect"] == "opt_in_confirmed")
    assert answer.status_code in ((200, 204) if asked else (409,))
    if proofs and "evidence" in expected:
        kept = {"timestamp": "doi_confirmed_at", "text_version_hash": "disclosure_version", "token_id": "doi_token_id"}
        assert all(getattr(proofs[0], kept.get(name, name)) for name in expected["evidence"])
        assert proofs[0].facts().disclosure_hash


_CONFIRMED = ("weekly-offers", "confirmed")
