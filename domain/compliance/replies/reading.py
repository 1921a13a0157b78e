"""Reading a reply: what it does to consent, by which rule, and which answer is due.

The rule named first is the one that decides; `also_rules` bear on it. Words are understood in `understanding.py`; here
is only what the rules make of them on the channel they came by.
"""

from collections.abc import Iterator

from domain.compliance.attempt import TEXT
from domain.compliance.replies import mail
from domain.compliance.replies.reply import (
    CONFIRM_OPT_IN,
    CONFIRM_OPT_OUT,
    NOTHING_DUE,
    REVIEW,
    SEND_HELP,
    TO_SUPPORT,
    Answer,
    Classification,
    Mailbox,
    Reading,
    Reply,
    Scope,
)
from domain.compliance.replies.understanding import Understood, Wish, understand
from domain.compliance.replies.words import read_words

_NETWORK_STOP, _NETWORK_START = frozenset({"stop"}), frozenset({"start", "unstop"})
_TWILIO_WORDS = frozenset({"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"})
_CTIA_WORDS = frozenset({"stop", "end", "unsubscribe", "cancel", "quit", "opt out"})
_CANADIAN_WORDS = frozenset({"stop", "arret", "end", "quit", "cancel", "unsubscribe", "unsub"})
_CANADIAN_HELP = frozenset({"help", "aide", "info"})
_AMBIGUOUS_BY_RULE = frozenset({"para", "no", "enough"})
_VIRGINIAN_WORDS = frozenset({"stop", "unsubscribe"})

_SILENT_NETWORK = Answer(send=None, reason="network_replied")
_SILENT_PROVIDER = Answer(send=None, reason="provider_replied")
_SILENT_CONFIRMED = Answer(send=None, reason="already_confirmed")


def classify(reply: Reply) -> Reading:
    """Pure and deterministic: the same reply is always read the same way."""
    if reply.channel in TEXT:
        return _read_text(reply)
    return _read_mail(reply) if reply.channel == "email" else _read_statement(reply)


def _read_text(reply: Reply) -> Reading:
    found = _understood(reply)
    if reply.opt_out_type == "STOP" or found.wish <= Wish.LEAVE:
        return _revoked(reply, found)
    if found.wish is Wish.AGREE or (found.declines and reply.opt_in_asked):
        return _answered_request(reply, found)
    if reply.opt_out_type == "START" or found.wish is Wish.OPT_IN:
        return _opted_in(reply, found)
    if reply.opt_out_type == "HELP" or found.wish is Wish.HELP:
        return _help(reply, found)
    return _read_on(reply, found)


def _read_on(reply: Reply, found: Understood) -> Reading:
    if found.wish in (Wish.DOUBT_KEYWORD, Wish.DOUBT):
        return _suspended(found, "SMS-KW-I18N" if _ambiguous_by_rule(found) else "US-TCPA-REV-02")
    if _says_a_virginian_word(reply):
        return _suspended(found, "US-VA-01", "US-TCPA-REV-02")
    return _unchanged(found, "US-TCPA-REV-02")


def _understood(reply: Reply) -> Understood:
    if mail.is_reaction(reply.text):
        return Understood(wish=Wish.OTHER, meaning="a reaction that quotes our message")
    if mail.is_thumb_down(reply.text):
        return Understood(wish=Wish.DOUBT, meaning="a thumb down for our message")
    words = read_words(mail.own_words(reply.text))
    found = understand(words, reply.locale)
    if words.asks and found.wish in (Wish.AGREE, Wish.OPT_IN):
        return Understood(wish=Wish.OTHER, meaning="a question, not an answer", language=found.language)
    return found


def _plain(reply: Reply) -> str:
    """The text as a network compares it: one word, exactly, in any case."""
    return reply.text.strip().casefold()


def _says_a_virginian_word(reply: Reply) -> bool:
    return _american(reply) and reply.region == "VA" and not _VIRGINIAN_WORDS.isdisjoint(read_words(reply.text).spoken)


