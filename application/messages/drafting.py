"""From a request to a message with its final words: parsed, composed, footed, inspected, sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from application.links.ports import Links
from application.links.variables import blank, linked, names_a_link
from application.messages.ports import Found, Known
from application.secrets import Vault
from application.templates.compose import compose
from application.templates.ports import Renderer, Templates
from domain.addresses import Address, Channel
from domain.channels import Sender
from domain.compliance.attempt import Content as Inspection
from domain.compliance.content import inspect
from domain.errors import DomainError, Invalid
from domain.ids import MessageId, new_id
from domain.messages import Content, Message, OnNoConsent, Status, footed
from domain.programs import Category, NoSuchProgram, Program
from domain.templates.notices import known
from domain.templates.template import NoSuchTemplate, Template

_json = msgspec.json.Encoder()
_LONGEST_REFERENCE = 200


class SendMessage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Either `content`, or a published `template` with its `variables`."""

    to: str
    channel: Channel
    program: str
    content: Content | None = None
    template: str | None = None
    variables: dict[str, str | int | float | bool | list[str | int | float | bool]] = {}
    locale: str | None = None
    on_no_consent: OnNoConsent = OnNoConsent.HOLD
    reference: str | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None


class Draft(Struct, frozen=True, kw_only=True):
    """`links`: its words name links, which are filled in when it is known for whom. `request_id` is that of whoever
    asked.
    """

    command: SendMessage
    address: Address
    seed: UUID | None
    request_id: str | None = None
    content: Content | None = None
    origin: str | None = None
    links: bool = False

    def message(self, known: Known, program: Program, sender: Sender, *, live: bool, now: datetime) -> Message:
        command = self.command
        return Message(
            id=MessageId(self.seed or new_id(now)),
            contact_id=known.contact_id,
            contact_point_id=known.contact_point_id,
            program_id=program.id,
            sender_id=sender.id,
            channel=command.channel,
            category=program.category,
            status=Status.QUEUED,
            live=live,
            created_at=now,
            updated_at=now,
            due_at=max(now, command.not_before or now),
            expires_at=command.expires_at,
            reference=command.reference,
            template=self.origin,
            on_no_consent=command.on_no_consent,
        )


def parse(
    command: SendMessage, seed: UUID | None, now: datetime, *, request_id: str | None = None
) -> Draft | DomainError:
    try:
        address = Address.parse(command.to, command.channel, field="to")
        _must_say_one_thing(command)
        _must_have_time(command, now)
        if command.reference is not None and len(command.reference) > _LONGEST_REFERENCE:
            raise Invalid(f"A reference has at most {_LONGEST_REFERENCE} characters.", field="reference")
        return Draft(command=command, address=address, seed=seed, content=command.content, request_id=request_id)
    except DomainError as refusal:
        return refusal


def _must_say_one_thing(command: SendMessage) -> None:
    if (command.content is None) == (command.template is None):
        raise Invalid("Give either content or a template.", field="content" if command.template is None else "template")
    if command.content is not None:
        if command.variables:
            raise Invalid("Variables go with a template; content is sent as it is.", field="variables")
        command.content.must_fit(command.channel)


def _must_have_time(command: SendMessage, now: datetime) -> None:
    if command.expires_at is not None and command.expires_at <= max(now, command.not_before or now):
        raise Invalid("The message would expire before it may go.", field="expires_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    templates: Templates
    renderer: Renderer
    links: Links
    vault: Vault

    async def __call__(self, drafts: Sequence[Draft], found: Sequence[Found]) -> list[Draft | DomainError]:
        """With the words of each, as far as they can be had. Needs an open transaction."""
        named = {draft.command.template for draft in drafts if draft.command.template is not None}
        templates = await self.templates.published(sorted(named)) if named else {}
        return [self._composed(draft, one, templates) for draft, one in zip(drafts, found, strict=True)]

    def finish(
        self, draft: Draft, message: Message, program: Program, sender: Sender, data_key: bytes
    ) -> tuple[bytes, Inspection]:
        """The final words, sealed, and what the rules see of them."""
        if draft.content is None:
            raise ValueError("A draft is finished after it was composed.")
        content = linked(draft.content, message, self.links) if draft.links else draft.content
        if message.channel is Channel.EMAIL and program.category is Category.MARKETING:
            ids = message.contact_point_id, message.program_id, message.id
            content = footed(content, sender, self.links.unsubscribe(*ids), self.links.preferences(*ids))
        return self.sealed(content, message, data_key), self.inspected(content, message, program, sender)

    def sealed(self, content: Content, message: Message, data_key: bytes) -> bytes:
        seal = self.vault.unwrap(data_key).seal
        return seal.seal(_json.encode(content), b"message_bodies.content" + message.id.bytes)

    def inspected(self, content: Content, message: Message, program: Program, sender: Sender) -> Inspection:
        return inspect(content, channel=message.channel, category=message.category, program=program, sender=sender)

    def _composed(self, draft: Draft, found: Found, templates: Mapping[str, Template]) -> Draft | DomainError:
        command = draft.command
        try:
            if found.program is None or found.sender is None:
                raise NoSuchProgram("There is no such program.", field="program")
            found.program.must_serve(command.channel)
            found.sender.address_for(command.channel)
            if command.template is None:
                return draft
            template = templates.get(command.template)
            if template is None:
                raise NoSuchTemplate("There is no such template.", field="template")
            if template.channel is not command.channel:
                raise Invalid(f"The template {template.slug} is for {template.channel}.", field="template")
            locale = command.locale or (found.known.locale if found.known else None)
            ours = blank(self.links)
            composed = compose(
                template,
                command.variables,
                locale=locale,
                renderer=self.renderer,
                ours=ours,
                otherwise=known(found.program, found.sender),
            )
            links = names_a_link(composed.content, self.links)
            return replace(draft, content=composed.content, origin=composed.origin, links=links)
        except DomainError as refusal:
            return refusal
