"""Writing programs: what one opts in to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.channels.ports import Senders
from application.ports import Clock, Transaction
from application.programs.ports import Described, Programs
from application.shapes import Line, Locale, Prose, Ref, Slug, WebAddress
from domain.access import Actor, Permission
from domain.addresses import Channel
from domain.audit.record import Subject
from domain.errors import Invalid
from domain.ids import ProgramId, new_id
from domain.programs import Category, Disclosure, OptIn, Program, Status, next_versions
from domain.templates.locales import parse_locale

Channels: TypeAlias = Annotated[tuple[Channel, ...], Meta(min_length=1, max_length=2)]


class Text(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The exact words a person agrees to."""

    channel: Channel
    text: Prose
    locale: Locale = "en-US"


Texts: TypeAlias = Annotated[tuple[Text, ...], Meta(max_length=100)]
Others: TypeAlias = Annotated[tuple[Slug, ...], Meta(max_length=9)]


class NewProgram(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    slug: Slug
    name: Line
    purpose: Line
    category: Category
    channels: Channels
    frequency: Line
    sender: Ref
    opt_in: OptIn = OptIn.SINGLE
    disclosures: Texts = ()
    terms_url: WebAddress | None = None
    privacy_url: WebAddress | None = None
    also_on_form: Others = ()


class ProgramChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is. A disclosure that differs from the one shown now becomes its next version."""

    name: Line | UnsetType = UNSET
    purpose: Line | UnsetType = UNSET
    category: Category | UnsetType = UNSET
    channels: Channels | UnsetType = UNSET
    frequency: Line | UnsetType = UNSET
    sender: Ref | UnsetType = UNSET
    opt_in: OptIn | UnsetType = UNSET
    disclosures: Texts = ()
    terms_url: WebAddress | UnsetType | None = UNSET
    privacy_url: WebAddress | UnsetType | None = UNSET
    also_on_form: Others | UnsetType = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateProgram:
    programs: Programs
    senders: Senders
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, command: NewProgram, by: Actor, *, seed: UUID | None = None) -> Described:
        """A draft. A seed names it: repeated after a crash, the request finds the one it already made.

        Raises NoSuchSender, SlugTaken, Invalid.
        """
        by.must(Permission.WRITE_PROGRAMS)
        now, texts = self.clock.now(), _parsed(command.disclosures)
        async with self.transaction():
            sender = await self.senders.get(command.sender)
            draft = Program(
                id=ProgramId(seed or new_id(now)),
                slug=command.slug,
                name=command.name,
                purpose=command.purpose,
                category=command.category,
                channels=command.channels,
                opt_in=command.opt_in,
                frequency=command.frequency,
                sender_id=sender.id,
                created_at=now,
                updated_at=now,
                disclosures=next_versions((), texts),
                terms_url=command.terms_url,
                privacy_url=command.privacy_url,
                also_on_form=command.also_on_form,
            )
            await _must_share_sender(self.programs, draft)
            program = await self.programs.add(draft)
            created = noted(by, "program.created", _subject(program), now, after=program, seed=seed)
            await self.trail.record([created])
        return Described(program=program, sender=sender.slug)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProgram:
    programs: Programs
    senders: Senders
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, ref: str, command: ProgramChange, by: Actor) -> Described:
        """Raises NoSuchProgram, NoSuchSender, AgreedTo, WrongStep, Invalid."""
        by.must(Permission.WRITE_PROGRAMS)
        texts = _parsed(command.disclosures)
        changes: dict[str, Any] = {name: value for name in _PLAIN if (value := getattr(command, name)) is not UNSET}
        now = self.clock.now()
        async with self.transaction():
            program = await self.programs.get(ref)
            sender = await self.senders.get(
                str(program.sender_id) if isinstance(command.sender, UnsetType) else command.sender
            )
            changed = program.changed(now, {**changes, "sender_id": sender.id}, texts)
            if changed is not program:
                await _must_share_sender(self.programs, changed)
                await self.programs.save(changed)
                record = noted(by, "program.changed", _subject(program), now, before=program, after=changed)
                await self.trail.record([record])
        return Described(program=changed, sender=sender.slug)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveProgram:
    """Activates, pauses or archives."""

    programs: Programs
    senders: Senders
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, ref: str, to: Status, by: Actor) -> Described:
        """Raises NoSuchProgram, WrongStep."""
        by.must(Permission.WRITE_PROGRAMS)
        now = self.clock.now()
        async with self.transaction():
            program = await self.programs.get(ref)
            moved = program.to(to, now)
            if moved is not program:
                await self.programs.save(moved)
                if moved.status is Status.ACTIVE:
                    await self.programs.wake(moved.id, at=now)
                record = noted(by, f"program.{_DONE[to]}", _subject(program), now, before=program, after=moved)
                await self.trail.record([record])
            sender = await self.senders.get(str(moved.sender_id))
        return Described(program=moved, sender=sender.slug)


_DONE = {
    Status.DRAFT: "drafted",
    Status.ACTIVE: "activated",
    Status.PAUSED: "paused",
    Status.ARCHIVED: "archived",
}


def _subject(program: Program) -> Subject:
    return Subject(kind="program", id=str(program.id))


async def _must_share_sender(programs: Programs, program: Program) -> None:
    """Raises Invalid: one form speaks for one sender."""
    if not program.also_on_form:
        return
    others = {other.slug: other.sender_id for other in await programs.with_slugs(program.also_on_form)}
    for slug in program.also_on_form:
        if others.get(slug) != program.sender_id:
            raise Invalid(f"The same sender has no program {slug}; a form speaks for one sender.", field="also_on_form")


_PLAIN = ("name", "purpose", "category", "channels", "frequency", "opt_in", "terms_url", "privacy_url", "also_on_form")


def _parsed(texts: Sequence[Text]) -> list[Disclosure]:
    return [
        Disclosure(
            channel=text.channel, locale=parse_locale(text.locale, f"disclosures.{number}.locale"), text=text.text
        )
        for number, text in enumerate(texts)
    ]
