"""Credentials of providers: who sets them, what is shown, where they may lead, and when they are used."""

from datetime import timedelta

import pytest

from domain.roles import Role
from tests.contracts.twilio_server import ACCOUNT, TOKEN
from tests.settings.credentials import EMAIL, PASSWORD, SMS, code, put, smtp, twilio


async def test_what_is_set_is_shown_without_its_secret(staff, twilio_server):
    async with await staff.signed_in(live=True) as admin:
        assert (await admin.get(SMS)).json() == {
            "channel": "sms",
            "in_use": "sandbox",
            "is_set": False,
            "stored": None,
        }
        told = await put(admin, SMS, twilio(twilio_server))
        assert told == (await admin.get(SMS)).json()
        stored = told["stored"]
        assert (told["in_use"], told["is_set"], stored["account"]) == ("stored", True, ACCOUNT[-4:])
        assert stored["set_by"].startswith("operator:")
        assert stored["set_at"]


async def test_a_secret_is_in_no_answer_no_row_and_no_record(staff, twilio_server, mail_server, caplog, capfd):
    process = staff.process
    async with await staff.signed_in(live=True) as admin:
        answers = [
            await admin.put(SMS, json=twilio(twilio_server)),
            await admin.put(EMAIL, json=smtp(mail_server)),
            await admin.put(SMS, json={**twilio(twilio_server), "account_sid": TOKEN}),
            await admin.put(EMAIL, json=smtp(mail_server, security="none")),
        ]
        answers += [await admin.get(path) for path in (SMS, EMAIL)]
        answers += [await admin.post(f"{path}/actions/test") for path in (SMS, EMAIL)]
    said = "".join(answer.text for answer in answers) + caplog.text + "".join(capfd.readouterr())
    assert TOKEN not in said
    assert PASSWORD not in said
    tables = await process.scalar(
        "SELECT string_agg(quote_ident(tablename), ',') FROM pg_tables WHERE schemaname = 'public'"
    )
    for table in tables.split(","):
        rows = f"SELECT coalesce(string_agg(t::text, ''), '') FROM {table} t"  # noqa: S608 - names of the catalogue
        found = await process.scalar(rows)
        for secret in (TOKEN, PASSWORD):
            assert secret not in found, table
            assert secret.encode().hex() not in found, table


async def test_each_change_and_test_is_on_the_trail_as_set_or_not_set(staff, twilio_server):
    async with await staff.signed_in(live=True) as admin:
        await put(admin, SMS, twilio(twilio_server))
        await put(admin, SMS, twilio(twilio_server, "not-the-token"))
        assert (await admin.post(f"{SMS}/actions/test")).json()["ok"] is False
        assert [(await admin.delete(SMS)).status_code for _ in range(2)] == [204, 204]
        records = (await admin.get("/api/v1/audit?subject=settings:sms")).json()["items"]
    told = [
        (one["action"], [(change["field"], change["before"], change["after"]) for change in one["changes"]])
        for one in reversed(records)
        if one["action"].startswith("settings.")
    ]
    assert told == [
        ("settings.changed", [("credentials", "not set", "set")]),
        ("settings.changed", [("replaced", None, "true")]),
        ("settings.tested", [("outcome", None, "twilio-20003")]),
        ("settings.changed", [("credentials", "set", "not set")]),
    ]


async def test_only_an_administrator_of_the_live_world_who_proved_who_they_are_sets_them(staff, twilio_server):
    body = twilio(twilio_server)
    for role in (Role.MANAGER, Role.SUPPORT, Role.COMPLIANCE, Role.AUDITOR):
        async with await staff.signed_in(role, live=True) as browser:
            assert await code(browser, "PUT", SMS, body) == (403, "not-permitted")
            assert await code(browser, "DELETE", SMS) == (403, "not-permitted")
            assert await code(browser, "POST", f"{SMS}/actions/test") == (403, "not-permitted")
            assert ((await browser.get(SMS)).status_code == 200) == (role in (Role.COMPLIANCE, Role.AUDITOR))
    async with await staff.signed_in() as test:
        assert await code(test, "PUT", SMS, body) == (403, "only-live")
        assert await code(test, "POST", f"{SMS}/actions/test") == (403, "only-live")
    async with await staff.signed_in(live=True) as admin:
        staff.process.clock.ahead += timedelta(minutes=11)
        assert await code(admin, "PUT", SMS, body) == (403, "step-up-needed")
        assert await code(admin, "DELETE", SMS) == (403, "step-up-needed")
        assert (await admin.get(SMS)).json()["is_set"] is False


