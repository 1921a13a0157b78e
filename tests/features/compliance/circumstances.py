"""Sentences about what happened since: opt-outs, lists, relationships, what was sent, and how the sender stands."""

from msgspec.structs import replace
from pytest_bdd import given, parsers

from domain.compliance.attempt import Dlt, PendingOptIn, RecentSend, Suppressed
from tests.features.compliance.places import CLOCK, DAY, MOMENT, WHERE, any_of, day, moment

_TOLD = rf"on (?P<when>{MOMENT})"


@given(parsers.re(rf'the contact texted "(?P<word>[^"]+)" {_TOLD}(?P<more>,.+)?'))
def _(scene, word, when, more):
    """`, to another number of ours`, `, in answer to "Order updates"`, `, in answer to an exempted text` may follow."""
    details = _details(more or "")
    if word.upper() in ("START", "YES", "UNSTOP"):
        scene.happened(type="opt_in_keyword", keyword=word, at=moment(when), **details)
    elif word.upper() in ("ALL", "ONLY OFFERS"):
        scene.happened(type="clarification_reply", at=moment(when), **details)
    else:
        via = "sms_keyword" if " " not in word else "sms_free_text"
        scene.happened(type="revoked", via=via, keyword=word, at=moment(when), **details)


def _details(more: str) -> dict:
    if '"' in more:
        return {"in_reply_to_program": more.split('"')[1]}
    if "exempted" in more:
        return {"in_reply_to_category": "exempted_informational"}
    if "another" in more:
        return {"to_sender": "another number"}
    assert more in ("", ", to our number"), more
    return {"to_sender": "our number"} if more else {}


MEANS = {
    "by mail": "email",
    "in a voicemail": "voicemail",
    "by letter": "post",
    "in the store": "store",
    "on the website": "web_form",
}


@given(parsers.re(rf"the contact opted out (?P<means>{any_of(MEANS)}) {_TOLD}"))
def _(scene, means, when):
    scene.happened(type="revoked", via=MEANS[means], at=moment(when))


@given(parsers.re(rf"the contact unsubscribed by the link in a mail {_TOLD}"))
def _(scene, when):
    scene.happened(type="revoked", via="unsub_link", channel="email", at=moment(when))


@given(parsers.re(rf"the contact objected to marketing {_TOLD}"))
def _(scene, when):
    scene.happened(type="objected", scope="all", at=moment(when))


@given(parsers.re(rf"the opt-out was confirmed {_TOLD}(?P<asked>, asking which messages were meant)?"))
def _(scene, when, asked):
    scene.happened(type="optout_confirmation_sent", at=moment(when), clarification=asked is not None)


@given(parsers.re(rf"the provider reported a block {_TOLD}"))
def _(scene, when):
    scene.happened(type="provider_block", source="provider", at=moment(when))


@given(parsers.re(rf"the message has been waiting since (?P<when>{MOMENT})"))
def _(scene, when):
    scene.tell(enqueued_at=moment(when))


REASONS = {
    "an opt-out": "opt_out",
    "a complaint": "complaint",
    "a hard bounce": "hard_bounce",
    "an erasure": "erasure",
    "a threat to sue": "litigator",
}


@given(
    parsers.re(rf'the address is suppressed after (?P<reason>{any_of(REASONS)})(?: for (?P<reach>texts|mail|"[^"]+"))?')
)
def _(scene, reason, reach):
    reached = {
        None: {},
        "texts": {"channel": "sms"},
        "mail": {"channel": "email"},
    }.get(reach, {"scope": "program", "program": (reach or "").strip('"')})
    match = Suppressed(reason=REASONS[reason], **reached)
    scene.tell(suppression=(*scene.attempt.suppression, match))


REGISTERS = {
    "is on the National Do-Not-Call Registry": {"national_listed": True},
    "is not on the National Do-Not-Call Registry": {"national_listed": False},
    "is on Singapore's Do Not Call Register": {"singapore_listed": True},
    "is not on Singapore's Do Not Call Register": {"singapore_listed": False},
    "is on South Africa's opt-out registry": {"south_africa_listed": True},
    "is on the Austrian list of those who want no mail": {"ecg_listed": True},
}
DATED_REGISTERS = {
    "our copy of the registry is of": "registry_version_date",
    "the contact asked the company not to be called on": "internal_request",
    "the number has been on the Texas no-call list since": "texas_listed",
    "the Singapore register was checked on": "singapore_checked",
    "the domain has been on the list of wireless domains since": "wireless_domain_since",
}


@given(parsers.re(rf"the (?:number|contact) (?P<listed>{any_of(REGISTERS)})"))
def _(scene, listed):
    scene.tell_of("dnc", **REGISTERS[listed])


@given(parsers.re(rf"(?P<what>{any_of(DATED_REGISTERS)}) (?P<on>{DAY})"))
def _(scene, what, on):
    scene.tell_of("dnc", **{DATED_REGISTERS[what]: day(on)})


