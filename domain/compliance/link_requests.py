"""What a request to a link in a message does, whoever or whatever sends it: rules EML-8058-02 to -05 and VER-10.

The pages ask this, and so do the policy vectors. Cookies, origin, login, content type and body are no arguments,
because they decide nothing: a mail program that presses for somebody has none of them to offer.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.rules import enforced_elsewhere

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_PRESS = "POST"
_OPTIONS = "OPTIONS"
_WHERE = "domain.compliance.link_requests"


class Effect(StrEnum):
    NONE = "none"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in_confirmed"


class LinkAnswer(Struct, frozen=True, kw_only=True):
    """`rule` is the one that decided; what is not named here, a redirect or a cookie, there never is."""

    effect: Effect
    status: int
    rule: str
    also_rules: tuple[str, ...] = ()


class _OneClick(Struct, frozen=True, kw_only=True):
    response: str


class _Lifetime(Struct, frozen=True, kw_only=True):
    min_days: int


class _Handset(Struct, frozen=True, kw_only=True):
    pending_ttl_hours: int


class _Link(Struct, frozen=True, kw_only=True):
    token_ttl_hours: int


_DONE = int(catalogue.parameters("EML-8058-02", _OneClick).response)
_LAWFUL_AGE = timedelta(days=catalogue.parameters("EML-8058-05", _Lifetime).min_days)
_PENDING = {
    "sms": timedelta(hours=catalogue.parameters("CTIA-13", _Handset).pending_ttl_hours),
    "email": timedelta(hours=catalogue.parameters("DE-UWG-02", _Link).token_ttl_hours),
}
_BEYOND = {"sms": "CTIA-13", "email": "DE-UWG-02"}


def pressed(method: str) -> bool:
    """Whether somebody pressed the button. Following a link, as scanners and previews do, is no answer to it."""
    return method == _PRESS


def unsubscribe(
    method: str, *, known: bool = True, age: timedelta = timedelta(), by_another: bool = False
) -> LinkAnswer:
    """`known`: the token was made here; `age` is the message's, `by_another` a forwarded mail. None of them keeps
    anybody from leaving who holds a token of ours.
    """
    if not pressed(method):
        return _looked(method, "EML-8058-03", known=known)
    if not known:
        return LinkAnswer(effect=Effect.NONE, status=404, rule="EML-8058-05")
    reasons = ["EML-8058-02"]
    if age >= _LAWFUL_AGE:
        reasons.insert(0, "EML-8058-05")
    if by_another:
        reasons.insert(0, "EML-8058-04")
    return LinkAnswer(effect=Effect.OPT_OUT, status=_DONE, rule=reasons[0], also_rules=tuple(reasons[1:]))


def pending_for(channel: str) -> timedelta:
    """How long an unanswered request to opt in may still be answered."""
    return _PENDING[channel]


def still_open(requested_at: datetime, channel: str, at: datetime) -> bool:
    return requested_at <= at <= requested_at + _PENDING[channel]


def answered(requested_at: datetime | None, channel: str, at: datetime, *, confirmed: bool = False) -> LinkAnswer:
    """What a yes does, by link or by text: a request confirmed already stays as it is, and one that nobody answered
    in time is asked no more.
    """
    if confirmed:
        return LinkAnswer(effect=Effect.NONE, status=_DONE, rule="VER-10", also_rules=("VER-03",))
    if requested_at is None:
        return LinkAnswer(effect=Effect.NONE, status=409, rule="VER-10")
    if not still_open(requested_at, channel, at):
        return LinkAnswer(effect=Effect.NONE, status=409, rule=_BEYOND[channel])
    return LinkAnswer(effect=Effect.OPT_IN, status=_DONE, rule="VER-10")


def confirm(
    method: str,
    *,
    known: bool = True,
    requested_at: datetime | None,
    confirmed: bool = False,
    channel: str = "email",
    at: datetime,
) -> LinkAnswer:
    if not pressed(method):
        return _looked(method, "VER-10", known=known)
    if not known:
        return LinkAnswer(effect=Effect.NONE, status=404, rule="VER-10")
    return answered(requested_at, channel, at, confirmed=confirmed)


def _looked(method: str, rule: str, *, known: bool) -> LinkAnswer:
    """A method that means neither looking nor pressing is refused; it changes as little."""
    if method == _OPTIONS:
        return LinkAnswer(effect=Effect.NONE, status=204, rule=rule)
    if method not in _SAFE:
        return LinkAnswer(effect=Effect.NONE, status=405, rule=rule)
    return LinkAnswer(effect=Effect.NONE, status=200 if known else 404, rule=rule)


for _rule in ("EML-8058-02", "EML-8058-03", "EML-8058-04"):
    enforced_elsewhere(_rule, where=f"{_WHERE}.unsubscribe", test="tests/forms/test_unsubscribe.py")
enforced_elsewhere("VER-10", where=f"{_WHERE}.confirm", test="tests/forms/test_confirm.py")
