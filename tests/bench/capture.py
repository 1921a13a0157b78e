"""Consents captured in batches of a thousand, beside COPY of the same rows, unsealed."""

import time
from statistics import median

from application.consent.capture import CaptureConsents
from tests.bench.product import BY, agreed, product
from tests.bench.report import Report

_BATCH, _ROUNDS = 1_000, 6
_TABLES = ("contacts", "contact_points", "consent_entries")


def run(report: Report) -> None:
    with product() as made:
        captured, copied = made.run(_measured)
    report.rate(f"consents captured by {_BATCH:,} (floor: COPY)", captured, floor=copied, ratio=0.25)


async def _measured(ports, use_cases) -> tuple[float, float]:
    """Each round captures a batch of new contacts, then copies the very rows it made into tables like those."""
    database = ports.database()
    async with ports.transaction()():
        for table in _TABLES:
            await database.connection.execute(
                f"create table bench_{table} (like {table} including defaults including indexes including identity)"
            )
    captures, copies = [], []
    for number in range(_ROUNDS + 1):
        commands = agreed(number * _BATCH, _BATCH)
        start = time.perf_counter()
        await use_cases[CaptureConsents](commands, BY)
        captures.append(_BATCH / (time.perf_counter() - start))
        async with ports.transaction()():
            rows = {table: await _last(database.connection, table) for table in _TABLES}
        start = time.perf_counter()
        async with ports.transaction()():
            for table, (columns, records) in rows.items():
                await database.connection.copy_records_to_table(f"bench_{table}", columns=columns, records=records)
        copies.append(_BATCH / (time.perf_counter() - start))
    return median(captures[1:]), median(copies[1:])


async def _last(connection, table):
    found = await connection.fetch(f"select * from {table} order by id desc limit {_BATCH}")
    columns = [name for name in dict(found[0]) if name != "position"]
    return columns, [tuple(row[name] for name in columns) for row in found]
