"""A word sealed with the installation's key ring, by which a wrong ring is noticed before it seals anything."""

from dataclasses import dataclass

from adapters.outbound.postgres.database import Database
from application.secrets import Seal, Unsealable

_NAME, _WORD, _CONTEXT = "ring_check", b"readable", b"settings.ring_check"


@dataclass(frozen=True)
class RingCheck:
    database: Database

    async def sealed(self) -> bool:
        async with self.database.transaction():
            return await self._value() is not None

    async def readable(self, seal: Seal) -> bool:
        """Seals the word with this ring if no ring has yet."""
        async with self.database.transaction():
            await self.database.connection.execute(
                "insert into settings (name, value, updated_at) values ($1, $2, now()) on conflict do nothing",
                _NAME,
                seal.seal(_WORD, _CONTEXT),
            )
            try:
                return seal.open(await self._value() or b"", _CONTEXT) == _WORD
            except Unsealable:
                return False

    async def _value(self) -> bytes | None:
        found: bytes | None = await self.database.connection.fetchval(
            "select value from settings where name = $1", _NAME
        )
        return found
