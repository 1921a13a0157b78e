"""Whatever staff or a key changes leaves a record: who, what, on whom, before and after."""

import msgspec
import pytest
from msgspec.structs import replace

from application.access.keys import IssueApiKey, NewApiKey, RevokeApiKey
from application.campaigns.write import ArchiveCampaign, CampaignChange, ChangeCampaign, CreateCampaign, NewCampaign
from application.channels.senders import ChangeSender, SenderChange
from application.contacts.write import ChangeContact, ContactChange, CreateContact, NewContact
from application.programs.write import ChangeProgram, ProgramChange
from domain.access import Origin
from domain.ids import new_id
from domain.programs import Status
from tests.postgres.sending.business import OFFERS


@pytest.fixture
async def records(business):
    """What the trail gained since the business opened, oldest first."""
    query = "select * from audit_records order by position"

    async def every():
        async with business.ports.transaction()():
            return await business.ports.database().connection.fetch(query)

    before = len(await every())

    async def since():
        return (await every())[before:]

    return since


def made(record):
    changes = msgspec.json.decode(record["changes"])
    return {change["field"]: (change["before"], change["after"]) for change in changes}


def acting(business):
    return replace(business.actor, origin=Origin(request_id="request-7", ip="203.0.113.7"))


async def test_a_change_names_actor_request_and_fields(business, records):
    sender = await business[ChangeSender]("acme", SenderChange(rate_per_second=5), acting(business))
    [record] = await records()
    assert (record["action"], record["actor"], record["request_id"]) == (
        "sender.changed",
        business.actor.id,
        "request-7",
    )
    assert (record["subject_kind"], record["subject_id"]) == ("sender", str(sender.id))
    assert made(record) == {"rate_per_second": ("10000", "5")}


async def test_changing_nothing_leaves_no_record(business, records):
    await business[ChangeSender]("acme", SenderChange(legal_name="Acme Ltd"), business.actor)
    assert await records() == []


async def test_a_repeated_request_leaves_one_record(business, records):
    contact, seed = NewContact(addresses=("pat@example.com",)), new_id(business.clock.now())
    for _ in range(2):
        await business[CreateContact](contact, business.actor, seed=seed)
    [record] = await records()
    assert record["action"] == "contact.created"


async def test_contacts_are_told_masked(business, records):
    given = NewContact(
        addresses=("pat@example.com", "+12125550101"), reference="Pat Doe", attributes={"name": "Pat Doe"}
    )
    contact = await business[CreateContact](given, business.actor)
    await business[ChangeContact](contact.id, ContactChange(remove_addresses=("+12125550101",)), business.actor)
    created, changed = await records()
    assert made(created)["addresses"] == (None, '["p***@example.com","+1 2**-***-0101"]')
    assert (made(created)["reference"], made(created)["attributes"]) == ((None, "set"), (None, '["name"]'))
    assert made(changed) == {"addresses": ('["p***@example.com","+1 2**-***-0101"]', '["p***@example.com"]')}


async def test_programs_keys_and_campaigns(business, records):
    await business[ChangeProgram](OFFERS, ProgramChange(frequency="daily"), business.actor)
    await business.move_program(OFFERS, Status.PAUSED)
    await business[CreateCampaign](NewCampaign(slug="spring", name="Spring", program=OFFERS), business.actor)
    await business[ChangeCampaign]("spring", CampaignChange(name="Spring sale"), business.actor)
    await business[ArchiveCampaign]("spring", business.actor)
    issued = await business[IssueApiKey](NewApiKey(name="shop", scopes=("messages:*",)), business.actor)
    await business[RevokeApiKey](issued.key.id, business.actor)
    told = await records()
    assert [record["action"] for record in told] == [
        "program.changed",
        "program.paused",
        "campaign.created",
        "campaign.changed",
        "campaign.archived",
        "api_key.issued",
        "api_key.revoked",
    ]
    assert issued.secret not in str(told)
