"""Notices: the messages the product itself writes in answer to a person's act, and what each may say."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct

from domain.addresses import Channel
from domain.channels import Sender
from domain.errors import Invalid
from domain.programs import Program
from domain.templates.variables import WrongVariables

NOTICE_PREFIX, SHELL_PREFIX = "notice-", "shell-"
# What the product knows of every message: no caller has to give these.
KNOWN = frozenset({"brand", "program", "purpose", "frequency", "support", "postal_address"})
# A line break would begin another line or header; what turns or hides letters would show something else than is there.
_BREAKS = re.compile("[\\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HIDDEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_LONGEST = 200
_LONGER = {
    **dict.fromkeys(("link", "confirm", "unsubscribe_url", "preferences_url"), 500),
    "disclosure": 600,
    "attested_by": 60,
    "date": 10,
    "postal_address": 1_000,
}
_ESSENTIAL = frozenset({"code", "link", "confirm", "disclosure"})


class Notice(StrEnum):
    CODE = "code"
    LINK = "link"
    OPT_IN_REQUEST = "opt_in_request"
    DOUBLE_OPT_IN = "double_opt_in"
    STATEMENT = "statement"
    OPT_IN_CONFIRMATION = "opt_in_confirmation"
    HELP = "help"
    OPT_OUT_CONFIRMATION = "opt_out_confirmation"
    RESUBSCRIBED = "resubscribed"


class Kind(Struct, frozen=True, kw_only=True):
    """`category` is the rules' word. `needs` the writer gives, `takes` the writer may give; a confirming notice gets
    its link by mail from the product. What begins something takes an active program that uses the channel.
    """

    category: str
    channels: tuple[Channel, ...] = (Channel.SMS, Channel.EMAIL)
    needs: frozenset[str] = frozenset()
    takes: frozenset[str] = frozenset()
    confirms: bool = False
    begins: bool = False


_PROGRAMS = frozenset({"programs"})
KINDS: Mapping[Notice, Kind] = {
    Notice.CODE: Kind(category="otp", needs=frozenset({"code", "minutes"}), takes=frozenset({"act"}), begins=True),
    Notice.LINK: Kind(
        category="otp",
        channels=(Channel.EMAIL,),
        needs=frozenset({"link", "hours"}),
        takes=frozenset({"act"}),
        begins=True,
    ),
    Notice.OPT_IN_REQUEST: Kind(category="consent_request", confirms=True, begins=True),
    Notice.DOUBLE_OPT_IN: Kind(category="doi_request", confirms=True, begins=True),
    # What staff wrote down that somebody agreed to, told to whom it concerns.
    Notice.STATEMENT: Kind(
        category="doi_request",
        needs=frozenset({"medium", "disclosure", "date", "attested_by"}),
        confirms=True,
        begins=True,
    ),
    Notice.OPT_IN_CONFIRMATION: Kind(category="optin_confirmation", takes=_PROGRAMS),
    Notice.HELP: Kind(category="help_reply"),
    Notice.OPT_OUT_CONFIRMATION: Kind(category="optout_confirmation", takes=_PROGRAMS),
    Notice.RESUBSCRIBED: Kind(category="optin_confirmation", takes=_PROGRAMS | {"link"}),
}


def slug_of(notice: Notice, channel: Channel) -> str:
    return f"{NOTICE_PREFIX}{notice.replace('_', '-')}-{channel}"


def notice_of(slug: str) -> Notice | None:
    """Which notice a template under a reserved slug is for."""
    return _BY_SLUG.get(slug)


_BY_SLUG = {slug_of(notice, channel): notice for notice, kind in KINDS.items() for channel in kind.channels}


def offered(notice: Notice, channel: Channel) -> frozenset[str]:
    """Every name a template of this notice may use."""
    kind = KINDS[notice]
    names = KNOWN | kind.needs | kind.takes
    if channel is Channel.EMAIL:
        names |= {"unsubscribe_url", "preferences_url", *(["confirm"] if kind.confirms else [])}
    return names


def must_be_free(slug: str) -> None:
    """Raises Invalid."""
    if slug.startswith((NOTICE_PREFIX, SHELL_PREFIX)):
        raise Invalid(
            f"Slugs that begin with {NOTICE_PREFIX} or {SHELL_PREFIX} are the product's own; "
            "to word one of its templates yourself, add a version to it.",
            field="slug",
        )


def must_answer(names: Iterable[str], slug: str, channel: Channel) -> None:
    """Raises WrongVariables: a notice that cannot be filled, or lacks its code, leaves somebody without an answer."""
    notice, names = notice_of(slug), frozenset(names)
    if notice is None:
        return
    if unknown := sorted(names - offered(notice, channel)):
        allowed = ", ".join(sorted(offered(notice, channel)))
        raise WrongVariables(f"Leave out {', '.join(unknown)}: this notice knows {allowed}.", field="content")
    if lacking := sorted(_ESSENTIAL & (KINDS[notice].needs | {"confirm"}) & offered(notice, channel) - names):
        raise WrongVariables(f"Put {', '.join(lacking)} into the text: without it nobody can answer.", field="content")


def must_be_given(notice: Notice, channel: Channel, given: Mapping[str, str]) -> None:
    """Raises Invalid."""
    kind = KINDS[notice]
    if channel not in kind.channels:
        raise Invalid(f"There is no {notice} notice by {channel}.", field="kind")
    if lacking := sorted(kind.needs - given.keys()):
        raise Invalid(f"A {notice} notice needs {', '.join(lacking)}.", field="values")
    if unknown := sorted(given.keys() - kind.needs - kind.takes):
        raise Invalid(f"A {notice} notice knows no {', '.join(unknown)}.", field="values")


def filling(notice: Notice, program: Program, sender: Sender, given: Mapping[str, str]) -> dict[str, str]:
    """What a template is filled with: clean, one line each, and short enough to fit one message."""
    optional = dict.fromkeys(KINDS[notice].takes, "")
    return known(program, sender) | {name: clean(name, text) for name, text in (optional | dict(given)).items()}


def known(program: Program, sender: Sender) -> dict[str, str]:
    """What the product knows whatever the message."""
    told = {
        "brand": sender.legal_name,
        "program": program.name,
        "purpose": program.purpose,
        "frequency": program.frequency,
        "support": sender.support,
        "postal_address": sender.postal_address,
    }
    return {name: clean(name, text) for name, text in told.items()}


def clean(name: str, text: str) -> str:
    """One line that shows what it holds."""
    line = _BREAKS.sub(" ", _HIDDEN.sub("", text)).strip()
    return line[: _LONGER.get(name, _LONGEST)]
