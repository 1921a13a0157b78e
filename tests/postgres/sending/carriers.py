"""A carrier that does what the test tells it, and remembers what it was given."""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from application.messages.carriers import Carrier, Carriers, Outgoing, Taken
from domain.addresses import Channel


@dataclass
class ToldCarrier(Carriers, Carrier):
    """`answers` to each person, in order, before it takes everything; `meanwhile` runs during each call."""

    answers: dict[str, list[Taken | Exception]] = field(default_factory=lambda: defaultdict(list))
    meanwhile: Callable[[Outgoing], Awaitable[None]] | None = None
    given: list[Outgoing] = field(default_factory=list)

    def carrier(self, channel: Channel, *, live: bool) -> Carrier:  # noqa: ARG002
        return self

    def at_once(self, channel: Channel, *, live: bool) -> int:  # noqa: ARG002
        return 250

    async def send(self, outgoing: Outgoing) -> Taken:
        self.given.append(outgoing)
        if self.meanwhile is not None:
            await self.meanwhile(outgoing)
        answers = self.answers[outgoing.to.value]
        answer = answers.pop(0) if answers else Taken(provider_id=f"told-{outgoing.message_id}")
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def close(self) -> None:
        pass
