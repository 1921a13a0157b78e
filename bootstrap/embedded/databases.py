"""The role and the database the product uses, made when missing."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg

from bootstrap.embedded.cluster import ROLE, SUPERUSER

DATABASE = "optin"
PORT = 5432


def provide(socket_folder: Path) -> None:
    """In a thread of its own, for an event loop may be running in this one. Raises OSError or PostgresError."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, _provide(str(socket_folder))).result()


async def _provide(host: str) -> None:
    try:
        connection = await asyncpg.connect(host=host, port=PORT, user=ROLE, database=DATABASE, timeout=10)
    except (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError):
        await _make(host)
    else:
        await connection.close()


async def _make(host: str) -> None:
    connection = await asyncpg.connect(host=host, port=PORT, user=SUPERUSER, database="postgres", timeout=10)
    try:
        if not await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", ROLE):
            await connection.execute(f"CREATE ROLE {ROLE} LOGIN")
        if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", DATABASE):
            await connection.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")
        await connection.execute(f"REVOKE CONNECT ON DATABASE {DATABASE} FROM PUBLIC")
    finally:
        await connection.close()