def _revoked(reply: Reply, found: Understood) -> Reading:
    own = _revoking_rule(reply, found)
    if reply.opt_out_type == "STOP":
        rule, answer = "PRV-TWILIO-03", _SILENT_PROVIDER
    elif reply.number_type == "toll_free" and _plain(reply) in _NETWORK_STOP:
        rule, answer = "PRV-TWILIO-04", _SILENT_NETWORK
    elif reply.already_opted_out and reply.number_type != "short_code":
        rule, answer = "CTIA-11", _SILENT_CONFIRMED
    else:
        rule, answer = own, CONFIRM_OPT_OUT
    also = (own, *_bearing_on_opt_out(reply, found, answer))
    return Reading(
        classification=Classification.REVOKE,
        rule=rule,
        also_rules=tuple(dict.fromkeys(each for each in also if each != rule)),
        pattern=found.meaning if found.wish <= Wish.LEAVE else "the provider read it as an opt-out",
        language=found.language,
        scope=Scope.MARKETING if found.keeps_orders else Scope.ALL,
        reply=answer,
    )


def _bearing_on_opt_out(reply: Reply, found: Understood, answer: Answer) -> Iterator[str]:
    if found.wish is Wish.KEYWORD:
        yield "US-TCPA-REV-01"
    if found.wish is Wish.FOREIGN_KEYWORD:
        yield "SMS-KW-I18N"
    if _american(reply) and found.word in _CTIA_WORDS:
        yield "CTIA-03"
    if _american(reply) and answer.reason not in ("provider_replied", "network_replied"):
        yield "US-TCPA-REV-06"
    if reply.number_type == "short_code":
        yield "PRV-TWILIO-08"
        if reply.already_opted_out:
            yield "CTIA-11"
    if reply.provider == "twilio" and _plain(reply) in _TWILIO_WORDS:
        yield "PRV-TWILIO-01"
    if _says_a_virginian_word(reply):
        yield "US-VA-01"


def _american(reply: Reply) -> bool:
    return reply.country in (None, "US")


def _revoking_rule(reply: Reply, found: Understood) -> str:
    if reply.country == "CA" and found.word in _CANADIAN_WORDS:
        return "CA-CSC-01"
    if found.wish is Wish.KEYWORD:
        return "US-TCPA-REV-01"
    return "SMS-KW-I18N" if found.wish is Wish.FOREIGN_KEYWORD else "US-TCPA-REV-02"


def _ambiguous_by_rule(found: Understood) -> bool:
    return found.wish is Wish.DOUBT_KEYWORD and (found.word in _AMBIGUOUS_BY_RULE or found.language != "en")


def _answered_request(reply: Reply, found: Understood) -> Reading:
    """YES counts for a request that is open and for nothing else (CTIA-13)."""
    by_provider = reply.opt_out_type == "START"
    if found.declines:
        return _no_change(found, "CTIA-13", "the opt-in request was declined")
    if not reply.opt_in_asked:
        if by_provider:
            return _opted_in(reply, found)
        asked = "the opt-in request has expired" if reply.pending_optin else "no opt-in request is open"
        return _no_change(found, "CTIA-13", f"{found.meaning}, but {asked}")
    return Reading(
        classification=Classification.OPT_IN_CONFIRMED,
        rule="CTIA-13",
        also_rules=("PRV-TWILIO-03",) if by_provider else ("CTIA-02",),
        pattern=f"{found.meaning}, to an open opt-in request",
        language=found.language,
        reply=_SILENT_PROVIDER if by_provider else CONFIRM_OPT_IN,
    )


