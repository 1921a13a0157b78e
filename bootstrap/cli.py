"""`optin`: everything an operator does."""

import asyncio
import os
import sys
from datetime import UTC, datetime
from typing import Annotated, Literal, TypeVar
from uuid import UUID

from cyclopts import App, Parameter
from granian import Granian
from granian.constants import Interfaces, Loops
from granian.http import HTTP1Settings

from adapters.inbound.cli.policy import policy
from adapters.outbound.secrets.ring import RingUnusable
from application.access.keys import IssueApiKey, NewApiKey, RevokeApiKey
from bootstrap.audit_cli import audit
from bootstrap.console import at_the_console
from bootstrap.embedded.errors import DatabaseUnavailable
from bootstrap.first_steps import first_admin_link, first_key, first_steps
from bootstrap.keys_cli import keys
from bootstrap.mail_in import listening
from bootstrap.memory import settle
from bootstrap.operator_cli import operator
from bootstrap.ports import Ports
from bootstrap.proof_cli import dossier
from bootstrap.retention_cli import retention
from bootstrap.running import ready, run
from bootstrap.seed import seed_examples
from bootstrap.settings import SettingsUnusable
from bootstrap.stopping import end_children_at_once, signals
from bootstrap.use_cases import build_all
from bootstrap.watching import watching_keys
from bootstrap.watching_credentials import watching_credentials
from bootstrap.web import VERSION, trace
from bootstrap.worker import build_worker
from domain.access import EVERYTHING, ApiKey
from domain.errors import DomainError, Invalid

T = TypeVar("T")
# The most a request line and its headers may take; the server itself takes a hundred of them, and waits half a minute.
HTTP = HTTP1Settings(max_buffer_size=64 * 1024)
_WHEN = "2027-01-01 or 2027-01-01T18:00+02:00"
app = App(name="optin", version=VERSION, help="Sends SMS and email only to people who agreed, and can prove it.")
key = App(name="key", help="API keys.")
app.command(key)
app.command(policy)
app.command(audit)
app.command(dossier)
app.command(operator)
app.command(keys)
app.command(retention)


def main() -> None:
    try:
        app()
    except (SettingsUnusable, RingUnusable, DatabaseUnavailable, DomainError) as trouble:
        print(f"optin: {trouble}", file=sys.stderr)
        sys.exit(1)


@app.command
def serve() -> None:
    """Answer requests, and work the queue unless OPTIN_WORKER is false."""
    with ready() as settings:
        os.environ["OPTIN_DATABASE_URL"] = settings.database_url
        secret = first_key(settings)
        print(first_steps(settings, secret, first_admin_link(settings)), flush=True)
        server = Granian(
            "bootstrap.asgi:create",
            factory=True,
            address=settings.host,
            port=settings.port,
            interface=Interfaces.ASGI,
            loop=Loops.uvloop,
            log_access=False,
            http1_settings=HTTP,
            websockets=False,
            backpressure=1024,
        )
        end_children_at_once()
        signals.check()
        try:
            server.serve()
        except SystemExit:  # a child that the same Ctrl-C reached first
            if not server.interrupt_signal:
                raise


@app.command
def worker() -> None:
    """Work the queue, and nothing else; any number may run side by side."""
    with ready() as settings:
        trace(settings)
        ports = Ports(settings=settings)
        use_cases = build_all(ports)
        settle()

        async def work() -> None:
            working, loop = build_worker(ports, use_cases), asyncio.get_running_loop()
            with signals.answered_by(lambda: loop.call_soon_threadsafe(working.stop)):
                async with (
                    watching_keys(use_cases)(None),
                    watching_credentials(use_cases)(None),
                    ports.erasure_news().heard(),
                    listening(ports, use_cases)(None),
                ):
                    await working()
                await ports.carriers().close()
                await ports.wakeups().close()

        run(ports, work)


@app.command
def migrate() -> None:
    """Bring the database to the schema this version needs."""
    with ready():
        print("The database is up to date.")


@app.command
def seed() -> None:
    """Add an example sender, program and template; what is there already stays as it is."""
    with ready() as settings:
        ports = Ports(settings=settings)
        for line in run(ports, lambda: seed_examples(build_all(ports))):
            print(line)


@key.command
def issue(
    *,
    mode: Literal["live", "test"],
    name: str,
    scope: Annotated[list[str], Parameter(consume_multiple=True)],
    expires: Annotated[
        str | None, Parameter(help=f"A date or an instant, as in {_WHEN}; without an offset, in UTC.")
    ] = None,
    network: Annotated[
        list[str] | None, Parameter(help="A network it may be used from, 203.0.113.0/24; without one, from everywhere.")
    ] = None,
) -> None:
    """Print a new key. It is shown this once; only a digest of it is kept."""
    expires_at = None if expires is None else _instant(expires)
    command = NewApiKey(
        name=name, live=mode == "live", scopes=tuple(scope), expires_at=expires_at, networks=tuple(network or ())
    )
    with ready() as settings:
        ports = Ports(settings=settings)
        issued = run(ports, lambda: build_all(ports)[IssueApiKey](command, at_the_console()))
        print(issued.secret)


@key.command(name="list")
def list_keys() -> None:
    """Every key, the newest first, with those that are over. Secrets are shown when they are issued and never again."""
    with ready() as settings:
        ports = Ports(settings=settings)
        lines = [_COLUMNS, *(_line(one) for one in run(ports, ports.api_key_queries().every))]
        widths = [max(len(line[column]) for line in lines) for column in range(len(_COLUMNS))]
        for line in lines:
            print("  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip())


@key.command
def revoke(key_id: Annotated[UUID, Parameter(name="ID")], /) -> None:
    """End a key, everywhere and for good; `optin key list` tells its id."""
    with ready() as settings:
        ports = Ports(settings=settings)
        revoked = run(ports, lambda: build_all(ports)[RevokeApiKey](key_id, at_the_console()))
        print(f"{revoked.id} is revoked since {_when(revoked.revoked_at)}.")


def _instant(text: str) -> datetime:
    """Raises Invalid."""
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo is not None else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid(f"{text!r} is no date and no instant; give one as in {_WHEN}.", field="expires") from None


_COLUMNS = ("id", "name", "mode", "scopes", "created", "expires", "revoked", "used")


def _line(one: ApiKey) -> tuple[str, ...]:
    scopes = "*" if one.permissions == EVERYTHING else ",".join(sorted(one.permissions))
    times = (_when(at) for at in (one.created_at, one.expires_at, one.revoked_at, one.last_used_at))
    return (str(one.id), one.name, "live" if one.live else "test", scopes, *times)


def _when(at: datetime | None) -> str:
    return "-" if at is None else f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
