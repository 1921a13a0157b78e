"""Bringing rows under the key in use, a batch at a time.

Rows that somebody works with are left for the next pass: nobody ever waits for this, and this waits for nobody. A row
is only changed while it still holds what was read, so what was erased or changed meanwhile stays erased or changed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.sealed_columns import SEALED_COLUMNS, Resealed
from application.contacts.sealing import open_address
from application.keys.ports import Batch, Rework, Step
from application.secrets import Digests, Unsealable, Vault, version_of
from domain.addresses import Address, Channel
from domain.keys import Purpose

_BATCH = 200
_FIRST: dict[str, Any] = {"uuid": UUID(int=0), "bigint": 0, "text": ""}
_READ: dict[str, Callable[[str], Any]] = {"uuid": UUID, "bigint": int, "text": str}


@dataclass(frozen=True)
class DataKeys(Step):
    database: Database
    vault: Vault
    purpose: str = Purpose.DATA
    name: str = "contacts.data_key"

    async def batch(self, cursor: str | None) -> Batch:
        rows = await self.database.connection.fetch(
            "select id, data_key from contacts where id > $1 and length(data_key) > 2 order by id limit $2",
            _after(cursor),
            _BATCH,
        )
        changed, unreadable = _renewed(rows, "data_key", lambda row: self.vault.rewrap(row["data_key"]))
        await _exchange(self.database, "data_key", changed)
        return _seen(rows, len(changed), unreadable)

    async def left(self, version: int) -> int:
        """An erased contact's key is no key any more."""
        left: int = await self.database.connection.fetchval(
            "select count(*) from contacts where substr(data_key, 1, 2) <> $1 and length(data_key) > 2",
            version.to_bytes(2, "big"),
        )
        return left


@dataclass(frozen=True)
class SealedColumn(Step):
    """What it is sealed under cannot be seen from outside, so `left` tells nothing: a batch tells what it cannot open.
    Nobody changes such a row while it is in the books.
    """

    database: Database
    vault: Vault
    table: str
    column: str
    how: Resealed
    purpose: str = Purpose.DATA

    @property
    def name(self) -> str:  # type: ignore[override]
        return f"{self.table}.{self.column}"

    async def batch(self, cursor: str | None) -> Batch:
        key, kind, column = self.how.key, self.how.type, self.column
        columns = ", ".join((key, f"{key}::text as cursor", column, *self.how.also))
        rows = await self.database.connection.fetch(
            f"select {columns} from {self.table}"  # noqa: S608
            f" where {key} > $1 and {column} is not null order by {key} limit $2",
            _FIRST[kind] if cursor is None else _READ[kind](cursor),
            _BATCH,
        )
        changed, unreadable = _renewed(rows, column, self._resealed, key)
        await self.database.connection.execute(
            f"update {self.table} c set {column} = t.new"  # noqa: S608
            f" from unnest($1::{kind}[], $2::bytea[], $3::bytea[]) as t(id, old, new)"
            f" where c.{key} = t.id and c.{column} = t.old",
            *_columns(changed, 3),
        )
        return _seen(rows, len(changed), unreadable)

    async def left(self, version: int) -> int:  # noqa: ARG002
        return 0

    def _resealed(self, row: Any) -> bytes:
        seal = self.vault.deployment(self.how.deployment or row[self.how.key])
        return seal.resealed(row[self.column], self.how.context(row))


@dataclass(frozen=True)
class PointDigests(Step):
    database: Database
    vault: Vault
    digests: Digests
    purpose: str = Purpose.INDEX
    name: str = "contact_points.digest"

    async def batch(self, cursor: str | None) -> Batch:
        rows = await _points(self.database, cursor)
        addresses, unreadable = _addresses(self.vault, rows)
        changed = []
        for row, address in addresses:
            digest = self.digests.index(address, live=row["live"])[0]
            if digest != row["digest"]:
                changed.append((row["id"], row["digest"], digest, version_of(digest)))
        await self.database.connection.execute(
            """
            update contact_points p set digest = t.new, digest_version = t.version
            from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::smallint[]) as t(id, old, new, version)
            where p.id = t.id and p.digest = t.old
                and p.id in (select id from contact_points where id = any($1) for update skip locked)
                and not exists (select from contact_points o where o.digest = t.new)
            """,
            *_columns(changed, 4),
        )
        return _seen(rows, len(changed), unreadable)

    async def left(self, version: int) -> int:
        left: int = await self.database.connection.fetchval(
            "select count(*) from contact_points where digest_version <> $1", version
        )
        return left


@dataclass(frozen=True)
class References(Step):
    database: Database
    vault: Vault
    digests: Digests
    purpose: str = Purpose.INDEX
    name: str = "contacts.reference_digest"

    async def batch(self, cursor: str | None) -> Batch:
        rows = await self.database.connection.fetch(
            "select id, live, data_key, reference, reference_digest from contacts"
            " where id > $1 and reference_digest is not null and reference is not null order by id limit $2",
            _after(cursor),
            _BATCH,
        )
        changed, unreadable = _renewed(rows, "reference_digest", self._digest)
        await _exchange(self.database, "reference_digest", changed)
        return _seen(rows, len(changed), unreadable)

    async def left(self, version: int) -> int:
        mark = b"" if version == 1 else version.to_bytes(2, "big")
        left: int = await self.database.connection.fetchval(
            "select count(*) from contacts where reference_digest is not null"
            " and (length(reference_digest) <> $1 or substr(reference_digest, 1, $2) <> $3)",
            32 + len(mark),
            len(mark),
            mark,
        )
        return left

    def _digest(self, row: Any) -> bytes:
        seal = self.vault.unwrap(row["data_key"]).seal
        reference = seal.open(row["reference"], b"contacts.reference" + row["id"].bytes).decode()
        return self.digests.reference(reference, live=row["live"])[0]


