"""A carrier that is exchanged while messages leave by it."""

from dataclasses import dataclass

from application.messages.carriers import Carrier, NotNow, Outgoing, Taken


@dataclass(slots=True)
class _Turn:
    carrier: Carrier
    on_their_way: int = 0
    over: bool = False


class SwitchedCarrier(Carrier):
    """Messages on their way end with the carrier they began with, which is closed when the last of them has ended."""

    def __init__(self, carrier: Carrier) -> None:
        self._turn = _Turn(carrier)

    @property
    def carrier(self) -> Carrier:
        return self._turn.carrier

    async def send(self, outgoing: Outgoing) -> Taken:
        turn = self._turn
        turn.on_their_way += 1
        try:
            return await turn.carrier.send(outgoing)
        finally:
            turn.on_their_way -= 1
            await _close_if_over(turn)

    async def switch(self, carrier: Carrier) -> None:
        turn, self._turn = self._turn, _Turn(carrier)
        turn.over = True
        await _close_if_over(turn)

    async def close(self) -> None:
        await self._turn.carrier.close()


class Suspended(Carrier):
    """Takes nothing for now."""

    async def send(self, outgoing: Outgoing) -> Taken:  # noqa: ARG002 - whatever it is
        raise NotNow("credentials-unreadable", "The provider's credentials cannot be read with the keys at hand.")

    async def close(self) -> None:
        """Holds nothing."""


class Shared(Carrier):
    """One that others use as well, and that is closed by who made it."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier

    async def send(self, outgoing: Outgoing) -> Taken:
        return await self._carrier.send(outgoing)

    async def close(self) -> None:
        """Stays open."""


async def _close_if_over(turn: _Turn) -> None:
    if turn.over and not turn.on_their_way:
        await turn.carrier.close()
