"""Runs under an advisory lock, so that replicas that start together migrate once."""

import asyncio

from alembic import context
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.outbound.postgres.tables import metadata

_LOCK = 0x0971_4E5D


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


async def _migrate() -> None:
    url = context.config.attributes["url"]
    engine = create_async_engine(url, poolclass=pool.NullPool)
    async with engine.connect() as lock, engine.connect() as connection:
        await lock.execute(text(f"select pg_advisory_lock({_LOCK})"))
        await connection.execute(text("set lock_timeout = '5s'"))
        await connection.commit()
        await connection.run_sync(_run)
        await connection.commit()
        await lock.rollback()
    await engine.dispose()


asyncio.run(_migrate())
