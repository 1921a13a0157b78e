"""What a bounce says of its address: by the fields of RFC 3464, or by the words of servers that never heard of it."""

from msgspec import Struct

from domain.compliance.delivery_reports import Bounce, bounce
from domain.mail_in import words
from domain.mail_in.mail import Mail, RecipientReport

_READ = 8_000


class Bounced(Struct, frozen=True, kw_only=True):
    """`status` is the one that decided, of RFC 3463; `delayed` when the server still has the mail and tries on."""

    kind: Bounce
    status: str
    delayed: bool = False

    @property
    def code(self) -> str:
        return f"dsn-{self.status}" if self.status else "dsn"


_MILDEST_FIRST = (Bounce.NONE, Bounce.POLICY, Bounce.SOFT, Bounce.HARD)
_NOTHING = Bounced(kind=Bounce.NONE, status="")


def read_bounce(mail: Mail) -> Bounced | None:
    """None where the mail is no bounce. One mail goes to one address, so of several recipients in a report the address
    led to all of them: it is as dead as the liveliest.
    """
    if mail.reports is not None:
        read = [_reported(report) for report in mail.reports]
        return min(read, key=lambda one: _MILDEST_FIRST.index(one.kind), default=_NOTHING)
    return _worded(mail) if _by_machine(mail) else None


def _reported(report: RecipientReport) -> Bounced:
    action = report.action.casefold() or "failed"
    status = _status(report.status, report.diagnostic[:_READ])
    return Bounced(kind=bounce(status, action, report.diagnostic), status=status, delayed=action == "delayed")


def _by_machine(mail: Mail) -> bool:
    """Old servers send words alone, but under a name, or a subject, that a person does not use."""
    if "x-failed-recipients" in mail.headers:
        return True
    named = words.MACHINES.search(mail.headers.get("from", "")) is not None
    if not named and mail.sender:
        return False
    return any(
        found.search(text) for found, text in ((words.SUBJECTS, mail.subject), (words.FAILED, mail.text[:_READ]))
    )


def _worded(mail: Mail) -> Bounced:
    text = words.COPY_BEGINS.split(mail.text[:_READ], maxsplit=1)[0]
    status = _status("", text)
    delayed = words.STILL_TRYING.search(f"{mail.subject} {text}") is not None
    return Bounced(kind=bounce(status, "delayed" if delayed else "failed", text), status=status, delayed=delayed)


def _status(given: str, text: str) -> str:
    """The one stated, unless it is vague and the server's own words tell more."""
    found = words.ENHANCED.search(given)
    stated = found[1] if found else ""
    if not words.VAGUE.fullmatch(stated):
        return stated
    precise = [
        one for one in words.ENHANCED.findall(text) if not one.startswith("2") and not words.VAGUE.fullmatch(one)
    ]
    if precise:
        return str(precise[0])
    code = words.REPLY_CODE.search(text)
    if stated.startswith("4") or (not stated and code is not None and code[1].startswith("4")):
        return stated or "4.0.0"
    return words.status_in_words(text) or stated or "5.0.0"
