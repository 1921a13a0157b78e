"""How fast messages may leave under each sender."""

from math import inf

from domain.ids import SenderId


class Pace:
    """A token bucket for each sender, kept as the instant its next token falls due (the GCRA of ITU-T I.371).

    Messages are spaced evenly; after a pause `burst` of them may leave at once. Time is any clock that never goes
    back, in seconds. It holds for one process: each worker keeps its own.
    """

    def __init__(self, burst: int = 1) -> None:
        self._burst = burst
        self._due: dict[SenderId, float] = {}

    def take(self, sender_id: SenderId, rate: float, now: float) -> float:
        """Takes the next token and tells how many seconds to wait before using it."""
        spacing = 1 / rate
        due = max(self._due.get(sender_id, -inf), now - (self._burst - 1) * spacing)
        self._due[sender_id] = due + spacing
        return max(due - now, 0.0)
