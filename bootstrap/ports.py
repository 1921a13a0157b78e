"""Which adapter stands behind each port. Provider names are the parameter names of the use cases."""

from datetime import timedelta
from typing import Any

import msgspec
from dependency_injector.containers import DeclarativeContainer
from dependency_injector.providers import Callable, Dependency, List, Singleton

from adapters.inbound.callbacks.twilio import TwilioSignature
from adapters.inbound.forms.brands import Looks
from adapters.inbound.forms.guard import Guard
from adapters.inbound.forms.opt_in_pages import FormSite
from adapters.inbound.forms.wording import PageWords
from adapters.outbound.postgres.api_keys import PostgresApiKeys
from adapters.outbound.postgres.audit_books import PostgresBooks
from adapters.outbound.postgres.audit_queries import PostgresTrailQueries
from adapters.outbound.postgres.audit_trail import PostgresTrail
from adapters.outbound.postgres.branding import PostgresBrandings
from adapters.outbound.postgres.campaigns import PostgresCampaigns
from adapters.outbound.postgres.challenges import PostgresChallenges
from adapters.outbound.postgres.consent import PostgresLedger
from adapters.outbound.postgres.contact_queries import PostgresContactQueries
from adapters.outbound.postgres.contacts import PostgresContacts
from adapters.outbound.postgres.database import Database
from adapters.outbound.postgres.directory import Directory
from adapters.outbound.postgres.erasure_news import ErasureNews
from adapters.outbound.postgres.erasures import PostgresErasures, PostgresRestrictedEvidence
from adapters.outbound.postgres.former_points import PostgresFormerPoints
from adapters.outbound.postgres.forms import PostgresForms
from adapters.outbound.postgres.health import PostgresHealth
from adapters.outbound.postgres.holdings import PostgresHoldings
from adapters.outbound.postgres.key_rework import PostgresRework
from adapters.outbound.postgres.key_rework_operators import OperatorsFound
from adapters.outbound.postgres.key_standings import PostgresStandings
from adapters.outbound.postgres.lapsed_contacts import PostgresLapsedContacts
from adapters.outbound.postgres.legal_holds import PostgresHolds
from adapters.outbound.postgres.links import PostgresLinkQueries
from adapters.outbound.postgres.mails_taken import PostgresMailsTaken
from adapters.outbound.postgres.messages import PostgresMessages
from adapters.outbound.postgres.operator_sessions import PostgresSessions
from adapters.outbound.postgres.operator_steps import PostgresOperatorLinks, PostgresSignInTries, PostgresSteps
from adapters.outbound.postgres.operators import PostgresOperators, PostgresPasskeys
from adapters.outbound.postgres.outbox import PostgresOutbox
from adapters.outbound.postgres.partitions import Partitions
from adapters.outbound.postgres.preferences import PostgresPreferences
from adapters.outbound.postgres.programs import PostgresPrograms
from adapters.outbound.postgres.proof_records import PostgresProofRecords
from adapters.outbound.postgres.rate_windows import PostgresRateLimits
from adapters.outbound.postgres.recipients import PostgresRecipients
from adapters.outbound.postgres.repeats import PostgresRepeats
from adapters.outbound.postgres.replies import PostgresReplies
from adapters.outbound.postgres.restrictions import PostgresRestrictions
from adapters.outbound.postgres.retention_rows import PostgresShelves
from adapters.outbound.postgres.retention_runs import PostgresRuns
from adapters.outbound.postgres.rights_requests import PostgresRightsRequests
from adapters.outbound.postgres.senders import PostgresSenders
from adapters.outbound.postgres.settings import PostgresCredentials
from adapters.outbound.postgres.templates import PostgresTemplates
from adapters.outbound.postgres.waiting import PostgresWaiting
from adapters.outbound.postgres.wakeups import PostgresWakeups
from adapters.outbound.rendering.contact_export import HtmlReadable
from adapters.outbound.rendering.dossier import HtmlSummaries
from adapters.outbound.rendering.liquid import LiquidRenderer
from adapters.outbound.sandbox.carrier import SandboxCarrier
from adapters.outbound.sandbox.kept import KeptMessages
from adapters.outbound.secrets.challenges import RingSecrets
from adapters.outbound.secrets.codes import AppCodes
from adapters.outbound.secrets.mail_tokens import SivMailTokens
from adapters.outbound.secrets.operators import OperatorDigests
from adapters.outbound.secrets.passkeys import WebAuthnAuthenticators
from adapters.outbound.secrets.passwords import Argon2Passwords
from adapters.outbound.secrets.signer import RingSigner
from adapters.outbound.secrets.tickets import SignedTickets
from adapters.outbound.secrets.tokens import SivTokens, TokenLinks
from adapters.outbound.secrets.turning import PerVersion, TurningRing
from adapters.outbound.secrets.vault import RingDigests, RingVault
from adapters.outbound.system.audit_watch import LoudWatch
from adapters.outbound.system.clock import SystemClock
from adapters.outbound.system.tallies import PrometheusTallies
from application.access.housekeeping import ForgetRepeats, ForgetWindows
from application.compliance.policy import FixedPolicies, Policy
from application.mail_in.addresses import MailAddresses
from application.mail_in.housekeeping import ForgetMail
from application.operators.housekeeping import ForgetSignIns
from application.operators.mails import CarrierStaffMail
from application.preferences.visits import Visits
from application.sandbox.housekeeping import ForgetSandbox
from bootstrap.carriers import ConfiguredCarriers
from bootstrap.keys import source_of
from bootstrap.operators import breached_passwords_of, company_of
from bootstrap.outside import anchors_of, egress_of
from bootstrap.retention import retention_hour_of, retention_policies_of
from bootstrap.settings import Settings, SettingsUnusable
from domain.channels import require_country
from domain.compliance.attempt import Tenant
from domain.compliance.profile import tightened
from domain.compliance.receipts import Practice
from domain.errors import Invalid
from migrations import HEAD


