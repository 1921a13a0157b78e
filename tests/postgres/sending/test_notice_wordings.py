"""Whose words a notice has: the customer's where there are some, ours in every other language, each put there once."""

import asyncio
from datetime import timedelta

import pytest

from application.messages.drafting import SendMessage
from application.messages.send_with_consent import Receipt, SendWithConsent
from application.templates.provide import ProvideTemplates
from application.templates.write import CreateTemplate, DraftVersion, NewTemplate, NewVersion
from domain.addresses import Channel
from domain.errors import Invalid
from domain.messages import Content, Status
from domain.programs import Category
from domain.templates.shipped import LOCALES, shipped
from domain.templates.template import Template
from domain.templates.variables import WrongVariables
from tests.postgres.sending.business import OFFERS
from tests.postgres.sending.notices import HELP, PAT, ROBIN, to


@pytest.mark.parametrize(
    ("contact", "page", "language"),
    [
        (None, None, "en"),
        (None, "es-MX", "es"),
        ("de-CH", "es", "de"),
        ("ja", "fr", "fr"),
        ("ja", "zz", "en"),
        ("no language", "fr-CA", "fr"),
    ],
)
async def test_a_notice_speaks_the_persons_language_else_the_pages_else_english(
    business, write, phone, provide, contact, page, language
):
    await provide()
    await business.agree(ROBIN)
    await business.ask("update contacts set locale = $1 returning id", contact)
    [message] = await write(to(ROBIN, locale=page))
    assert message.template == f"notice-help-email@{language}.1"
    [shown] = await phone()
    assert f'<html lang="{language}" dir="ltr">' in shown.html


async def test_the_customers_own_words_are_used_in_their_language_and_ours_in_the_others(
    business, write, phone, provide, word
):
    await provide()
    await word(HELP, text="{{ brand }}: ring us. Msg & data rates may apply. Reply STOP to opt out.")
    written = await write(to(PAT), to(PAT, locale="de"))
    assert [one.template for one in written] == [f"{HELP}@en.2", f"{HELP}@de.1"]
    assert {one.text[:17] for one in await phone()} == {"Acme Ltd: ring us", "Acme Ltd, weekly-"}


async def test_a_language_the_customer_adds_is_spoken_from_then_on(write, provide, word):
    await provide()
    await word(HELP, "pt-BR", text="{{ brand }}: ajuda em {{ support }}. Responda STOP para sair.")
    [message] = await write(to(PAT, locale="pt"))
    assert message.template == f"{HELP}@pt-BR.1"


async def test_words_that_cannot_be_filled_leave_nobody_without_an_answer(write, phone, provide, word):
    await provide()
    await word(HELP, text="{{ brand | truncate: 0, '' }}")
    [message] = await write(to(PAT))
    assert message.status is Status.QUEUED
    [shown] = await phone()
    assert shown.text.startswith("Acme Ltd, weekly-offers")


async def test_before_anything_is_put_in_place_the_product_has_words_of_its_own(write):
    [message] = await write(to(PAT))
    assert message.template.startswith(f"{HELP}@en.")


@pytest.mark.parametrize(
    ("slug", "text", "said"),
    [
        ("notice-code-sms", "{{ brand }}: your code has come.", "Put code into the text"),
        ("notice-code-sms", "{{ code }} for you, {{ first_name }}", "Leave out first_name"),
    ],
)
async def test_a_wording_that_would_leave_people_without_an_answer_is_refused(
    business, provide, word, slug, text, said
):
    await provide()
    with pytest.raises(WrongVariables, match=said):
        await word(slug, text=text)


async def test_nobody_takes_the_products_slugs(business):
    for slug in ("notice-mine", "shell-mine"):
        new = NewTemplate(
            slug=slug, name="Mine", channel=Channel.SMS, category=Category.MARKETING, content=Content(text="Hello")
        )
        with pytest.raises(Invalid, match="the product's own"):
            await business[CreateTemplate](new, business.actor)


