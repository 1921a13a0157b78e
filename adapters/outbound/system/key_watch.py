"""Since when each key is in use, for `/metrics`."""

from collections.abc import Sequence

from prometheus_client import Gauge

from application.keys.ports import Standing

SINCE = Gauge("key_in_use_since_timestamp_seconds", "Since when the key in use is in use.", ["purpose"])


def show(standings: Sequence[Standing]) -> None:
    for standing in standings:
        SINCE.labels(standing.purpose).set(standing.since.timestamp())
