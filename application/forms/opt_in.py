"""Somebody sent a form: each address they gave gets a challenge, and nothing else is kept until they pass it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

import msgspec
from msgspec import Struct

from application.ports import Clock, Transaction
from application.verification.verification import Ask, Started, Verification
from domain.addresses import Address, Channel
from domain.consent.evidence import Evidence
from domain.errors import DomainError
from domain.forms import Answer
from domain.ids import ChallengeId
from domain.verification.challenge import Intent

# May confirm an address by mail as well as by text (VER-05).
PURPOSE = "opt_in_confirmation"
# Below the form's own address, before the token.
LINK = "link"
_ANSWERS = UUID("b6b7a4c2-5a0e-5d6b-9c1f-0d7a6f3c2e11")


class Elsewhere(Struct, frozen=True, kw_only=True):
    """Another address of the same answer, which has to be confirmed as well."""

    channel: Channel
    masked: str
    challenge_id: ChallengeId


class Pending(Struct, frozen=True, kw_only=True):
    """What a challenge carries: the answer it confirms for one address, and which others there are."""

    answer: Answer
    elsewhere: tuple[Elsewhere, ...] = ()

    def __repr__(self) -> str:
        return f"Pending({self.answer})"


pack, unpack = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(Pending).decode


class SendForm(Struct, frozen=True, kw_only=True):
    """`ticket` is good for one form: sent again, with the same addresses, it starts nothing new. `turns` count
    how often somebody asked for another message, which is for the channels of `only`.
    """

    answer: Answer
    addresses: Mapping[Channel, Address]
    ticket: str
    turns: Mapping[Channel, int] = {}
    only: tuple[Channel, ...] = ()

    def __repr__(self) -> str:
        return f"SendForm({self.answer})"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskToConfirm:
    """The same step for an address that is known, unknown, suppressed or agreed long ago: one row each."""

    verification: Verification
    transaction: Transaction
    clock: Clock

    async def __call__(self, commands: Sequence[SendForm]) -> list[dict[Channel, Started] | DomainError]:
        """In the order given; one form that cannot be asked about keeps none of the others. Those sent twice, by
        whoever, meet in one order.
        """
        now = self.clock.now()
        asks = [(place, channel, ask) for place, command in enumerate(commands) for channel, ask in self._asks(command)]
        answers: list[dict[Channel, Started] | DomainError] = [{} for _ in commands]
        async with self.transaction():
            for place, channel, ask in sorted(asks, key=_by_seed):
                answer = answers[place]
                if isinstance(answer, dict):
                    try:
                        answer[channel] = await self.verification.start(ask, live=True, now=now)
                    except DomainError as refusal:
                        answers[place] = refusal
        return answers

    def _asks(self, command: SendForm) -> list[tuple[Channel, Ask]]:
        ids = {channel: _seed(command, channel) for channel in command.answer.channels()}
        return [(channel, self._ask(command, channel, ids)) for channel in command.only or tuple(ids)]

    def _ask(self, command: SendForm, channel: Channel, ids: Mapping[Channel, ChallengeId]) -> Ask:
        pending = Pending(
            answer=command.answer,
            elsewhere=tuple(
                Elsewhere(channel=other, masked=command.addresses[other].masked, challenge_id=identity)
                for other, identity in ids.items()
                if other is not channel
            ),
        )
        return Ask(
            address=command.addresses[channel],
            purpose=PURPOSE,
            intent=Intent.OPT_IN,
            shown=_beside_the_button(command.answer),
            program=command.answer.boxes(channel)[0].program,
            locale=command.answer.shown.language,
            ip=command.answer.submitted.ip,
            payload=pack(pending),
            link=f"/f/{command.answer.shown.form}/{LINK}" if channel is Channel.EMAIL else None,
            seed=ids[channel],
        )


def _by_seed(asked: tuple[int, Channel, Ask]) -> str:
    return str(asked[2].seed)


def _beside_the_button(answer: Answer) -> Evidence:
    """On which the code or link itself may be sent."""
    shown = answer.shown
    return Evidence(
        medium="web_form",
        affirmative_act="form_sent",
        disclosure_text_verbatim=shown.texts["next"],
        language=shown.language,
        url=shown.url,
        form_id=shown.form,
        user_agent=answer.submitted.user_agent,
    )


def _seed(command: SendForm, channel: Channel) -> ChallengeId:
    """The same form sent twice is one challenge; with another address or other boxes it is another."""
    told = (
        command.ticket,
        channel,
        command.addresses[channel].value,
        command.turns.get(channel, 0),
        sorted(command.answer.ticked),
    )
    return ChallengeId(uuid5(_ANSWERS, msgspec.json.encode(told).decode()))
