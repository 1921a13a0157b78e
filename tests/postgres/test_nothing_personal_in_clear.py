"""After a busy day nothing that says who somebody is, or what was written to them, lies anywhere in clear."""

import asyncio
import os
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import httpx
import pytest

from bootstrap.embedded.server import EmbeddedServer

pytestmark = pytest.mark.xdist_group("the machine to itself")

# Whatever a person, or a business about a person, tells the product; each must be in no file, log or metric.
PERSONAL = {
    "phone": "+12125550163",
    "other phone": "+12125550164",
    "unknown phone": "+12125550165",
    "email": "zebulon.quince@example.com",
    "unknown email": "wilhelmina.ostrich@example.com",
    "name": "Zebulon Quince",
    "ip": "203.0.113.77",
    "user agent": "Zebrowser/7.3",
    "words of a text": "galoshes at 20% off",
    "words of a mail": "umbrellas for rainy zebras",
    "subject of a mail": "Zebras in the rain",
    "variable": "pangolin-slippers",
    "reference": "customer-quince-77",
    "attribute": "likes-purple-xylophones",
    "reason for leaving": "too many zebras lately",
    "words of a reply": "ask my uncle quentin about xylophones",
    "reason to look": "quince called about it",
    "page": "https://acme.example/join?who=zq",
    "key of a request": "idem-quince-4711",
}
EVIDENCE = {
    "source": "first_party",
    "medium": "web_form",
    "affirmative_act": "checkbox_checked",
    "disclosure_text_verbatim": "I agree to automated texts from Acme Ltd. Not a condition of purchase.",
    "language": "en-US",
    "url": PERSONAL["page"],
    "ip": PERSONAL["ip"],
    "user_agent": PERSONAL["user agent"],
    "identity": PERSONAL["name"],
    "not_condition_of_purchase_disclosed": True,
    "autodialer_disclosed": True,
    "sellers_named": ["acme"],
    "doi_requested_at": "2026-11-01T12:00:00Z",
    "doi_confirmed_at": "2026-11-01T12:05:00Z",
}
POLLS = 5_000


def forms(secret: str) -> list[bytes]:
    """As it is, as a number without its plus, and in the hexadecimal PostgreSQL shows bytes in."""
    plain = {secret, secret.lower(), secret.lstrip("+")}
    return [one.encode() for one in plain] + [one.encode().hex().encode() for one in plain]


def seen_in(text: bytes) -> set[str]:
    lowered = text.lower()
    return {name for name, secret in PERSONAL.items() if any(form.lower() in lowered for form in forms(secret))}


