"""What an entry of the ledger keeps in clear, what it seals, and how the two are bound (ADR 9)."""

from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import msgspec
import pytest
from msgspec.structs import replace

from adapters.outbound.secrets.ring import KeyRing
from adapters.outbound.secrets.vault import RingVault
from application.consent.sealing import intact, kept_promise, open_evidence, seal_entry
from application.secrets import Unsealable
from domain.addresses import Channel
from domain.consent.evidence import ConsentType, Evidence, Facts
from domain.consent.ledger import Consent, Fact, Status
from domain.ids import ContactId, ContactPointId, EntryId, ProgramId, new_id

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
CONTACT, POINT, PROGRAM = ContactId(new_id(NOON)), ContactPointId(new_id(NOON)), ProgramId(new_id(NOON))
GIVEN = Evidence(
    type=ConsentType.PEWC,
    source="first_party",
    medium="web_form",
    affirmative_act="checkbox_checked",
    disclosure_text_verbatim="I agree to texts from Acme Ltd.",
    url="https://acme.example/join?ticket=17",
    form_id="footer",
    ip="203.0.113.7",
    user_agent="Mozilla/5.0",
    session_id="session-4711",
    identity="Pat Doe",
    screenshot_ref="shots/pat.png",
    request_sender_name="Acme of Pat",
    request_mailing_address="1 Main St",
    request_contact="help@acme.example",
    original_consent_holder="Holder Ltd",
    holder_notification_channel="mail@holder.example",
    doi_token_id="token-99",
    snapshot='{"boxes":["weekly-offers.sms"]}',
    snapshot_hash="sha256:5e884898",
    statement="please write to me",
    attested_by="agent 17",
    attestation="I heard it myself",
    agreed_at="2026-11-20T15:04:05+00:00",
    document_ref="call 4711",
)
# What the facts have no field for; and one whose name they share, as yes or no.
PERSONAL = [*sorted(set(Evidence.__struct_fields__) - set(Facts.__struct_fields__)), "holder_notification_channel"]


@pytest.fixture
def key():
    return RingVault(KeyRing.generate()).new_key()


def fact(status=Status.GRANTED, at=NOON):
    return Fact(
        id=EntryId(new_id(at)),
        program_id=PROGRAM,
        channel=Channel.SMS,
        status=status,
        at=at,
        recorded_at=at,
        facts=GIVEN.facts(),
    )


def sealed(key, fact, evidence=GIVEN, actor="key:1"):
    return seal_entry(fact, evidence, contact=CONTACT, point=POINT, actor=actor, key=key)


@pytest.mark.parametrize("field", PERSONAL)
def test_what_is_personal_stands_in_no_fact(field):
    assert getattr(GIVEN, field).encode() not in msgspec.json.encode(GIVEN.facts())


def test_the_evidence_comes_back_as_it_was_given(key):
    entry = sealed(key, fact())
    assert GIVEN.identity.encode() not in entry.evidence
    assert open_evidence(entry, key.seal) == GIVEN


def test_evidence_cannot_be_put_in_the_place_of_another(key):
    mine, another = sealed(key, fact()), sealed(key, fact())
    with pytest.raises(Unsealable):
        open_evidence(replace(mine, evidence=another.evidence), key.seal)


@pytest.mark.parametrize("forged", [{"status": Status.REVOKED}, {"at": NOON.replace(hour=11)}, {"program_id": None}])
def test_the_hash_shows_a_changed_fact(key, forged):
    entry = sealed(key, fact())
    assert intact(entry)
    assert not intact(replace(entry, fact=replace(entry.fact, **forged)))


@pytest.mark.parametrize(
    "forged", [{"actor": "key:2"}, {"contact_id": POINT}, {"contact_point_id": CONTACT}, {"commitment": bytes(32)}]
)
def test_the_hash_shows_whose_entry_it_was_and_what_it_rested_on(key, forged):
    assert not intact(replace(sealed(key, fact()), **forged))


def test_an_entry_is_still_intact_when_its_evidence_can_no_longer_be_read(key):
    assert intact(replace(sealed(key, fact()), evidence=b"erased"))


def test_evidence_that_was_not_the_one_committed_to_is_noticed(key):
    mine, another = sealed(key, fact()), sealed(key, fact())
    assert kept_promise(mine, key.seal)
    assert not kept_promise(replace(mine, commitment=another.commitment), key.seal)


def test_an_instant_with_another_offset_is_kept_and_hashed_as_it_is_read_back(key):
    in_paris = NOON.astimezone(timezone(timedelta(hours=1)))
    entry = sealed(key, fact(at=in_paris))
    assert entry.fact.at.tzinfo is UTC
    assert intact(replace(entry, fact=msgspec.convert(msgspec.to_builtins(entry.fact), Fact)))


def test_the_hash_can_be_taken_by_anybody_from_what_is_stored(key):
    entry = sealed(key, fact())
    line = {
        "fact": entry.fact,
        "contact": entry.contact_id,
        "point": entry.contact_point_id,
        "actor": entry.actor,
        "commitment": entry.commitment.hex(),
    }
    assert sha256(msgspec.json.encode(line, order="sorted")).digest() == entry.hash


def test_equal_evidence_is_not_seen_to_be_equal(key):
    written = fact()
    assert sealed(key, written).hash != sealed(key, written).hash


def test_where_somebody_stands_is_what_the_entries_add_up_to():
    first, last = fact(), fact(Status.REVOKED, NOON.replace(hour=13))
    nothing = Consent(program_id=PROGRAM, channel=Channel.SMS)
    assert (nothing.status, nothing.id) == (Status.NONE, None)
    stands = nothing.replay([last, first])
    assert (stands.status, stands.since, stands.id) == (Status.REVOKED, last.at, first.id)
    everywhere = replace(last, program_id=None)
    assert nothing.replay([first, everywhere]).status is Status.REVOKED
    elsewhere = replace(last, program_id=ProgramId(new_id(NOON)))
    assert nothing.replay([first, elsewhere]).status is Status.GRANTED


def test_an_entry_of_the_first_version_is_still_read_and_still_keeps_its_promise(key):
    """Its salt was random alone; the hash of the facts came later."""
    evidence = Evidence(source="first_party", statement="as it was written then")
    salted = b"s" * 16 + msgspec.json.encode(evidence, order="sorted")
    entry = sealed(key, fact(), evidence)
    first = replace(
        entry,
        evidence=key.seal.seal(salted, b"consent_entries.evidence" + entry.fact.id.bytes),
        commitment=sha256(salted).digest(),
    )
    assert open_evidence(first, key.seal) == evidence
    assert kept_promise(first, key.seal)
    assert not kept_promise(replace(first, commitment=b"c" * 32), key.seal)
