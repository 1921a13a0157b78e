"""Setting how a sender's pages look."""

from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

from msgspec import Meta, Struct
from msgspec.structs import asdict

from application.audit.auditing import noted
from application.audit.ports import Trail
from application.branding.ports import Brandings
from application.channels.ports import Senders
from application.ports import Clock, Transaction
from domain.access import Actor, Permission
from domain.audit.record import Subject
from domain.branding.branding import Branding, branding
from domain.branding.pictures import parse_picture

Colour: TypeAlias = Annotated[str, Meta(max_length=20, description="Give a colour as #rrggbb, such as #1a56a8.")]
Logo: TypeAlias = Annotated[
    bytes, Meta(max_length=512 * 1024, description="Give a PNG, JPEG or WebP picture in base64, of at most 24 KiB.")
]


class NewBranding(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of it: what is left out is chosen to go with the rest, and without a logo the sender's name stands there."""

    accent: Colour | None = None
    on_accent: Colour | None = None
    accent_dark: Colour | None = None
    on_accent_dark: Colour | None = None
    background: Colour | None = None
    logo: Logo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBranding:
    senders: Senders
    brandings: Brandings
    trail: Trail
    transaction: Transaction
    clock: Clock

    async def __call__(self, ref: str, command: NewBranding, by: Actor) -> Branding:
        """Raises BrandingUnusable, LogoUnusable, NoSuchSender."""
        by.must(Permission.WRITE_SENDERS)
        given = asdict(command)
        logo = given.pop("logo")
        wanted = branding(**given, logo=parse_picture(logo) if logo is not None else None)
        async with self.transaction():
            sender = await self.senders.get(ref)
            before = await self.brandings.get(sender.id)
            if before != wanted:
                await self.brandings.save(sender.id, wanted)
                subject = Subject(kind="sender", id=str(sender.id))
                at = self.clock.now()
                record = noted(by, "sender.branded", subject, at, before=_plain(before), after=_plain(wanted))
                await self.trail.record([record])
        return wanted


def _plain(one: Branding | None) -> dict[str, Any] | None:
    """The pixels stay out of the trail; their version tells that they changed."""
    if one is None:
        return None
    colours = {name: value for name, value in asdict(one).items() if name != "logo"}
    return {**colours, "look": one.version}
