"""Who calls: `Authorization: Bearer om_live_…`, found by the digest of the key."""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NoReturn

from msgspec import Struct
from msgspec.structs import replace

from adapters.inbound.http.problems import NotAllowed, NotAuthenticated
from application.access.keys import digest_of
from application.access.ports import ApiKeyQueries
from domain.access import Actor, ApiKey

# A revoked key works for this long at most on a process that has just seen it; asking takes the rest of the second.
FRESH = 0.5
_MOST = 10_000
_NOTED_EVERY = timedelta(minutes=1)
_BEARER = re.compile(rb"bearer +(om_(?:live|test)_[A-Za-z0-9_-]{43})", re.IGNORECASE)


class _Seen(Struct, frozen=True):
    key: ApiKey | None
    actor: Actor | None
    until: float

    def unused(self, now: datetime) -> bool:
        """For long enough that it is worth writing down that it is used."""
        last = self.key.last_used_at if self.key else now
        return last is None or now - last >= _NOTED_EVERY


@dataclass(frozen=True, slots=True)
class Authentication:
    """Remembers keys for half a second: thousands of requests a second ask the database twice a second for each key."""

    keys: ApiKeyQueries
    _seen: dict[bytes, _Seen] = field(default_factory=dict)
    _asked: "dict[bytes, asyncio.Task[_Seen]]" = field(default_factory=dict)

    async def __call__(self, header: bytes | None, ip: str | None, now: datetime) -> Actor:
        """Raises NotAuthenticated, NotAllowed."""
        if header is None:
            _refuse("key-missing", "Send an API key as Authorization: Bearer om_live_… or om_test_….")
        bearer = _BEARER.fullmatch(header)
        if bearer is None:
            _refuse("key-unknown", "This is not an API key of this installation.")
        digest = digest_of(bearer[1].decode())
        seen = self._seen.get(digest)
        if seen is None or seen.until <= asyncio.get_running_loop().time():
            seen = await self._ask(digest)
        if seen.key is None or seen.actor is None:
            _refuse("key-unknown", "This is not an API key of this installation.")
        if not seen.key.usable(now):
            _refuse("key-expired", "This API key has expired or was revoked.")
        if not seen.key.admits(ip):
            raise NotAllowed("network-not-allowed", "This API key may not be used from where you are.")
        if seen.unused(now):
            # Before it is written: whoever comes meanwhile need not.
            self._seen[digest] = replace(seen, key=replace(seen.key, last_used_at=now))
            await self.keys.used(seen.key.id, now)
        return seen.actor

    async def _ask(self, digest: bytes) -> _Seen:
        """Whoever asks meanwhile waits for the same answer."""
        task = self._asked.get(digest)
        if task is None:
            task = self._asked[digest] = asyncio.create_task(self._look_up(digest))
            task.add_done_callback(lambda _: self._asked.pop(digest, None))
        return await asyncio.shield(task)

    async def _look_up(self, digest: bytes) -> _Seen:
        asked_at = asyncio.get_running_loop().time()
        key = await self.keys.by_digest(digest)
        seen = _Seen(key, key.actor if key else None, asked_at + FRESH)
        if key is not None:
            if len(self._seen) >= _MOST:
                self._seen.clear()
            self._seen[digest] = seen
        return seen


def _refuse(code: str, detail: str) -> NoReturn:
    raise NotAuthenticated(code, detail, headers={"WWW-Authenticate": 'Bearer realm="optin"'})
