"""Bodies, methods and paths that no page of ours ever made, before the preferences pages."""

import pytest

from tests.forms.person import form_with

PAT = "pat@example.com"


async def kept(business):
    ledger = await business.ask("select id, status from consent_entries where status <> 'code_asked' order by id")
    return ledger, await business.ask("select * from suppressions")


@pytest.mark.parametrize(
    ("body", "kind", "statuses"),
    [
        (b"", None, {409}),
        (b"x" * 2_000_000, "application/x-www-form-urlencoded", {413}),
        (b"visit=" + b"A" * 900_000, "application/x-www-form-urlencoded", {409}),
        (b"&".join(b"a%d=1" % number for number in range(5_000)), "application/x-www-form-urlencoded", {409}),
        (b"visit=%ff%fe%00&address=%00&code=%c0%ae", "application/x-www-form-urlencoded; charset=utf-7", {409}),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded", {409}),
        (b'{"visit": {"$ne": 1}, "address": []}', "application/json", {409}),
        (b'--x\r\nContent-Disposition: form-data; name="visit"\r\n\r\n', "multipart/form-data; boundary=x", {409}),
        (b"--x", "multipart/form-data", {409}),
        (b"<a/>", "text/xml", {409}),
    ],
)
async def test_a_body_that_is_none_of_ours_is_refused_in_words(business, pat, body, kind, statuses):
    before = await kept(business)
    for path in ("/preferences", "/preferences/code", "/preferences/choices"):
        answer = await pat.web.post(path, content=body, headers={"Content-Type": kind} if kind else {})
        assert answer.status_code in statuses, path
    assert await kept(business) == before
    assert await business.ask("select from challenges") == []


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE"])
async def test_other_methods_change_nothing(business, pat, method):
    await business.agreed(PAT)
    message = (await business.send(PAT)).message
    choices = await pat.prove(PAT)
    fields = {**form_with(choices, "Save my choices").fields, "stop.weekly-offers": "yes", "everything": "yes"}
    link = business.ports.links().preferences(message.contact_point_id, message.program_id, message.id)
    before = await kept(business)
    for path in ("/preferences", "/preferences/code", "/preferences/choices", f"{link}?everything", f"{link}?stop"):
        answer = await pat.web.request(method, path, data=fields)
        assert answer.status_code in (200, 204, 405)
    assert await kept(business) == before


@pytest.mark.parametrize(
    "path",
    [
        "//preferences",
        "/preferences//",
        "/preferences/%2e%2e/u/x",
        "/preferences/..%2f..%2fu",
        "/preferences/code/../choices",
        "/preferences/choices/x",
        "/preferences/%00",
        "/preferences/" + "A" * 88,
        "/preferences/" + "A" * 6_000,
        "/preferences/%ff%fe",
        "/PREFERENCES",
        "/preferences;a=b",
        "/preferences/choices%20",
    ],
)
async def test_odd_paths_open_nothing(business, pat, path):
    await business.agreed(PAT)
    choices = await pat.prove(PAT)
    fields = {**form_with(choices, "Save my choices").fields, "everything": "yes"}
    before = await kept(business)
    for method in ("GET", "POST"):
        answer = await pat.web.request(method, path, data=fields if method == "POST" else None)
        assert answer.status_code in (200, 400, 404, 405, 409)
    if path != "/preferences/code/../choices":
        assert await kept(business) == before
