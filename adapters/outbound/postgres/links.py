from dataclasses import dataclass

from sqlalchemy import select

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.directory import load_programs
from adapters.outbound.postgres.tables import contact_points, contacts, senders
from application.links.queries import LinkQueries, Subject
from domain.addresses import Channel
from domain.channels import Sender
from domain.links import Link
from domain.programs import Disclosure, Program
from domain.templates.locales import best

# For whom no language is known; the disclosures come in no order that means anything.
_SOURCE = "en"


@dataclass(frozen=True)
class PostgresLinkQueries(LinkQueries):
    database: Database

    async def subject(self, link: Link) -> Subject | None:
        person = (
            select(contact_points.c.channel, contacts.c.locale)
            .join(contacts, contacts.c.id == contact_points.c.contact_id)
            .where(contact_points.c.id == link.contact_point_id)
        )
        async with self.database.transaction():
            found = await self.database.records(person)
            programs = await load_programs(self.database, [link.program_id])
            if not found or not programs:
                return None
            sender = await self.database.row(select(senders).where(senders.c.id == programs[0].sender_id), Sender)
        disclosure = _shown(programs[0], found[0]["channel"], found[0]["locale"])
        return _subject(programs[0], sender, disclosure) if sender and disclosure else None


def _shown(program: Program, channel: str, locale: str | None) -> Disclosure | None:
    texts = {text.locale: text for text in program.disclosures if text.channel is Channel(channel)}
    return texts[best([locale, _SOURCE], list(texts))] if texts else None


def _subject(program: Program, sender: Sender, disclosure: Disclosure) -> Subject:
    return Subject(
        channel=disclosure.channel,
        program=program.name,
        purpose=program.purpose,
        frequency=program.frequency,
        brand=sender.slug,
        sender=sender.legal_name,
        postal_address=sender.postal_address,
        support=sender.support,
        disclosure=disclosure,
    )