def _policy(settings: Settings) -> Policy:
    """Raises SettingsUnusable, and BelowThePack for what a rule forbids."""
    try:
        wanted = msgspec.json.decode(settings.policy or "{}", type=dict[str, Any])
        profile = tightened(wanted)
    except msgspec.MsgspecError:
        raise SettingsUnusable("OPTIN_POLICY is a JSON object of policy settings.") from None
    return Policy(profile=profile, tenant=Tenant(tx_registration=settings.texas_registration or None))


def practice_of(settings: Settings) -> Practice:
    """Raises SettingsUnusable."""
    try:
        return msgspec.json.decode(settings.receipts or "{}", type=Practice)
    except (msgspec.MsgspecError, Invalid) as trouble:
        raise SettingsUnusable(f"OPTIN_RECEIPTS is a JSON object of what receipts say: {trouble}") from None


def countries_for_codes(settings: Settings) -> frozenset[str]:
    """Raises SettingsUnusable: a country misspelt would be switched off, or another one on."""
    try:
        named = [country.strip() for country in settings.verification_countries.split(",") if country.strip()]
        return frozenset(require_country(country) for country in named)
    except Invalid:
        raise SettingsUnusable("OPTIN_VERIFICATION_COUNTRIES lists countries by two capital letters: US,CA.") from None


