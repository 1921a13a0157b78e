"""What is on record of where somebody may be reaches the rules."""

from application.compliance.check_consent import CheckConsent, CheckConsents
from application.contacts.write import CreateContact, NewContact
from domain.addresses import Channel
from tests.postgres.sending.business import OFFERS

PAT = "+12125550101"


async def check(business, to, channel=Channel.SMS):
    return await business[CheckConsents](CheckConsent(to=to, channel=channel, program=OFFERS), business.actor)


async def test_a_contact_in_the_night_by_the_only_zone_they_told_is_left_to_sleep(business):
    await business[CreateContact](NewContact(addresses=(PAT,), time_zone="Asia/Tokyo"), business.actor)
    await business.agree(PAT)
    decision = await check(business, PAT)
    told = decision.explained()
    assert (told.verdict, told.rule) == ("defer", "US-TCPA-HRS-01")
    assert [zone.key for zone in decision.place.zones] == ["America/New_York", "Asia/Tokyo"]
    assert "JP" not in decision.place.codes
