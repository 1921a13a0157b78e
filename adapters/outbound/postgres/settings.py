from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from sqlalchemy import Boolean, delete, literal_column, select
from sqlalchemy.dialects.postgresql import insert

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.tables import settings
from application.secrets import Unsealable, Vault
from application.settings.ports import CredentialStore
from domain.addresses import Channel
from domain.settings import CredentialsUnreadable, StoredCredentials

_decoder = msgspec.json.Decoder(StoredCredentials)


@dataclass(frozen=True)
class PostgresCredentials(CredentialStore):
    """One row for each channel, bound to its name (see `sealed_columns.py`)."""

    database: Database
    vault: Vault

    async def find(self, channel: Channel) -> StoredCredentials | None:
        for record in await self.database.records(select(settings).where(settings.c.name == channel.value)):
            try:
                return self._opened(channel, record["value"])
            except (Unsealable, msgspec.MsgspecError):
                raise CredentialsUnreadable(
                    "The credentials cannot be read with the keys at hand: restore the ring, or set them again."
                ) from None
        return None

    async def every(self) -> Mapping[Channel, StoredCredentials | None]:
        statement = select(settings).where(settings.c.name.in_([channel.value for channel in Channel]))
        found: dict[Channel, StoredCredentials | None] = {}
        for record in await self.database.records(statement):
            channel = Channel(record["name"])
            try:
                found[channel] = self._opened(channel, record["value"])
            except (Unsealable, msgspec.MsgspecError):
                found[channel] = None
        return found

    async def put(self, channel: Channel, stored: StoredCredentials) -> bool:
        sealed = self.vault.deployment(channel.value).seal(msgspec.json.encode(stored), _context(channel))
        values = {"value": sealed, "updated_at": stored.set_at}
        statement = insert(settings).values(name=channel.value, **values)
        statement = statement.on_conflict_do_update(index_elements=["name"], set_=values)
        # A row this statement made has no transaction that changed it before.
        made = statement.returning(literal_column("xmax = 0", Boolean).label("made"))
        return not (await self.database.records(made))[0]["made"]

    async def remove(self, channel: Channel) -> bool:
        statement = delete(settings).where(settings.c.name == channel.value).returning(settings.c.name)
        return bool(await self.database.records(statement))

    def _opened(self, channel: Channel, sealed: bytes) -> StoredCredentials:
        return _decoder.decode(self.vault.deployment(channel.value).open(sealed, _context(channel)))


def _context(channel: Channel) -> bytes:
    return b"settings." + channel.value.encode()
