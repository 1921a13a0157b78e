"""What dispatch relies on, whichever carrier it meets: the sandbox and the real ones keep the same promises."""

import asyncio

import pytest

from application.messages.carriers import Effect, NotNow, Refused, Taken
from domain.messages import Status
from tests.contracts.stages import sandbox_email, sandbox_sms, smtp_email, twilio_sms

pytestmark = pytest.mark.anyio

STAGES = {
    "sandbox sms": (sandbox_sms, "sandbox", "kept"),
    "sandbox email": (sandbox_email, "sandbox", "kept"),
    "twilio": (twilio_sms, "twilio", "twilio_server"),
    "smtp": (smtp_email, "smtp", "mail_server"),
}


@pytest.fixture(params=STAGES.values(), ids=STAGES.keys())
def stage(request):
    build, carrier, other_side = request.param
    made = request.getfixturevalue(carrier)
    return build(made() if callable(made) else made, request.getfixturevalue(other_side))


async def test_a_message_is_taken_and_arrives(stage):
    taken = await stage.carrier.send(stage.fine(1))
    assert isinstance(taken, Taken)
    assert taken.status in (Status.SENT, Status.DELIVERED)
    assert taken.provider_id
    assert await stage.received() == [(stage.fine(1).to.value, "Hello 1")]


async def test_messages_sent_at_once_arrive_once_each(stage):
    await asyncio.gather(*(stage.carrier.send(stage.fine(number)) for number in range(50)))
    wanted = [(stage.fine(number).to.value, f"Hello {number}") for number in range(50)]
    assert sorted(await stage.received()) == sorted(wanted)


async def test_a_message_handed_over_twice_arrives_twice(stage):
    outgoing = stage.fine(1)
    await stage.carrier.send(outgoing)
    await stage.carrier.send(outgoing)
    assert len(await stage.received()) == 2


async def test_a_refusal_for_good_says_what_it_means_and_nothing_arrives(stage):
    with pytest.raises(Refused) as refused:
        await stage.carrier.send(stage.dead)
    assert refused.value.effect in (Effect.ADDRESS_DEAD, Effect.REVOKED_AT_PROVIDER)
    assert await stage.received() == []


async def test_what_is_not_taken_now_arrives_when_it_is_taken_later(stage):
    with pytest.raises(NotNow):
        await stage.carrier.send(stage.later(1))
    assert await stage.received() == []
    await stage.carrier.send(stage.later(3))
    assert [text for _, text in await stage.received()] == ["Hello again"]


async def test_no_failure_tells_the_address(stage):
    for outgoing in (stage.dead, stage.later(1)):
        with pytest.raises((Refused, NotNow)) as failed:
            await stage.carrier.send(outgoing)
        said = f"{failed.value} {failed.value.__cause__} {failed.value.detail}"
        assert outgoing.to.value not in said
        assert outgoing.to.value.partition("@")[0] not in said


async def test_one_message_that_fails_does_not_disturb_the_others(stage):
    everything = [stage.fine(1), stage.dead, stage.fine(2), stage.later(1), stage.fine(3)]
    ends = await asyncio.gather(*(stage.carrier.send(one) for one in everything), return_exceptions=True)
    assert [type(end) for end in ends] == [Taken, Refused, Taken, NotNow, Taken]
    assert sorted(text for _, text in await stage.received()) == ["Hello 1", "Hello 2", "Hello 3"]


async def test_a_carrier_can_be_closed_twice(stage):
    await stage.carrier.send(stage.fine(1))
    await stage.carrier.close()
    await stage.carrier.close()
    assert len(await stage.received()) == 1