async def test_the_products_templates_are_put_in_place_once_however_many_start(start, business, provide):
    others = [start().another(ProvideTemplates) for _ in range(3)]
    written = await asyncio.gather(provide(), *(other() for other in others))
    assert sorted(slug for slugs in written for slug in slugs) == sorted(shipped())
    assert await provide() == []
    rows = await business.ask(
        "select t.slug, array_agg(v.locale order by v.created_at) from templates t "
        "join template_versions v on v.template_id = t.id where v.published_at is not null and v.version = 1 group by 1"
    )
    assert {slug: set(locales) for slug, locales in rows} == {slug: set(LOCALES) for slug in shipped()}
    assert {locales[0] for _, locales in rows} == {"en"}


async def test_an_older_wording_of_ours_is_renewed_and_the_customers_never(business, provide, word):
    """Two of our texts stand in each other's place: both are known as ours, so neither is a customer's."""
    await provide()
    old = shipped()["notice-opt-out-confirmation-sms"].texts
    async with business.ports.database().transaction():
        before = await business.ports.templates().get(HELP)
        after = with_text(before, "es", old["es"], business)
        await business.ports.templates().save(before, with_text(after, "fr", old["fr"], business))
    await word(HELP, "fr", text="{{ brand }} : appelez-nous.")
    assert await provide() == [HELP]
    live = {one.locale: one for one in (await business.ports.template_queries().one(HELP)).live()}
    assert live["es"].content == shipped()[HELP].texts["es"]
    assert (live["es"].version, live["en"].version) == (3, 1)
    assert live["fr"].content.text == "{{ brand }} : appelez-nous."


async def test_a_draft_nobody_published_yet_is_the_customers_too(business, provide):
    await provide()
    draft = NewVersion(locale="en", content=Content(text="{{ brand }}: ring us."))
    await business[DraftVersion](HELP, draft, business.actor)
    assert await provide() == []
    live = {one.locale: one.version for one in (await business.ports.template_queries().one(HELP)).live()}
    assert live["en"] == 1


def with_text(template: Template, locale: str, content: Content, business) -> Template:
    variables = business.ports.renderer().variables(content, template.channel)
    at = business.clock.now() + timedelta(seconds=1)
    return template.drafted(locale, content, variables, at).published(at, locale)


async def test_a_shell_takes_the_customers_words_and_adds_what_the_law_wants(business, provide, phone):
    await provide()
    await business.agree(ROBIN)
    await business.ask("update contacts set locale = 'fr' returning id")
    said = SendMessage(
        to=ROBIN,
        channel=Channel.EMAIL,
        program=OFFERS,
        template="shell-promotional-email",
        variables={"subject": "New at Acme\r\nBcc: pat@example.com", "body": "<b>Dear</b> Robin\n\n{{ brand }}"},
    )
    [receipt] = await business[SendWithConsent]([said], business.actor)
    assert isinstance(receipt, Receipt)
    [shown] = await phone()
    assert shown.subject == "New at Acme Bcc: pat@example.com"
    assert "&lt;b&gt;Dear&lt;/b&gt; Robin<br />" in shown.html
    assert "{{ brand }}" in shown.text
    for part in (shown.text, shown.html):
        assert part.count("/u/") == 1
        assert part.count("1 Main St, Springfield") == 1
        assert "Se désabonner" in part
    assert "List-Unsubscribe-Post" in shown.headers


async def test_a_shell_lacks_only_what_its_author_has_to_say(business, provide):
    await provide()
    said = SendMessage(to=PAT, channel=Channel.SMS, program=OFFERS, template="shell-promotional-sms")
    [refusal] = await business[SendWithConsent]([said], business.actor)
    assert isinstance(refusal, WrongVariables)
    assert [problem.field for problem in refusal.problems] == ["variables.body"]
