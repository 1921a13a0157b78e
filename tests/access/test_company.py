"""Company accounts, against a server that speaks the protocol for real."""

import json
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwk, jwt

from domain.operators import way_back
from domain.roles import Role
from tests.access.authenticator import text
from tests.access.company_server import CLIENT, SECRET, CompanyServer
from tests.access.conftest import Staff

START, CALLBACK = "/admin/api/company/start", "/admin/api/company/callback"


@pytest.fixture
async def company():
    async with CompanyServer().running() as server:
        yield server


@pytest.fixture
def acme(start, company):
    """An installation whose staff signs in there."""
    return Staff(
        start(
            egress_allow="127.0.0.0/8",
            oidc_issuer=company.issuer,
            oidc_client_id=CLIENT,
            oidc_client_secret=SECRET,
            oidc_domains="acme.example",
            oidc_roles=json.dumps({"optin-admins": "admin", "optin-support": "support"}),
        )
    )


async def gone_and_come_back(browser, start=START):
    """What the browser brings back from the company's page."""
    left = await browser.get(start)
    assert left.status_code == 303, left.text
    async with httpx.AsyncClient() as at_the_company:
        there = await at_the_company.get(left.headers["Location"])
    assert there.status_code == 302, there.text
    return parse_qs(urlsplit(there.headers["Location"]).query)


async def signed_in(browser, start=START):
    brought = {name: said[0] for name, said in (await gone_and_come_back(browser, start)).items()}
    return await browser.get(CALLBACK, params=brought)


async def role_of(browser):
    answer = await browser.get("/admin/api/session")
    return answer.json()["operator"]["role"] if answer.status_code == 200 else None


async def test_a_company_account_signs_in_as_what_the_company_says_each_time(acme, company):
    async with acme.browser() as browser:
        assert (await browser.get("/admin/api/company")).json()["company"] is True
        answer = await signed_in(browser, f"{START}?next=/admin/contacts")
        assert answer.status_code == 200
        assert 'content="0;url=/admin/contacts"' in answer.text
        assert await role_of(browser) == "support"
        company.person["groups"] = ["optin-admins", "optin-support"]
        async with acme.browser() as other:
            await signed_in(other)
            assert await role_of(other) == "admin"
        assert await role_of(browser) is None
        company.person["groups"] = ["staff"]
        assert (await signed_in(browser)).status_code == 403
    assert await acme.process.scalar("SELECT count(*) FROM operators") == 1


async def test_keys_of_the_company_may_change(acme, company):
    async with acme.browser() as browser:
        assert (await signed_in(browser)).status_code == 200
        company.rotate()
        told = company.asked.count("keys")
        acme.process.ports.company()._known.pop(f"{company.issuer}/keys")
        assert (await signed_in(browser)).status_code == 200
        assert company.asked.count("keys") == told + 1


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"iss": "http://127.0.0.1:1"},
        {"aud": "another client"},
        {"aud": [CLIENT, "another client"]},
        {"aud": [CLIENT, "another client"], "azp": "another client"},
        {"azp": "another client"},
        {"exp": 1},
        {"exp": None},
        {"sub": None},
        {"sub": ""},
        {"email": "pat@evil.example"},
        {"email": "pat@acme.example.evil.example"},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": None},
        {"groups": None},
        {"groups": ["admin"]},
    ],
)
async def test_what_the_company_does_not_say_of_us_and_now_is_not_believed(acme, company, claims):
    company.claims = claims
    async with acme.browser() as browser:
        assert (await signed_in(browser)).status_code == 403
        assert await role_of(browser) is None


def unsigned(company):
    def forge(claims):
        head, body = (text(json.dumps(part).encode()) for part in ({"alg": "none"}, claims))
        return f"{head}.{body}."

    return forge


def signed_with_the_public_key(company):
    """Algorithm confusion: what everybody knows, used as a shared secret."""

    def forge(claims):
        shared = jwk.OctKey.import_key(company.key.as_pem(private=False))
        return jwt.encode({"alg": "HS256", "kid": company.key.kid}, claims, shared)

    return forge


def signed_by_somebody_else(company):
    def forge(claims):
        other = jwk.ECKey.generate_key("P-256", {"kid": company.key.kid})
        return jwt.encode({"alg": "ES256", "kid": company.key.kid}, claims, other)

    return forge


@pytest.mark.parametrize("forgery", [unsigned, signed_with_the_public_key, signed_by_somebody_else])
async def test_a_token_the_company_did_not_sign_is_none(acme, company, forgery):
    company.forge = forgery(company)
    async with acme.browser() as browser:
        assert (await signed_in(browser)).status_code == 403
        assert await role_of(browser) is None


async def test_an_answer_counts_once_in_the_browser_that_asked_and_from_whom_it_asked(acme, company):
    """State, CSRF of the sign-in, replay, mix-up (RFC 9207)."""
    async with acme.browser() as browser, acme.browser() as victim:
        brought = {name: said[0] for name, said in (await gone_and_come_back(browser)).items()}
        assert (await victim.get(CALLBACK, params=brought)).status_code == 403
        assert await role_of(victim) is None
        for wrong in ({"state": "A" * 43}, {"state": ""}):
            assert (await browser.get(CALLBACK, params={**brought, **wrong})).status_code == 403
        mixed_up = {name: said[0] for name, said in (await gone_and_come_back(victim)).items()}
        assert (await victim.get(CALLBACK, params={**mixed_up, "iss": "http://127.0.0.1:1"})).status_code == 403
        again = {name: said[0] for name, said in (await gone_and_come_back(browser)).items()}
        assert (await browser.get(CALLBACK, params=again)).status_code == 200
        assert (await browser.get(CALLBACK, params=again)).status_code == 403


async def test_an_issuer_that_names_another_is_not_the_one(acme, company):
    company.says_issuer = "http://127.0.0.1:1"
    async with acme.browser() as browser:
        answer = await browser.get(START)
        assert answer.status_code == 403
        assert "does not answer" in answer.text


async def test_who_is_disabled_here_does_not_come_in_by_the_company(acme, company):
    async with acme.browser() as browser:
        await signed_in(browser)
        me = (await browser.get("/admin/api/account")).json()["operator"]["id"]
        async with await acme.signed_in(Role.ADMIN) as admin:
            assert (await admin.post(f"/admin/api/operators/{me}/actions/disable")).status_code == 200
        assert (await signed_in(browser)).status_code == 403


async def test_somebody_elses_company_account_does_not_take_over_an_account(acme, company):
    async with acme.browser() as browser, acme.browser() as other:
        await signed_in(browser)
        company.person["sub"] = "2002"
        assert (await signed_in(other)).status_code == 403


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/admin/../evil",
        "/adminevil",
        "javascript:alert(1)",
        "/admin//evil.example",
        "/admin/%2e%2e/x",
        "/admin?x=1",
        "/admin\r\nX: y",
        '/admin"><script>',
    ],
)
async def test_the_way_back_stays_here(acme, company, wanted):
    assert way_back(wanted) == "/admin"
    async with acme.browser() as browser:
        left = await browser.get(START, params={"next": wanted})
        assert left.headers["Location"].startswith(company.issuer)


async def test_without_company_accounts_there_is_no_way_there(staff):
    async with staff.browser() as browser:
        assert (await browser.get("/admin/api/company")).json()["company"] is False
        assert (await browser.get(START)).status_code == 403
