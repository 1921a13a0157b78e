from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.names import id_in, named, own
from adapters.outbound.postgres.tables import template_versions, templates
from application.templates.ports import Templates
from application.templates.queries import TemplateQueries
from domain.channels import SlugTaken
from domain.ids import TemplateId
from domain.templates.template import NoSuchTemplate, Template, Version

# Every send with a template asks this; the builder would take longer than the database.
_AT_HAND = "SELECT id, slug, revision FROM templates WHERE slug = ANY($1::text[]) OR id = ANY($2::uuid[])"
_MOST_KEPT = 1_000


@dataclass(frozen=True)
class PostgresTemplates(Templates, TemplateQueries):
    """Published templates are kept at the revision last seen, so a send reads a name and a number, not the texts."""

    database: Database
    _kept: dict[TemplateId, Template] = field(default_factory=dict, repr=False)

    async def add(self, template: Template) -> Template:
        statement = (
            insert(templates).values(own(template, without=("versions",))).on_conflict_do_nothing(index_elements=["id"])
        )
        try:
            added = await self.database.execute(statement)
        except asyncpg.UniqueViolationError:
            raise SlugTaken(f"Another template already has the slug {template.slug}.", field="slug") from None
        if not added:
            return await self.get(str(template.id))
        await self._write(template, template.versions)
        return template

    async def get(self, ref: str) -> Template:
        locked = await self.database.records(select(templates.c.id).where(named(templates, ref)).with_for_update())
        if not locked:
            raise _unknown()
        return (await self._load([locked[0]["id"]]))[0]

    async def save(self, before: Template, after: Template) -> None:
        if after == before:
            return
        await self._write(after, [version for version in after.versions if version not in before.versions])
        await self.database.execute(
            update(templates).where(templates.c.id == after.id).values(own(after, without=("versions",)))
        )

    async def published(self, refs: Sequence[str]) -> Mapping[str, Template]:
        ids = {ref: found for ref in refs if (found := id_in(ref)) is not None}
        slugs = [ref for ref in refs if ref not in ids]
        rows = await self.database.connection.fetch(_AT_HAND, slugs, list(ids.values()))
        await self._keep(rows)
        known: dict[str | UUID, Template] = {}
        for row in rows:
            known[row["slug"]] = known[row["id"]] = self._kept[row["id"]]
        return {ref: known[name] for ref in refs if (name := ids.get(ref, ref)) in known}

    async def one(self, ref: str) -> Template:
        async with self.database.transaction():
            rows = await self.database.records(select(templates.c.id).where(named(templates, ref)))
            if not rows:
                raise _unknown()
            return (await self._load([rows[0]["id"]]))[0]

    async def page(self, limit: int, after: TemplateId | None) -> Sequence[Template]:
        statement = select(templates.c.id).order_by(templates.c.id.desc()).limit(limit + 1)
        if after is not None:
            statement = statement.where(templates.c.id < after)
        async with self.database.transaction():
            return await self._load([row["id"] for row in await self.database.records(statement)])

    async def versions(self, ref: str, locale: str, limit: int, before: int | None) -> Sequence[Version]:
        async with self.database.transaction():
            rows = await self.database.records(select(templates.c.id).where(named(templates, ref)))
            if not rows:
                raise _unknown()
            statement = (
                select(template_versions)
                .where(template_versions.c.template_id == rows[0]["id"], template_versions.c.locale == locale)
                .order_by(template_versions.c.version.desc())
                .limit(limit + 1)
            )
            if before is not None:
                statement = statement.where(template_versions.c.version < before)
            return [_version(row) for row in await self.database.records(statement)]

    async def _keep(self, rows: Sequence[asyncpg.Record]) -> None:
        stale = [row["id"] for row in rows if not self._has(row)]
        if len(self._kept) + len(stale) > _MOST_KEPT:
            self._kept.clear()
            stale = [row["id"] for row in rows]
        if stale:
            self._kept.update({template.id: template for template in await self._load(stale)})

    def _has(self, row: asyncpg.Record) -> bool:
        kept = self._kept.get(row["id"])
        return kept is not None and kept.revision == row["revision"]

    async def _load(self, ids: Sequence[UUID]) -> list[Template]:
        """In the order of the ids, each with the newest and the newest published version of every locale.

        The revision is read first: versions newer than it are then read again, versions older than it would be kept.
        """
        if not ids:
            return []
        rows = {row["id"]: row for row in await self.database.records(select(templates).where(templates.c.id.in_(ids)))}
        versions: dict[UUID, list[Version]] = {}
        for row in await self.database.records(_current(ids)):
            versions.setdefault(row["template_id"], []).append(_version(row))
        return [
            msgspec.convert({**rows[one], "versions": tuple(versions.get(one, ()))}, Template)
            for one in ids
            if one in rows
        ]

    async def _write(self, template: Template, versions: Sequence[Version]) -> None:
        """A published version is never written again: the statement itself does not let it."""
        rows = [
            own(version) | {"template_id": template.id, "variables": list(version.variables)} for version in versions
        ]
        if rows:
            statement = insert(template_versions).values(rows)
            await self.database.execute(
                statement.on_conflict_do_update(
                    index_elements=["template_id", "locale", "version"],
                    set_={"published_at": statement.excluded.published_at},
                    where=template_versions.c.published_at.is_(None),
                )
            )


def _current(ids: Sequence[UUID]) -> Any:
    """The locale first written comes first."""
    versions = template_versions.c
    latest = (
        select(
            versions.template_id,
            versions.locale,
            func.min(versions.created_at).label("begun"),
            func.max(versions.version).label("newest"),
            func.max(versions.version).filter(versions.published_at.is_not(None)).label("live"),
        )
        .where(versions.template_id.in_(ids))
        .group_by(versions.template_id, versions.locale)
        .subquery()
    )
    same = and_(versions.template_id == latest.c.template_id, versions.locale == latest.c.locale)
    return (
        select(template_versions)
        .join(latest, same)
        .where(or_(versions.version == latest.c.newest, versions.version == latest.c.live))
        .order_by(latest.c.begun, versions.locale, versions.version)
    )


def _version(row: asyncpg.Record) -> Version:
    return msgspec.convert({name: row[name] for name in Version.__struct_fields__}, Version)


def _unknown() -> NoSuchTemplate:
    return NoSuchTemplate("There is no template with this id or slug.", field="template")