@pytest.mark.parametrize(
    ("path", "change", "field"),
    [
        (SMS, {"account_sid": "AC1"}, "account_sid"),
        (SMS, {"auth_token": ""}, "auth_token"),
        (SMS, {"auth_token": "to ken\r\n"}, "auth_token"),
        (SMS, {"api_url": "ftp://127.0.0.1"}, "api_url"),
        (SMS, {"api_url": "https://user@127.0.0.1"}, "api_url"),
        (SMS, {"api_url": "https://127.0.0.1:99999"}, "api_url"),
        (SMS, {"live": True}, "live"),
        (EMAIL, {"host": "-"}, "host"),
        (EMAIL, {"host": "mail example"}, "host"),
        (EMAIL, {"port": 0}, "port"),
        (EMAIL, {"security": "ssl"}, "security"),
        (EMAIL, {"security": "none"}, "security"),
        (EMAIL, {"password": "a\nb"}, "password"),
    ],
)
async def test_what_cannot_work_is_refused_field_by_field(staff, twilio_server, path, change, field):
    body = twilio(twilio_server) if path == SMS else {"host": "127.0.0.1", "username": "acme", "password": PASSWORD}
    async with await staff.signed_in(live=True) as admin:
        answer = await admin.put(path, json={**body, **change})
        assert answer.status_code == 422
        assert [problem["field"] for problem in answer.json()["errors"]] == [field]
        assert (await admin.get(path)).json()["is_set"] is False


@pytest.mark.parametrize("host", ["169.254.169.254", "10.0.0.1", "localhost", "::1", "::ffff:10.0.0.1"])
async def test_a_host_inside_is_refused_unless_it_is_a_network_of_ours(staff, start, host):
    strict = type(staff)(start())
    async with await strict.signed_in(live=True) as admin:
        bodies = [(EMAIL, {"host": host}, "host")]
        if ":" not in host:
            there = {"account_sid": ACCOUNT, "auth_token": TOKEN, "api_url": f"https://{host}"}
            bodies.append((SMS, there, "api_url"))
        for path, body, field in bodies:
            answer = await admin.put(path, json=body)
            (problem,) = answer.json()["errors"]
            assert (answer.status_code, answer.json()["code"], problem["field"]) == (422, "host-refused", field)
            assert "OPTIN_EGRESS_ALLOW" in problem["message"]


async def test_the_test_says_what_is_wrong_and_sends_nothing(staff, twilio_server):
    async with await staff.signed_in(live=True) as admin:
        assert await code(admin, "POST", f"{SMS}/actions/test") == (409, "nothing-to-test")
        await put(admin, SMS, twilio(twilio_server))
        assert (await admin.post(f"{SMS}/actions/test")).json() == {"ok": True, "code": None, "reason": None}
        twilio_server.account_status = "suspended"
        assert (await admin.post(f"{SMS}/actions/test")).json()["code"] == "twilio-suspended"
        await put(admin, SMS, twilio(twilio_server, "another"))
        told = (await admin.post(f"{SMS}/actions/test")).json()
        assert (told["ok"], told["code"]) == (False, "twilio-20003")
        assert told["reason"].endswith("(Twilio 20003).")
    assert (twilio_server.fetched, twilio_server.asked) == (3, 0)


async def test_a_mail_server_is_tested_by_logging_in(staff, elsewhere, mail_server):
    there = type(staff)(elsewhere, made=7)
    async with await there.signed_in(live=True) as admin:
        await put(admin, EMAIL, smtp(mail_server))
        assert (await admin.post(f"{EMAIL}/actions/test")).json()["ok"] is True
        assert mail_server.logins == [("acme", True)]
        await put(admin, EMAIL, smtp(mail_server, "battery staple"))
        told = (await admin.post(f"{EMAIL}/actions/test")).json()
        assert (told["code"], told["reason"]) == ("smtp-5.7.8", "The mail server refuses our login (535).")
    async with await staff.signed_in(live=True) as admin:
        assert (await admin.post(f"{EMAIL}/actions/test")).json()["code"] == "smtp-tls"
    assert mail_server.envelopes == []
