"""A sign-up form: what it offers, and the record of what somebody was shown and did on it."""

from datetime import datetime
from hashlib import sha256

import msgspec
from msgspec import Struct

from domain.addresses import Channel
from domain.channels import Sender
from domain.errors import NotFound
from domain.programs import Disclosure, Program, Status
from domain.templates.locales import choose

_canonical = msgspec.json.Encoder(order="sorted").encode


class NoSuchForm(NotFound):
    """No program of this name takes sign-ups here."""


class Offer(Struct, frozen=True, kw_only=True):
    """One yes that can be said on a form: to one program on one channel."""

    program: Program
    channel: Channel
    disclosure: Disclosure

    @property
    def name(self) -> str:
        return f"{self.program.slug}.{self.channel}"


class Form(Struct, frozen=True, kw_only=True):
    """`programs` begin with the one the form is named after; each comes with the newest text of a channel and locale.

    It opens for what can be agreed to in full: a wording for the channel, somebody to send it, and the terms and
    privacy policy that have to be linked beside it (CTIA-10; for mail the privacy policy, GDPR article 13).
    """

    sender: Sender
    programs: tuple[Program, ...]

    @property
    def program(self) -> Program:
        return self.programs[0]

    def offers(self, locale: str | None) -> tuple[Offer, ...]:
        """Empty where the form is closed."""
        if self.program.status is not Status.ACTIVE:
            return ()
        return tuple(
            Offer(program=program, channel=channel, disclosure=_newest(program, channel, locale))
            for program in self.programs
            if program.status is Status.ACTIVE
            for channel in program.channels
            if not self._lacks(program, channel)
        )

    def lacks(self) -> tuple[str, ...]:
        """What to do before all that could be offered is, in sentences for staff."""
        inactive = [f"Activate the program {one.slug}." for one in self.programs if one.status is not Status.ACTIVE]
        wanting = [lack for one in self.programs for channel in one.channels for lack in self._lacks(one, channel)]
        return tuple(dict.fromkeys([*inactive, *wanting]))

    def terms_url(self, program: Program) -> str | None:
        return program.terms_url or self.sender.terms_url

    def privacy_url(self, program: Program) -> str | None:
        return program.privacy_url or self.sender.privacy_url

    def _lacks(self, program: Program, channel: Channel) -> list[str]:
        texting = channel is Channel.SMS
        wanting = {
            f"Give {program.slug} a disclosure for {channel}.": not any(
                text.channel is channel for text in program.disclosures
            ),
            f"Give the sender {self.sender.slug} {'sms_from' if texting else 'email_from'}.": not (
                self.sender.sms_from if texting else self.sender.email_from
            ),
            f"Give {program.slug} or its sender a terms_url.": texting and not self.terms_url(program),
            f"Give {program.slug} or its sender a privacy_url.": not self.privacy_url(program),
        }
        return [lack for lack, there in wanting.items() if there]


def _newest(program: Program, channel: Channel, locale: str | None) -> Disclosure:
    versions = sorted((text for text in program.disclosures if text.channel is channel), key=_version)
    texts = {text.locale: text for text in versions}
    return texts[choose(locale, list(texts))]


def _version(text: Disclosure) -> int:
    return text.version


class Box(Struct, frozen=True, kw_only=True):
    """One box as it was shown: the disclosure, and what the form says beside it. None is ever ticked beforehand."""

    name: str
    program: str
    program_name: str
    purpose: str
    category: str
    frequency: str
    channel: Channel
    disclosure: str
    disclosure_version: int
    disclosure_hash: str
    locale: str
    beside: tuple[str, ...]
    terms_url: str | None
    privacy_url: str | None
    ticked_beforehand: bool = False

    @property
    def words(self) -> str:
        """All that stands beside the box."""
        return "\n".join((self.disclosure, *self.beside))


class Shown(Struct, frozen=True, kw_only=True):
    """Everything a form puts before a person, as text."""

    form: str
    url: str
    language: str
    brand: str
    sender: str
    postal_address: str
    support: str
    texts: dict[str, str]
    boxes: tuple[Box, ...]

    @property
    def hash(self) -> str:
        """Comes back with the answer: nobody agrees to words they did not see."""
        return sha256(_canonical(self)).hexdigest()

    def box(self, name: str) -> Box | None:
        return next((box for box in self.boxes if box.name == name), None)


class Visit(Struct, frozen=True, kw_only=True):
    """From where somebody acted, as far as the network tells."""

    at: datetime
    ip: str | None
    user_agent: str | None

    def __repr__(self) -> str:
        return "Visit(…)"


class Answer(Struct, frozen=True, kw_only=True):
    """What somebody did with a form. It waits, sealed, in the challenge until they have proved an address."""

    shown: Shown
    ticked: tuple[str, ...]
    submitted: Visit
    identity: str | None = None

    def boxes(self, channel: Channel) -> tuple[Box, ...]:
        return tuple(box for box in self.shown.boxes if box.name in self.ticked and box.channel is channel)

    def channels(self) -> tuple[Channel, ...]:
        return tuple(dict.fromkeys(box.channel for box in self.shown.boxes if box.name in self.ticked))

    def __repr__(self) -> str:
        return f"Answer(form={self.shown.form}, ticked={self.ticked})"


class Snapshot(Struct, frozen=True, kw_only=True):
    """The whole story of one address: what was shown, what was done with each box, and how it was confirmed."""

    answer: Answer
    channel: Channel
    method: str
    confirmed: Visit

    @property
    def canonical(self) -> str:
        return _canonical(self).decode()
