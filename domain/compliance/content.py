"""What the rules see of a message: read off its final words, as the person will read them.

An inspector errs on the side of seeing too much promotion and too little of what the law wants said.
"""

import re
from html import unescape

from msgspec import Struct

from domain.channels import Sender
from domain.compliance.attempt import Content as Inspection
from domain.compliance.disclosures import names_an_exclusive_way_out
from domain.compliance.wording import ELEMENTS, PROMOTION, TOPICS, Wording
from domain.messages import Content
from domain.programs import Program

_TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.IGNORECASE | re.DOTALL)
_LINKS = re.compile(r"""href\s*=\s*["']([^"']+)["']""", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]{3,}")
_LEGAL_FORMS = frozenset(
    {"ltd", "inc", "llc", "gmbh", "plc", "corp", "company", "limited", "the", "and", "group", "sarl"}
)
_WAY_OUT = re.compile(
    r"\b(?:STOP|ARRET|ARRÊT|STOPP|BAJA|ALTO|SAIR|ABMELDEN|UIT|BASTA)\b|unsubscrib|opt[ -]?out|abbestell|abmeld|désabonn"
    r"|désinscri|darse de baja|cancelar la suscripción|cancelar (?:a )?inscrição|disiscri|afmelden|/u/",
    re.IGNORECASE,
)
_FALSE_REPLY = re.compile(r"^\s*(?:re|fwd?|aw|wg|tr|sv)\s*:", re.IGNORECASE)
_AD_LABEL = re.compile(r"\badvert(?:isement|ising)\b|\[ad\]|\banzeige\b|\bpublicité\b|\bpublicidad\b", re.IGNORECASE)
_ONE_WAY = re.compile(
    r"(?:do not|don't|cannot|can't|can not|please do not) reply|replies? (?:are|is|to this \w+ (?:are|is)) not"
    r"|no[- ]?reply|not (?:monitored|read)|one[- ]way"
    r"|two[- ]way (?:text\w*|messag\w*) (?:is |are )?(?:not |un)available",
    re.IGNORECASE,
)
_OTHER_WAY = re.compile(
    r"(?:opt[ -]?out|unsubscribe|stop|revoke|cancel)[^.]*(?:https?://|www\.|\bcall\b|\bvisit\b|@|\d{3}[ .-]?\d{4})"
    r"|(?:https?://|\bcall\b|\bvisit\b|@)[^.]*(?:opt[ -]?out|unsubscribe|stop|revoke|cancel)",
    re.IGNORECASE,
)
# What a person reads first: beyond this part of a mail its purpose no longer stands at the beginning.
_BEGINNING = 0.25


class _Read(Struct, frozen=True, kw_only=True):
    """The words as a person sees them; `plain` is the text part, `shown` what a mail program displays."""

    subject: str
    plain: str
    shown: str
    links: str

    @property
    def everything(self) -> str:
        return f"{self.subject}\n{self.plain}\n{self.shown}"


def inspect(content: Content, *, channel: str, category: str, program: Program, sender: Sender) -> Inspection:
    """The headers a mail gets from us (From, one-click unsubscribe and its signature) are made right by
    construction.
    """
    read = _read(content)
    promotion = Wording.first(PROMOTION, read.shown or read.plain)
    subject_sells = Wording.first(PROMOTION, read.subject) is not None
    way_out = all(_WAY_OUT.search(body + read.links) for body in (read.plain, read.shown) if body)
    return Inspection(
        contains_promotion=promotion is not None or subject_sells,
        elements=_elements(read, program, sender) if category == "optin_confirmation" else None,
        has_identification=_identifies(read.everything, program, sender),
        postal_address=channel != "email" or _shows(sender.postal_address, read),
        has_unsubscribe=way_out,
        subject_deceptive=_FALSE_REPLY.search(read.subject) is not None,
        subject_promotional=subject_sells,
        transactional_first=promotion is None or promotion > _BEGINNING * len(read.shown or read.plain),
        ad_label=_AD_LABEL.search(read.everything) is not None,
        adv_label=(read.subject or read.plain).lstrip().upper().startswith("<ADV>"),
        one_way_disclosure=_ONE_WAY.search(read.plain) is not None,
        alternative_optout=_OTHER_WAY.search(read.plain) is not None,
        exclusive_optout=names_an_exclusive_way_out(read.plain),
        objection_notice=way_out,
        topics=Wording.found(TOPICS, read.everything),
    )


def _read(content: Content) -> _Read:
    html = content.html or ""
    return _Read(
        subject=content.subject or "",
        plain=content.text,
        shown=_SPACES.sub(" ", unescape(_TAGS.sub(" ", html))).strip() if html else "",
        links=" ".join(_LINKS.findall(html)),
    )


def _identifies(text: str, program: Program, sender: Sender) -> bool:
    """By its legal name, the name it is known by, or that of the program."""
    folded = text.casefold()
    known_by = [word for word in _WORD.findall(sender.legal_name.casefold()) if word not in _LEGAL_FORMS]
    names = [sender.legal_name.casefold(), program.name.casefold(), sender.slug.replace("-", " "), *known_by[:1]]
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded) for name in names)


def _shows(address: str, read: _Read) -> bool:
    """Lines and spaces are laid out differently in a mail; the address has to be in every part."""
    wanted = _folded(address)
    return all(wanted in _folded(body) for body in (read.plain, read.shown) if body)


def _folded(text: str) -> str:
    return "".join(_WORD_OR_NUMBER.findall(text.casefold()))


_WORD_OR_NUMBER = re.compile(r"[^\W_]+")


def _elements(read: _Read, program: Program, sender: Sender) -> frozenset[str]:
    """The parts of an opt-in confirmation (CTIA 5.1.2.1) that are said."""
    said = set(Wording.found(ELEMENTS, read.plain))
    if _identifies(read.plain, program, sender):
        said.add("program_name")
    return frozenset(said)
