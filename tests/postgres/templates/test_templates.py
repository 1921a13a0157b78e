"""What PostgreSQL keeps of templates: every version as it was published, and at hand what is sent now."""

import asyncio
from uuid import UUID

import pytest

from application.templates.preview import Sample
from application.templates.write import NewTemplate, NewVersion
from domain.access import SYSTEM, Actor, NotPermitted
from domain.addresses import Channel
from domain.channels import SlugTaken
from domain.ids import TemplateId, new_id
from domain.messages import Content
from domain.programs import Category
from domain.templates.template import NoSuchTemplate, Status
from tests.postgres.templates.desk import NOON, open_desk


def test_a_template_is_sent_as_it_was_published(at_desk):
    async def story(desk):
        await desk.new()
        await desk.publish("order-shipped", SYSTEM)
        await desk.edit("Arriving today, {{ name }}")
        before = await desk.sent(name="Pat")
        await desk.publish("order-shipped", SYSTEM)
        return before, await desk.sent(name="Pat")

    before, after = at_desk(story)
    assert before == ("On its way, Pat", "order-shipped@en-US.1")
    assert after == ("Arriving today, Pat", "order-shipped@en-US.2")


def test_every_wording_ever_written_can_be_shown_again(at_desk):
    async def story(desk):
        await desk.new(text="One")
        for text in ("Two", "Three", "Four"):
            await desk.publish("order-shipped", SYSTEM)
            await desk.edit(text)
        first = await desk.templates.versions("order-shipped", "en-US", 2, None)
        rest = await desk.templates.versions("order-shipped", "en-US", 2, first[1].version)
        return first, rest

    first, rest = at_desk(story)
    assert [version.content.text for version in first] == ["Four", "Three", "Two"]
    assert [(version.content.text, version.status) for version in rest] == [
        ("Two", Status.PUBLISHED),
        ("One", Status.PUBLISHED),
    ]


def test_a_published_version_cannot_be_written_again_even_by_mistake(at_desk):
    async def story(desk):
        template = await desk.new(text="One")
        published = await desk.publish("order-shipped", SYSTEM)
        async with desk.database.transaction():
            await desk.templates._write(published, template.drafted("en-US", Content(text="X"), (), NOON).versions[:1])
        return (await desk.templates.one("order-shipped")).versions

    (version,) = at_desk(story)
    assert (version.content.text, version.status) == ("One", Status.PUBLISHED)


def test_contacts_read_their_own_language_where_there_is_one(at_desk):
    async def story(desk):
        await desk.new(text="Hello")
        await desk.edit("Bonjour", "fr")
        await desk.edit("Allô", "fr-CA")
        await desk.publish("order-shipped", SYSTEM)
        await desk.edit("Hallo", "de-DE")
        return [(await desk.sent(locale))[0] for locale in ("fr-CA", "fr-BE", "de-DE", "ja", None)]

    assert at_desk(story) == ["Allô", "Bonjour", "Hello", "Hello", "Hello"]


def test_many_templates_are_read_at_once_by_id_or_slug(at_desk):
    async def story(desk):
        made = [await desk.new(slug=slug, text=slug) for slug in ("one", "two", "three")]
        async with desk.database.transaction():
            named = ["two", str(made[0].id), "one", "nobody", str(UUID(int=7))]
            return made, await desk.templates.published(named)

    made, found = at_desk(story)
    assert {ref: template.slug for ref, template in found.items()} == {
        "two": "two",
        str(made[0].id): "one",
        "one": "one",
    }


def test_a_process_that_has_kept_a_template_notices_that_another_published(at_desk, database_url):
    async def story(desk):
        await desk.new(text="Old")
        await desk.publish("order-shipped", SYSTEM)
        before = await desk.sent()
        async with open_desk(database_url) as other:
            await other.edit("New")
            await other.publish("order-shipped", SYSTEM)
        return before, await desk.sent()

    before, after = at_desk(story)
    assert (before[0], after[0]) == ("Old", "New")


def test_two_who_edit_at_once_make_two_versions(at_desk):
    async def story(desk):
        await desk.new(text="One")
        await asyncio.gather(*(desk.edit(f"Draft {number}") for number in range(4)))
        return await desk.templates.versions("order-shipped", "en-US", 10, None)

    versions = at_desk(story)
    assert [version.version for version in versions] == [5, 4, 3, 2, 1]
    assert {version.content.text for version in versions} == {"One", *(f"Draft {number}" for number in range(4))}


def test_a_request_repeated_after_a_crash_finds_what_it_made(at_desk):
    seed = new_id(NOON)

    async def story(desk):
        first = await desk.new(seed=seed)
        return first, await desk.new(seed=seed), await desk.templates.page(10, None)

    first, again, everything = at_desk(story)
    assert (again, list(everything)) == (first, [first])


def test_a_slug_names_one_template_only(at_desk):
    async def story(desk):
        await desk.new()
        await desk.new(text="Other")

    with pytest.raises(SlugTaken, match="already has the slug order-shipped"):
        at_desk(story)


@pytest.mark.parametrize("ref", ["nobody", str(UUID(int=7))])
def test_a_template_nobody_made_is_not_found(at_desk, ref):
    async def attempt(call):
        with pytest.raises(NoSuchTemplate):
            await call
        return True

    async def story(desk):
        return [
            await attempt(desk.edit("x", slug=ref)),
            await attempt(desk.publish(ref, SYSTEM)),
            await attempt(desk.preview(ref, Sample(), SYSTEM)),
            await attempt(desk.templates.versions(ref, "en-US", 1, None)),
        ]

    assert all(at_desk(story))


def test_the_list_is_newest_first_a_page_at_a_time(at_desk):
    async def story(desk):
        for slug in ("one", "two", "three"):
            await desk.new(slug=slug)
        first = await desk.templates.page(2, None)
        return first, await desk.templates.page(2, TemplateId(first[1].id))

    first, rest = at_desk(story)
    assert [template.slug for template in first] == ["three", "two", "one"]
    assert [template.slug for template in rest] == ["one"]


@pytest.mark.parametrize("step", ["create", "draft", "publish", "preview"])
def test_nobody_writes_or_reads_templates_without_the_scope(at_desk, step):
    stranger = Actor(id="stranger")

    async def story(desk):
        steps = {
            "create": lambda: desk.create(
                NewTemplate(
                    slug="x", name="X", channel=Channel.SMS, category=Category.MARKETING, content=Content(text="x")
                ),
                stranger,
            ),
            "draft": lambda: desk.draft("x", NewVersion(content=Content(text="x")), stranger),
            "publish": lambda: desk.publish("x", stranger),
            "preview": lambda: desk.preview("x", Sample(), stranger),
        }
        await steps[step]()

    with pytest.raises(NotPermitted):
        at_desk(story)
