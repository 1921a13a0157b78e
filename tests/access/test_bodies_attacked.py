"""What a body may hold is what the description says: nothing more is taken from it, however it is written."""

import gzip

import msgspec
import pytest

from adapters.inbound.http.edge import MOST_BYTES, MOST_BYTES_OF_A_BATCH
from domain.roles import Role
from tests.access.conftest import PASSWORD, sign_in
from tests.access.test_permissions import address, routes

# What would make somebody more than they are, or something somebody else's, if it were taken over.
BOLD = (
    "id", "role", "roles", "permissions", "scopes", "scope", "tenant", "tenant_id", "live", "admin", "is_admin",
    "actor", "actor_id", "by", "operator_id", "created_at", "updated_at", "disabled_at", "revoked_at", "expires_at",
    "owner", "active", "verified", "fresh", "proven_at", "password_hash", "code_secret", "status", "version",
    "entry_hash", "__proto__", "constructor", "$set", "Role", "ROLE", "role ", "",
)  # fmt: skip
JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def admin(staff):
    async with await staff.signed_in(Role.ADMIN) as browser:
        yield browser


def written(app):
    """Method, path, example body of every route that takes one."""
    for method, path, handler in routes(app):
        if handler.parsed_data_field is not None:
            yield method, path, handler.opt["example"]


def resolved(schema, described):
    """Where null may stand in its place, what is not null."""
    while True:
        if "$ref" in schema:
            schema = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        elif any(key in schema for key in ("oneOf", "anyOf", "allOf")):
            choices = schema.get("oneOf") or schema.get("anyOf") or schema.get("allOf")
            schema = next(one for one in choices if one.get("type") != "null")
        else:
            return schema


def schemas(described, method, path):
    said = described["paths"][path][method.lower()]["requestBody"]["content"]["application/json"]["schema"]
    return resolved(said, described)


def objects(schema, value, described, where=()):
    """Every object of a body that has fields of its own, with the names of those."""
    schema = resolved(schema, described)
    if isinstance(value, dict) and schema.get("properties"):
        yield where, set(schema["properties"])
        for name, inner in value.items():
            yield from objects(schema["properties"].get(name, {}), inner, described, (*where, name))
    elif isinstance(value, list) and schema.get("items") and value:
        yield from objects(schema["items"], value[0], described, (*where, 0))


def with_more(body, where, extra):
    body = msgspec.json.decode(msgspec.json.encode(body))
    place = body
    for step in where:
        place = place[step]
    place.update(extra)
    return body


async def recorded(process):
    return await process.scalar("SELECT count(*) FROM audit_records")


async def test_no_field_is_taken_that_is_not_ones_own_to_give(staff, admin):
    """Mass assignment: each field the description does not know is refused by name, on each route and each level."""
    described = (await admin.get("/docs/openapi.json")).json()
    before, tried = await recorded(staff.process), 0
    for method, path, example in written(staff.process.app):
        for where, known in objects(schemas(described, method, path), example, described):
            extra = {name: "admin" for name in BOLD if name not in known}
            answer = await admin.request(method, address(path), json=with_more(example, where, extra))
            what = f"{method} {path} {where}: {answer.text}"
            assert (answer.status_code, answer.json()["code"]) == (422, "fields-invalid"), what
            refused = [one for one in answer.json()["errors"] if one["code"] == "unknown-field"]
            assert len(refused) == len(extra), what
            assert len(answer.json()["errors"]) == len(extra), what
            tried += len(extra)
    assert tried > 1500
    assert await recorded(staff.process) == before


def odd(example):
    """Bodies a lenient reader would make something of, and a careless one would fail at."""
    plain = msgspec.json.encode(example)
    yield "utf-16", plain.decode().encode("utf-16"), {}
    yield "utf-32", plain.decode().encode("utf-32"), {}
    yield "utf-7", b"+AHs-" + plain[1:], {}
    yield "overlong", plain + b"\xc0\xbb", {}
    yield "lone half", b'{"name": "\\ud800"}', {}
    yield "a mark first", b"\xef\xbb\xbf" + plain, {}
    yield "packed", gzip.compress(plain), {"Content-Encoding": "gzip"}
    yield "two of them", plain + plain, {}
    yield "single quotes", plain.replace(b'"', b"'"), {}
    yield "a comment", b"/* x */" + plain, {}
    yield "no number", b'{"a": NaN}', {}
    yield "infinite", b'{"a": 1e999}', {}
    yield "huge number", b'{"a": ' + b"9" * 5000 + b"}", {}
    yield "deep list", b"[" * 50_000 + b"]" * 50_000, {}
    yield "deep object", b'{"a":' * 50_000 + b"1" + b"}" * 50_000, {}
    yield "a list", b"[" + plain + b"]", {}
    yield "a text", msgspec.json.encode(plain.decode()), {}
    yield "null", b"null", {}
    yield "nothing", b"", {}
    yield "cut", plain[:-1], {}


async def test_a_body_in_an_odd_dress_is_refused_on_every_route(staff, admin):
    before, tried = await recorded(staff.process), 0
    for method, path, example in written(staff.process.app):
        for what, body, headers in odd(example):
            answer = await admin.request(method, address(path), content=body, headers={**JSON, **headers})
            assert answer.status_code in (400, 415, 422), f"{method} {path} {what}: {answer.text}"
            tried += 1
    assert tried > 1000
    assert await recorded(staff.process) == before


