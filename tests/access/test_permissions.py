"""Every route, every role: allowed or refused as the one table says. The routes are the application's own, so that one
hidden from the description is tried as well; a new one is tried as soon as it exists.
"""

import re
from uuid import uuid4

import pytest
from litestar.routes import HTTPRoute

from adapters.inbound.http.permissions import GUARDED, needed
from domain.access import Permission
from domain.roles import ROLES_WITH, Role, permissions_of

REFUSED = (403, "not-permitted")


def routes(app):
    """Method, path, handler."""
    for route in app.routes:
        if isinstance(route, HTTPRoute) and route.path.startswith(GUARDED):
            for handler in route.route_handlers:
                for method in sorted(handler.http_methods - {"OPTIONS"}):
                    yield method, route.path_format, handler


def address(path, ids=None):
    """The path with somebody's id in it."""
    return re.sub(r"\{(\w+)\}", lambda found: str((ids or {}).get(found[1], uuid4())), path)


def outcome(answer):
    if answer.headers.get("content-type") == "application/problem+json":
        return answer.status_code, answer.json()["code"]
    return answer.status_code, None


async def asked(browser, method, path, handler, ids=None):
    body = {} if handler.opt.get("example") is None else handler.opt["example"]
    sends_body = handler.parsed_data_field is not None
    return outcome(await browser.request(method, address(path, ids), json=body if sends_body else None))


def test_every_permission_stands_in_the_table_and_the_roles_are_what_they_are_for():
    assert set(ROLES_WITH) == set(Permission)
    assert permissions_of(Role.ADMIN) == frozenset(Permission)
    assert all(one.value.endswith(":read") for one in permissions_of(Role.AUDITOR))
    assert Permission.SEND_MESSAGES not in permissions_of(Role.COMPLIANCE)
    assert Permission.REVEAL_ADDRESSES not in permissions_of(Role.AUDITOR)
    readable = {one for one in Permission if one.value.endswith(":read") and one is not Permission.READ_SANDBOX}
    assert readable <= permissions_of(Role.COMPLIANCE)


async def test_every_route_says_what_it_needs_and_the_description_says_the_same(process):
    described = (await process.http.get("/docs/openapi.json")).json()["paths"]
    found = list(routes(process.app))
    assert len(found) > 90
    for method, path, handler in found:
        needs = needed(handler.opt)
        if handler.resolve_include_in_schema():
            said = described[path][method.lower()]["x-permission"]
            assert said == ("open" if needs is None else [one.value for one in needs]), path
    told = {(method.upper(), path) for path, item in described.items() for method in item}
    assert told <= {(method, path) for method, path, _ in found}


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_may_what_the_table_says_and_nothing_else(staff, role):
    operator, tried = await staff.operator(role), 0
    for method, path, handler in routes(staff.process.app):
        needs = needed(handler.opt)
        async with staff.browser(await staff.session(operator)) as browser:
            got = await asked(browser, method, path, handler)
        may = needs is None or permissions_of(role) >= set(needs)
        assert (got != REFUSED) == may, f"{role} {method} {path}: {got}"
        assert got[0] not in (401, 500), f"{role} {method} {path}: {got}"
        tried += 1
    assert tried > 90


async def test_a_key_may_what_its_scopes_say_and_nothing_of_the_staffs_own(staff):
    issued = await staff.process.issue("messages:read", live=False)
    for method, path, handler in routes(staff.process.app):
        needs = needed(handler.opt)
        async with staff.browser() as browser:
            browser.headers["Authorization"] = f"Bearer {issued.secret}"
            got = await asked(browser, method, path, handler)
        if path.startswith("/admin/api/"):
            assert (got == (401, "session-over")) == (needs is not None), f"{method} {path}: {got}"
        else:
            assert (got == REFUSED) == (not {Permission.READ_MESSAGES} >= set(needs or ())), f"{method} {path}: {got}"


async def test_nobody_gets_anywhere_without_key_or_session_but_where_everybody_may(staff):
    for method, path, handler in routes(staff.process.app):
        async with staff.browser() as browser:
            got = await asked(browser, method, path, handler)
        assert (got[0] == 401) == (needed(handler.opt) is not None), f"{method} {path}: {got}"


async def test_an_id_of_the_other_world_is_no_id_of_ours(staff):
    """Contacts, messages, replies: what is live is nowhere among test data, whatever is asked about it."""
    async with await staff.signed_in(live=True) as live:
        made = await live.post("/api/v1/contacts", json={"addresses": ["+12125550101"]})
        contact = made.json()
        ids = {"contact_id": contact["id"], "point_id": contact["contact_points"][0]["id"]}
        async with await staff.signed_in() as test:
            tried = 0
            for method, path, handler in routes(staff.process.app):
                if "{contact_id}" in path:
                    status, _ = await asked(test, method, path, handler, ids)
                    assert status in (404, 422), f"{method} {path}: {status}"
                    tried += 1
        assert tried >= 5
        assert (await live.get(f"/api/v1/contacts/{contact['id']}")).json() == contact


async def test_a_contact_point_of_somebody_else_is_not_revealed_through_another_contact(staff):
    async with await staff.signed_in() as browser:
        pat = (await browser.post("/api/v1/contacts", json={"addresses": ["+12125550101"]})).json()
        sam = (await browser.post("/api/v1/contacts", json={"addresses": ["sam@example.com"]})).json()
        point, why = sam["contact_points"][0]["id"], {"reason": "They asked which address we write to."}
        crossed = await browser.post(f"/api/v1/contacts/{pat['id']}/points/{point}/actions/reveal", json=why)
        assert crossed.status_code == 404
        own = await browser.post(f"/api/v1/contacts/{sam['id']}/points/{point}/actions/reveal", json=why)
        assert own.json() == {"address": "sam@example.com"}
    records = await staff.process.scalar("SELECT count(*) FROM audit_records WHERE action = 'address.revealed'")
    assert records == 1


async def test_an_address_is_revealed_for_a_reason_only(staff):
    async with await staff.signed_in() as browser:
        pat = (await browser.post("/api/v1/contacts", json={"addresses": ["+12125550101"]})).json()
        path = f"/api/v1/contacts/{pat['id']}/points/{pat['contact_points'][0]['id']}/actions/reveal"
        assert [(await browser.post(path, json={"reason": why})).status_code for why in ("", "   ")] == [422, 422]


async def test_the_sessions_of_others_cannot_be_ended_or_seen_as_ones_own(staff):
    mine, theirs = await staff.operator(Role.SUPPORT), await staff.operator(Role.ADMIN)
    other = await staff.session(theirs)
    async with staff.browser(await staff.session(mine)) as browser, staff.browser(other) as admin:
        assert (await browser.delete(f"/admin/api/sessions/{other.session.id}")).status_code == 404
        assert (await browser.get(f"/admin/api/operators/{theirs.id}/sessions")).status_code == 403
        assert (await browser.delete(f"/admin/api/operators/{theirs.id}/sessions")).status_code == 403
        assert (await admin.get("/admin/api/session")).status_code == 200
        assert (await admin.get(f"/admin/api/operators/{mine.id}/sessions")).json()["items"]
        assert (await admin.delete(f"/admin/api/operators/{mine.id}/sessions")).status_code == 204
        assert (await browser.get("/admin/api/session")).status_code == 401
