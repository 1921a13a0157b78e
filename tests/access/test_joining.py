"""Invitations, new passwords, roles and keys: what is used once, what nobody may grant, where links lead."""

import asyncio
from datetime import timedelta

from domain.roles import Role
from tests.access.conftest import PASSWORD, sign_in
from tests.contracts.mail_server import MailServer

SAM = {"email": "sam@example.com", "role": "support"}


class Mailbox(MailServer):
    """A mail server, with a bell for who waits for a mail."""

    def __init__(self):
        super().__init__()
        self.arrived = asyncio.Queue()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - what aiosmtpd calls
        answer = await super().handle_DATA(server, session, envelope)
        await self.arrived.put(self.mails[-1])
        return answer


async def invited(browser, **other):
    answer = await browser.post("/admin/api/invitations", json={**SAM, **other})
    assert answer.status_code == 201, answer.text
    return answer.json()["link"].rpartition("#")[2]


async def test_an_invitation_makes_one_account_with_its_role_and_no_other(staff):
    async with await staff.signed_in() as admin, staff.browser() as sam, staff.browser() as thief:
        token = await invited(admin)
        joining = {"token": token, "name": "Sam Doe", "password": PASSWORD}
        for more in ({"role": "admin"}, {"email": "thief@example.com"}, {"id": "0"}):
            answer = await sam.post("/admin/api/invitations/actions/accept", json={**joining, **more})
            assert answer.json()["errors"][0]["code"] == "unknown-field"
        path = "/admin/api/invitations/actions/accept"
        both = await asyncio.gather(sam.post(path, json=joining), thief.post(path, json=joining))
        assert sorted(answer.status_code for answer in both) == [200, 403]
        assert (await thief.post(path, json=joining)).json()["code"] == "link-unusable"
        listed = (await admin.get("/admin/api/operators")).json()["items"]
        assert (listed[0]["email"], listed[0]["role"]) == ("sam@example.com", "support")


async def test_an_invitation_ends_after_three_days_or_when_it_is_withdrawn(staff):
    path = "/admin/api/invitations/actions/accept"
    body = {"name": "Sam Doe", "password": PASSWORD}
    async with await staff.signed_in() as admin, staff.browser() as sam:
        withdrawn, late = await invited(admin), await invited(admin, email="kim@example.com")
        items = (await admin.get("/admin/api/invitations")).json()["items"]
        assert [one["email"] for one in items] == ["k***@example.com", "s***@example.com"]
        assert (await admin.delete(f"/admin/api/invitations/{items[1]['id']}")).status_code == 204
        assert (await sam.post(path, json={**body, "token": withdrawn})).status_code == 403
        staff.process.clock.ahead += timedelta(hours=73)
        assert (await sam.post(path, json={**body, "token": late})).status_code == 403


async def test_nobody_makes_themselves_more_than_they_are(staff):
    """Mass assignment and role change."""
    async with await staff.signed_in(Role.MANAGER) as manager:
        me = (await manager.get("/admin/api/account")).json()["operator"]
        for more in ({"role": "admin"}, {"permissions": ["keys:write"]}, {"disabled_at": None}):
            assert (await manager.patch("/admin/api/account", json={"name": "Me", **more})).status_code == 422
        assert (await manager.patch(f"/admin/api/operators/{me['id']}", json={"role": "admin"})).status_code == 403
        assert (await manager.get("/admin/api/account")).json()["operator"]["role"] == "manager"


async def test_another_role_or_none_ends_every_sign_in_and_one_administrator_remains(staff):
    kim = await staff.operator(Role.SUPPORT)
    async with await staff.signed_in() as admin, staff.browser(await staff.session(kim)) as support:
        me = (await admin.get("/admin/api/account")).json()["operator"]["id"]
        last = [
            await admin.patch(f"/admin/api/operators/{me}", json={"role": "support"}),
            await admin.post(f"/admin/api/operators/{me}/actions/disable"),
        ]
        assert [answer.json()["code"] for answer in last] == ["last-admin"] * 2
        assert (await admin.patch(f"/admin/api/operators/{kim.id}", json={"role": "auditor"})).status_code == 200
        assert (await support.get("/admin/api/session")).status_code == 401
    async with await staff.signed_in() as admin, staff.browser(await staff.session(kim)) as support:
        assert (await admin.post(f"/admin/api/operators/{kim.id}/actions/disable")).json()["active"] is False
        assert (await support.get("/admin/api/session")).status_code == 401


async def test_two_administrators_cannot_end_each_other_at_once(staff):
    one, two = await staff.operator(), await staff.operator()
    async with staff.browser(await staff.session(one)) as first, staff.browser(await staff.session(two)) as second:
        await asyncio.gather(
            first.post(f"/admin/api/operators/{two.id}/actions/disable"),
            second.post(f"/admin/api/operators/{one.id}/actions/disable"),
        )
    left = "SELECT count(*) FROM operators WHERE role = 'admin' AND disabled_at IS NULL"
    assert await staff.process.scalar(left) == 1


