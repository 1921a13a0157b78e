"""Counts of verification for `/metrics`."""

from prometheus_client import Counter

from application.verification.ports import Tallies
from domain.addresses import Channel

_SENT = Counter("verification_sent_total", "Codes and links handed to the queue.", ["channel"])
_APPROVED = Counter("verification_approved_total", "Codes and links that came back right.", ["channel"])
_REFUSED = Counter("verification_refused_total", "Codes and links that were not sent, and why.", ["channel", "because"])


class PrometheusTallies(Tallies):
    def sent(self, channel: Channel) -> None:
        _SENT.labels(channel).inc()

    def approved(self, channel: Channel) -> None:
        _APPROVED.labels(channel).inc()

    def refused(self, channel: Channel, because: str) -> None:
        _REFUSED.labels(channel, because).inc()