def _opted_in(reply: Reply, found: Understood) -> Reading:
    if reply.opt_out_type == "START":
        rule, answer = "PRV-TWILIO-03", _SILENT_PROVIDER
    elif reply.number_type == "toll_free" and _plain(reply) in _NETWORK_START:
        rule, answer = "PRV-TWILIO-04", _SILENT_NETWORK
    else:
        rule, answer = "US-TCPA-REV-12", CONFIRM_OPT_IN
    return Reading(
        classification=Classification.OPT_IN,
        rule=rule,
        also_rules=() if rule == "US-TCPA-REV-12" else ("US-TCPA-REV-12",),
        pattern=found.meaning if found.wish is Wish.OPT_IN else "the provider read it as an opt-in",
        language=found.language,
        reply=answer,
    )


def _help(reply: Reply, found: Understood) -> Reading:
    canadian = reply.country == "CA" and found.word in _CANADIAN_HELP
    own = "CA-CSC-01" if canadian else "CTIA-04"
    by_provider = reply.opt_out_type == "HELP"
    rule = "PRV-TWILIO-03" if by_provider else own
    also = [own, "CTIA-11"] if reply.already_opted_out else [own]
    return Reading(
        classification=Classification.HELP,
        rule=rule,
        also_rules=tuple(each for each in also if each != rule),
        pattern=found.meaning if found.wish is Wish.HELP else "the provider read it as a call for help",
        language=found.language,
        reply=_SILENT_PROVIDER if by_provider else SEND_HELP,
    )


def _read_mail(reply: Reply) -> Reading:
    to_unsubscribe = reply.mailbox is Mailbox.UNSUBSCRIBE
    if mail.is_bounce(reply.headers) or (mail.is_automatic(reply.headers) and not to_unsubscribe):
        return Reading(
            classification=Classification.NO_CHANGE,
            rule="EML-AUTO-01",
            pattern="an automatic message",
            reply=Answer(send=None, reason="automatic"),
        )
    if to_unsubscribe:
        found = Understood(wish=Wish.LEAVE, meaning="mail to the unsubscribe mailbox")
        return _left_elsewhere(reply, found, "EML-MAILTO-01")
    chosen = understand(read_words(mail.own_subject(reply.subject)), reply.locale)
    found = _understood(reply)
    return _read_plainly(reply, min(found, chosen, key=lambda each: each.wish), "EML-MAILTO-01")


def _read_statement(reply: Reply) -> Reading:
    return _read_plainly(reply, _understood(reply), "US-TCPA-REV-04")


def _read_plainly(reply: Reply, found: Understood, rule: str) -> Reading:
    """Off the phone no keyword opts in or asks for help: a person reads what is not an opt-out."""
    if found.wish <= Wish.LEAVE:
        return _left_elsewhere(reply, found, rule)
    if found.wish in (Wish.DOUBT_KEYWORD, Wish.DOUBT):
        return _suspended(found, rule, "US-TCPA-REV-02")
    return _unchanged(found, rule)


def _left_elsewhere(reply: Reply, found: Understood, rule: str) -> Reading:
    return Reading(
        classification=Classification.REVOKE,
        rule=rule,
        also_rules=("US-TCPA-REV-04",) if _american(reply) and rule != "US-TCPA-REV-04" else (),
        pattern=found.meaning,
        language=found.language,
        scope=Scope.MARKETING if found.keeps_orders else Scope.ALL,
        reply=NOTHING_DUE,
    )


def _suspended(found: Understood, *rules: str) -> Reading:
    return Reading(
        classification=Classification.SUSPEND_AND_REVIEW,
        rule=rules[0],
        also_rules=rules[1:],
        pattern=found.meaning,
        language=found.language,
        reply=REVIEW,
    )


def _unchanged(found: Understood, rule: str) -> Reading:
    return Reading(
        classification=Classification.NOT_REVOCATION,
        rule=rule,
        pattern=found.meaning,
        language=found.language,
        reply=TO_SUPPORT,
    )


def _no_change(found: Understood, rule: str, meaning: str) -> Reading:
    return Reading(
        classification=Classification.NO_CHANGE, rule=rule, pattern=meaning, language=found.language, reply=NOTHING_DUE
    )
