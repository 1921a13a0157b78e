"""The groups of facts around a contact, each read by one function into what the rules look at."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from domain.compliance import attempt as facts
from domain.compliance.vectors.reading import Facts, Reader, build, instant
from domain.consent.evidence import Evidence, Grant

_MAIL_CHECKS = ("spf", "dkim", "dmarc", "alignment", "ptr", "tls")
_FAILING = (False, "fail", "none", "missing", None)


def dnc(group: Reader, singapore: Reader, *, ecg_listed: bool, at: datetime) -> facts.Dnc:
    version = group.get("registry_version_date")
    asked = group.get("internal_request")
    if isinstance(asked, dict):
        asked = asked.get("date") or asked.get("at")
    fresh = isinstance(version, str) and not version[:1].isdigit()
    return facts.Dnc(
        national_listed=group.get("national_listed"),
        registry_version_date=at.date() if fresh else group.day("registry_version_date"),
        internal_request=at.date()
        if asked is True
        else (moment.date() if (moment := instant(asked or None)) else None),
        texas_listed=group.day("texas_listed", "tx_listed_since", "texas_listed_at", "tx_listed_at", "tx_listed"),
        singapore_listed=group.get("singapore_listed", "sg_listed", default=singapore.get("listed", "registered")),
        singapore_checked=group.day("singapore_checked", "sg_checked_at", "checked_at")
        or singapore.day("checked_at", "checked", "check_date"),
        south_africa_listed=bool(group.get("south_africa_listed", "za_listed", "za_opt_out_registry", default=False)),
        ecg_listed=bool(group.get("ecg_listed", default=ecg_listed)),
        wireless_domain_since=group.day("wireless_domain_since"),
    )


def number_status(status: Reader, meta: Facts) -> facts.NumberStatus:
    answer = status.get("rnd_answer", default="no")
    line = status.get("line", "line_type", "type") or meta.get("line_type") or meta.get("type")
    return facts.NumberStatus(
        line=str(line).lower() if line else None,
        rnd_answer=("yes" if answer else "no") if isinstance(answer, bool) else str(answer),
        disconnected_at=status.day(
            "disconnected_at", "rnd_disconnect_date", "permanent_disconnect_date", "disconnect_date"
        ),
        deactivated_at=status.day("deactivated_at", "deactivation_date", "deactivation_file_date", "deactivated"),
    )


def mailbox(given: Reader, auth: Reader, content: Facts) -> facts.Mailbox:
    failing = {check for check in _MAIL_CHECKS if _says(auth, content, check) in _FAILING}
    rate = given.get("spam_rate", default=given.get("user_reported_spam_rate", default=0.0))
    return facts.Mailbox(
        provider=str(given.get("mailbox_provider", default="other")),
        daily_volume=int(given.get("daily_volume", default=100)),
        spam_rate=float(rate),
        measured_on=given.day("spam_rate_on", "spam_rate_measured_on"),
        below_since=given.day("spam_rate_below_since", "below_since"),
        failing=frozenset(failing),
    )


def _says(auth: Reader, content: Facts, check: str) -> Any:
    if auth.has(check):
        return auth.get(check)
    return content.get(check, True)


def content(group: Reader) -> facts.Content:
    group.skip(*_MAIL_CHECKS, "text", "subject", "body")
    fields = group.fill(facts.Content, skip=("elements", "topics"))
    if group.get("elements") is not None:
        fields["elements"] = group.get("elements")
        fields["one_way_disclosure"] = "one_way_disclosure" in group.get("elements")
        fields["alternative_optout"] = "alternative_optout" in group.get("elements")
    topics = group.get("topics", "shaft", "content_types", "topic", default=())
    fields["topics"] = [topics] if isinstance(topics, str) else list(topics or ())
    if "unsub_requires_login" not in fields and group.get("requires_login") is not None:
        fields["unsub_requires_login"] = group.get("requires_login")
    if group.get("subject_promotional", "subject_advertises", "subject_commercial"):
        fields["subject_promotional"] = True
    first = group.get("transactional_first", "transactional_content_first", "transactional_at_top")
    if first is not None:
        fields["transactional_first"] = bool(first)
    return build(facts.Content, fields)


def pending_optin(pending: Reader, at: datetime) -> facts.PendingOptIn | None:
    if not pending:
        return None
    pending.skip("token")
    return facts.PendingOptIn(
        requested_at=pending.instant("requested_at") or at,
        program=pending.get("program"),
        pewc_disclosures_shown=bool(pending.get("pewc_disclosures_shown", default=False)),
        requests_sent=int(pending.get("requests_sent", "messages_sent", "doi_sent", "reminders_sent", default=0)),
    )


def dlt(group: Reader, dnd: str | None) -> facts.Dlt | None:
    if not group:
        return None
    fields = group.fill(facts.Dlt)
    fields["consent"] = bool(group.get("consent", "consent_registered", "recorded_consent", default=False))
    return replace(build(facts.Dlt, fields), dnd=str(dnd or fields.get("dnd", "none")))


def relationship(group: Reader) -> facts.Relationship:
    fields = group.fill(facts.Relationship)
    fields["date"] = group.day("date", "event_date", "start", "started", "since")
    fields["ended"] = group.day(
        "ended", "termination_date", "terminated_at", "terminated_on", "expired", "expiry_date", "end"
    )
    fields["ongoing"] = bool(group.get("ongoing", "active", "in_force", default=False))
    fields["referrer_named"] = bool(group.get("referrer_full_name", "referrer_named", default=False))
    fields["terminated"] = bool(group.get("terminated", "terminated_by_consumer", default=False))
    fields["source_kept"] = bool(group.get("source_url", "source_kept", default=False))
    fields["capture_kept"] = bool(group.get("capture", "screenshot", "capture_kept", default=False))
    fields["relevant_to_role"] = bool(group.get("relevance_to_role", "relevant_to_role", "relevant", default=False))
    fields["no_refusal_statement"] = bool(group.get("no_refusal_statement", default=False))
    fields["registered_charity_or_party"] = bool(
        group.get("registered_charity", "registered_charity_or_party", default=True)
    )
    fields["collected"] = group.day("collected", "collected_at")
    return build(facts.Relationship, {name: value for name, value in fields.items() if value is not None})


def grant(row: Reader, number: int) -> Grant:
    """A consent of a vector. Null means the field is absent; a number not in the record is missing, not unknown."""
    channels = row.get("channels") or str(row.get("channel") or "").split("+")
    row.skip("id", "jurisdiction", "form", "prev_hash", "row_hash")
    fields = row.fill(Evidence, skip=("phone_in_record",))
    fields["phone_in_record"] = bool(row.get("phone_in_record")) if row.has("phone_in_record") else None
    fields["identity"] = row.get("identity", "identity_asserted")
    fields["url"] = row.get("url", "source_url_or_form_id", "source_url")
    fields["sellers_named"] = row.get("sellers_named", "seller_names_shown") or ()
    for flag in ("holder_notification_channel", "original_consent_holder"):
        if isinstance(row.get(flag), bool):
            fields[flag] = "yes" if row.get(flag) else None
    evidence = build(Evidence, {name: value for name, value in fields.items() if value is not None})
    return Grant(
        id=str(row.get("consent_event_id", "entry_id", default=f"consent-{number}")),
        timestamp=row.instant("timestamp", "occurred_at"),
        channels=tuple(channel for channel in channels if channel),
        program=row.get("program"),
        brand=row.get("brand"),
        expires_at=row.instant("expires_at", "expiry"),
        facts=evidence.facts(),
    )


def event(row: Reader) -> facts.LedgerEvent:
    fields = row.fill(facts.LedgerEvent, skip=("program", "at"))
    fields["at"] = row.instant("at", "occurred_at")
    fields["program"] = row.get("program", "program_id")
    return build(facts.LedgerEvent, {name: value for name, value in fields.items() if value is not None})


def suppressed(row: Reader) -> facts.Suppressed:
    row.skip("token", "key_version")
    fields = row.fill(facts.Suppressed, skip=("reason", "date"))
    fields["reason"] = row.get("reason", "reason_class", default="opt_out")
    fields["date"] = row.day("date", "at")
    return build(facts.Suppressed, {name: value for name, value in fields.items() if value is not None})
