"""The templates the product comes with: notices and shells, one file for each language.

A mail is written once, in paragraphs: its text and its html say the same. What has the form `[label](url)` is a link to
press, a paragraph that is a single variable stands out, and what follows a line of two hyphens is the small print.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

import msgspec
from msgspec import Struct

from domain.addresses import Channel
from domain.messages import Content
from domain.programs import Category
from domain.templates.notices import SHELL_PREFIX, Notice, slug_of
from domain.templates.template import Template

# The first is what people of other languages read.
LOCALES = ("en", "es", "fr", "de")
_FILES = files("domain.templates.shipped")
_SHELLS = {"promotional": Category.MARKETING, "transactional": Category.TRANSACTIONAL}
_BUTTON = re.compile(r"\[(?P<label>[^\]]+)\]\((?P<url>\{\{ \w+ \}\})\)")
_ALONE = re.compile(r"\{\{ \w+ \}\}")
_SMALL_PRINT = "--"
_PAGE = """<!doctype html>
<html lang="{locale}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
</head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,Arial,sans-serif;overflow-wrap:anywhere">
<div style="max-width:36em;margin:0 auto">
{paragraphs}
</div>
</body>
</html>
"""


class Written(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """As it stands in the file; a text message has no subject."""

    text: str
    subject: str | None = None


class Shipped(Struct, frozen=True, kw_only=True):
    """`texts` by locale, the one for everybody else first."""

    slug: str
    name: str
    channel: Channel
    category: Category
    texts: Mapping[str, Content]


@cache
def shipped() -> Mapping[str, Shipped]:
    """By slug."""
    return {one.slug: one for one in (*_notices(), *_shells())}


def fingerprint(content: Content) -> str:
    """The same for the same words."""
    parts = (content.subject or "", content.text, content.html or "")
    return sha256("\x00".join(parts).encode()).hexdigest()[:16]


@cache
def known_fingerprints() -> frozenset[str]:
    """Of every text ever shipped: whatever has another one, somebody else wrote."""
    return frozenset(_FILES.joinpath("fingerprints.txt").read_text("utf-8").split())


def to_be_written(template: Template, one: Shipped) -> dict[str, Content]:
    """The texts it lacks, and those it has in an older wording of ours; what a customer wrote stays."""
    newest = {version.locale: version.content for version in template.newest()}
    if template.channel is not one.channel:
        return {}
    return {
        locale: text
        for locale, text in one.texts.items()
        if locale not in newest or (newest[locale] != text and fingerprint(newest[locale]) in known_fingerprints())
    }


def _notices() -> Iterator[Shipped]:
    for notice in Notice:
        for channel in Channel:
            if texts := _texts(str(notice), channel):
                yield Shipped(
                    slug=slug_of(notice, channel),
                    name=f"{str(notice).replace('_', ' ').capitalize()}, by {channel}",
                    channel=channel,
                    category=Category.OTP if notice in (Notice.CODE, Notice.LINK) else Category.INFORMATIONAL,
                    texts=texts,
                )


def _shells() -> Iterator[Shipped]:
    for name, category in _SHELLS.items():
        for channel in Channel:
            yield Shipped(
                slug=f"{SHELL_PREFIX}{name}-{channel}",
                name=f"{name.capitalize()} shell, by {channel}",
                channel=channel,
                category=category,
                texts=_texts(f"shell_{name}", channel),
            )


def _texts(name: str, channel: Channel) -> Mapping[str, Content]:
    found = {}
    for locale in LOCALES:
        written = _language(locale).get(name, {}).get(channel)
        if written is not None:
            found[locale] = _content(written, locale)
    return found


@cache
def _language(locale: str) -> dict[str, dict[Channel, Written]]:
    source = tomllib.loads(_FILES.joinpath(f"{locale}.toml").read_text("utf-8"))
    return msgspec.convert(source, dict[str, dict[Channel, Written]])


def _content(written: Written, locale: str) -> Content:
    text = written.text.strip()
    if written.subject is None:
        return Content(text=text)
    paragraphs = [paragraph.strip() for paragraph in text.split("\n\n")]
    plain = [_BUTTON.sub(r"\g<label>:\n\g<url>", paragraph) for paragraph in paragraphs]
    return Content(
        subject=written.subject,
        text="\n\n".join("-- " if paragraph == _SMALL_PRINT else paragraph for paragraph in plain) + "\n",
        html=_PAGE.format(
            locale=locale, title=escape(written.subject, quote=False), paragraphs="\n".join(_marked_up(paragraphs))
        ),
    )


def _marked_up(paragraphs: list[str]) -> Iterator[str]:
    small = ""
    for paragraph in paragraphs:
        linked = _BUTTON.sub(r'<a href="\g<url>">\g<label></a>', escape(paragraph, quote=False))
        if paragraph == _SMALL_PRINT:
            small = ' style="font-size:14px"'
            yield "<hr>"
        elif paragraph == "{{ body }}":
            yield "<p>{{ body | newline_to_br }}</p>"
        elif _ALONE.fullmatch(paragraph):
            yield f'<p style="font-size:28px;font-weight:bold">{paragraph}</p>'
        else:
            yield f"<p{small}>{linked}</p>".replace("\n", "<br>\n")