@pytest.mark.parametrize("levels", [33, 200, 450, 900, 5000])
async def test_what_is_nested_too_deep_is_refused_in_each_field(staff, admin, levels):
    """Written by hand, for no encoder goes as deep; with too few, where a field is free in its form, it is read."""
    for method, path, example in written(staff.process.app):
        for name in example:
            rest = msgspec.json.encode({key: value for key, value in example.items() if key != name})[1:]
            value = b'{"a":[' * (levels // 2) + b"1" + b"]}" * (levels // 2)
            content = b'{"' + name.encode() + b'":' + value + (b"," + rest if len(rest) > 1 else rest)
            answer = await admin.request(method, address(path), content=content, headers=JSON)
            assert answer.status_code in (400, 422), f"{method} {path} {name}: {answer.text}"
            assert levels == 33 or answer.json()["code"] == "malformed-json", f"{method} {path} {name}"


async def test_what_is_nested_as_deep_as_may_be_is_read(admin):
    """Brackets within a text are words."""
    told = []
    for levels in (30, 31):
        value = b"[" * levels + msgspec.json.encode('"[{\\' * 50) + b"]" * levels
        body = b'{"given": {"note": %b}, "when": {}}' % value
        told.append((await admin.post("/api/v1/decisions/simulate", content=body, headers=JSON)).json())
    assert told[0]["code"] != "malformed-json"
    assert (told[1]["code"], told[1]["detail"]) == ("malformed-json", "The body is nested deeper than 32 levels.")


async def test_a_field_said_twice_is_the_last_one_and_never_both(staff, admin):
    """Nobody here looks at the first and acts on the last."""
    me = (await admin.get("/admin/api/account")).json()["operator"]
    changed = await admin.patch("/admin/api/account", content=b'{"name": "One", "name": "Two"}', headers=JSON)
    assert changed.json() == {**me, "name": "Two"}
    async with await staff.signed_in(Role.MANAGER) as manager:
        for body in (b'{"name": "One", "role": "admin"}', b'{"name": "One", "n\\u0061me": "Two", "role": "admin"}'):
            assert (await manager.patch("/admin/api/account", content=body, headers=JSON)).status_code == 422
        invited = b'{"email": "sam@example.com", "role": "auditor", "role": "admin"}'
        path = "/admin/api/invitations"
        assert (await manager.post(path, content=invited, headers=JSON)).status_code == 403
    made = await admin.post("/admin/api/invitations", content=invited, headers=JSON)
    assert made.json()["invitation"]["role"] == "admin"


async def test_a_body_that_is_too_large_is_refused_on_every_route_and_says_what_helps(staff, admin):
    tried = 0
    for method, path, example in written(staff.process.app):
        most = MOST_BYTES_OF_A_BATCH if path.endswith("/batch") else MOST_BYTES
        body = msgspec.json.encode(example) + b" " * most
        answer = await admin.request(method, address(path), content=body, headers=JSON)
        assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large"), f"{method} {path}"
        assert f"{most >> 20} MiB; send less at once" in answer.json()["detail"]
        tried += 1
    assert tried > 50


@pytest.mark.parametrize("more", ["\n", "\r\nBcc: eve@example.com", "\x1b[2J", "\u2028", "\u202egnp"])
async def test_what_is_one_line_stays_one_line(staff, admin, more):
    """Every text with a form of its own, on every route: a header, a log or a page takes nothing of it for another."""
    described, tried = (await admin.get("/docs/openapi.json")).json(), 0
    for method, path, example in written(staff.process.app):
        fields = schemas(described, method, path).get("properties", {})
        for name, value in example.items():
            pattern = resolved(fields.get(name, {}), described).get("pattern")
            if pattern in (None, r"\S") or not isinstance(value, str):
                continue
            answer = await admin.request(method, address(path), json={**example, name: value + more})
            assert answer.status_code == 422, f"{method} {path} {name}: {answer.text}"
            assert name in {one["field"] for one in answer.json()["errors"]}
            tried += 1
    assert tried > 25


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "=1+1"])
async def test_a_name_that_looks_like_code_is_shown_as_json_and_nothing_else(admin, name):
    assert (await admin.patch("/admin/api/account", json={"name": name})).json()["name"] == name
    shown = await admin.get("/admin/api/operators")
    assert [one["name"] for one in shown.json()["items"]] == [name]
    assert shown.headers["content-type"] == "application/json"
    assert shown.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "email",
    ["sam@example.com\r\nBcc: eve@example.com", "sam@example.com,eve@example.com", "sam@example.com eve@example.com",
     "<sam@example.com>", "sam@example.com\x00", "sam@example.com;eve@example.com", "Sam <sam@example.com>"],
)  # fmt: skip
async def test_an_invitation_goes_to_one_address_and_no_header(staff, admin, email):
    answer = await admin.post("/admin/api/invitations", json={"email": email, "role": "support"})
    assert answer.status_code == 422, answer.text
    assert await staff.process.scalar("SELECT count(*) FROM operator_links WHERE kind = 'invitation'") == 0


async def test_one_password_in_two_encodings_is_one_and_another_is_none(staff):
    """NFKC, and no more than that: no case folding, no trimming, no cut at 72 bytes."""
    long = "pässwörter " * 12
    await staff.operator(Role.SUPPORT, password=long, email="pat@example.com")
    near = (long.upper(), long.strip(), long[:72], long + "x", long.replace("ä", "a"), f" {long}")
    for number, password in enumerate(near):
        async with staff.browser(ip=f"203.0.113.{number}") as browser:
            browser.headers["User-Agent"] = str(number)
            staff.process.clock.ahead += staff.process.clock.ahead.resolution
            assert (await sign_in(browser, "pat@example.com", password)).status_code in (403, 429), number
    async with staff.browser(ip="198.51.100.1") as browser:
        assert (await sign_in(browser, "pat@example.com", long.replace("ä", "a\u0308"))).status_code == 200
        assert (await sign_in(browser, "pat@example.com", PASSWORD)).status_code == 403