async def test_a_link_for_a_new_password_leads_here_whatever_host_was_asked_and_works_once(staff, start):
    """Host header, reuse, unknown addresses."""
    async with Mailbox().running() as mailbox:
        mail = {"email_carrier": "smtp", "smtp_host": "127.0.0.1", "smtp_port": mailbox.port, "smtp_security": "none"}
        process = start(public_url="https://optin.example", operator_mail_from="optin@example.com", **mail)
        elsewhere = type(staff)(process)
        pat = await elsewhere.operator(Role.SUPPORT, password=PASSWORD, email="pat@example.com")
        await elsewhere.session(pat)
        async with elsewhere.browser() as browser:
            body = {"token": await _asked_for_reset(browser, mailbox), "password": PASSWORD.upper()}
            path = "/admin/api/password_resets/actions/finish"
            weak = await browser.post(path, json={**body, "password": "password12345678"})
            assert weak.json()["code"] == "weak-password"
            finished = await asyncio.gather(*(browser.post(path, json=body) for _ in range(3)))
            assert sorted(answer.status_code for answer in finished) == [204, 403, 403]
            assert await process.scalar("SELECT count(*) FROM operator_sessions") == 0
            assert (await sign_in(browser, "pat@example.com", PASSWORD)).status_code == 403
            assert (await sign_in(browser, "pat@example.com", PASSWORD.upper())).status_code == 200
        await process.ports.carriers().close()


async def _asked_for_reset(browser, mailbox):
    """The token in the mail that came, and that no other came."""
    forged = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    path = "/admin/api/password_resets"
    unknown = await browser.post(path, json={"email": "nobody@example.com"}, headers=forged)
    known = await browser.post(path, json={"email": "pat@example.com"}, headers=forged)
    assert (unknown.status_code, unknown.content) == (known.status_code, known.content)
    assert known.status_code == 202
    mail = await asyncio.wait_for(mailbox.arrived.get(), 20)
    assert mail["To"] == "pat@example.com"
    assert mailbox.arrived.empty()
    text = mail.get_content()
    assert "evil" not in text
    link = next(word for word in text.split() if "#" in word)
    assert link.startswith("https://optin.example/admin/reset#")
    return link.rpartition("#")[2]


async def test_a_key_and_its_issuer_cannot_grant_more_than_they_have(staff):
    expires = (staff.process.clock.now() + timedelta(days=1)).isoformat()
    async with await staff.signed_in() as admin, staff.browser() as caller:
        assert (await admin.post("/api/v1/keys", json={"name": "live", "live": True})).json()["code"] == "cannot-grant"
        narrow = {"name": "a", "scopes": ["keys:*"], "expires_at": expires, "networks": ["127.0.0.0/24"]}
        issued = (await admin.post("/api/v1/keys", json=narrow)).json()
        caller.headers["Authorization"] = f"Bearer {issued['secret']}"
        wider = [
            {**narrow, "scopes": ["*"]},
            {**narrow, "scopes": ["messages:send"]},
            {**narrow, "expires_at": None},
            {**narrow, "networks": []},
            {**narrow, "networks": ["127.0.0.0/8"]},
            {**narrow, "live": True},
        ]
        answers = [await caller.post("/api/v1/keys", json=one) for one in wider]
        assert [answer.json()["code"] for answer in answers] == ["cannot-grant"] * 6
        for more in ({"revoked_at": None}, {"last_used_at": None}, {"id": "0"}):
            assert (await caller.post("/api/v1/keys", json={**narrow, **more})).status_code == 422
        assert (await caller.post("/api/v1/keys", json={**narrow, "networks": ["127.0.0.1/32"]})).status_code == 201


async def test_a_key_works_from_its_networks_only_and_notes_that_it_was_used(staff):
    async with await staff.signed_in() as admin:
        made = {"name": "a", "scopes": ["senders:read"], "networks": ["203.0.113.0/24", "2001:db8::/32"]}
        secret = (await admin.post("/api/v1/keys", json=made)).json()["secret"]
        key = {"Authorization": f"Bearer {secret}"}
        for ip, status in (
            ("203.0.113.9", 200),
            ("::ffff:203.0.113.9", 200),
            ("2001:db8::1", 200),
            ("198.51.100.1", 403),
        ):
            async with staff.browser(ip=ip) as caller:
                assert (await caller.get("/api/v1/senders", headers=key)).status_code == status, ip
        listed = (await admin.get("/api/v1/keys")).json()["items"]
        assert listed[0]["last_used_at"] is not None
        assert (await admin.post("/api/v1/keys", json={**made, "networks": ["everywhere"]})).status_code == 422
        first = listed[0]["last_used_at"]
        async with staff.browser(ip="203.0.113.9") as caller:
            await caller.get("/api/v1/senders", headers=key)
            assert (await admin.get("/api/v1/keys")).json()["items"][0]["last_used_at"] == first
            staff.process.clock.ahead += timedelta(minutes=2)
            await caller.get("/api/v1/senders", headers=key)
        assert (await admin.get("/api/v1/keys")).json()["items"][0]["last_used_at"] != first
