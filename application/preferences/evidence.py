"""What a change on the preferences page proves: the address was proved first, then this was shown and done."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from application.forms.evidence import evidence_of
from application.preferences.visits import Visit
from domain.consent.evidence import Evidence, hash_of
from domain.forms import Answer, Shown, Snapshot
from domain.forms import Visit as Moment
from domain.ids import ChallengeId

_LONGEST = 500
_PROVED_BY = "code"


class Browser(Struct, frozen=True, kw_only=True):
    """From where somebody acts, as far as the network tells, and in which language."""

    ip: str | None
    user_agent: str | None
    locale: str

    def __repr__(self) -> str:
        return "Browser(…)"


def of_asking(shown: str, browser: Browser) -> Evidence:
    """Of whoever asked for a code here."""
    return Evidence(
        medium="web_form",
        disclosure_text_verbatim=shown,
        language=browser.locale,
        form_id="preferences",
        user_agent=_short(browser.user_agent),
    )


def of_agreement(shown: Shown, visit: Visit, browser: Browser, now: datetime) -> Evidence:
    """The same as of a hosted form; the code came first, so the yes is what was confirmed."""
    submitted = Moment(at=now, ip=browser.ip, user_agent=_short(browser.user_agent))
    proved = replace(submitted, at=visit.proved_at or now)
    [box] = shown.boxes
    answer = Answer(shown=shown, ticked=(box.name,), submitted=submitted)
    snapshot = Snapshot(answer=answer, channel=visit.channel, method=_PROVED_BY, confirmed=proved).canonical
    return replace(
        evidence_of(answer, box, proved, ChallengeId(visit.challenge_id)),
        doi_requested_at=visit.asked_at,
        doi_confirmed_at=now,
        snapshot=snapshot,
        snapshot_hash=hash_of(snapshot),
    )


def of_refusal(browser: Browser, reason: str | None, *, everything: bool) -> Evidence:
    return Evidence(
        source="first_party",
        via="preference_page",
        scope="all" if everything else "program",
        statement=reason,
        ip=browser.ip,
        user_agent=_short(browser.user_agent),
    )


def _short(text: str | None) -> str | None:
    return text[:_LONGEST] if text else None
