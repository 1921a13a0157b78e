"""What the product comes with, read as its readers, the rules and the carriers read it."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from msgspec.structs import replace

from adapters.outbound.rendering.liquid import LiquidRenderer
from domain.addresses import Channel
from domain.compliance.content.elements import elements
from domain.compliance.content.inspection import inspect
from domain.compliance.content.reading import Reading
from domain.compliance.lint import lint_template
from domain.compliance.replies import Classification, PendingOptIn, Reply, classify
from domain.programs import Category, OptIn
from domain.templates.notices import KINDS, KNOWN, Notice, filling, must_answer, notice_of, offered, slug_of
from domain.templates.segments import Encoding, segments
from domain.templates.shipped import LOCALES, fingerprint, known_fingerprints, shipped
from tests.unit.compliance.acme import ACME, WEEKLY_OFFERS

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LINK = "https://optin.example/u/AQ0123456789"
PROGRAM = replace(WEEKLY_OFFERS, opt_in=OptIn.DOUBLE, frequency="up to 4 messages a month")
MAY_GIVE = {
    "code": "123456",
    "minutes": "10",
    "hours": "24",
    "link": LINK,
    "programs": "Weekly offers",
    "act": "opt_in",
    "medium": "paper",
    "disclosure": "I agree to texts from Acme.",
    "date": "2026-11-20",
    "attested_by": "agent 17",
}
OF_MAIL = {"confirm": LINK, "unsubscribe_url": LINK, "preferences_url": LINK}
OF_SHELL = {"subject": "Your order 4711", "body": "Your order 4711 was shipped today."}
EVERY = [(one, locale) for one in shipped().values() for locale in one.texts]
ids = [f"{one.slug}-{locale}" for one, locale in EVERY]
TEXTS = [(one, locale) for one, locale in EVERY if one.channel is Channel.SMS]
MAILS = [(one, locale) for one, locale in EVERY if one.channel is Channel.EMAIL]
renderer = LiquidRenderer()


def category_of(one):
    notice = notice_of(one.slug)
    return KINDS[notice].category if notice else one.category


def filled(one, locale, **given):
    notice = notice_of(one.slug)
    taken = KINDS[notice].needs | KINDS[notice].takes if notice else frozenset()
    values = filling(notice or Notice.HELP, PROGRAM, ACME, {name: MAY_GIVE[name] for name in taken})
    return renderer.render(one.texts[locale], one.channel, OF_SHELL | OF_MAIL | values | given)


def of(notice, channel, locale, **given):
    return filled(shipped()[slug_of(notice, channel)], locale, **given)


def test_every_notice_and_both_shells_come_in_every_language():
    wanted = {slug_of(notice, channel) for notice, kind in KINDS.items() for channel in kind.channels}
    wanted |= {f"shell-{name}-{channel}" for name in ("promotional", "transactional") for channel in Channel}
    assert {slug: tuple(one.texts) for slug, one in shipped().items()} == dict.fromkeys(wanted, LOCALES)


def test_every_text_ever_shipped_is_known_by_its_fingerprint():
    now = {fingerprint(text) for one in shipped().values() for text in one.texts.values()}
    new = sorted(now - known_fingerprints())
    assert not new, f"add these lines to domain/templates/shipped/fingerprints.txt: {' '.join(new)}"


@pytest.mark.parametrize(("one", "locale"), EVERY, ids=ids)
def test_a_template_uses_what_its_notice_knows_and_what_it_cannot_do_without(one, locale):
    names = renderer.variables(one.texts[locale], one.channel)
    must_answer(names, one.slug, one.channel)
    notice = notice_of(one.slug)
    if notice is None:
        assert frozenset(names) <= KNOWN | OF_SHELL.keys() | OF_MAIL.keys()
    else:
        assert frozenset(names) <= offered(notice, one.channel)
        assert "brand" in names


@pytest.mark.parametrize(("one", "locale"), EVERY, ids=ids)
def test_no_rule_finds_fault_with_a_template(one, locale):
    for text, sender in ((one.texts[locale], None), (filled(one, locale), ACME)):
        lints = lint_template(text, channel=one.channel, category=category_of(one), sender=sender, program=PROGRAM)
        # A shell says after the first message what only the first has to say.
        assert [lint for lint in lints if (one.slug, lint.rule) != ("shell-promotional-sms", "CTIA-02")] == []


@pytest.mark.parametrize(("one", "locale"), EVERY, ids=ids)
def test_the_inspector_finds_who_writes_and_nothing_promoted(one, locale):
    found = inspect(filled(one, locale), channel=one.channel, category=category_of(one), program=PROGRAM, sender=ACME)
    assert found.has_identification
    assert not found.contains_promotion
    assert not found.exclusive_optout
    assert not found.topics
    if one.channel is Channel.EMAIL:
        assert found.postal_address
    if one.category is Category.MARKETING:
        assert found.has_unsubscribe


@pytest.mark.parametrize(
    ("notice", "locale"),
    [(notice, locale) for notice in (Notice.OPT_IN_CONFIRMATION, Notice.RESUBSCRIBED) for locale in LOCALES],
)
def test_a_confirmed_opt_in_says_all_that_carriers_want_said(notice, locale):
    said = elements(Reading.of(of(notice, Channel.SMS, locale)).parts[0], ACME, PROGRAM)
    assert said == {
        "program_name",
        "customer_care_contact_or_HELP",
        "STOP_instruction",
        "recurring_and_frequency",
        "msg_and_data_rates",
    }


@pytest.mark.parametrize(("one", "locale"), TEXTS, ids=[f"{one.slug}-{locale}" for one, locale in TEXTS])
def test_a_text_message_is_gsm_7_and_at_most_two_segments(one, locale):
    used = segments(filled(one, locale).text)
    assert used.encoding is Encoding.GSM_7, used.offending
    # One that quotes what somebody is said to have agreed to takes what the words take.
    assert used.count <= (3 if notice_of(one.slug) is Notice.STATEMENT else 2)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("act", ["", "opt_in", "preferences", "confirm", "sign_in", "recovery", "other"])
def test_a_code_says_whose_it_is_what_for_and_how_long_and_links_nowhere(locale, act):
    text = of(Notice.CODE, Channel.SMS, locale, act=act).text
    assert re.match(r"Acme Ltd ?: 123456 ", text)
    assert re.search(r"10 [mM]in\.", text)
    assert ("Weekly offers" in text) == (act == "opt_in")
    assert "://" not in text
    assert segments(text).count <= 2


@pytest.mark.parametrize("locale", LOCALES)
def test_the_subject_of_a_mail_keeps_its_code_out_of_logs_and_lock_screens(locale):
    assert "123456" not in (of(Notice.CODE, Channel.EMAIL, locale).subject or "")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_confirmed_opt_out_is_one_short_text_that_asks_for_nothing(locale):
    for programs in ("", "Weekly offers"):
        text = of(Notice.OPT_OUT_CONFIRMATION, Channel.SMS, locale, programs=programs).text
        assert segments(text).count == 1
        assert "?" not in text
        assert "START" not in text


WORDS = re.compile(r"(?<![A-Z])[A-Z]{2,}(?![A-Za-z])")
MEANS = {
    "YES": Classification.OPT_IN_CONFIRMED,
    "SI": Classification.OPT_IN_CONFIRMED,
    "OUI": Classification.OPT_IN_CONFIRMED,
    "JA": Classification.OPT_IN_CONFIRMED,
    "HELP": Classification.HELP,
    "AYUDA": Classification.HELP,
    "AIDE": Classification.HELP,
    "HILFE": Classification.HELP,
    "STOP": Classification.REVOKE,
}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_word_people_are_told_to_reply_is_understood(locale):
    told = {
        word
        for one in shipped().values()
        if one.channel is Channel.SMS
        for word in WORDS.findall(one.texts[locale].text)
    }
    assert len(told) == 3
    for word in told:
        pending = PendingOptIn(program="weekly-offers", requested_at=NOON)
        for typed in (word, word.lower(), f"{word.capitalize()}."):
            reply = Reply(text=typed, received_at=NOON, locale=locale, pending_optin=pending)
            assert classify(reply).classification is MEANS[word]


NASTY = "<script>alert(1)</script>\r\nBcc: pat@example.com\u2028{{ code }}{% raw %}\u202e\"'&\x00"
FIELDS = sorted(KNOWN | OF_SHELL.keys() | {"programs", "act", "code"})


@pytest.mark.parametrize(("one", "locale"), EVERY, ids=ids)
def test_a_hostile_name_stays_a_name(one, locale):
    notice = notice_of(one.slug) or Notice.HELP
    hostile = filling(notice, PROGRAM, ACME, dict.fromkeys(FIELDS, NASTY))
    values = OF_MAIL | MAY_GIVE | hostile
    found = renderer.render(one.texts[locale], one.channel, values)
    plain = renderer.render(one.texts[locale], one.channel, values | dict.fromkeys(FIELDS, "X"))
    assert found.text.count("\n") == plain.text.count("\n")
    if found.subject is not None:
        assert len(found.subject.splitlines()) == 1
    for part in (found.subject or "", found.text, found.html or ""):
        assert not set("\r\x00\u2028\u202e") & set(part)
    if found.html is not None:
        assert re.findall(r"<[^>]*>", found.html) == re.findall(r"<[^>]*>", plain.html)
        assert "<script>alert(1)</script>" in unescape(found.html)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("notice", [notice for notice, kind in KINDS.items() if Channel.SMS in kind.channels])
def test_however_long_the_names_are_an_answer_goes_out(notice, locale):
    long = filling(notice, PROGRAM, ACME, dict.fromkeys(offered(notice, Channel.SMS), "€" * 5_000))
    found = renderer.render(shipped()[slug_of(notice, Channel.SMS)].texts[locale], Channel.SMS, long)
    assert len(found.text) <= 1_600


@pytest.mark.parametrize(("one", "locale"), MAILS, ids=[f"{one.slug}-{locale}" for one, locale in MAILS])
def test_a_mail_says_the_same_in_text_and_html_and_tells_its_language(one, locale):
    found = filled(one, locale)
    assert f'<html lang="{locale}" dir="ltr">' in found.html
    assert "<img" not in found.html
    assert "http-equiv" not in found.html
    body = unescape(re.sub(r"<[^>]*>", " ", found.html.partition("<body")[2].partition(">")[2]))
    shown = found.text.replace("-- \n", "")
    for link in (LINK, ":"):
        body, shown = body.replace(link, ""), shown.replace(link, "")
    assert body.split() == shown.split()


def test_spanish_french_and_german_are_not_english():
    for one in shipped().values():
        texts = [one.texts[locale].text for locale in LOCALES]
        if not one.slug.startswith("shell-transactional"):
            assert len(set(texts)) == len(LOCALES), one.slug
