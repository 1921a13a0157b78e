"""No use case is forgotten: each leaves a record that tells who, by which request and on what; or says why not."""

import inspect
from datetime import timedelta
from pathlib import Path
from typing import get_type_hints

import pytest
from msgspec.structs import replace

from application.access.keys import IssueApiKey, NewApiKey, RevokeApiKey
from application.audit.ports import Trail
from application.audit.reading import RevealTrail
from application.branding.write import NewBranding, SetBranding
from application.campaigns.write import ArchiveCampaign, CampaignChange, ChangeCampaign, CreateCampaign, NewCampaign
from application.channels.senders import ChangeSender, CreateSender, NewSender, SenderChange
from application.consent.attest import Attestation, AttestConsent
from application.consent.capture import CaptureConsents
from application.consent.withdraw import WithdrawConsent, WithdrawConsents
from application.contacts.reveal import Reveal, RevealAddress
from application.contacts.write import ChangeContact, ContactChange, CreateContact, NewContact
from application.messages.follow_up import CancelMessage
from application.privacy.erase import EraseContact
from application.privacy.export_contact import ExportContact
from application.programs.write import ChangeProgram, CreateProgram, MoveProgram, NewProgram, ProgramChange
from application.proof.prove_consent import ProveConsent
from application.replies.ports import Listed
from application.replies.receive import ReceiveReply
from application.replies.review import ReplyQueries, ResolveReply, RevealReply
from application.templates.write import CreateTemplate, DraftVersion, NewTemplate, NewVersion, PublishTemplate
from domain.access import Origin
from domain.addresses import Channel
from domain.messages import Content
from domain.programs import Category, Status
from tests.postgres.audit.where_recorded import KNOWN, NOT_ON_THE_TRAIL, RECORDS, RECORDS_TRIED_ELSEWHERE
from tests.postgres.sending.business import OFFERS
from tests.postgres.sending.test_replies import text

PAT = "+12125550101"
_APPLICATION = Path(__file__).parents[3] / "application"
_SENDER = NewSender(
    slug="zeta", legal_name="Zeta", postal_address="1 Elm", support="https://z.example", email_from="a@zeta.example"
)
_TEMPLATE = NewTemplate(
    slug="deal", name="Deal", channel=Channel.SMS, category=Category.MARKETING, content=Content(text="Acme: {{ deal }}")
)
_PROGRAM = NewProgram(
    slug="news",
    name="News",
    purpose="News",
    category=Category.MARKETING,
    channels=(Channel.SMS,),
    frequency="monthly",
    sender="acme",
)


async def unclear_reply(business):
    await business.agree(PAT)
    await business[ReceiveReply](text("enough", 1), live=True)
    [reply] = [one.reply for one in await business[ReplyQueries].page(Listed(), business.actor)]
    return reply.id


async def contact(business):
    return await business[CreateContact](NewContact(addresses=(PAT,)), business.actor)


async def of_trail(business, by):
    [(record,)] = await business.ask("select id from audit_records order by position limit 1")
    return await business[RevealTrail]([record], "An incident", by)


async def of_key(business, by):
    issued = await business[IssueApiKey](NewApiKey(name="shop", scopes=("messages:*",)), business.actor)
    return await business[RevokeApiKey](issued.key.id, by)


async def of_template(business, use_case, *command, by):
    await business[CreateTemplate](_TEMPLATE, business.actor)
    return await business[use_case](_TEMPLATE.slug, *command, by)


async def of_campaign(business, use_case, *command, by):
    await business[CreateCampaign](NewCampaign(slug="spring", name="Spring", program=OFFERS), business.actor)
    return await business[use_case]("spring", *command, by)


async def of_address(business, by):
    one = await contact(business)
    return await business[RevealAddress](one.id, one.points[0].id, Reveal(reason="They called"), by)


async def of_attestation(business, by):
    said = Attestation(
        address=PAT,
        program=OFFERS,
        channel=Channel.SMS,
        medium="verbal",
        script="Do you agree to texts from Acme?",
        script_version="1",
        language="en-US",
        attested_by="Robin",
        attestation="I heard a yes.",
        occurred_at=business.clock.now() - timedelta(hours=1),
    )
    return await business[AttestConsent](said, by)


async def of_proof(business, by):
    [captured] = await business.agree(PAT)
    return await business[ProveConsent](captured.consent.entries[-1].id, by)


async def of_message(business, by):
    await business.agree(PAT)
    [message] = await business.send(PAT)
    return await business[CancelMessage](message, by)


