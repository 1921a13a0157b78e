"""Another site, another path, another header: what is closed stays so. Tried on every route there is, so that one added
tomorrow is attacked tomorrow.
"""

from datetime import timedelta

import pytest

from adapters.inbound.http.permissions import needed
from domain.roles import Role
from tests.access.conftest import PASSWORD, sign_in
from tests.access.test_permissions import address, routes

HOST = "http://optin.example"
SAFE = frozenset({"GET", "HEAD"})
ELSEWHERE = ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"})
SIMPLE = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")


def changing(app):
    return [one for one in routes(app) if one[0] not in SAFE]


async def recorded(process):
    """Whatever anybody did is on the trail."""
    return await process.scalar("SELECT count(*) FROM audit_records")


def body_of(handler):
    return handler.opt.get("example", {}) if handler.parsed_data_field is not None else None


async def test_no_other_site_changes_anything_in_somebodys_name(staff):
    other = await staff.session(await staff.operator())
    async with await staff.signed_in() as browser, staff.browser(other) as thief:
        before, token = await recorded(staff.process), browser.headers.pop("X-CSRF-Token")
        forged = [({}, None), ({"X-CSRF-Token": ""}, None), ({"X-CSRF-Token": thief.headers["X-CSRF-Token"]}, None)]
        forged += [({"X-CSRF-Token": token, **said}, None) for said in ELSEWHERE]
        forged += [({"Content-Type": kind}, b'{"a": 1}') for kind in SIMPLE]
        tried = 0
        for method, path, handler in changing(staff.process.app):
            open_to_all = needed(handler.opt) is None
            for headers, content in forged:
                if open_to_all and not headers.keys() & {"Sec-Fetch-Site", "Origin"}:
                    continue
                sent = {"content": content} if content else {"json": body_of(handler)}
                answer = await browser.request(method, address(path), headers=headers, **sent)
                what = f"{method} {path} {headers}: {answer.text}"
                assert (answer.status_code, answer.json()["code"] in {"csrf-token-wrong", "cross-site"}) == (
                    403,
                    True,
                ), what
                tried += 1
        assert tried > 500
    assert await recorded(staff.process) == before


async def test_what_nobody_has_to_sign_in_for_is_no_form_to_post(staff):
    """A page of another site can send forms and plain text unasked, JSON it cannot."""
    tried = 0
    for method, path, handler in changing(staff.process.app):
        if needed(handler.opt) is None and handler.parsed_data_field is not None:
            for kind in SIMPLE:
                async with staff.browser() as browser:
                    answer = await browser.request(method, path, content=b'{"a": 1}', headers={"Content-Type": kind})
                assert answer.status_code == 415, f"{method} {path}"
                tried += 1
    assert tried >= 15


def disguises(path):
    """Ways to write a path that somebody in front may take for another one."""
    yield f"/{path}"
    yield f"//{path}"
    yield f"{path}/"
    yield path.replace("/", "//")
    yield path.replace("/", "/./", 1)
    yield f"/docs/..{path}"
    yield f"/docs/%2e%2e{path}"
    yield f"/docs/%2E%2E%2F{path[1:]}"
    yield f"/%2f{path[1:]}"
    yield path.replace("/api/", "/%61pi/")
    yield path.upper()
    yield path.replace("/api/", "/API/")
    yield f"{path};a=b"
    yield f"{path}%20"
    yield f"{path}%2f"
    yield f"{path}.json"
    yield path.replace("/", "\\")
    yield f"/live?{path}"
    yield f"/live%3f{path}"


async def test_no_way_to_write_a_path_gets_past_the_guard(staff):
    """Without a session, with one that may nothing of it, and from another site."""
    tried = 0
    async with staff.browser() as nobody, await staff.signed_in(Role.AUDITOR) as auditor:
        for method, path, handler in routes(staff.process.app):
            needs = needed(handler.opt)
            for disguise in disguises(address(path)):
                url, served = f"{HOST}{disguise}", disguise.startswith("/live")
                strange = await nobody.request(method, url, json=body_of(handler), headers=ELSEWHERE[0])
                if method not in SAFE or needs is not None:
                    assert strange.status_code in (400, 401, 403, 404, 405) or served, f"{method} {url}: {strange.text}"
                if needs and not all(one.endswith(":read") for one in needs):
                    lesser = await auditor.request(method, url, json=body_of(handler))
                    assert lesser.status_code in (400, 403, 404, 405) or served, f"{method} {url}: {lesser.text}"
                tried += 1
    assert tried > 1500


