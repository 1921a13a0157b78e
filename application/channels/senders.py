"""Writing senders: the identity a message goes out under."""

from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import asdict

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.channels.ports import Senders
from application.ports import Clock, Transaction
from application.shapes import Country, Line, Prose, Slug, WebAddress
from domain.access import Actor, Permission
from domain.addresses import Address, Channel
from domain.audit.record import Subject
from domain.channels import NumberType, Sender, parse_sms_from
from domain.ids import SenderId, new_id

Rate: TypeAlias = Annotated[int, Meta(ge=1, le=100_000)]


class NewSender(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    slug: Slug
    legal_name: Line
    postal_address: Prose
    support: Prose
    sms_from: str | None = None
    sms_number_type: NumberType = NumberType.LONG_CODE
    email_from: str | None = None
    email_reply_to: str | None = None
    country: Country = "US"
    campaign_approved: bool = True
    rate_per_second: Rate = 20
    terms_url: WebAddress | None = None
    privacy_url: WebAddress | None = None


class SenderChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is. The slug stays: others refer to it."""

    legal_name: Line | UnsetType = UNSET
    postal_address: Prose | UnsetType = UNSET
    support: Prose | UnsetType = UNSET
    sms_from: str | UnsetType | None = UNSET
    sms_number_type: NumberType | UnsetType = UNSET
    email_from: str | UnsetType | None = UNSET
    email_reply_to: str | UnsetType | None = UNSET
    country: Country | UnsetType = UNSET
    campaign_approved: bool | UnsetType = UNSET
    rate_per_second: Rate | UnsetType = UNSET
    terms_url: WebAddress | UnsetType | None = UNSET
    privacy_url: WebAddress | UnsetType | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateSender:
    senders: Senders
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: NewSender, by: Actor, *, seed: UUID | None = None) -> Sender:
        """A seed names the sender: repeated after a crash, the request finds the one it already made."""
        by.must(Permission.WRITE_SENDERS)
        now = self.clock.now()
        sender = Sender(id=SenderId(seed or new_id(now)), created_at=now, updated_at=now, **_parsed(asdict(command)))
        async with self.transaction():
            added = await self.senders.add(sender)
            await self.trail.record([noted(by, "sender.created", _subject(added), now, after=added, seed=seed)])
        return added


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSender:
    senders: Senders
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, ref: str, command: SenderChange, by: Actor) -> Sender:
        by.must(Permission.WRITE_SENDERS)
        changes = _parsed({name: value for name, value in asdict(command).items() if value is not UNSET})
        now = self.clock.now()
        async with self.transaction():
            sender = await self.senders.get(ref)
            changed = sender.changed(now, changes)
            if changed is not sender:
                await self.senders.save(changed)
                record = noted(by, "sender.changed", _subject(sender), now, before=sender, after=changed)
                await self.trail.record([record])
        return changed


def _subject(sender: Sender) -> Subject:
    return Subject(kind="sender", id=str(sender.id))


def _parsed(given: dict[str, Any]) -> dict[str, Any]:
    found = dict(given)
    if given.get("sms_from") is not None:
        found["sms_from"] = parse_sms_from(given["sms_from"])
    for name in ("email_from", "email_reply_to"):
        if given.get(name) is not None:
            found[name] = Address.parse(given[name], Channel.EMAIL, field=name).value
    return found