@dataclass(frozen=True)
class Tokens(Step):
    """Those of addresses we know. Of whoever was erased, or took an address away, nobody can make the token again: the
    older version is looked up for as long as one of these stands (PII-04).
    """

    database: Database
    vault: Vault
    digests: Digests
    purpose: str = Purpose.SUPPRESSION
    name: str = "suppressions.token"

    async def batch(self, cursor: str | None) -> Batch:
        rows = await _points(self.database, cursor)
        addresses, unreadable = _addresses(self.vault, rows)
        pairs = []
        for row, address in addresses:
            newest, *others = self.digests.suppression(address, live=row["live"])
            pairs += [(other, newest, version_of(newest)) for other in others if version_of(other) < version_of(newest)]
        status: str = await self.database.connection.execute(
            """
            update suppressions s set token = t.new, key_version = t.version
            from unnest($1::bytea[], $2::bytea[], $3::smallint[]) as t(old, new, version)
            where s.token = t.old
                and s.id in (select id from suppressions where token = any($1) for update skip locked)
            """,
            *_columns(pairs, 3),
        )
        return _seen(rows, int(status.rpartition(" ")[2]), unreadable)

    async def left(self, version: int) -> int:
        left: int = await self.database.connection.fetchval(
            "select (select count(*) from suppressions where key_version < $1)"
            " + (select count(*) from former_points where length(token) < $2 or substr(token, 1, 2) < $3)",
            version,
            32 if version == 1 else 34,
            b"" if version == 1 else version.to_bytes(2, "big"),
        )
        return left


@dataclass(frozen=True)
class PostgresRework(Rework):
    database: Database
    vault: Vault
    digests: Digests
    others: Sequence[Step] = ()

    def steps(self) -> Sequence[Step]:
        sealed = [
            SealedColumn(self.database, self.vault, table, column, how)
            for (table, column), how in SEALED_COLUMNS.items()
            if isinstance(how, Resealed)
        ]
        return (
            DataKeys(self.database, self.vault),
            *sealed,
            PointDigests(self.database, self.vault, self.digests),
            References(self.database, self.vault, self.digests),
            Tokens(self.database, self.vault, self.digests),
            *self.others,
        )


def _renewed(
    rows: Sequence[Any], column: str, renew: Callable[[Any], bytes], key: str = "id"
) -> tuple[list[tuple[Any, bytes, bytes]], int]:
    """Key, old and new of the rows that change, and how many cannot be read."""
    changed, unreadable = [], 0
    for row in rows:
        try:
            new = renew(row)
        except Unsealable:
            unreadable += 1
            continue
        if new != row[column]:
            changed.append((row[key], row[column], new))
    return changed, unreadable


async def _exchange(database: Database, column: str, changed: Sequence[tuple[Any, ...]]) -> None:
    """In contacts that nobody works with."""
    await database.connection.execute(
        f"""
        update contacts c set {column} = t.new
        from unnest($1::uuid[], $2::bytea[], $3::bytea[]) as t(id, old, new)
        where c.id = t.id and c.{column} = t.old
            and c.id in (select id from contacts where id = any($1) for no key update skip locked)
        """,  # noqa: S608
        *_columns(changed, 3),
    )


async def _points(database: Database, cursor: str | None) -> list[Any]:
    found: list[Any] = await database.connection.fetch(
        "select p.id, p.channel, p.digest, p.address, c.live, c.data_key"
        " from contact_points p join contacts c on c.id = p.contact_id where p.id > $1 order by p.id limit $2",
        _after(cursor),
        _BATCH,
    )
    return found


def _addresses(vault: Vault, rows: Sequence[Any]) -> tuple[list[tuple[Any, Address]], int]:
    found = []
    for row in rows:
        try:
            seal = vault.unwrap(row["data_key"]).seal
            found.append((row, open_address(row["address"], row["id"], Channel(row["channel"]), seal)))
        except Unsealable:
            continue
    return found, len(rows) - len(found)


def _after(cursor: str | None) -> UUID:
    return UUID(cursor) if cursor else UUID(int=0)


def _columns(rows: Sequence[tuple[Any, ...]], count: int) -> list[list[Any]]:
    return [[row[number] for row in rows] for number in range(count)]


def _seen(rows: Sequence[Any], done: int, unreadable: int) -> Batch:
    """The last cursor; none when these were the last rows."""
    more = len(rows) == _BATCH
    last = rows[-1] if rows else None
    cursor = None if last is None or not more else str(last["cursor"] if "cursor" in last else last["id"])
    return Batch(cursor=cursor, done=done, unreadable=unreadable)
