"""What the product writes itself on a person's act: through the same gate, in their language, in the customer's words
where there are some, and no code left lying around.
"""

import asyncio
from datetime import timedelta

import pytest

from application.consent.recording import Agreement, Recording
from application.messages.drafting import SendMessage
from application.messages.notices import Notices, NoticeTo
from application.messages.send_with_consent import Receipt, SendWithConsent
from application.templates.provide import ProvideTemplates
from application.templates.write import CreateTemplate, DraftVersion, NewTemplate, NewVersion, PublishTemplate
from domain.access import SYSTEM
from domain.addresses import Address, Channel
from domain.consent.evidence import Evidence
from domain.consent.ledger import Status as ConsentStatus
from domain.errors import Invalid
from domain.ids import MessageId, new_id
from domain.messages import Content, Status
from domain.programs import Category, NoSuchProgram, ProgramNotActive
from domain.programs import Status as ProgramStatus
from domain.templates.notices import Notice
from domain.templates.shipped import LOCALES, shipped
from domain.templates.template import Template
from domain.templates.variables import WrongVariables
from tests.installation import AFTERNOON
from tests.postgres.sending.business import OFFERS

PAT, ROBIN = "+12125550101", "robin@example.com"
HELP = "notice-help-sms"


def to(person, kind=Notice.HELP, program=OFFERS, **more):
    return NoticeTo(kind=kind, address=Address.parse(person), program=program, **more)


@pytest.fixture
def write(business):
    """Writes notices in a transaction of their own."""

    async def written(*wanted, before=None):
        now = business.clock.now()
        async with business.ports.database().transaction():
            if before is not None:
                await before(now)
            return await business.another(Notices).write(wanted, live=True, now=now)

    return written


@pytest.fixture
def phone(business):
    """What the sandbox shows after everything due has left, the newest first."""

    async def latest():
        await business.work()
        return await business.ports.sandbox_messages().latest(20)

    return latest


@pytest.fixture
def provide(business):
    return business.another(ProvideTemplates)


@pytest.fixture
def word(business):
    """Publishes a wording of the customer's own."""

    async def worded(slug, locale="en", **content):
        await business[DraftVersion](slug, NewVersion(locale=locale, content=Content(**content)), business.actor)
        return await business[PublishTemplate](slug, business.actor, locale=locale)

    return worded


async def body_of(business, message):
    [(content,)] = await business.ask("select content from message_bodies where message_id = $1", message.id)
    return content


async def test_an_answer_reaches_whoever_asked_for_help(business, write, phone):
    await business.agree(PAT)
    [message] = await write(to(PAT))
    assert (message.status, message.category) == (Status.QUEUED, "help_reply")
    [shown] = await phone()
    assert shown.text == (
        "Acme Ltd, weekly-offers (up to 4 messages a month). Help: https://acme.example/help. "
        "Msg & data rates may apply. Reply STOP to opt out."
    )


async def test_somebody_unknown_becomes_a_contact_once(business, write, phone):
    first, second = await write(to(ROBIN), to(ROBIN, Notice.CODE, values={"code": "042137", "minutes": "10"}))
    assert first.contact_point_id == second.contact_point_id
    assert await business.ask("select count(*) from contacts") == [(1,)]
    assert len(await phone()) == 2


async def test_after_an_opt_out_only_its_confirmation_and_help_leave(business, write):
    await business.agree(PAT)
    business.pass_by(minutes=1)
    await business.withdraw(PAT)
    code = to(PAT, Notice.CODE, values={"code": "042137", "minutes": "10"})
    written = await write(to(PAT, Notice.OPT_OUT_CONFIRMATION), to(PAT), code, to(PAT, Notice.DOUBLE_OPT_IN))
    assert [one.status for one in written] == [Status.QUEUED, Status.QUEUED, Status.BLOCKED, Status.BLOCKED]
    business.pass_by(minutes=6)
    [late] = await write(to(PAT, Notice.OPT_OUT_CONFIRMATION))
    assert (late.status, late.detail) == (Status.BLOCKED, "US-TCPA-REV-06")