async def test_a_doubled_slash_is_no_way_around_the_limits(staff):
    issued = await staff.process.issue()
    async with staff.browser() as browser:
        browser.headers["Authorization"] = f"Bearer {issued.secret}"
        plain = await browser.get(f"{HOST}/api/v1/senders")
        for disguise in ("//api/v1/senders", "/api//v1/senders", "/api/v1/senders/", "///api/v1//senders//"):
            answer = await browser.get(f"{HOST}{disguise}")
            assert (answer.status_code, answer.json()) == (200, plain.json())
            assert answer.headers["ratelimit-limit"] == plain.headers["ratelimit-limit"]
        left = [int(one.headers["ratelimit-remaining"]) for one in (plain, answer)]
        assert left[0] - left[1] == 4


async def test_a_key_is_no_free_pass_where_it_is_not_asked_for(start, staff):
    """Who guesses passwords or floods pages is counted, whatever else they send along."""
    process = start(visitor_rate_per_minute=4)
    now = process.clock.now()
    process.clock.ahead = timedelta(seconds=60 - now.second, microseconds=-now.microsecond)
    few = type(staff)(process)
    key = {"Authorization": f"Bearer {(await process.issue()).secret}"}
    async with few.browser(ip="203.0.113.7") as browser:
        assert (await browser.get("/api/v1/senders", headers=key)).status_code == 200
        answers = []
        for number in range(6):
            body = {"email": f"who{number}@example.com", "password": "not this one either"}
            answers.append((await browser.post("/admin/api/session", json=body, headers=key)).status_code)
            assert (await browser.get("/api/v1/senders", headers=key)).status_code == 200
        assert answers == [403] * 3 + [429] * 3
        assert (await browser.get("/preferences", headers=key)).status_code == 429


async def test_no_header_and_no_parameter_makes_it_another_method_path_or_caller(staff):
    async with await staff.signed_in() as browser:
        listed = (await browser.get("/admin/api/sessions")).json()
        for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "_method"):
            for path in ("/admin/api/sessions", "/admin/api/sessions?_method=DELETE"):
                answer = await browser.get(path, headers={name: "DELETE"})
                assert (answer.status_code, answer.json()) == (200, listed)
        for name in ("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Forwarded-Path"):
            assert (await browser.get("/live", headers={name: "/admin/api/operators"})).json()["status"] == "live"
        for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "True-Client-IP", "CF-Connecting-IP"):
            kept = (await browser.get("/admin/api/sessions", headers={name: "198.51.100.1"})).json()
            assert kept == listed


async def test_who_makes_up_where_they_come_from_is_counted_all_the_same(staff):
    await staff.operator(Role.SUPPORT, password=PASSWORD, email="pat@example.com")
    async with staff.browser(ip="203.0.113.7") as guesser:
        codes = []
        for number in range(7):
            made_up = f"198.51.{number}.1"
            guesser.headers.update({"X-Forwarded-For": made_up, "Forwarded": f"for={made_up}", "X-Real-IP": made_up})
            codes.append((await sign_in(guesser, "pat@example.com", f"guess number {number} of many")).status_code)
    assert codes == [403] * 5 + [429] * 2
    assert await staff.process.scalar("SELECT count(*) FROM sign_in_tries") == 3


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
async def test_nothing_an_operator_reads_is_kept_by_a_browser_or_a_proxy(staff, role):
    operator, tried = await staff.operator(role), 0
    for method, path, handler in routes(staff.process.app):
        async with staff.browser(await staff.session(operator)) as browser:
            answer = await browser.request(method, address(path), json=body_of(handler))
        assert answer.headers.get_list("cache-control") == ["no-store"], f"{method} {path}"
        assert not answer.headers.keys() & {"etag", "last-modified", "expires", "access-control-allow-origin"}
        tried += 1
    assert tried > 90


async def test_a_parameter_said_twice_is_not_two_truths(staff):
    """HTTP parameter pollution: refused, or the same as one of them; never an error of ours, never more than asked."""
    said = ("limit=1&limit=100", "limit[]=1", "after=a&after=b", "limit=1;limit=100", "limit=1%26limit=2")
    async with await staff.signed_in() as browser:
        for path in {path for method, path, _ in routes(staff.process.app) if method == "GET"}:
            for query in said:
                answer = await browser.get(f"{address(path)}?{query}")
                assert answer.status_code < 500, f"{path}?{query}"
        me = (await browser.get("/admin/api/account")).json()["operator"]
        answer = await browser.patch("/admin/api/account?role=auditor&name=b&id=1", json={"name": "a"})
        assert answer.json() == {**me, "name": "a"}
