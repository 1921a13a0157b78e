from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from domain.addresses import Channel
from domain.errors import Invalid
from domain.ids import TemplateId, new_id
from domain.messages import Content
from domain.programs import Category
from domain.templates.template import NoSuchVersion, NotPublished, Status, Template

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def template() -> Template:
    return Template(
        id=TemplateId(new_id(NOON)),
        slug="order-shipped",
        name="Order shipped",
        channel=Channel.SMS,
        category=Category.TRANSACTIONAL,
        created_at=NOON,
        updated_at=NOON,
    )


def says(text: str) -> Content:
    return Content(text=text)


def test_a_draft_is_not_sent(template):
    draft = template.drafted("en-US", says("On its way"), (), NOON)
    with pytest.raises(NotPublished, match="order-shipped is a draft; publish it first"):
        draft.version_for("en-US")


def test_an_edit_leaves_the_published_version_as_it_is(template):
    first = template.drafted("en-US", says("On its way"), (), NOON).published(NOON)
    edited = first.drafted("en-US", says("Arriving today"), (), LATER)
    assert edited.version_for("en-US") == first.version_for("en-US")
    assert edited.draft_for("en-US").content.text == "Arriving today"
    assert edited.published(LATER).version_for("en-US").content.text == "Arriving today"
    assert [(v.version, v.status) for v in edited.versions] == [(1, Status.PUBLISHED), (2, Status.DRAFT)]


def test_publishing_twice_changes_nothing(template):
    once = template.drafted("en-US", says("On its way"), (), NOON).published(NOON)
    assert once.published(LATER) == once


def test_one_locale_can_be_published_before_another(template):
    both = template.drafted("en-US", says("On its way"), (), NOON).drafted("fr-CA", says("En route"), (), NOON)
    french = both.published(NOON, "fr_ca")
    assert french.version_for("en-US").content.text == "En route"
    assert french.published(LATER).version_for("en-US").content.text == "On its way"


def test_a_locale_never_written_cannot_be_published(template):
    with pytest.raises(NoSuchVersion, match="no version in de-DE"):
        template.drafted("en-US", says("On its way"), (), NOON).published(NOON, "de-DE")


def test_a_contact_of_another_language_reads_the_locale_first_written(template):
    both = template.drafted("en-US", says("On its way"), (), NOON).drafted("fr", says("En route"), (), NOON)
    assert both.published(NOON).version_for("ja-JP").locale == "en-US"
    assert both.published(NOON).version_for("fr-CA").locale == "fr"


def test_a_text_too_long_to_be_meant_is_refused(template):
    with pytest.raises(Invalid, match="at most 4000 characters"):
        template.drafted("en-US", says("x" * 4_001), (), NOON)


def test_an_sms_has_no_subject_and_an_email_needs_one(template):
    with pytest.raises(Invalid, match="An SMS has text only"):
        template.drafted("en-US", Content(text="Hi", subject="Hi"), (), NOON)
    with pytest.raises(Invalid, match="An email needs a subject"):
        replace(template, channel=Channel.EMAIL).drafted("en-US", says("Hi"), (), NOON)


def test_a_template_has_a_name(template):
    with pytest.raises(Invalid, match="name of up to 200 characters"):
        replace(template, name=" ")


def test_a_template_has_at_most_a_hundred_locales(template):
    for number in range(100):
        template = template.drafted(f"en-{number:03d}", says("Hi"), (), NOON)
    assert len(template.drafted("en-099", says("Hello"), (), NOON).versions) == 101
    with pytest.raises(Invalid, match="at most 100 locales"):
        template.drafted("fr", says("Salut"), (), NOON)
