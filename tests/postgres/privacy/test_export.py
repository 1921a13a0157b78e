"""Whoever asks gets all that is held about them, nobody else's, and as text."""

import io
import zipfile

import msgspec
import pytest

from application.consent.recording import Captured
from application.contacts.write import CreateContact, NewContact
from application.messages.dispatch import Dispatch
from application.privacy.erase import EraseContact
from application.privacy.export import Export
from application.privacy.export_contact import ExportContact
from application.replies.receive import ReceiveReply
from application.replies.surroundings import Inbound
from application.verification.verify import NewVerification, StartVerification
from domain.access import Actor, NotPermitted
from domain.consent.evidence import Evidence
from domain.contacts import NoSuchContact
from domain.errors import Invalid
from domain.messages import Content
from tests.postgres.sending.business import OFFERS, ORDERS

PAT, MAIL, SAM = "+12125550101", "pat@example.com", "+12125550102"
WHY = "Pat asked for it in writing."
HOSTILE = '</span><script>alert(1)</script>=HYPERLINK("https://evil.example")'


@pytest.fixture
async def pat(business):
    given = NewContact(addresses=(PAT, MAIL), reference="customer-17", attributes={"note": HOSTILE}, locale="en-US")
    contact = await business[CreateContact](given, business.actor)
    await business.agree(PAT, MAIL, SAM)
    await business.send(SAM, content=Content(text="Acme: Sam's secret. Reply STOP to opt out."))
    await business.send(PAT, reference="order-17")
    await business.work(Dispatch)
    for number, (sender, words) in enumerate(((PAT, HOSTILE), (SAM, "what Sam wrote"))):
        inbound = Inbound(carrier_id=f"SM{number}", sender=sender, to="+12125550100", text=words, provider="sandbox")
        await business[ReceiveReply](inbound, live=True)
    return contact


async def exported(business, contact, by=None):
    archive = await business[ExportContact](contact.id, WHY, by or business.actor)
    with zipfile.ZipFile(io.BytesIO(archive.content)) as packed:
        assert packed.namelist() == ["data.json", "schema.json", "index.html"]
        files = {name: packed.read(name) for name in packed.namelist()}
    return msgspec.json.decode(files["data.json"], type=Export), files


async def test_everything_held_about_somebody_is_handed_out(business, pat):
    await business[StartVerification](NewVerification(address=PAT, purpose="confirm_order"), business.actor)
    await business.withdraw(MAIL)
    told, files = await exported(business, pat)
    assert told.contact.reference == "customer-17"
    assert told.contact.attributes == {"note": HOSTILE}
    assert {one.address for one in told.addresses} == {PAT, MAIL}
    assert {(one.program, one.channel, one.status) for one in told.consents} == {
        (OFFERS, "sms", "revoked"),
        (OFFERS, "email", "revoked"),
    }
    assert told.ledger[0].evidence.identity == "Pat Doe"
    assert all(len(one.hash) == len(one.commitment) == 64 for one in told.ledger)
    [message] = [one for one in told.messages if one.reference == "order-17"]
    assert message.content.text.startswith("Acme: 20% off")
    assert message.decision["verdict"] == "allow"
    assert [step.status for step in message.steps][-1] in ("sent", "delivered")
    assert [one.text for one in told.replies] == [HOSTILE]
    assert [one.purpose for one in told.challenges] == ["confirm_order"]
    assert {"contact.created", "contact.exported"} <= {one.action for one in told.records}
    assert {one.by for one in told.records} <= {"key", "system", "operator"}
    schema = msgspec.json.decode(files["schema.json"])
    assert set(schema["$defs"]["Export"]["properties"]) == set(Export.__struct_fields__)


async def test_nothing_of_anybody_else_is_in_it_and_nobody_of_the_staff(business, pat):
    _, files = await exported(business, pat)
    whole = b"".join(files.values())
    for secret in (SAM, "Sam", business.actor.id):
        assert secret.encode() not in whole


async def test_what_somebody_wrote_is_text_on_the_page_and_nothing_else(business, pat):
    _, files = await exported(business, pat)
    page = files["index.html"].decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


async def test_an_export_is_made_for_a_reason_by_whoever_may_and_is_on_the_trail(business, pat):
    with pytest.raises(NotPermitted):
        await exported(
            business, pat, Actor(id="key:other", permissions=business.actor.permissions - {"contacts:export"})
        )
    with pytest.raises(NoSuchContact):
        await exported(business, pat, Actor(id="key:test", permissions=business.actor.permissions, live=False))
    with pytest.raises(Invalid):
        await business[ExportContact](pat.id, "", business.actor)
    assert await business.ask("select count(*) from audit_records where action = 'contact.exported'") == [(0,)]
    await exported(business, pat)
    assert await business.ask("select actor, subject_id from audit_records where action = 'contact.exported'") == [
        (business.actor.id, str(pat.id))
    ]


async def test_of_somebody_who_was_erased_it_says_so_and_no_more(business, pat):
    erased = await business[EraseContact](pat.id, WHY, business.actor)
    told, files = await exported(business, pat)
    assert (told.erased_at, told.kept_until, told.contact, told.ledger) == (erased.at, erased.kept_until, None, ())
    assert b"Your data was erased on" in files["index.html"]
    test_world = Actor(id="key:test", permissions=business.actor.permissions, live=False)
    with pytest.raises(NoSuchContact):
        await exported(business, pat, test_world)


async def test_whose_statement_staff_wrote_down_does_not_get_the_name_of_the_staff(business, pat):
    evidence = Evidence(source="staff", affirmative_act="phone_call", attested_by="Morgan Quill", statement="By phone")
    [captured] = await business.agree(PAT, program=ORDERS, evidence=evidence)
    assert isinstance(captured, Captured), captured
    told, files = await exported(business, pat)
    assert [one.evidence.attested_by for one in told.ledger if one.evidence.statement == "By phone"] == ["staff"]
    assert b"Morgan Quill" not in b"".join(files.values())
