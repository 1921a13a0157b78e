"""How mail itself must be made, and what mailbox providers ask of bulk senders: RFC 8058, Google, Yahoo, Microsoft."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from domain.compliance.case import Case
from domain.compliance.rules import Finding, Rule, enforced_elsewhere, rule
from domain.compliance.windows import first_instant

_MIDNIGHT, _UTC = time(), ZoneInfo("UTC")


class _OneClick(Struct, frozen=True, kw_only=True):
    headers: dict[str, str]
    dkim_h_must_include: tuple[str, ...]


@rule("EML-8058-01", terms=_OneClick)
def marketing_mail_unsubscribes_in_one_click(case: Case, rule: Rule) -> Finding | None:
    if not case.content.one_click:
        return rule.bars("The mail has no one-click unsubscribe.", missing=", ".join(rule.terms.headers))
    if not case.content.dkim_covers_list_unsubscribe:
        missing = ", ".join(rule.terms.dkim_h_must_include)
        return rule.bars("The signature does not cover the unsubscribe headers.", missing=missing)
    return None


class _Token(Struct, frozen=True, kw_only=True):
    min_days: int


@rule("EML-8058-05", terms=_Token)
def unsubscribe_links_live_long(case: Case, rule: Rule) -> Finding | None:
    """Ours never expire; a profile that gives them an end must leave them the days the strictest law asks for."""
    expiry = case.profile.unsubscribe_token_expiry
    if expiry is None or expiry >= rule.terms.min_days:
        return None
    return rule.bars("The unsubscribe link would expire too soon.", days=expiry, required=rule.terms.min_days)


class _Bulk(Struct, frozen=True, kw_only=True):
    threshold_per_day: int
    require: frozenset[str] = frozenset({"spf", "dkim", "dmarc", "alignment"})


def _unauthenticated(case: Case, rule: Rule, wanted: frozenset[str]) -> Finding | None:
    failing = set(case.attempt.mailbox.failing & wanted)
    if "one_click" in wanted and not case.content.one_click:
        failing.add("one_click")
    if not failing:
        return None
    return rule.bars(
        "The mail does not meet what the mailbox provider asks of senders.", missing=", ".join(sorted(failing))
    )


@rule("MBP-GMAIL-01", terms=_Bulk)
def gmail_wants_bulk_mail_authenticated(case: Case, rule: Rule) -> Finding | None:
    mailbox = case.attempt.mailbox
    if mailbox.provider != "gmail" or mailbox.daily_volume < rule.terms.threshold_per_day:
        return None
    return _unauthenticated(case, rule, rule.terms.require)


class _Complaints(Struct, frozen=True, kw_only=True):
    pause: float
    recover_days: int = 7


@rule("MBP-GMAIL-02", terms=_Complaints)
def gmail_is_paused_when_people_complain(case: Case, rule: Rule) -> Finding | None:
    """Paused until the rate has been below the line for a week, counted from the day it fell or was last measured."""
    mailbox = case.attempt.mailbox
    since = mailbox.below_since
    if mailbox.provider != "gmail" or (since is None and mailbox.spam_rate < rule.terms.pause):
        return None
    since = since or mailbox.measured_on
    until = first_instant(since + timedelta(days=rule.terms.recover_days), _MIDNIGHT, _UTC) if since else None
    if until is not None and case.at >= until:
        return None
    return rule.waits("Too many people at Gmail report this mail as spam.", until, spam_rate=mailbox.spam_rate)


@rule("MBP-UNSUB-48", about_past=True)
def mailbox_providers_give_two_days(case: Case, rule: Rule) -> Finding | None:
    if case.standing is None:
        return None
    return rule.bars("The contact unsubscribed.", opted_out_at=case.standing.event.at.isoformat())


@rule("MBP-YAHOO-01", terms=_Complaints)
def yahoo_wants_mail_authenticated(case: Case, rule: Rule) -> Finding | None:
    mailbox = case.attempt.mailbox
    if mailbox.provider != "yahoo":
        return None
    if mailbox.spam_rate >= rule.terms.pause:
        return rule.bars("Too many people at Yahoo report this mail as spam.", spam_rate=mailbox.spam_rate)
    return _unauthenticated(case, rule, frozenset({"spf", "dkim", "dmarc", "alignment", "one_click"}))


@rule("MBP-MS-01", terms=_Bulk)
def microsoft_wants_bulk_mail_authenticated(case: Case, rule: Rule) -> Finding | None:
    mailbox = case.attempt.mailbox
    if mailbox.provider != "microsoft_consumer" or mailbox.daily_volume <= rule.terms.threshold_per_day:
        return None
    return _unauthenticated(case, rule, rule.terms.require)


_MAIL, _MAIL_TEST = "domain.compliance.replies.classify", "tests/compliance/test_cases.py"
enforced_elsewhere("EML-MAILTO-01", where=_MAIL, test=_MAIL_TEST)
enforced_elsewhere("EML-AUTO-01", where=_MAIL, test=_MAIL_TEST)
