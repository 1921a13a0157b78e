"""Hand out what is held about a contact: access and portability (GDPR 15, 20; CCPA 1798.110; LGPD 18)."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.consent.ports import Ledger, SealedEntry
from application.consent.sealing import open_evidence
from application.contacts.ports import Contacts
from application.ports import Clock, Transaction
from application.privacy.export import (
    Export,
    HeldAddress,
    HeldContact,
    HeldEntry,
    HeldMessage,
    HeldReply,
    HeldSuppression,
    Standing,
    as_json,
    schema,
)
from application.privacy.holdings import Holdings, Readable, SealedMessage, SealedReply
from application.privacy.ports import Erased, Erasures
from application.replies.sealing import open_text
from application.secrets import Digests, Seal, Unsealable, Vault
from application.verification.ports import Secrets
from domain.access import Actor, Permission
from domain.audit.record import Subject
from domain.consent.evidence import Evidence
from domain.consent.ledger import Consent
from domain.contacts import Contact, NoSuchContact
from domain.ids import ContactId, ContactPointId, ProgramId
from domain.messages import Content
from domain.privacy.reasons import must_say_why

_contents = msgspec.json.Decoder(Content)
_STAFF = "staff"
# The earliest a ZIP can tell: the same export is the same bytes.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


class Archive(Struct, frozen=True, kw_only=True):
    """A ZIP of `data.json`, its `schema.json`, and `index.html` for people."""

    name: str
    content: bytes

    def __repr__(self) -> str:
        return f"Archive({self.name})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporting:
    """Part of the use cases that hand out: reads, and records that it did, in a transaction that is open already."""

    contacts: Contacts
    ledger: Ledger
    holdings: Holdings
    erasures: Erasures
    readable: Readable
    challenge_secrets: Secrets
    vault: Vault
    digests: Digests
    trail: Trail

    async def __call__(self, contact_id: ContactId, by: Actor, *, reason: str, now: datetime) -> Archive:
        """Of an erased contact it says that it was erased, and no more. Raises NoSuchContact."""
        subject = Subject(kind="contact", id=str(contact_id))
        await self.trail.record([noted(by, "contact.exported", subject, now, reason=reason)])
        erased = await self.erasures.one(contact_id, live=by.live)
        if erased is None:
            try:
                contact = await self.contacts.get(contact_id, live=by.live)
            except NoSuchContact:
                erased = await self.erasures.one(contact_id, live=by.live)
                if erased is None:
                    raise
        export = _of_erased(erased, now) if erased else await self._of(contact, now)
        return self._packed(export, contact_id)

    def _packed(self, export: Export, contact_id: ContactId) -> Archive:
        files = {"data.json": as_json(export), "schema.json": schema(), "index.html": self.readable(export)}
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(zipfile.ZipInfo(name, _NO_DATE), content, zipfile.ZIP_DEFLATED)
        return Archive(name=f"contact-{contact_id}.zip", content=packed.getvalue())

    async def _of(self, contact: Contact, now: datetime) -> Export:
        points = await self.ledger.points(contact.id, live=contact.live)
        seal = self.vault.unwrap(points[0].data_key).seal
        addresses = {point.id: point.address.value for point in contact.points}
        slugs = await self.ledger.program_slugs()
        entries = await self.ledger.entries(contact.id, live=contact.live)
        counted = [
            self.challenge_secrets.digest("address", point.address.value, live=contact.live) for point in contact.points
        ]
        return Export(
            made_at=now,
            contact=_held(contact),
            addresses=tuple(
                HeldAddress(id=point.id, channel=point.channel, address=point.address.value, state=point.state)
                for point in contact.points
            ),
            consents=tuple(_standings(contact, entries, slugs)),
            ledger=tuple(_entry(entry, addresses, slugs, seal) for entry in entries),
            messages=tuple(_message(one, addresses, seal) for one in await self.holdings.messages(contact.id)),
            replies=tuple(_reply(one, seal) for one in await self.holdings.replies(contact.id)),
            suppressions=tuple(await self._suppressions(contact, slugs)),
            challenges=tuple(await self.holdings.challenges(contact.id, counted)),
            requests=tuple(await self.holdings.requests(contact.id)),
            records=tuple(await self.holdings.records(contact.id)),
        )

    async def _suppressions(self, contact: Contact, slugs: dict[ProgramId, str]) -> list[HeldSuppression]:
        found: list[HeldSuppression] = []
        for point in contact.points:
            tokens = self.digests.suppression(point.address, live=contact.live)
            found += [
                HeldSuppression(
                    address=point.address.value,
                    channel=one.channel,
                    scope=one.scope,
                    category=one.category,
                    program=slugs.get(one.program_id) if one.program_id else None,
                    reason=one.reason,
                    date=one.date,
                )
                for one in await self.holdings.suppressions(tokens)
            ]
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportContact:
    exporting: Exporting
    transaction: Transaction
    clock: Clock

    async def __call__(self, contact_id: UUID, reason: str, by: Actor) -> Archive:
        """Raises NoSuchContact."""
        by.must(Permission.EXPORT_CONTACTS)
        reason = must_say_why(reason)
        async with self.transaction():
            return await self.exporting(ContactId(contact_id), by, reason=reason, now=self.clock.now())


def _of_erased(erased: Erased, now: datetime) -> Export:
    return Export(made_at=now, erased_at=erased.at, kept_until=erased.kept_until)


def _held(contact: Contact) -> HeldContact:
    return HeldContact(
        id=contact.id,
        kind=contact.kind,
        locale=contact.locale,
        time_zone=contact.time_zone,
        residence=contact.residence,
        reference=contact.reference,
        attributes=contact.attributes,
        created_at=contact.created_at,
        updated_at=contact.updated_at,
        restricted_at=contact.restricted_at,
    )


def _standings(contact: Contact, entries: Sequence[SealedEntry], slugs: dict[ProgramId, str]) -> list[Standing]:
    found: list[Standing] = []
    for point in contact.points:
        facts = [entry.fact for entry in entries if entry.contact_point_id == point.id]
        for program_id in dict.fromkeys(fact.program_id for fact in facts if fact.program_id is not None):
            consent = Consent(program_id=program_id, channel=point.channel).replay(facts)
            found.append(
                Standing(
                    address=point.address.value,
                    channel=point.channel,
                    program=slugs.get(program_id, str(program_id)),
                    status=consent.status,
                    since=consent.since,
                )
            )
    return found


def _entry(
    entry: SealedEntry, addresses: dict[ContactPointId, str], slugs: dict[ProgramId, str], seal: Seal
) -> HeldEntry:
    fact = entry.fact
    return HeldEntry(
        id=fact.id,
        address=addresses.get(entry.contact_point_id),
        channel=fact.channel,
        program=slugs.get(fact.program_id, str(fact.program_id)) if fact.program_id else None,
        status=fact.status,
        at=fact.at,
        recorded_at=fact.recorded_at,
        recorded_by=kind_of_actor(entry.actor),
        evidence=_evidence(entry, seal),
        hash=entry.hash.hex(),
        commitment=entry.commitment.hex(),
    )


def _evidence(entry: SealedEntry, seal: Seal) -> Evidence | None:
    """Who of the staff wrote it down is theirs, not the contact's (GDPR 15(4))."""
    try:
        found = open_evidence(entry, seal)
    except (Unsealable, msgspec.MsgspecError):
        return None
    return replace(found, attested_by=_STAFF) if found.attested_by else found


def _message(one: SealedMessage, addresses: dict[ContactPointId, str], seal: Seal) -> HeldMessage:
    return HeldMessage(
        id=one.id,
        address=addresses.get(one.contact_point_id),
        channel=one.channel,
        program=one.program,
        sender=one.sender,
        category=one.category,
        status=one.status,
        reference=one.reference,
        content=_content(one, seal),
        decision=msgspec.json.decode(one.decision) if one.decision else None,
        steps=one.steps,
    )


def _content(one: SealedMessage, seal: Seal) -> Content | None:
    if not one.content:
        return None
    try:
        return _contents.decode(seal.open(one.content, b"message_bodies.content" + one.id.bytes))
    except (Unsealable, msgspec.MsgspecError):
        return None


def _reply(one: SealedReply, seal: Seal) -> HeldReply:
    text = None
    if one.text is not None:
        try:
            text = open_text(one.text, one.id, seal)
        except Unsealable:
            text = None
    return HeldReply(
        id=one.id,
        channel=one.channel,
        received_at=one.received_at,
        status=one.status,
        read_as=one.classification,
        text=text,
    )


def kind_of_actor(actor: str) -> str:
    """`key`, `operator`, `system`: what did it, and not who."""
    return actor.partition(":")[0]
