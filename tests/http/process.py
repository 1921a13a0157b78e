"""One process of the product on real PostgreSQL, and the way in over HTTP."""

from datetime import UTC, datetime, timedelta

import httpx
from dependency_injector.containers import DynamicContainer
from dependency_injector.providers import Object, Singleton

from adapters.inbound.http.campaigns import CampaignsController
from adapters.inbound.http.contacts import ContactsController
from adapters.inbound.http.programs import ProgramsController
from adapters.inbound.http.senders import SendersController
from adapters.outbound.postgres.api_keys import PostgresApiKeys
from adapters.outbound.postgres.campaigns import PostgresCampaigns
from adapters.outbound.postgres.contact_queries import PostgresContactQueries
from adapters.outbound.postgres.contacts import PostgresContacts
from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.health import PostgresHealth
from adapters.outbound.postgres.programs import PostgresPrograms
from adapters.outbound.postgres.rate_windows import PostgresRateLimits
from adapters.outbound.postgres.repeats import PostgresRepeats
from adapters.outbound.postgres.senders import PostgresSenders
from adapters.outbound.postgres.templates import PostgresTemplates
from adapters.outbound.secrets.vault import RingDigests, RingVault
from application.access.keys import IssueApiKey, NewApiKey, RevokeApiKey
from application.campaigns.write import ArchiveCampaign, ChangeCampaign, CreateCampaign
from application.channels.senders import ChangeSender, CreateSender
from application.contacts.write import ChangeContact, CreateContact, LookUpContact
from application.ports import Clock
from application.programs.write import ChangeProgram, CreateProgram, MoveProgram
from bootstrap.migrate import head
from bootstrap.settings import Settings
from bootstrap.web import create_app
from domain.access import SYSTEM

CONTROLLERS = (SendersController, ProgramsController, ContactsController, CampaignsController)
USE_CASES = (
    CreateSender,
    ChangeSender,
    CreateProgram,
    ChangeProgram,
    MoveProgram,
    CreateContact,
    ChangeContact,
    LookUpContact,
    CreateCampaign,
    ChangeCampaign,
    ArchiveCampaign,
    IssueApiKey,
    RevokeApiKey,
)


class WallClock(Clock):
    """Runs as the wall's does, from wherever a test sets it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class Process:
    """One process of the product. `extra` are controllers a test adds."""

    def __init__(self, url, ring, *, clock, limit=300_000, extra=(), settings=None) -> None:
        database, vault, digests = Database(url, size=5), RingVault(ring), RingDigests(ring)
        ports = DynamicContainer()
        providers = {
            "clock": clock,
            "settings": settings or Settings(),
            "database": database,
            "transaction": database.transaction,
            "vault": vault,
            "digests": digests,
            "health": PostgresHealth(database, head()),
            "api_keys": PostgresApiKeys(database),
            "rate_limits": PostgresRateLimits(database, limit),
            "senders": PostgresSenders(database),
            "programs": PostgresPrograms(database),
            "campaigns": PostgresCampaigns(database),
            "template_queries": PostgresTemplates(database),
            "contacts": PostgresContacts(database, vault, digests),
            "contact_queries": PostgresContactQueries(database, vault, digests),
        }
        for name, provided in providers.items():
            setattr(ports, name, Object(provided))
        for name in ("sender", "program", "campaign"):
            setattr(ports, f"{name}_queries", Object(providers[f"{name}s"]))
        keys = list(ring.versions("idempotency").values())
        ports.repeats = Singleton(PostgresRepeats, database, vault.deployment("idempotency"), keys)
        self.ports, self.database, self.clock = ports, database, clock
        self.use_cases = {
            kind: kind(**{name: getattr(ports, name)() for name in kind.__dataclass_fields__}) for kind in USE_CASES
        }
        self.app = create_app(ports, self.use_cases, (*CONTROLLERS, *extra))
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        self.http = httpx.AsyncClient(transport=transport, base_url="http://optin.example")

    async def issue(self, *scopes, live=True, expires_at=None):
        command = NewApiKey(name="test", live=live, scopes=scopes or ("*",), expires_at=expires_at)
        return await self.use_cases[IssueApiKey](command, SYSTEM)

    async def scalar(self, statement, *values):
        async with self.database.transaction():
            return await self.database.connection.fetchval(statement, *values)

    async def close(self) -> None:
        await self.http.aclose()
        async with self.app.lifespan():
            pass
