"""What a database holds once it was made ready, however often that is done."""

import asyncio

from adapters.outbound.postgres.database import Database
from domain.templates.shipped import LOCALES, shipped

PUBLISHED = (
    "select t.slug from templates t join template_versions v on v.template_id = t.id where v.published_at <= now()"
)


def test_a_database_made_ready_has_the_products_templates_once(optin, database_url):
    async def slugs():
        database = Database(database_url)
        try:
            async with database.transaction():
                return sorted(slug for (slug,) in await database.connection.fetch(PUBLISHED))
        finally:
            await database.close()

    for _ in range(2):
        assert optin("migrate").returncode == 0
        assert asyncio.run(slugs()) == sorted([*shipped()] * len(LOCALES))
