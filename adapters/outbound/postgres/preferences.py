from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.directory import load_programs
from adapters.outbound.postgres.tables import contact_points, contacts, messages, senders
from application.preferences.ports import Preferences, Reached
from domain.channels import Sender
from domain.ids import ContactPointId, ProgramId
from domain.programs import Category, Program, Status


@dataclass(frozen=True)
class PostgresPreferences(Preferences):
    database: Database

    async def reached(self, contact_point_id: ContactPointId) -> Reached | None:
        statement = (
            select(
                contact_points.c.id.label("contact_point_id"),
                contact_points.c.channel,
                contacts.c.data_key,
                contact_points.c.address,
                contacts.c.live,
            )
            .join(contacts, contacts.c.id == contact_points.c.contact_id)
            .where(contact_points.c.id == contact_point_id)
        )
        return await self.database.row(statement, Reached)

    async def programs(
        self, contact_point_id: ContactPointId | None, named: Sequence[ProgramId]
    ) -> list[tuple[Program, Sender]]:
        wanted = {*named, *(await self._written_about(contact_point_id) if contact_point_id else ())}
        found = [one for one in await load_programs(self.database, list(wanted)) if one.status is not Status.DRAFT]
        statement = select(senders).where(senders.c.id.in_([one.sender_id for one in found]))
        by_id = {one.id: one for one in await self.database.rows(statement, Sender)}
        pairs = [(program, by_id[program.sender_id]) for program in found]
        return sorted(pairs, key=lambda pair: (pair[1].legal_name, pair[0].name))

    async def _written_about(self, contact_point_id: ContactPointId) -> list[ProgramId]:
        """By the contact, which the index knows. Codes are sent because they were asked for."""
        owner = select(contact_points.c.contact_id).where(contact_points.c.id == contact_point_id).scalar_subquery()
        statement = (
            select(messages.c.program_id)
            .where(
                messages.c.contact_id == owner,
                messages.c.contact_point_id == contact_point_id,
                messages.c.category != Category.OTP,
            )
            .distinct()
        )
        return [ProgramId(record["program_id"]) for record in await self.database.records(statement)]
