"""What a legal hold keeps is not erased (GDPR 17(3)(e)) until the hold is over, and whoever asks is told."""

import pytest

from application.consent.withdraw import WithdrawConsent, WithdrawConsents
from application.contacts.write import Lookup, LookUpContact
from application.privacy.erase import EraseContact
from application.retention.holds import NewHold, PlaceHold, ReleaseHold
from domain.retention.holds import HoldOn, UnderHold
from tests.postgres.sending.business import OFFERS

PAT = "+12125550101"


@pytest.fixture
async def pat(business):
    await business.agree(PAT)
    await business[WithdrawConsents](WithdrawConsent(address=PAT), business.actor)
    return await business[LookUpContact](Lookup(address=PAT), business.actor)


async def subject(business, pat, on):
    if on is HoldOn.PROGRAM:
        [(found,)] = await business.ask(f"select id from programs where slug = '{OFFERS}'")  # noqa: S608
        return found
    return pat.id if on is HoldOn.CONTACT else None


@pytest.mark.parametrize("on", list(HoldOn))
async def test_a_hold_keeps_the_contact_until_it_is_released(business, pat, on):
    hold = NewHold(on=on, subject_id=await subject(business, pat, on), reason="lawsuit 17")
    placed = await business[PlaceHold](hold, business.actor)
    with pytest.raises(UnderHold):
        await business[EraseContact](pat.id, "Pat asked us to.", business.actor)
    assert (await business[LookUpContact](Lookup(address=PAT), business.actor)).id == pat.id
    await business[ReleaseHold](placed.id, "settled", business.actor)
    erased = await business[EraseContact](pat.id, "Pat asked us to.", business.actor)
    assert erased.contact_id == pat.id
