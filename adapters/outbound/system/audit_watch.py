"""The sealing for `/metrics`, and its alarms for the log: ids and numbers, and nothing else."""

from collections.abc import Sequence
from datetime import datetime

import structlog
from prometheus_client import Counter, Gauge

from application.audit.ports import AuditWatch
from domain.audit.logs import Entry

_LAST = Gauge("audit_last_checkpoint_timestamp_seconds", "When the last checkpoint was signed.")
_WAITING = Gauge("audit_entries_not_sealed", "Entries of ledger and trail that stand below no signed root yet.")
_BROKEN = Counter("audit_broken_entries_total", "Entries met while sealing that the product did not write as they are.")
_DISAGREEING = Gauge("audit_anchor_disagreements", "Checkpoints of which an anchor holds another root.")
_log = structlog.get_logger("audit")


class LoudWatch(AuditWatch):
    def __init__(self) -> None:
        self._told: set[int] = set()

    def sealed(self, at: datetime) -> None:
        _LAST.set(at.timestamp())

    def waiting(self, entries: int) -> None:
        _WAITING.set(entries)

    def broken(self, entry: Entry) -> None:
        _BROKEN.inc()
        _log.error("entry-broken", log=entry.leaf.log, entry=str(entry.leaf.entry_id))

    def disagreeing(self, checkpoints: Sequence[int]) -> None:
        """Each is logged once by each process."""
        _DISAGREEING.set(len(checkpoints))
        for number in checkpoints:
            if number not in self._told:
                self._told.add(number)
                _log.error("anchor-disagrees", checkpoint=number)
