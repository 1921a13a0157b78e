"""Being alone with a digest, where no constraint can tell who came first."""

from collections.abc import Iterable
from typing import Any

_ALONE = (
    "select pg_advisory_xact_lock(k) from (select k from unnest($1::bigint[]) with ordinality t(k, n) order by n) s"
)


async def lock_digests(connection: Any, digests: Iterable[bytes]) -> None:
    """Until the transaction ends. In their own order, so that whoever wants several of the same waits in one line."""
    macs = sorted({digest[-32:] for digest in digests})
    await connection.execute(_ALONE, [int.from_bytes(mac[:8], "big", signed=True) for mac in macs])
