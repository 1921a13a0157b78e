"""Reading a template before anybody is sent it: what would be refused or judged otherwise than its author expects."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from domain.addresses import Channel
from domain.channels import Sender
from domain.compliance import catalogue
from domain.compliance.content import elements, names, subjects, topics, ways_out
from domain.compliance.content.exclusive import exclusive_way_out
from domain.compliance.content.phrases import Text, wording
from domain.compliance.content.promotion import first_promotion, transaction_first
from domain.compliance.content.reading import Reading
from domain.compliance.verdicts import GRAVITY, STAGE_ORDER, Verdict
from domain.messages import Content
from domain.programs import Program

EXCLUSIVE = "Do not name one way to opt out as the only one: people may say it in any reasonable way."
_MARKETING, _OTP, _EMERGENCY = "marketing", "otp", "emergency"
_RELABELLED = frozenset({"informational", "transactional", "transactional_cem", "exempted_informational"})
_NEUTRAL = {
    "optout_confirmation": ("US-TCPA-REV-06", "the one answer to an opt-out"),
    "doi_request": ("DE-UWG-02", "a request to confirm"),
    _EMERGENCY: ("US-TCPA-EMERG-01", "a warning"),
}
_CONFIRMS = {"optin_confirmation": "CTIA-02", "help_reply": "CTIA-04"}
# Where a template has a variable, some word will stand; a figure leaves prices and percentages recognisable.
_LOGIC, _VARIABLE = re.compile(r"\{%.*?%\}", re.DOTALL), re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_LEAVING_VARIABLE = re.compile(r"unsub|opt_?out|preferences", re.IGNORECASE)
_FIGURE, _LEAVING_LINK = "0", "https://link.example/u/unsubscribe"
_EXPIRES = wording(
    "EXPIRES",
    needs="EXPIRES",
    EXPIRES="""
        expire*, valid for, valid until, good for, minutes, gültig, minuten, caduca, válido, minutos, expire,
        valable
    """,
)
_KEPT = wording(
    "KEEPING",
    needs="KEEPING",
    KEEPING="""
        never share, do not share, don't share, do not give, don't give, keep it secret, no lo comparta,
        no lo compartas, nunca comparta, ne partagez pas, ne le partagez, ne communiquez, nicht weitergeben,
        niemandem, geben sie ihn nicht
    """,
)


class Lint(Struct, frozen=True, kw_only=True):
    """One thing to put right: `verdict` is what a message or consent meets that relies on the text as it is, and
    `allow` is advice. `found` are words of the text, folded; `lacks` names what is missing, in the words of the rule.
    """

    rule: str
    verdict: Verdict
    message: str
    found: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


class _Draft(Struct, frozen=True, kw_only=True):
    reading: Reading
    said: tuple[Text, ...]
    channel: Channel
    category: str
    sender: Sender | None
    program: Program | None

    @property
    def text(self) -> Text:
        return self.reading.parts[0]

    @property
    def promotion(self) -> str | None:
        return next((found[0] for text in self.said if (found := first_promotion(text))), None)


def lint_template(
    content: Content, *, channel: Channel, category: str, sender: Sender | None, program: Program | None
) -> tuple[Lint, ...]:
    """Of the source of a template, or of a preview; the gravest first. Without a sender, names are not looked for."""
    reading, proper = Reading.of(_filled(content)), names.proper_names(sender, program)
    said = tuple(text.cut(proper.sub(" ", text.words)) for text in (reading.subject, *reading.spoken))
    draft = _Draft(reading=reading, said=said, channel=channel, category=category, sender=sender, program=program)
    found = [*_of_promotion(draft), *(_of_mail(draft) if channel is Channel.EMAIL else _of_text(draft))]
    return in_order(found)


def in_order(lints: Iterable[Lint]) -> tuple[Lint, ...]:
    """As findings are: the gravest, then the lowest stage, the most specific pack, the order of the table; but what a
    text wrongly says before what it leaves out.
    """
    return tuple(sorted(lints, key=_precedence))


def _precedence(lint: Lint) -> tuple[int, bool, int, int, int]:
    entry, pack = catalogue.entry(lint.rule), catalogue.pack_of(lint.rule)
    return -GRAVITY[lint.verdict], not lint.found, STAGE_ORDER[entry.stage], -pack.specificity, entry.order


def _filled(content: Content) -> Content:
    return replace(
        content,
        text=_without_logic(content.text),
        subject=None if content.subject is None else _without_logic(content.subject),
        html=None if content.html is None else _without_logic(content.html),
    )


def _without_logic(source: str) -> str:
    return _VARIABLE.sub(_example, _LOGIC.sub("", source))


def _example(variable: re.Match[str]) -> str:
    return _LEAVING_LINK if _LEAVING_VARIABLE.search(variable[1]) else _FIGURE


def _of_promotion(draft: _Draft) -> Iterator[Lint]:
    words = draft.promotion
    if words is None or draft.category == _MARKETING:
        return
    if draft.category in _NEUTRAL:
        rule, what = _NEUTRAL[draft.category]
        message = f"Take out what promotes something: {what} holds nothing else."
        yield Lint(rule=rule, verdict=Verdict.DENY, message=message, found=(words,))
    if draft.category == _OTP:
        message = "Take out what promotes something: with it the code is judged as marketing and needs that consent."
        yield Lint(rule="VER-11", verdict=Verdict.NEED_OPT_IN, message=message, found=(words,))
    if draft.category in _RELABELLED:
        message = "Take out what promotes something, or make this a marketing template: it is judged as marketing."
        yield Lint(rule="CORE-MIX-01", verdict=Verdict.NEED_OPT_IN, message=message, found=(words,))
        if draft.channel is Channel.EMAIL:
            yield Lint(
                rule="EML-8058-01",
                verdict=Verdict.DENY,
                message="Make this a marketing template: only those get the one-click unsubscribe promotion needs.",
                lacks=("one_click",),
            )


def _of_text(draft: _Draft) -> Iterator[Lint]:
    text, sender = draft.text, draft.sender
    if sender and not names.named_by_origin(sender) and not names.identified(text, sender, draft.program):
        message = f"Say who writes: put {' '.join(names.core(sender.legal_name)).title()} into the text."
        yield Lint(rule="PRV-TWILIO-07", verdict=Verdict.DENY, message=message, lacks=("identification",))
    if words := exclusive_way_out(text):
        yield Lint(rule="US-TCPA-REV-05", verdict=Verdict.DENY, message=EXCLUSIVE, found=(words,))
    if sender and names.named_by_origin(sender):
        yield from _of_one_way(text)
    elif draft.category == _MARKETING and not (ways_out.stop_instruction(text) or ways_out.leaving_link(text)):
        message = "Say how to leave, for example: Reply STOP to opt out."
        yield Lint(rule="CA-CASL-09", verdict=Verdict.DENY, message=message, lacks=("unsubscribe",))
    yield from _of_elements(draft)
    yield from _of_topics(draft)
    if draft.category == _OTP:
        yield from _of_code(draft)


def _of_one_way(text: Text) -> Iterator[Lint]:
    said = {"one_way_disclosure": ways_out.says_one_way(text), "alternative_optout": ways_out.other_way_out(text)}
    if lacks := tuple(name for name, there in said.items() if not there):
        message = "Nobody can reply to a name: say so, and give a link, a number or an address at which to opt out."
        yield Lint(rule="US-TCPA-REV-11", verdict=Verdict.DENY, message=message, lacks=lacks)


def _of_elements(draft: _Draft) -> Iterator[Lint]:
    if draft.sender is None or draft.category not in {*_CONFIRMS, _MARKETING}:
        return
    said = elements.elements(draft.text, draft.sender, draft.program)
    if rule := _CONFIRMS.get(draft.category):
        wanted = _wanted(rule)
        if lacks := tuple(element for element in wanted if element not in said):
            message = f"Add what carriers want said here: {spoken(lacks)}."
            yield Lint(rule=rule, verdict=Verdict.DENY, message=message, lacks=lacks)
    elif lacks := tuple(element for element in _wanted("CTIA-02")[1:] if element not in said):
        message = f"If this is the first message after the opt-in, also say: {spoken(lacks)}."
        yield Lint(rule="CTIA-02", verdict=Verdict.ALLOW, message=message, lacks=lacks)


def _wanted(rule: str) -> tuple[str, ...]:
    """An answer to HELP tells no frequency."""
    wanted: tuple[str, ...] = catalogue.parameters("CTIA-02", _Elements).required_elements
    return wanted if rule == "CTIA-02" else tuple(one for one in wanted if one != "recurring_and_frequency")


class _Elements(Struct, frozen=True, kw_only=True):
    required_elements: tuple[str, ...]


class _Topics(Struct, frozen=True, kw_only=True):
    age_gated: frozenset[str]


def _of_topics(draft: _Draft) -> Iterator[Lint]:
    gated = catalogue.parameters("CTIA-09", _Topics).age_gated
    found = frozenset[str]().union(*(topics.topics(text, frozenset()) for text in draft.said))
    if refused := tuple(sorted(found - gated)):
        message = f"Take out what carriers refuse: {spoken(refused)}."
        yield Lint(rule="CTIA-09", verdict=Verdict.DENY, message=message, found=refused)
    if older := tuple(sorted(found & gated - {"firearms_noncommerce"} if "firearms" in found else found & gated)):
        message = f"This reaches only contacts whose age was verified at opt-in, because of {spoken(older)}."
        yield Lint(rule="CTIA-09", verdict=Verdict.DENY, message=message, found=older)
    if shared := tuple(sorted(topics.shorteners(draft.reading.hosts))):
        message = "Use a link on your own domain: carriers filter texts with links that anybody can shorten."
        yield Lint(rule="CTIA-09", verdict=Verdict.ALLOW, message=message, found=shared)


def _of_code(draft: _Draft) -> Iterator[Lint]:
    said = {"expiry": _EXPIRES.said_in(draft.text), "never_share": _KEPT.said_in(draft.text)}
    lacks, links = tuple(name for name, there in said.items() if not there), tuple(sorted(draft.reading.hosts))
    if lacks or links:
        message = "Say how long the code is good for and never to share it, and leave out links."
        yield Lint(rule="VER-11", verdict=Verdict.ALLOW, message=message, lacks=lacks, found=links)


def _of_mail(draft: _Draft) -> Iterator[Lint]:
    if draft.category != _MARKETING:
        yield from _of_primary_purpose(draft)
        return
    parts = draft.reading.parts
    if draft.sender and not draft.sender.postal_address.strip():
        message = "Give the sender a postal address: it belongs under every marketing mail."
        yield Lint(rule="US-CANSPAM-04", verdict=Verdict.DENY, message=message, lacks=("postal_address",))
    if subjects.deceptive(draft.reading.subject, " ".join(part.words for part in parts)):
        message = "Let the subject say what the mail is: it claims an answer, a prize or a trouble that is not there."
        found = (draft.reading.subject.words,)
        yield Lint(rule="US-CANSPAM-02", verdict=Verdict.DENY, message=message, found=found)
    hurdles = {"login": any(map(ways_out.wants_login, parts)), "fee": any(map(ways_out.wants_fee, parts))}
    if any(hurdles.values()):
        message = "Let people leave without an account and without paying: take out what asks for that."
        there = tuple(name for name, wanted in hurdles.items() if wanted)
        yield Lint(rule="US-CANSPAM-07", verdict=Verdict.DENY, message=message, found=there)


def _of_primary_purpose(draft: _Draft) -> Iterator[Lint]:
    promotes = draft.promotion
    if promotes is None or draft.category not in _RELABELLED:
        return
    subject, *body = draft.said
    if first_promotion(subject) or not transaction_first(body):
        message = (
            "Keep promotion out of the subject and below what the mail is about: in the US it is advertising otherwise."
        )
        yield Lint(rule="US-CANSPAM-10", verdict=Verdict.NEED_OPT_IN, message=message, found=(promotes,))


def spoken(identifiers: Iterable[str]) -> str:
    """`msg_and_data_rates` as a person would read it."""
    return ", ".join(identifier.replace("_", " ") for identifier in identifiers)
