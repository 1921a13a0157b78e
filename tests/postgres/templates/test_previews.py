"""What a preview shows of a template, and what it refuses."""

import pytest

from application.templates.preview import Sample
from domain.access import SYSTEM
from domain.errors import DomainError
from domain.templates.template import Status
from domain.templates.variables import WrongVariables


def test_a_preview_shows_the_newest_draft_its_price_and_what_is_missing(at_desk):
    async def story(desk):
        await desk.new(text="Old")
        await desk.publish("order-shipped", SYSTEM)
        await desk.edit("Hi {{ name }}, {{ percent }}% off… today")
        return await desk.preview("order-shipped", Sample(variables={"percent": 20, "colour": "red"}), SYSTEM)

    shown = at_desk(story)
    assert shown.content is not None
    assert shown.content.text == "Hi {{ name }}, 20% off… today"
    assert (shown.version, shown.status, shown.missing, shown.unknown) == (2, Status.DRAFT, ("name",), ("colour",))
    assert shown.segments is not None
    assert shown.segments.offending == ("…",)


def test_a_preview_that_cannot_be_filled_for_want_of_a_variable_says_which(at_desk):
    async def story(desk):
        await desk.new(text="On {{ day | date: '%B %-d' }}")
        return await desk.preview("order-shipped", Sample(), SYSTEM)

    shown = at_desk(story)
    assert (shown.content, shown.segments, shown.missing) == (None, None, ("day",))


@pytest.mark.parametrize(("variables", "refusal"), [({"day": "soon"}, DomainError), ({"day": None}, WrongVariables)])
def test_a_preview_refuses_a_value_that_does_not_fit(at_desk, variables, refusal):
    async def story(desk):
        await desk.new(text="On {{ day | date: '%B %-d' }}")
        await desk.preview("order-shipped", Sample(variables=variables), SYSTEM)

    with pytest.raises(refusal, match=r"variables|day"):
        at_desk(story)
