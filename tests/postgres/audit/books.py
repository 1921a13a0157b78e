"""What the tests of the books do before and after: entries, sealing, somebody with SQL."""

from application.audit.ports import Noted
from application.audit.seal_logs import SealLogs
from application.audit.verify import VerifyLogs
from domain.access import SYSTEM
from domain.audit.record import Subject, audited, changes


async def recorded(business, how_many):
    for number in range(how_many):
        made = changes({"name": "before"}, {"name": f"after {number}"})
        record = audited(SYSTEM, "program.changed", Subject(kind="program", id="p"), business.clock.now(), made=made)
        async with business.ports.transaction()():
            await business.ports.trail().record([Noted(record=record, reason="because")])


# A transaction of another test in the same cluster may hold the newest entries back for a moment.
HELD_BACK = """
select exists (
    select from (select transaction from consent_entries union all select transaction from audit_records) as e
    where transaction >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
"""


async def all_is_to_be_had(database):
    """Every entry may be sealed: none of another test's transactions is as old as one of them."""
    held_back = True
    while held_back:
        async with database.transaction():
            held_back = await database.connection.fetchval(HELD_BACK)


async def seal(business):
    """All there is, in one checkpoint."""
    await all_is_to_be_had(business.ports.database())
    await business[SealLogs]()
    business.clock.pass_by(business[SealLogs].seal_interval)


async def verified(business, anchored=None):
    return await VerifyLogs(business.ports.seals(), business.ports.signer(), anchored)()


async def sql(business, *statements):
    async with business.ports.transaction()():
        for statement in statements:
            await business.ports.database().connection.execute(statement)


async def ids(business, table):
    async with business.ports.transaction()():
        rows = await business.ports.database().connection.fetch(f"select id from {table} order by position")  # noqa: S608
    return [row["id"] for row in rows]