@given(parsers.re(rf"the number was (?P<what>disconnected|deactivated) on (?P<on>{DAY})"))
def _(scene, what, on):
    scene.tell_of("number_status", **{f"{what}_at": day(on)})


@given("the Reassigned Numbers Database says that the number changed hands")
def _(scene):
    scene.tell_of("number_status", rnd_answer="yes")


@given(parsers.re(r"the number is a (?P<line>landline|mobile)"))
def _(scene, line):
    scene.tell_of("number_status", line="fixed" if line == "landline" else line)


@given(
    parsers.re(
        rf'(?P<kind>marketing|informational|exempted) texts(?: about "(?P<subject>[^"]+)")? went out on (?P<on>{DAY})'
        rf" at (?P<clocks>{CLOCK}(?:(?:, | and ){CLOCK})*) in (?P<where>{WHERE})"
    )
)
def _(scene, kind, subject, on, clocks, where):
    category = "exempted_informational" if kind == "exempted" else kind
    sends = [
        RecentSend(at=moment(f"{on} at {clock} in {where}"), subject=subject, category=category, brand="acme")
        for clock in clocks.replace(" and ", ", ").split(", ")
    ]
    scene.tell(recent_sends=(*scene.attempt.recent_sends, *sends))


@given(parsers.re(r'the message is about "(?P<subject>[^"]+)"'))
def _(scene, subject):
    scene.tell(subject=subject)


@given("the message is the first to the contact")
def _(scene):
    scene.tell(first_message=True)


@given(parsers.re(rf"the contact asked for it on (?P<when>{MOMENT})(?P<again>, and was asked to confirm)?"))
def _(scene, when, again):
    scene.tell(pending_optin=PendingOptIn(requested_at=moment(when), requests_sent=1 if again else 0))


@given("the contact was asked for consent before")
def _(scene):
    scene.tell(consent_requests_sent=1)


SENDERS = {
    "is a short code": {"number_type": "short_code"},
    "is a toll-free number": {"number_type": "toll_free"},
    "is a long code without an approved campaign": {"campaign_status": "pending"},
    "is registered for order updates only": {"campaign_categories": frozenset({"transactional", "informational"})},
    "goes through Twilio": {"provider": "twilio"},
    "cannot receive replies": {"two_way": False},
    "is a charity": {"type": "charity"},
    "costs the contact nothing": {"free_to_end_user": True},
}


@given(parsers.re(rf"the sender (?P<how>{any_of(SENDERS)})"))
def _(scene, how):
    scene.tell_of("sender", **SENDERS[how])


STANDINGS = {
    "says nothing about registration in Texas": None,
    "says that it is registered in Texas": "registered",
    "says that it is exempt in Texas because people consent": "exempt_consent_based",
    "says that it is exempt in Texas for another reason": "exempt_other",
}


@given(parsers.re(rf"the business (?P<standing>{any_of(STANDINGS)})"))
def _(scene, standing):
    scene.tell_of("tenant", tx_registration=STANDINGS[standing])


@given(parsers.re(r'compliance has flagged "(?P<program>[^"]+)" as exempted'))
def _(scene, program):
    scene.tell_of("tenant", exempted_programs=frozenset({program}))


@given(parsers.re(r"on India's ledger (?P<what>.+)"))
def _(scene, what):
    full = scene.attempt.dlt or Dlt(entity=True, header="ACMEIN-P", template=True)
    changes = {
        "everything is registered": {},
        "the sender is not registered": {"entity": False},
        "the header is missing": {"header": None},
        "the template is not registered": {"template": False},
        "the links are not whitelisted": {"links_whitelisted": False},
        "the header is for transactions": {"header": "ACMEIN-T"},
        "the header is for services": {"header": "ACMEIN-S"},
        "the contact's consent is recorded": {"consent": True},
        "the contact blocks promotions": {"dnd": "promotional"},
    }[what]
    scene.tell(dlt=replace(full, **changes))


MAILBOXES = {"Gmail": "gmail", "Yahoo": "yahoo", "Outlook.com": "microsoft_consumer"}


@given(parsers.re(rf"the mailbox is at (?P<provider>{any_of(MAILBOXES)}), where we send (?P<volume>\d+) mails a day"))
def _(scene, provider, volume):
    scene.tell_of("mailbox", provider=MAILBOXES[provider], daily_volume=int(volume))


@given(parsers.re(r"the mail fails (?P<check>SPF|DKIM|DMARC|alignment|PTR|TLS)"))
def _(scene, check):
    scene.tell_of("mailbox", failing=frozenset({check.lower()}))


@given(parsers.re(rf"(?P<percent>[\d.]+) % of the people there reported our mail as spam on (?P<on>{DAY})"))
def _(scene, percent, on):
    scene.tell_of("mailbox", spam_rate=float(percent) / 100, measured_on=day(on))


@given(parsers.re(rf"the reports have been below that since (?P<on>{DAY})"))
def _(scene, on):
    scene.tell_of("mailbox", below_since=day(on))
