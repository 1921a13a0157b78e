"""What is on record of where somebody may be reaches the rules."""

from datetime import timedelta

from application.compliance.check_consent import CheckConsent, CheckConsents
from application.contacts.write import CreateContact, NewContact
from domain.addresses import Channel
from domain.consent.evidence import Evidence
from tests.installation import AFTERNOON
from tests.postgres.sending.business import OFFERS

PAT = "+12125550101"


def from_country(country):
    """Confirmed, as some of these countries ask for."""
    asked = AFTERNOON - timedelta(days=1)
    return Evidence(
        source="first_party",
        medium="web_form",
        ip="203.0.113.7",
        ip_country=country,
        doi_requested_at=asked,
        doi_confirmed_at=asked + timedelta(hours=1),
        sms_handset_confirmed=True,
    )


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


async def test_the_law_of_the_country_somebody_agreed_from_counts_too(business):
    await business.agree("pat@example.com", evidence=from_country("de"))
    place = (await check(business, "pat@example.com", Channel.EMAIL)).place
    assert {"DE", "EU"} <= place.codes
    assert [found.because for found in place.jurisdictions] == ["IP address at opt-in"]


async def test_of_several_consents_the_newest_that_tells_a_country_counts(business):
    for country in ("DE", "FR", None):
        await business.agree(PAT, evidence=from_country(country))
        business.pass_by(minutes=1)
    codes = (await check(business, PAT)).place.codes
    assert {"US-NY", "FR"} <= codes
    assert "DE" not in codes


async def test_a_word_that_is_no_countrys_code_leads_nowhere(business):
    await business.agree(PAT, evidence=from_country("somewhere in Europe"))
    assert (await check(business, PAT)).place.codes == {"US", "US-NY"}
