"""An id tells nothing to whom it is none of their business, and one of another kind is no id at all."""

from uuid import uuid4

import pytest

from adapters.inbound.http.permissions import needed
from domain.roles import Role, permissions_of
from tests.access.test_permissions import address, routes


@pytest.fixture
async def things(staff):
    """One of each kind that has an id, by the name it has in a path."""
    kim = await staff.operator(Role.SUPPORT)
    opened = await staff.session(kim)
    async with await staff.signed_in() as admin:

        async def made(path, body):
            answer = await admin.post(path, json=body)
            assert answer.status_code == 201, answer.text
            return answer.json()

        contact = await made("/api/v1/contacts", {"addresses": ["+12125550101"]})
        invited = await made("/admin/api/invitations", {"email": "sam@example.com", "role": "support"})
        key = await made("/api/v1/keys", {"name": "shop", "scopes": ["messages:read"]})
        request = await made("/api/v1/rights-requests", {"kind": "access", "address": "+12125550101"})
        records = (await admin.get("/api/v1/audit")).json()["items"]
    return {
        "contact_id": contact["id"],
        "point_id": contact["contact_points"][0]["id"],
        "operator_id": str(kim.id),
        "session_id": str(opened.session.id),
        "invitation_id": invited["invitation"]["id"],
        "key_id": key["key"]["id"],
        "request_id": request["id"],
        "record_id": records[0]["id"],
    }


async def told(browser, method, path, handler, ids):
    """Status and words, without what differs from request to request."""
    body = handler.opt.get("example", {}) if handler.parsed_data_field is not None else None
    answer = await browser.request(method, address(path, ids), json=body, headers={"X-Reason": "They asked."})
    if "json" not in answer.headers.get("content-type", ""):
        return answer.status_code, None
    return answer.status_code, {name: value for name, value in answer.json().items() if name != "request_id"}


def with_ids(app, things):
    return [one for one in routes(app) if any(f"{{{name}}}" in one[1] for name in things)]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SUPPORT, Role.MANAGER, Role.COMPLIANCE])
async def test_who_lacks_the_permission_is_told_the_same_of_what_is_there_and_of_what_is_not(staff, things, role):
    tried = 0
    async with await staff.signed_in(role) as browser:
        for method, path, handler in with_ids(staff.process.app, things):
            if not permissions_of(role) >= set(needed(handler.opt) or ()):
                there = await told(browser, method, path, handler, things)
                missing = await told(browser, method, path, handler, {})
                assert there == missing, f"{method} {path}"
                assert there[0] == 403, f"{method} {path}"
                tried += 1
    assert tried > 3


async def test_an_id_of_another_kind_is_answered_like_one_of_nothing(staff, things):
    """By whoever may everything: so it is the id alone that does not open anything."""
    tried = 0
    async with await staff.signed_in() as admin:
        for method, path, handler in with_ids(staff.process.app, things):
            names = [name for name in things if f"{{{name}}}" in path]
            missing = await told(admin, method, path, handler, {})
            for wrong in [value for name, value in things.items() if name not in names]:
                got = await told(admin, method, path, handler, dict.fromkeys(names, wrong))
                assert got == missing, f"{method} {path} {wrong}"
                assert got[0] in (404, 409, 422), f"{method} {path}: {got}"
                tried += 1
    assert tried > 150


async def test_what_is_no_id_is_no_route_and_repeats_nothing(staff, things):
    odd = (
        "1",
        "0",
        "-1",
        "null",
        "pat@example.com",
        "' or 1=1 --",
        "{id}",
        str(uuid4())[:-1],
        f"{uuid4()}x",
        "%F0%9F%98%80",
    )
    async with await staff.signed_in() as admin:
        for method, path, handler in with_ids(staff.process.app, things):
            for one in odd:
                ids = dict.fromkeys(things, one)
                status, words = await told(admin, method, path, handler, ids)
                assert status in (404, 405, 422), f"{method} {path} {one}"
                assert len(one) < 4 or one not in str(words)


async def test_somebody_elses_passkey_session_and_codes_are_not_ones_own(staff, things):
    """Everybody may do these with what is theirs."""
    async with await staff.signed_in(Role.ADMIN) as admin:
        assert (await admin.delete(f"/admin/api/sessions/{things['session_id']}")).status_code == 404
        assert (await admin.delete(f"/admin/api/account/passkeys/{things['session_id']}")).status_code == 404
    assert await staff.process.scalar("SELECT count(*) FROM operator_sessions WHERE id = $1", things["session_id"]) == 1