DO = {
    "RevealTrail": of_trail,
    "IssueApiKey": lambda b, by: b[IssueApiKey](NewApiKey(name="shop", scopes=("messages:*",)), by),
    "RevokeApiKey": of_key,
    "CreateSender": lambda b, by: b[CreateSender](_SENDER, by),
    "ChangeSender": lambda b, by: b[ChangeSender]("acme", SenderChange(rate_per_second=5), by),
    "SetBranding": lambda b, by: b[SetBranding]("acme", NewBranding(accent="#1a56a8"), by),
    "CreateProgram": lambda b, by: b[CreateProgram](_PROGRAM, by),
    "ChangeProgram": lambda b, by: b[ChangeProgram](OFFERS, ProgramChange(frequency="daily"), by),
    "MoveProgram": lambda b, by: b[MoveProgram](OFFERS, Status.PAUSED, by),
    "CreateTemplate": lambda b, by: b[CreateTemplate](_TEMPLATE, by),
    "DraftVersion": lambda b, by: of_template(b, DraftVersion, NewVersion(content=Content(text="Acme!")), by=by),
    "PublishTemplate": lambda b, by: of_template(b, PublishTemplate, by=by),
    "CreateContact": lambda b, by: b[CreateContact](NewContact(addresses=(PAT,)), by),
    "ChangeContact": lambda b, by: _then(contact(b), lambda one: b[ChangeContact](one.id, _CHANGE, by)),
    "RevealAddress": of_address,
    "EraseContact": lambda b, by: _then(contact(b), lambda one: b[EraseContact](one.id, "They asked", by)),
    "ExportContact": lambda b, by: _then(contact(b), lambda one: b[ExportContact](one.id, "They asked", by)),
    "CreateCampaign": lambda b, by: b[CreateCampaign](NewCampaign(slug="fall", name="Fall", program=OFFERS), by),
    "ChangeCampaign": lambda b, by: of_campaign(b, ChangeCampaign, CampaignChange(name="Sale"), by=by),
    "ArchiveCampaign": lambda b, by: of_campaign(b, ArchiveCampaign, by=by),
    "CaptureConsents": lambda b, by: b[CaptureConsents]([b.consent(PAT)], by),
    "AttestConsent": of_attestation,
    "WithdrawConsents": lambda b, by: b[WithdrawConsents](WithdrawConsent(address=PAT), by),
    "ProveConsent": of_proof,
    "CancelMessage": of_message,
    "RevealReply": lambda b, by: _then(unclear_reply(b), lambda one: b[RevealReply](one, "Is it a no?", by)),
    "ResolveReply": lambda b, by: _then(unclear_reply(b), lambda one: b[ResolveReply](one, "opt_out", by)),
}
_CHANGE = ContactChange(add_addresses=("pat@example.com",))


async def _then(first, following):
    return await following(await first)


def test_every_use_case_says_how_what_it_does_is_found_again():
    said = [*RECORDS, *RECORDS_TRIED_ELSEWHERE, *NOT_ON_THE_TRAIL]
    assert sorted(said) == sorted(KNOWN)
    assert DO.keys() == RECORDS.keys()


@pytest.mark.parametrize("name", RECORDS)
async def test_a_record_tells_who_by_which_request_and_on_what(business, name):
    by = replace(business.actor, id="key:0190", origin=Origin(request_id="request-7", ip="203.0.113.7"))
    await DO[name](business, by)
    found = await business.ask("select action, request_id, subject_kind from audit_records where actor = 'key:0190'")
    assert [(action, request) for action, request, _ in found] == [(RECORDS[name], "request-7")]
    assert found[0][2]


@pytest.mark.parametrize("name", RECORDS_TRIED_ELSEWHERE)
def test_what_is_tried_elsewhere_reaches_the_trail_with_these_words(name):
    feature = KNOWN[name].__module__.split(".")[1]
    source = "".join(file.read_text() for file in (_APPLICATION / feature).glob("*.py"))
    assert f'"{RECORDS_TRIED_ELSEWHERE[name]}"' in source
    assert _reaches_the_trail(KNOWN[name])


@pytest.mark.parametrize("name", NOT_ON_THE_TRAIL)
def test_what_is_not_on_the_trail_does_not_pretend_to(name):
    assert "trail" not in inspect.signature(KNOWN[name]).parameters


def _reaches_the_trail(kind):
    fields = get_type_hints(kind).values()
    parts = [one for one in fields if inspect.isclass(one) and one.__module__.startswith("application.")]
    return Trail in parts or any(_reaches_the_trail(part) for part in parts if not getattr(part, "_is_protocol", False))