class Ports(DeclarativeContainer):
    settings: Dependency[Settings] = Dependency(instance_of=Settings)

    clock = Singleton(SystemClock)
    url = settings.provided.url
    slice_size = settings.provided.slice_size

    # secrets
    egress = Singleton(egress_of, settings)
    ring_source = Singleton(source_of, settings, egress)
    ring = keys = Singleton(TurningRing, ring_source)
    vault = Singleton(RingVault, ring)
    digests = Singleton(RingDigests, ring)
    signer = Singleton(RingSigner, ring)
    tokens = Singleton(SivTokens, ring)
    challenge_secrets = Singleton(RingSecrets, ring)
    challenge_seal = vault.provided.deployment.call("challenges")
    links = Singleton(TokenLinks, tokens=tokens, url=settings.provided.url)
    mail_tokens = Singleton(SivMailTokens, ring)
    mail_addresses = Singleton(MailAddresses, tokens=mail_tokens, domain=settings.provided.mail_domain)

    # postgres
    database = Singleton(Database, settings.provided.database_url, size=settings.provided.database_pool)
    transaction = database.provided.transaction
    directory = Singleton(Directory, database)
    recipients = Singleton(PostgresRecipients, database, directory)
    messages = Singleton(PostgresMessages, database)
    outbox = Singleton(PostgresOutbox, database, directory)
    mails_taken = Singleton(PostgresMailsTaken, database)
    replies = Singleton(PostgresReplies, database)
    waiting = Singleton(PostgresWaiting, database, directory, clock)
    wakeups = Singleton(PostgresWakeups, database, clock)
    ledger = Singleton(PostgresLedger, database)
    former_points = Singleton(PostgresFormerPoints, database)
    erasures = Singleton(PostgresErasures, database)
    restricted_evidence = Singleton(PostgresRestrictedEvidence, database)
    evidence_seal = vault.provided.deployment.call("restricted_evidence")
    restrictions = Singleton(PostgresRestrictions, database)
    rights_requests = Singleton(PostgresRightsRequests, database)
    request_seal = vault.provided.deployment.call("rights_requests")
    holdings = Singleton(PostgresHoldings, database)
    readable = Singleton(HtmlReadable)
    erasure_news = Singleton(ErasureNews, database, vault)
    preferences = Singleton(PostgresPreferences, database)
    visits = Singleton(Visits, visit_seal=vault.provided.deployment.call("preferences"))
    senders = sender_queries = Singleton(PostgresSenders, database)
    brandings = brand_queries = Singleton(PostgresBrandings, database, clock)
    looks = Singleton(Looks, brand_queries=brand_queries)
    programs = program_queries = Singleton(PostgresPrograms, database)
    templates = template_queries = Singleton(PostgresTemplates, database)
    key_standings = Singleton(PostgresStandings, database)
    api_keys = api_key_queries = Singleton(PostgresApiKeys, database)
    repeat_keys = Singleton(PerVersion, ring, "idempotency", bytes)
    repeats = Singleton(PostgresRepeats, database, vault.provided.deployment.call("idempotency_keys"), repeat_keys)
    rate_limits = Singleton(PostgresRateLimits, database, settings.provided.rate_limit_per_minute)
    operator_limits = Singleton(PostgresRateLimits, database, settings.provided.operator_rate_per_minute)
    visitor_limits = Singleton(PostgresRateLimits, database, settings.provided.visitor_rate_per_minute)
    contacts = Singleton(PostgresContacts, database, vault, digests)
    contact_queries = Singleton(PostgresContactQueries, database, vault, digests)
    campaigns = campaign_queries = Singleton(PostgresCampaigns, database)
    link_queries = Singleton(PostgresLinkQueries, database)
    seals = Singleton(PostgresBooks, database, vault, vault.provided.deployment.call("audit_records"))
    seal_interval = Callable(timedelta, seconds=settings.provided.audit_seal_seconds)
    anchors = Singleton(anchors_of, settings, egress)
    audit_watch = Singleton(LoudWatch)
    record_seal = vault.provided.deployment.call("audit_records")
    trail_queries = Singleton(PostgresTrailQueries, database)
    trail = Singleton(PostgresTrail, database, vault.provided.deployment.call("audit_records"))
    # retention
    retention_policies = Singleton(retention_policies_of, settings)
    retention_hour = Singleton(retention_hour_of, settings)
    shelves = Singleton(PostgresShelves, database, trail)
    lapsed_contacts = Singleton(PostgresLapsedContacts, database)
    runs = Singleton(PostgresRuns, database)
    holds = Singleton(PostgresHolds, database, vault.provided.deployment.call("legal_holds"))

    challenges = Singleton(PostgresChallenges, database)
    records = Singleton(PostgresProofRecords, database)
    practice = Singleton(practice_of, settings)
    health = Singleton(PostgresHealth, database, HEAD)
    partitions = Singleton(Partitions, database, clock)
    forget_windows = Singleton(ForgetWindows, used_windows=rate_limits, clock=clock)
    forget_repeats = Singleton(ForgetRepeats, repeats=repeats, clock=clock)
    forget_mail = Singleton(ForgetMail, mails_taken=mails_taken, transaction=transaction, clock=clock)

    tallies = Singleton(PrometheusTallies)
    verification_program = settings.provided.verification_program
    verification_countries = Singleton(countries_for_codes, settings)
    verification_per_hour = settings.provided.verification_per_hour

    frame_ancestors = settings.provided.frame_ancestors
    tickets = Singleton(SignedTickets, ring)
    guard = Singleton(
        Guard,
        tickets=tickets,
        clock=clock,
        visits=Singleton(PostgresRateLimits, database, settings.provided.form_rate_per_minute),
        visits_without_proof=Singleton(
            PostgresRateLimits, database, settings.provided.form_rate_without_proof_per_minute
        ),
        url=settings.provided.url,
        work=settings.provided.form_work,
    )
    form_queries = Singleton(PostgresForms, database, directory)
    form_site = Singleton(
        FormSite,
        looks=looks,
        guard=guard,
        form_queries=form_queries,
        form_seal=vault.provided.deployment.call("forms"),
        clock=clock,
        frame_ancestors=frame_ancestors,
    )
    form_words = Singleton(PageWords, url)
    renderer = Singleton(LiquidRenderer)
    summaries = Singleton(HtmlSummaries)
    policies = Singleton(FixedPolicies, Callable(_policy, settings))
    sandbox_messages = Singleton(KeptMessages, database, vault.provided.deployment.call("sandbox_messages"))
    sandbox = Singleton(SandboxCarrier, database, vault.provided.deployment.call("sandbox_messages"), clock)
    forget_sandbox = Singleton(ForgetSandbox, sandbox_messages=sandbox_messages, clock=clock)
    credentials = Singleton(PostgresCredentials, database, vault)
    carrier_settings = Singleton(ConfiguredCarriers, settings, sandbox, clock, egress)
    carriers = Singleton(lambda found: found, carrier_settings)
    sandbox_has_live_texts = carrier_settings.provided.sandbox_has_live_texts
    twilio_signature = Singleton(TwilioSignature, carrier_settings.provided.twilio_token, settings.provided.url)

    # operators
    operator_digests = Singleton(OperatorDigests, ring)
    operator_rework = Singleton(
        OperatorsFound,
        database,
        vault.provided.deployment.call("operators"),
        operator_digests.provided.email,
        operator_digests.provided.company,
    )
    rework = Singleton(PostgresRework, database, vault, digests, List(operator_rework))
    operator_seal = vault.provided.deployment.call("operators")
    operators = Singleton(
        PostgresOperators,
        database,
        operator_seal,
        operator_digests.provided.email,
        operator_digests.provided.company,
        operator_digests.provided.recovery,
    )
    passkeys = Singleton(PostgresPasskeys, database)
    sessions = Singleton(PostgresSessions, database, operator_seal)
    operator_links = Singleton(PostgresOperatorLinks, database, operator_seal)
    steps = Singleton(PostgresSteps, database, operator_seal)
    sign_in_tries = Singleton(PostgresSignInTries, database, operator_digests.provided.subject)
    passwords = Singleton(Argon2Passwords)
    breached_passwords = Singleton(breached_passwords_of, settings)
    codes = Singleton(AppCodes, "OptIn Manager")
    authenticators = Singleton(WebAuthnAuthenticators, url, "OptIn Manager")
    company = Singleton(company_of, settings, egress)
    staff_mail = Singleton(
        CarrierStaffMail,
        carriers,
        settings.provided.operator_mail_from,
        clock,
        by_smtp=carrier_settings.provided.by_smtp,
    )
    forget_sign_ins = Singleton(
        ForgetSignIns,
        sessions=sessions,
        operator_links=operator_links,
        steps=steps,
        sign_in_tries=sign_in_tries,
        clock=clock,
    )
