"""Reading the words shown at opt-in before anybody sees them: what none may say, and what each law wants said.

A consent taken with a text that lacks something does not count, so a lack asks for another opt-in. Whether what was
recorded of a consent suffices is another question, which the rules answer when a message is judged.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache

from msgspec import Struct

from domain.addresses import Channel
from domain.channels import Sender
from domain.compliance import catalogue
from domain.compliance.attempt import Recipient, Residence
from domain.compliance.content import agreement, elements, names, ways_out
from domain.compliance.content.exclusive import exclusive_way_out_of_consent
from domain.compliance.content.phrases import Text
from domain.compliance.content.reading import plain
from domain.compliance.jurisdiction import UNKNOWN, whereabouts
from domain.compliance.lint import EXCLUSIVE, Lint, in_order
from domain.compliance.verdicts import Verdict
from domain.programs import Program

_MARKETING = "marketing"
_US = frozenset({"US"})
_READ = frozenset({"en", "es", "fr", "de"})
# A place that is declared and never verified is resolved the same on any day.
_ANY_DAY = date(2026, 1, 1)


class _Shown(Struct, frozen=True, kw_only=True):
    text: Text
    channel: Channel | None
    codes: frozenset[str]
    category: str
    sender: Sender | None
    program: Program | None

    def under(self, rule: str) -> bool:
        """Whether the rule speaks here at all. A channel nobody named is text: the law is stricter there."""
        when = catalogue.entry(rule).applies_when
        places, channels, categories = when.recipient_jurisdiction, when.channel, when.category
        return (
            not self.codes.isdisjoint(places)
            and not {"any", self.channel or Channel.SMS}.isdisjoint(channels)
            and not {"any", self.category}.isdisjoint(categories)
        )


def lint_disclosure(
    text: str,
    *,
    channel: Channel | None = None,
    jurisdictions: Iterable[str] | None = None,
    category: str = _MARKETING,
    locale: str | None = None,
    sender: Sender | None = None,
    program: Program | None = None,
) -> tuple[Lint, ...]:
    """The gravest first. `jurisdictions` are countries and states such as CA or US-FL, or what whereabouts calls them.

    Without jurisdictions the text may be any about consent, such as terms: it is read for what US law lets nobody say,
    and only if it asks for agreement for what has to be said. Who is named can be told only with the sender.
    """
    shown = _Shown(
        text=Text.of(plain(text)),
        channel=channel,
        codes=_US if jurisdictions is None else _codes(frozenset(jurisdictions)),
        category=category,
        sender=sender,
        program=program,
    )
    found = list(_faults(shown))
    if locale is not None and locale.replace("_", "-").partition("-")[0].lower() not in _READ:
        message = "Have somebody who reads this language compare the text with the rules: it is not checked here."
        found.append(Lint(rule="CORE-PROOF-01", verdict=Verdict.ALLOW, message=message))
    elif jurisdictions is not None or agreement.asks_for_consent(shown.text):
        found += _lacks(shown)
    return in_order(found)


@lru_cache(maxsize=256)
def _codes(jurisdictions: frozenset[str]) -> frozenset[str]:
    return frozenset[str]().union(*map(_resolved, jurisdictions))


def _resolved(jurisdiction: str) -> frozenset[str]:
    if jurisdiction in ("EU", "UK", UNKNOWN):
        return frozenset({jurisdiction})
    country, _, region = jurisdiction.partition("-")
    return whereabouts(Recipient(declared=Residence(country=country, region=region or None)), _ANY_DAY).codes


class _Fault(Struct, frozen=True):
    """`rules` are those that forbid it, each where it applies, with the verdict of a consent taken so."""

    says: Callable[[Text], str | None]
    message: str
    rules: dict[str, Verdict]


def _faults(shown: _Shown) -> Iterator[Lint]:
    for fault in _FAULTS:
        rules = [rule for rule in fault.rules if shown.under(rule)]
        if rules and (words := fault.says(shown.text)):
            for rule in rules:
                yield Lint(rule=rule, verdict=fault.rules[rule], message=fault.message, found=(words,))


def _profiles_too(text: Text) -> str | None:
    return agreement.profiling(text) if agreement.advertises(text) else None


_FAULTS = (
    _Fault(exclusive_way_out_of_consent, EXCLUSIVE, {"US-TCPA-REV-05": Verdict.DENY, "EU-GDPR-03": Verdict.DENY}),
    _Fault(
        agreement.irrevocable,
        "Say that consent can be withdrawn at any time: it can, whatever a text says.",
        {
            "US-TCPA-REV-05": Verdict.DENY,
            "EU-GDPR-03": Verdict.DENY,
            "CA-CASL-02": Verdict.NEED_OPT_IN,
            "BR-LGPD-01": Verdict.NEED_OPT_IN,
            "CORE-JUR-03": Verdict.NEED_OPT_IN,
        },
    ),
    _Fault(
        ways_out.hurdle,
        "Let people leave without an account and without paying: take out what asks for that.",
        {
            "US-CANSPAM-07": Verdict.DENY,
            "CA-CASL-09": Verdict.DENY,
            "AU-SPAM-02": Verdict.DENY,
            "EU-GDPR-03": Verdict.DENY,
        },
    ),
    _Fault(
        agreement.shared_with_others,
        "Do not pass consent on: say that numbers and addresses are not shared with others for their marketing.",
        {"CTIA-06": Verdict.DENY, "CA-CASL-14": Verdict.NEED_OPT_IN, "EU-GDPR-01": Verdict.NEED_OPT_IN},
    ),
    _Fault(
        agreement.unnamed_senders,
        "Name every sender the consent is for: partners without a name cannot rely on it.",
        {
            "US-TCPA-CONS-02": Verdict.NEED_OPT_IN,
            "CA-CASL-14": Verdict.NEED_OPT_IN,
            "EU-GDPR-01": Verdict.NEED_OPT_IN,
            "CORE-JUR-03": Verdict.NEED_OPT_IN,
        },
    ),
    _Fault(
        agreement.bundled_with_terms,
        "Ask for consent apart from the terms: agreeing to one must not be agreeing to the other.",
        {
            "A2P-04": Verdict.NEED_OPT_IN,
            "CA-CASL-02": Verdict.NEED_OPT_IN,
            "EU-GDPR-01": Verdict.NEED_OPT_IN,
            "BR-LGPD-01": Verdict.NEED_OPT_IN,
            "CORE-JUR-03": Verdict.NEED_OPT_IN,
        },
    ),
    _Fault(
        agreement.taken_from_silence,
        "Let people say yes by something they do: a box ticked beforehand, silence or going on is no consent.",
        {
            "A2P-04": Verdict.NEED_OPT_IN,
            "CA-CASL-02": Verdict.NEED_OPT_IN,
            "EU-GDPR-01": Verdict.NEED_OPT_IN,
            "BR-LGPD-01": Verdict.NEED_OPT_IN,
            "CORE-JUR-03": Verdict.NEED_OPT_IN,
        },
    ),
    _Fault(
        agreement.conditional,
        "Do not make consent the price of something else: people may buy and take part without it.",
        {
            "US-TCPA-CONS-02": Verdict.NEED_OPT_IN,
            "EU-GDPR-01": Verdict.NEED_OPT_IN,
            "BR-LGPD-01": Verdict.NEED_OPT_IN,
            "CORE-JUR-03": Verdict.NEED_OPT_IN,
        },
    ),
    _Fault(
        _profiles_too,
        "Ask for each purpose on its own: messages and profiling are two agreements.",
        {"EU-GDPR-01": Verdict.NEED_OPT_IN, "CORE-JUR-03": Verdict.NEED_OPT_IN},
    ),
)


class _Elements(Struct, frozen=True, kw_only=True):
    required_elements: tuple[str, ...]


class _Evidence(Struct, frozen=True, kw_only=True):
    required_evidence: tuple[str, ...]


class _Part(Struct, frozen=True):
    """One thing a text has to say: whether it does, and what to write if not."""

    said: Callable[[_Shown], bool]
    remedy: str


def _names_sender(shown: _Shown) -> bool:
    return shown.sender is None or names.identified(shown.text, shown.sender, None)


def _tells_purpose(shown: _Shown) -> bool:
    if agreement.describes_messages(shown.text):
        return True
    return shown.program is not None and names.spelled(shown.program.purpose).search(shown.text.words) is not None


def _shows_address(shown: _Shown) -> bool:
    if agreement.has_address(shown.text):
        return True
    return shown.sender is not None and names.shows_address(shown.text, shown.sender.postal_address)


def _tells_channel(shown: _Shown) -> bool:
    by_text, by_mail = agreement.speaks_of_texting(shown.text), agreement.speaks_of_mail(shown.text)
    return by_mail if shown.channel is Channel.EMAIL else by_text or (by_mail and shown.channel is None)


_SENDER = _Part(_names_sender, "who sends")
_PURPOSE = _Part(_tells_purpose, "what the messages are about")
_FREELY = _Part(lambda shown: agreement.freely_given(shown.text), "that consent is not a condition of purchase")
_PARTS: dict[str, _Part] = {
    "brand": _SENDER,
    "seller_identity": _SENDER,
    "sender_name": _SENDER,
    "controllers": _SENDER,
    "message_types": _PURPOSE,
    "purpose": _PURPOSE,
    "purposes": _PURPOSE,
    "channel": _Part(_tells_channel, "whether it is text messages or email"),
    "advertising": _Part(lambda shown: agreement.advertises(shown.text), "that the messages advertise"),
    "autodialer_disclosed": _Part(lambda shown: agreement.automated(shown.text), "that they may be sent automatically"),
    "not_condition_of_purchase": _FREELY,
    "not_condition_of_purchase_disclosed": _FREELY,
    "affirmative_act": _Part(lambda shown: agreement.asks_for_consent(shown.text), "that the person agrees"),
    "frequency": _Part(lambda shown: elements.frequency(shown.text, shown.program), "how often, or that it varies"),
    "msg_and_data_rates": _Part(lambda shown: elements.rates(shown.text), "that message and data rates may apply"),
    "stop": _Part(lambda shown: ways_out.stop_instruction(shown.text), "how to stop, such as Reply STOP"),
    "help": _Part(lambda shown: elements.help_instruction(shown.text), "how to get help, such as Reply HELP"),
    "terms_url": _Part(lambda shown: agreement.shows_terms(shown.text), "where the terms are"),
    "privacy_url": _Part(lambda shown: agreement.shows_privacy(shown.text), "where the privacy policy is"),
    "mailing_address": _Part(_shows_address, "the sender's mailing address"),
    "one_of_phone_email_web": _Part(
        lambda shown: agreement.has_contact(shown.text), "a phone number, email or web address of the sender"
    ),
    "withdrawal_statement": _Part(
        lambda shown: agreement.tells_of_withdrawal(shown.text), "that consent can be withdrawn at any time"
    ),
}
_WRITTEN = catalogue.parameters("US-TCPA-CONS-02", _Evidence).required_evidence
_CALL_TO_ACTION = catalogue.parameters("CTIA-10", _Elements).required_elements
_CANADIAN = catalogue.parameters("CA-CASL-02", _Evidence).required_evidence
# What the table asks of a record and no text can say, such as the time, is not in `_PARTS`.
_WANTED: dict[str, tuple[str, ...]] = {
    "US-TCPA-CONS-02": (*_WRITTEN, "advertising", "autodialer_disclosed"),
    "CTIA-10": _CALL_TO_ACTION,
    "A2P-04": ("channel",),
    "PRV-TWILIO-06": ("msg_and_data_rates", "terms_url", "privacy_url"),
    "CA-CASL-02": tuple(part for part in _CANADIAN if part != "affirmative_act"),
    "EU-GDPR-01": ("controllers", "purposes", "channel"),
    "EU-GDPR-03": ("withdrawal_statement",),
    "AU-SPAM-01": ("sender_name", "purpose"),
    "BR-LGPD-01": ("purpose", "withdrawal_statement"),
    "ZA-POPIA-01": ("sender_name", "purpose", "withdrawal_statement"),
    "CORE-JUR-03": ("sender_name", "purpose", "mailing_address", "withdrawal_statement"),
}


def _lacks(shown: _Shown) -> Iterator[Lint]:
    for rule, wanted in _WANTED.items():
        if not shown.under(rule):
            continue
        lacks = tuple(name for name in wanted if name in _PARTS and not _PARTS[name].said(shown))
        if lacks:
            message = f"Also say {'; '.join(dict.fromkeys(_PARTS[name].remedy for name in lacks))}."
            yield Lint(rule=rule, verdict=Verdict.NEED_OPT_IN, message=message, lacks=lacks)
