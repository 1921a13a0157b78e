"""What a person wrote themselves, without what their phone or mail program put around it, and mail no person wrote."""

import re
from collections.abc import Mapping

from domain.compliance.replies.automatic import answers_for_somebody_away


def _any_of(*forms: str, begin: str = "", end: str = "", flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(f"{begin}(?:{'|'.join(forms)}){end}", flags)


_SIGNED_BY_DEVICE = _any_of(
    r"sent from (?:my|outlook|yahoo|mail)",
    r"sent via",
    r"get outlook for",
    r"enviado (?:desde|do|a partir|de)\b",
    r"envoy[ée] (?:de|depuis)\b",
    r"von meinem .* gesendet",
    r"gesendet (?:von|mit)\b",
    r"inviato da",
    r"verstuurd vanaf",
    r"verzonden (?:vanaf|met)\b",
    r"(?:obtener|scarica|t[ée]l[ée]charger) outlook",
    r"outlook (?:für|voor|para|pour)\b",
    begin=r"^\W*",
)
_QUOTE_BEGINS = _any_of(
    r"on\b.*\bwrote",
    r"le\b.*\ba [ée]crit",
    r"el\b.*\bescribi[óo]",
    r"am\b.*\bschrieb\b.*",
    r"em\b.*\bescreveu",
    r"il\b.*\bha scritto",
    r"op\b.*\bschreef\b.*",
    begin=r"^\W*",
    end=r"\s*:?\s*$",
)
_ORIGINAL_BEGINS = _any_of(
    r"-{2,}\s*(?:original message|forwarded message|message d'origine|mensaje original|mensagem original)",
    r"-{2,}\s*(?:urspr[üu]ngliche nachricht|messaggio originale|oorspronkelijk bericht)",
    r"_{8,}\s*$",
    r"(?:from|de|von|da|van|expéditeur)\s*:\s*\S.*",
    begin=r"^\s*",
)
_SIGNATURE_BEGINS = re.compile(r"^--\s*$")
_SMALL_PRINT = _any_of(
    r"confidentiality notice",
    r"(?:this|the information in this) (?:e-?mail|message)(?: and any| transmission|'s contents| is| may)",
    r"disclaimer:",
    r"ce (?:message|courriel) (?:et|est)",
    r"este (?:mensaje|correo|e-?mail) (?:y|es|contiene)",
    r"esta mensagem (?:e|é|pode)",
    r"diese (?:e-?mail|nachricht) (?:enth|ist)",
    r"questo messaggio (?:e|è|contiene)",
    r"dit (?:e-?mail)?bericht (?:is|en|kan)",
    begin=r"\b",
    end=r"\b",
)
_SIGNED_BY_NAME = re.compile(r"^\s*[-\u2013\u2014~]\s*[^\W\d_]+( [^\W\d_.]+\.?){0,2}\s*$")
_REPLY_PREFIX = re.compile(r"^\s*(re|fwd?|aw|wg|sv|vs|antw|tr|rif|res|enc|rv)(\[\d+\])?\s*:", re.IGNORECASE)

_OPENING = '[\u201c\u201e\u00ab"]'
_QUOTES = re.compile(_OPENING)
_TAPBACK = _any_of(
    r"liked|loved|laughed at|emphasi[sz]ed|questioned|reacted \S+ to|removed an? \w+ from",
    r"a (?:aim|ador)[ée]",
    r"le (?:gust|encant)[óo](?: a)?",
    r"gef[äa]llt|curtiu|gostou de|adorou|ha messo mi piace a|vond",
    begin=r"^\s*",
    end=rf"\s*{_OPENING}.*[\u201d\u201c\u00bb\"]\s*\S{{0,20}}\s*$",
    flags=re.IGNORECASE | re.DOTALL,
)
_THUMBED_DOWN = _any_of("disliked", r"no le gust[óo](?: a)?", "n'a pas aim[ée]", begin=r"^\s*", end=rf"\s*{_OPENING}")

_LONGEST_MAIL = 20_000
_BULK = frozenset({"bulk", "list", "auto_reply"})
_REPORTS = ("multipart/report", "message/delivery-status", "message/disposition-notification")


def own_words(text: str) -> str:
    """The text above quotes, signatures and small print."""
    text = text[:_LONGEST_MAIL]
    if "\n" not in text:
        return "" if text.lstrip().startswith(">") else text
    kept: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if _ends_own_words(line) or _quotes_next(kept, line):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line)
    while kept and (not kept[-1].strip() or (len(kept) > 1 and _SIGNED_BY_NAME.match(kept[-1]))):
        kept.pop()
    return "\n".join(kept)


def _ends_own_words(line: str) -> bool:
    return any(
        begins.search(line)
        for begins in (_QUOTE_BEGINS, _ORIGINAL_BEGINS, _SIGNATURE_BEGINS, _SIGNED_BY_DEVICE, _SMALL_PRINT)
    )


def _quotes_next(kept: list[str], line: str) -> bool:
    """A mail program may break `On … Acme wrote:` over two lines."""
    if kept and kept[-1].strip() and _QUOTE_BEGINS.match(f"{kept[-1].strip()} {line.strip()}"):
        kept.pop()
        return True
    return False


def own_subject(subject: str) -> str:
    """A subject the writer chose; that of a reply is ours."""
    return "" if _REPLY_PREFIX.match(subject) else subject


def is_reaction(text: str) -> bool:
    """A phone's report that somebody tapped on our message: the quoted words are ours."""
    return _QUOTES.search(text) is not None and _TAPBACK.match(text) is not None


def is_thumb_down(text: str) -> bool:
    return _QUOTES.search(text) is not None and _THUMBED_DOWN.match(text) is not None


class _Headers:
    def __init__(self, headers: Mapping[str, str]) -> None:
        self._values = {name.strip().lower(): value.strip().lower() for name, value in headers.items()}

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def word(self, name: str) -> str:
        return re.split(r"[\s;(]", self._values.get(name, ""), maxsplit=1)[0]

    def answer_for_somebody_away(self) -> bool:
        return answers_for_somebody_away(self._values)


def is_automatic(headers: Mapping[str, str]) -> bool:
    """RFC 3834 and what mail systems do in practice: not a person's own request."""
    if not headers:
        return False
    found = _Headers(headers)
    return (
        found.word("auto-submitted") not in ("", "no")
        or found.word("precedence") in _BULK
        or "x-auto-response-suppress" in found
        or is_bounce(headers)
    )


def is_bounce(headers: Mapping[str, str]) -> bool:
    """A report about a mail of ours, or an answer a machine gave to one."""
    found = _Headers(headers)
    return (
        ("return-path" in found and found.word("return-path") in ("<>", ""))
        or found.word("content-type").startswith(_REPORTS)
        or found.word("auto-submitted") == "auto-replied"
        or found.answer_for_somebody_away()
    )