async def test_what_was_put_on_the_ledger_just_before_counts(business, write):
    async def ask_for_it(now):
        recording = business.another(Recording)
        evidence = Evidence(source="first_party", medium="web_form", disclosure_text_verbatim="I agree to texts.")
        agreement = Agreement(
            address=Address.parse(PAT),
            program=OFFERS,
            channel=Channel.SMS,
            evidence=evidence,
            status=ConsentStatus.REQUESTED,
        )
        await recording([agreement], SYSTEM, now)

    [out_of_the_blue] = await write(to(PAT, Notice.DOUBLE_OPT_IN))
    [asked_for] = await write(to(PAT, Notice.DOUBLE_OPT_IN), before=ask_for_it)
    assert (out_of_the_blue.status, asked_for.status) == (Status.BLOCKED, Status.QUEUED)


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


async def test_a_notice_written_again_is_the_one_already_there(business, write, phone):
    seed = MessageId(new_id(business.clock.now()))
    first, twin = await write(to(PAT, message_id=seed), to(PAT, message_id=seed))
    assert first == twin
    assert len(await phone()) == 1
    [again] = await write(to(PAT, message_id=seed))
    assert (first.id, again.id, again.status) == (seed, seed, Status.SENT)
    assert len(await phone()) == 1


async def test_a_code_is_forgotten_once_it_has_left_and_other_words_are_not(business, write, phone):
    code, answer = await write(to(ROBIN, Notice.CODE, values={"code": "042137", "minutes": "10"}), to(ROBIN))
    assert await body_of(business, code)
    assert any("042137" in shown.text for shown in await phone())
    assert await body_of(business, code) == b""
    assert await body_of(business, answer)


async def test_a_link_that_was_not_sent_in_time_is_forgotten(business, write):
    soon = business.clock.now() + timedelta(minutes=5)
    [link] = await write(to(ROBIN, Notice.LINK, values={"link": "https://optin.example/v/abc"}, expires_at=soon))
    business.pass_by(minutes=6)
    await business.work()
    assert await business.status(link.id) == Status.EXPIRED
    assert await body_of(business, link) == b""


async def test_a_code_that_may_not_go_is_never_kept(business, write):
    [code] = await write(to(PAT, Notice.CODE, values={"code": "042137", "minutes": "10"}))
    assert code.status is Status.BLOCKED
    assert await body_of(business, code) == b""


async def test_how_long_a_code_is_good_for_follows_from_when_it_ends(business, write, phone):
    over = business.clock.now() + timedelta(minutes=9, seconds=1)
    await write(to(ROBIN, Notice.CODE, values={"code": "042137"}, expires_at=over))
    [shown] = await phone()
    assert "valid for 10 min" in shown.text


@pytest.mark.parametrize(
    ("wanted", "error", "said"),
    [
        (to(PAT, Notice.CODE, values={"minutes": "10"}), Invalid, "needs code"),
        (to(PAT, Notice.CODE, values={"code": "042137"}), Invalid, "needs minutes"),
        (to(PAT, values={"code": "042137"}), Invalid, "knows no code"),
        (to(PAT, Notice.LINK, values={"link": "https://optin.example", "hours": "24"}), Invalid, "no link notice"),
        (to(PAT, program="nothing-such"), NoSuchProgram, "no such program"),
        (to(PAT, expires_at=AFTERNOON), Invalid, "over before"),
    ],
)
async def test_what_cannot_be_written_is_refused_and_leaves_nothing(business, write, wanted, error, said):
    with pytest.raises(error, match=said):
        await write(to(ROBIN), wanted)
    assert await business.ask("select count(*) from contacts") == [(0,)]


async def test_a_paused_program_begins_nothing_and_still_answers(business, write):
    await business.move_program(OFFERS, ProgramStatus.PAUSED)
    with pytest.raises(ProgramNotActive):
        await write(to(ROBIN, Notice.CODE, values={"code": "042137", "minutes": "10"}))
    [answer] = await write(to(ROBIN))
    assert answer.status is Status.QUEUED


async def test_nothing_is_written_for_nobody(business, write):
    assert await write() == []


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
