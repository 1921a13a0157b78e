"""The words of servers that report failures without the fields of RFC 3464, or with empty ones."""

import re

ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
REPLY_CODE = re.compile(r"(?<![\d.])([45]\d\d)[ -](?!\d{3}\b)")
# Statuses by which a server says no more than that it failed.
VAGUE = re.compile(r"|[45]\.(?:0|1|3|5)\.0")


def _any_of(*forms: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(forms), flags)


# In this order: what a policy refuses often says in passing that the mailbox is unavailable.
_MEANINGS: dict[str, re.Pattern[str]] = {
    "5.7.1": _any_of(
        r"\bspam\b|black ?list|block ?list|spamhaus|reputation|\bpolicy\b",
        r"dmarc|\bspf\b|\bdkim\b|not authenticated|unsolicited",
    ),
    "5.2.2": _any_of(
        r"quota|mailbox (?:is )?full|mailbox size|insufficient (?:system )?storage|storage space|too large",
    ),
    "5.2.1": _any_of(
        r"(?:account|mailbox|user)\W+(?:\w+\W+){0,4}(?:disabled|inactive|suspended|deactivated|locked)|not active",
    ),
    "5.1.2": _any_of(
        r"host (?:or domain name )?not found|unknown host|no such domain|domain (?:does not exist|not found)",
        r"couldn't find any host|unrouteable mail domain|does not accept mail",
    ),
    "5.1.1": _any_of(
        r"user (?:is )?unknown|unknown (?:user|recipient|local|address)|no such (?:user|mailbox|recipient|address)",
        r"(?:user|mailbox|address|account|recipient)\W+(?:\S{1,80}\s+){0,5}?(?:do\S{2,6}t exist|not found|unavailable)",
        r"doesn't have an? \S{1,80} account|no mailbox here|recipient (?:address )?rejected|invalid recipient",
        r"unrouteable address|unknown or illegal alias|could not be found|wasn't found|is unknown",
    ),
}
STILL_TRYING = _any_of(
    r"still (?:trying|being tried|retrying)|will (?:keep trying|be retried|retry)|not (?:yet )?been delivered yet",
    r"delivery (?:is |has been )?delayed|warning message only|no action is required|temporarily deferred",
)
FAILED = _any_of("qmail-send program", "could not be delivered", "undeliverable", "delivery failed")
MACHINES = _any_of(r"mailer[-_]?daemon|mail[-_]?daemon|\bpostmaster|\bmdaemon|mail ?delivery (?:sub)?system")
SUBJECTS = _any_of(
    r"undeliver|returned mail|return(?:ed)? to sender|failure notice|mail (?:delivery )?fail|could not be delivered",
    r"delivery (?:status|failure|has failed|report|problem|incomplete|delayed)|mail delivery system|nondeliverable",
    r"unzustellbar|nicht zugestellt|no se (?:pudo|puede) entregar|devuelto|non remis|échec de (?:la )?remise",
    r"remise différée|mancata consegna|onbestelbaar",
)
# Below it stands what we wrote ourselves.
COPY_BEGINS = _any_of(
    r"^-{2,}.*(?:copy|original|below this line|returned message|message header).*$",
    r"^(?:the|your) (?:original|following) message (?:headers? )?(?:follows|was)\b.*$",
    r"^(?:Received|DKIM-Signature): ",
    flags=re.IGNORECASE | re.MULTILINE,
)


def status_in_words(text: str) -> str:
    """The status of RFC 3463 a server would have given, or nothing."""
    return next((status for status, words in _MEANINGS.items() if words.search(text)), "")