@contextmanager
def running(command: str, said: Path, **settings: str):
    """`optin serve` or `optin worker`, as an operator would start it; what it says is kept in a file as it comes."""
    program = [sys.executable, "-m", "bootstrap", command]
    ready = threading.Event()

    def listen() -> None:
        with said.open("wb", buffering=0) as kept:
            for line in process.stdout:
                kept.write(line)
                if b"Started worker" in line:
                    ready.set()

    with subprocess.Popen(  # noqa: S603
        program,
        env={"PATH": os.environ["PATH"], **settings},
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        listening = threading.Thread(target=listen)
        listening.start()
        try:
            yield process, ready
        finally:
            process.terminate()
            listening.join()


@contextmanager
def installed(tmp_path: Path, lmtp_bind: str = "", **more: str):
    """The API in one process, where mail comes in too if it is said where, and the worker in another, on a database of
    their own.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = tmp_path / "data"
    settings = {"OPTIN_DATA_DIR": str(data), "OPTIN_PORT": str(port), "OPTIN_WORKER": "false", **more}
    with (
        running("serve", tmp_path / "served", **settings, OPTIN_LMTP_BIND=lmtp_bind) as (server, ready),
        running("worker", tmp_path / "worked", **settings) as (worker, _),
    ):
        assert ready.wait(timeout=60)
        key = (data / "first-key").read_text().strip()
        url = f"http://127.0.0.1:{port}"
        with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=30) as http:
            yield http, data
    assert (worker.returncode, server.returncode) == (0, 0)


def told(http, path, body, status=201, **headers):
    answer = http.post(f"/api/v1/{path}", json=body, headers=headers)
    assert answer.status_code in (status if isinstance(status, tuple) else (status,)), answer.text
    return answer.json()


def a_busy_day(http):
    """Everything that takes in something personal, and what is wrong with some of it."""
    acme = {
        "slug": "acme",
        "legal_name": "Acme Ltd",
        "postal_address": "1 Main St, Springfield, IL 62701, US",
        "support": "https://acme.example/help",
        "sms_from": "+12125550100",
        "email_from": "news@acme.example",
    }
    told(http, "senders", acme)
    for slug, category in (("offers", "marketing"), ("orders", "transactional")):
        text = {"channel": "sms", "locale": "en-US", "text": EVIDENCE["disclosure_text_verbatim"]}
        program = {
            "slug": slug,
            "name": slug,
            "purpose": "Offers and orders",
            "category": category,
            "channels": ["sms", "email"],
            "frequency": "up to 4 messages a month",
            "sender": "acme",
            "disclosures": [text],
        }
        told(http, "programs", program)
        http.post(f"/api/v1/programs/{slug}/actions/activate").raise_for_status()
    template = {
        "slug": "shipped",
        "name": "Shipped",
        "channel": "sms",
        "category": "transactional",
        "content": {"text": "Acme: your {{ thing }} are on their way."},
        "locale": "en-US",
    }
    told(http, "templates", template)
    http.post("/api/v1/templates/shipped/actions/publish").raise_for_status()
    people(http)
    messages(http)
    replies(http)
    mistakes(http)


def people(http):
    contact = {
        "addresses": [PERSONAL["phone"], PERSONAL["email"]],
        "locale": "en-US",
        "reference": PERSONAL["reference"],
        "attributes": {"note": PERSONAL["attribute"], "name": PERSONAL["name"]},
    }
    told(http, "contacts", contact, **{"Idempotency-Key": PERSONAL["key of a request"]})
    told(http, "contacts", contact, **{"Idempotency-Key": PERSONAL["key of a request"]})
    for channel, address, kind in (
        ("sms", PERSONAL["phone"], "PEWC"),
        ("sms", PERSONAL["other phone"], "PEWC"),
        ("email", PERSONAL["email"], "EMAIL_OPTIN"),
    ):
        for program in ("offers", "orders"):
            given = {"address": address, "program": program, "channel": channel, "evidence": EVIDENCE}
            told(http, "consents", given | {"type": kind if program == "offers" else "PEC"})
    for address in (PERSONAL["other phone"], PERSONAL["unknown phone"], PERSONAL["unknown email"]):
        gone = {"address": address, "program": None, "channel": None, "reason": PERSONAL["reason for leaving"]}
        told(http, "consents/withdraw", gone, status=200)
    told(http, "verifications", {"address": PERSONAL["phone"], "purpose": "login"}, status=(202, 404))


def messages(http):
    text = {"text": f"Acme: {PERSONAL['words of a text']}. Reply STOP to opt out."}
    mail = {"subject": PERSONAL["subject of a mail"], "text": PERSONAL["words of a mail"]}
    for number, (to, channel, content) in enumerate(
        (
            (PERSONAL["phone"], "sms", {"content": {"text": f"Your {PERSONAL['words of a text']} order left."}}),
            (
                PERSONAL["phone"],
                "sms",
                {"template": "shipped", "variables": {"thing": PERSONAL["variable"]}},
            ),
            (PERSONAL["email"], "email", {"content": mail | {"html": f"<p>{PERSONAL['words of a mail']}</p>"}}),
            (PERSONAL["other phone"], "sms", {"content": text}),
            (PERSONAL["unknown phone"], "sms", {"content": text}),
        )
    ):
        for program in ("orders", "offers"):
            body = {"to": to, "channel": channel, "program": program, "reference": f"order-{number}"} | content
            key = f"{PERSONAL['key of a request']}-{program}-{number}"
            for _ in range(2):
                http.post("/api/v1/messages/send_with_consent", json=body, headers={"Idempotency-Key": key})
    told(http, "decisions", {"to": PERSONAL["phone"], "program": "offers", "channel": "sms"}, status=(200, 201))
    told(http, "contacts/lookup", {"address": PERSONAL["email"]}, status=200)


def replies(http):
    """Read, unclear, opted out, from nobody we know, and to nobody who is there."""
    words = PERSONAL["words of a reply"]
    for sender, text in (
        (PERSONAL["phone"], words),
        (PERSONAL["phone"], f"{words}. Enough?"),
        (PERSONAL["phone"], "HELP"),
        (PERSONAL["other phone"], f"{words}, and please stop texting me"),
        (PERSONAL["unknown phone"], f"stop texting me, {words}"),
    ):
        told(http, "sandbox/replies", {"from": sender, "to": "+12125550100", "text": text})
    told(http, "sandbox/replies", {"from": PERSONAL["phone"], "to": PERSONAL["other phone"], "text": words})
    told(http, "sandbox/replies", {"from": words, "to": "+12125550100", "text": words}, status=422)
    for reply in http.get("/api/v1/replies").json()["items"]:
        path = f"replies/{reply['id']}/actions"
        told(http, f"{path}/reveal", {"reason": PERSONAL["reason to look"]}, status=(200, 409))
        told(http, f"{path}/dismiss", None, status=(200, 409))


def mistakes(http):
    """Personal data where it does not belong; bodies that are cut; numbers that are none."""
    send, name, phone = "/api/v1/messages/send_with_consent", PERSONAL["name"], PERSONAL["phone"]
    for body in (
        {"to": f"{phone} or {PERSONAL['email']}", "channel": "sms", "program": "offers", "content": {"text": name}},
        {"to": phone, "channel": "sms", "program": name, "content": {"text": name}},
        {"to": phone, "channel": "sms", "program": f"{name}\x00", "content": {"text": name}},
        {"to": phone, "channel": "sms", "program": "orders", "content": {"text": name}, "reference": f"{phone}\x00"},
        {"to": phone, "channel": "sms", "program": "orders", "template": f"{name}\x00", "variables": {"thing": name}},
        {"to": phone, "channel": "sms", "program": "offers", name: phone, "content": {"text": name}},
        {"to": phone, "channel": phone, "program": "offers", "content": {"text": name}},
    ):
        assert 400 <= http.post(send, json=body).status_code < 500, body
    cut = f'{{"to": "{phone}", "content": {{"text": "{name}'.encode()
    assert http.post(send, content=cut, headers={"Content-Type": "application/json"}).status_code == 400
    for path in ("contacts/lookup", "consents", "consents/withdraw"):
        wrong = {"address": f"{name} {phone}", "program": name, "channel": name}
        assert http.post(f"/api/v1/{path}", json=wrong).status_code >= 400
    assert http.get("/api/v1/messages", params={"reference": f"{name}\x00", "program": name}).status_code >= 400


async def everything_stored(url: str) -> bytes:
    """Each row of each table as PostgreSQL prints it, so that nothing hides in a compressed value."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        await connection.execute("CHECKPOINT")
        tables = await connection.fetch("SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables")
        parts = []
        for table in tables:
            rows = await connection.fetch(f"SELECT t::text AS row FROM {table['name']} t")  # noqa: S608
            parts += [str(row["row"]).encode() for row in rows]
        return b"\n".join(parts)
    finally:
        await connection.close()


def handed_over(http, least):
    for _ in range(POLLS):
        found = http.get("/api/v1/sandbox/messages", params={"limit": 50}).json()["items"]
        if len(found) >= least:
            return found
    raise AssertionError(f"Only {len(found)} messages reached the sandbox.")


def test_nothing_personal_lies_in_clear_anywhere(tmp_path):
    with installed(tmp_path) as (http, data):
        a_busy_day(http)
        phone = handed_over(http, 3)
        assert {PERSONAL["phone"], PERSONAL["email"]} <= {message["to"] for message in phone}
        assert {"phone", "email", "variable"} <= seen_in(http.get("/api/v1/sandbox/messages").content)
        assert seen_in(http.get("/metrics").content) == set()
        with EmbeddedServer(data) as server:
            stored = asyncio.run(everything_stored(server.url(role="postgres")))
        assert b"order-1" in stored
        assert seen_in(stored) == set()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any("pg_wal" in path.parts for path in files)
    assert any("log" in path.parts for path in files)
    assert b"OptIn Manager serves" in (tmp_path / "served").read_bytes()
    told_where = {}
    for path in files:
        if found := seen_in(path.read_bytes()):
            told_where[str(path.relative_to(tmp_path))] = found
    assert told_where == {}
