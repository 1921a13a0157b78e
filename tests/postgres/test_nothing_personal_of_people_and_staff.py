"""After a day of people and staff nothing of them lies in clear: not in the database, its files, a log, a trace, a
metric, an address somebody was sent to, or a refusal; and no secret that was made for them.
"""

import asyncio
import re
import socket
from contextlib import closing

import pytest

from bootstrap.embedded.server import EmbeddedServer
from tests.http.collector import collector
from tests.postgres.busy_people import (
    CONTROL,
    PERSONAL,
    REQUEST,
    Day,
    business,
    looked_after,
    person,
    staff_sign_in,
    written_to,
)
from tests.postgres.test_nothing_personal_in_clear import everything_stored, installed

pytestmark = pytest.mark.xdist_group("the machine to itself")

# Six digits are found by chance in any large file, so where codes lie is asked of texts only.
SHORT = re.compile(r"\d{6}")


def ways_to_write(secret):
    """As it is, as a number without its plus, as in an address, and in the hexadecimal PostgreSQL shows bytes in."""
    plain = {
        secret,
        secret.lstrip("+"),
        secret.replace("@", "%40"),
        secret.replace(" ", "%20"),
        secret.replace(" ", "+"),
    }
    raw = {one.lower().encode() for one in plain}
    return raw | {one.encode().hex().encode() for one in plain}


def seen_in(text, secrets, *, words=False):
    """Names of what is found. In words a code counts where no other digit or letter stands beside it."""
    lowered = text.lower()
    found = set()
    for name, secret in secrets.items():
        if SHORT.fullmatch(secret):
            if words and re.search(rb"(?<![0-9a-f.-])" + secret.encode() + rb"(?![0-9a-f.-])", lowered):
                found.add(name)
        elif any(way in lowered for way in ways_to_write(secret)):
            found.add(name)
    return found


def first_link(tmp_path):
    """As the console says it."""
    return re.search(rb"\S+/admin/\S*#\S+", (tmp_path / "served").read_bytes())[0].decode()


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_nothing_of_people_or_staff_lies_in_clear_anywhere(tmp_path):
    mail_port = free_port()
    with collector() as (endpoint, received):
        settings = {
            "OPTIN_OTLP_ENDPOINT": endpoint,
            "OPTIN_MAIL_DOMAIN": "mail.acme.example",
            "OPTIN_FORM_WORK": "0",
        }
        with installed(tmp_path, f"127.0.0.1:{mail_port}", **settings) as (http, data):
            with closing(Day(http, first_link(tmp_path))) as day:
                staff_sign_in(day)
                business(day)
                person(day)
                written_to(day, mail_port)
                looked_after(day)
            metrics = http.get("/metrics").content
            with EmbeddedServer(data) as server:
                stored = asyncio.run(everything_stored(server.url(role="postgres")))
    secrets = PERSONAL | day.secrets
    assert len(day.secrets) > 20
    traces = b"".join(body for _, body in received)
    # What is there to be found is found.
    assert seen_in(stored, {"control": CONTROL}) == {"control"}
    assert seen_in((tmp_path / "served").read_bytes(), {"control": REQUEST}) == {"control"}
    assert seen_in(traces, {"control": "/api/v1/contacts/lookup"}) == {"control"}
    assert seen_in(metrics, {"control": "/api/v1/contacts/lookup"}) == {"control"}
    assert seen_in(day.refusals, {"control": "/docs/problems/sign-in-failed"}) == {"control"}
    assert seen_in(b"(048213)", {"code": "048213"}, words=True) == {"code"}
    assert seen_in(stored, secrets) == set()
    assert seen_in(traces, secrets) == set()
    assert seen_in(metrics, secrets, words=True) == set()
    assert seen_in(day.refusals, secrets, words=True) == set()
    assert seen_in(day.places, PERSONAL) == set()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    logs = {tmp_path / "served", tmp_path / "worked"}
    assert logs <= set(files)
    assert any("pg_wal" in path.parts for path in files)
    found = {str(path.relative_to(tmp_path)): seen_in(path.read_bytes(), secrets, words=path in logs) for path in files}
    assert {path: names for path, names in found.items() if names} == {}
