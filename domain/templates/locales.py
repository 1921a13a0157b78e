"""Which language a text is in: BCP 47 tags of language, script and region, and the choice between them."""

import re
from collections.abc import Sequence

from domain.errors import Invalid

_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?", re.IGNORECASE)


def parse_locale(text: str, field: str = "locale") -> str:
    """`pt_br` becomes `pt-BR`. Raises Invalid."""
    if not (found := _TAG.fullmatch(text)):
        raise Invalid("Give the locale as a language, with or without a region, such as en or en-US.", field=field)
    language, script, region = found.groups()
    return "-".join([language.lower(), *([script.title()] if script else []), *([region.upper()] if region else [])])


def choose(wanted: str | None, offered: Sequence[str]) -> str:
    """The exact locale, else its language, else another region of it, else the first offered (RFC 4647 §3.4).

    A locale nobody can read as one, as an old contact may carry, means no preference.
    """
    if wanted is None or not (found := _TAG.fullmatch(wanted)):
        return offered[0]
    tag = parse_locale(wanted)
    while tag:
        if tag in offered:
            return tag
        tag = tag.rpartition("-")[0]
    language = found[1].lower()
    return next((locale for locale in offered if locale.partition("-")[0] == language), offered[0])


def best(wanted: Sequence[str | None], offered: Sequence[str]) -> str:
    """The first wanted locale whose language is offered; else the first offered."""
    for locale in wanted:
        if locale is None or not (found := _TAG.fullmatch(locale)):
            continue
        if any(one.partition("-")[0] == found[1].lower() for one in offered):
            return choose(locale, offered)
    return offered[0]
