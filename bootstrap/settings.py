"""Everything an operator may set, read once from the environment; each setting is `OPTIN_<NAME>`."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

import msgspec
from msgspec import Struct

from adapters.inbound.forms.pages import NOWHERE
from adapters.inbound.http.forwarded import Proxies, networks_in

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?=.{{1,180}}$){_LABEL}(?:\.{_LABEL})+")
# A scheme with a host, or with any host below one; nothing that could end the directive it is put into (CSP).
_SITE = re.compile(rf"https?://(?:\*\.)?{_LABEL}(?:\.{_LABEL})*(?::\d{{1,5}})?")


class SettingsUnusable(Exception):
    """A setting is missing or cannot be read. Says which, and what it should be."""


class Settings(Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    data_dir: Path = Path(".optin")
    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = ""
    database_url: str = ""
    database_pool: int = 10
    # The ring itself, or a file that holds it; without either, `<data_dir>/keys.json`, made on the first start.
    keys: str = ""
    keys_file: str = ""
    # Who wraps the file, and what this installation is called there.
    keys_provider: Literal["plain", "vault", "aws-kms"] = "plain"
    keys_installation: str = ""
    vault_addr: str = ""
    vault_key: str = ""
    vault_mount: str = "transit"
    vault_namespace: str = ""
    vault_ca_file: str = ""
    # A token, a file an agent of Vault keeps one in, or the role a pod of Kubernetes logs in as.
    vault_token: str = ""
    vault_token_file: str = ""
    vault_role: str = ""
    vault_auth_mount: str = "kubernetes"
    vault_jwt_file: str = "/var/run/secrets/kubernetes.io/serviceaccount/token"
    kms_key_id: str = ""
    kms_region: str = ""
    kms_endpoint: str = ""
    # Work the queue in the process that answers requests; `optin worker` runs it alone.
    worker: bool = True
    slice_size: int = 500
    rate_limit_per_minute: int = 300_000
    # Requests in each whole minute, over all processes: of one operator, and of one part of the network whose requests
    # no key and no session lets in.
    operator_rate_per_minute: int = 6_000
    visitor_rate_per_minute: int = 6_000
    # A caller's time for the whole body of a request, in seconds.
    body_seconds: float = 60.0
    # Who may look at the sandbox phone: nobody outside without a key unless this is set.
    sandbox_page: Literal["auto", "on", "off"] = "auto"
    # Where the roots of the audit's checkpoints are kept beyond our reach: a folder in write-once storage, or an
    # endpoint that takes them by PUT.
    audit_anchor_dir: str = ""
    audit_anchor_url: str = ""
    audit_seal_seconds: int = 60
    # Networks of our own that may be called on an administrator's word, such as "10.0.0.0/8".
    egress_allow: str = ""
    # Where traces go, by OTLP over HTTP, such as "http://collector:4318"; without it there are none.
    otlp_endpoint: str = ""
    # Zero bits a form's proof of work has to show in calm times; 0 asks for none.
    form_work: int = 14
    # Forms from one part of the network in each whole minute, over all processes: with a proof of work, and without.
    form_rate_per_minute: int = 60
    form_rate_without_proof_per_minute: int = 15
    # Sites that may show our forms in a frame, such as "https://www.acme.com https://shop.acme.com".
    form_frame_ancestors: str = ""
    # Networks of the proxies in front, such as "10.0.0.0/8, 2001:db8::/32", and the header they write.
    trusted_proxies: str = ""
    proxy_header: Literal["x-forwarded-for", "forwarded"] = "x-forwarded-for"
    # Where mail to operators comes from; without it, or without a mail server, links are shown to who asked for them.
    operator_mail_from: str = ""
    # Breached passwords of your own: SHA-1 in hexadecimal, sorted, one per line.
    breached_passwords_file: str = ""
    # Sign-in with the company's own accounts (OpenID Connect), where all four are set.
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    # Domains whose addresses sign in there, such as "acme.com,acme.de".
    oidc_domains: str = ""
    # The claim that says what somebody is, and which of its values is which role: {"optin-admins": "admin"}.
    oidc_role_claim: str = "groups"
    oidc_roles: str = ""
    # The registration number under Tex. Bus. & Com. Code ch. 302, or exempt_consent_based.
    texas_registration: str = ""
    # Policy settings stricter than the packs, as a JSON object such as {"marketing_hours": ["09:00", "20:00"]}.
    policy: str = ""
    # Periods of classes of records other than the rules' defaults, as a JSON object such as {"replies": "P8Y"}.
    retention: str = ""
    # The hour, in UTC, from which on each day's retention run begins.
    retention_hour: int = 3
    # What consent receipts say of this installation and no record tells, as a JSON object; see docs/proof.md.
    receipts: str = ""

    # The program, by slug, that codes go out under; without it the oldest active one for codes, else the oldest active.
    verification_program: str = ""
    # Countries codes may be texted to, such as "US,CA"; without it those of the senders.
    verification_countries: str = ""
    # Codes and links in an hour, in all; live and test are counted apart.
    verification_per_hour: int = 2_000

    # With `auto` the credentials an administrator set, and without any the sandbox.
    sms_carrier: Literal["auto", "sandbox", "twilio"] = "auto"
    twilio_account_sid: str = ""
    twilio_auth_token: str = ""
    twilio_keywords: Literal["twilio", "ours"] = "twilio"
    twilio_api_url: str = ""

    email_carrier: Literal["auto", "sandbox", "smtp"] = "auto"
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_username: str = ""
    smtp_password: str = ""
    smtp_ca_file: str = ""
    smtp_connections: int = 10
    dkim_domain: str = ""
    dkim_selector: str = ""
    dkim_key_file: str = ""
    # What comes back to mail is read where both are set: the domain of our own addresses, and where the mail server
    # that takes its mail hands it on to, `host:port` or the path of a socket.
    mail_domain: str = ""
    lmtp_bind: str = ""

    def __post_init__(self) -> None:
        if self.sms_carrier == "twilio" and not (self.twilio_account_sid and self.twilio_auth_token):
            raise SettingsUnusable("With Twilio, set OPTIN_TWILIO_ACCOUNT_SID and OPTIN_TWILIO_AUTH_TOKEN.")
        if self.email_carrier == "smtp" and not self.smtp_host:
            raise SettingsUnusable("With SMTP, set OPTIN_SMTP_HOST.")
        _require_within("OPTIN_BODY_SECONDS", self.body_seconds, 0.01, 3600)
        _require_within("OPTIN_FORM_WORK", self.form_work, 0, 24)
        if not all(_SITE.fullmatch(site) for site in self.form_frame_ancestors.split()):
            raise SettingsUnusable("OPTIN_FORM_FRAME_ANCESTORS lists sites with blanks between: https://www.acme.com.")
        try:
            networks_in(self.trusted_proxies)
        except ValueError as error:
            raise SettingsUnusable(f"OPTIN_TRUSTED_PROXIES lists networks such as 10.0.0.0/8: {error}.") from None
        if any((self.dkim_domain, self.dkim_selector, self.dkim_key_file)) and not all(
            (self.dkim_domain, self.dkim_selector, self.dkim_key_file)
        ):
            raise SettingsUnusable("To sign mail, set OPTIN_DKIM_DOMAIN, OPTIN_DKIM_SELECTOR and OPTIN_DKIM_KEY_FILE.")
        if any((self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret, self.oidc_domains)) and not all(
            (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret, self.oidc_domains, self.oidc_roles)
        ):
            raise SettingsUnusable(
                "For sign-in with company accounts, set OPTIN_OIDC_ISSUER, _CLIENT_ID, _CLIENT_SECRET, _DOMAINS, _ROLES"
            )
        if self.mail_domain and not _DOMAIN.fullmatch(self.mail_domain):
            raise SettingsUnusable("OPTIN_MAIL_DOMAIN is a domain in ASCII and small letters, such as mail.acme.com.")
        if self.lmtp_bind and not self.mail_domain:
            raise SettingsUnusable("With OPTIN_LMTP_BIND, set OPTIN_MAIL_DOMAIN: the domain whose mail comes in there.")

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """Raises SettingsUnusable."""
        given = {name[6:].lower(): value for name, value in environment.items() if name.startswith("OPTIN_")}
        try:
            return msgspec.convert(
                given, cls, strict=False, dec_hook=lambda kind, value: Path(value) if kind is Path else value
            )
        except msgspec.ValidationError as error:
            raise SettingsUnusable(f"A setting cannot be read: {error}.") from None

    @classmethod
    def unknown(cls, environment: Mapping[str, str]) -> list[str]:
        """Names that set nothing: most likely mistyped, so whoever starts the product is told."""
        known = {f"OPTIN_{name.upper()}" for name in cls.__struct_fields__}
        return sorted(name for name in environment if name.startswith("OPTIN_") and name not in known)

    @property
    def url(self) -> str:
        """Where people and carriers reach this installation."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def proxies(self) -> Proxies:
        return Proxies(networks=networks_in(self.trusted_proxies), header=self.proxy_header)

    @property
    def frame_ancestors(self) -> str:
        return self.form_frame_ancestors.strip() or NOWHERE

    @property
    def sandboxed(self) -> bool:
        return (self.sms_carrier, self.email_carrier) != ("twilio", "smtp")

    def __repr__(self) -> str:
        return "Settings(…)"


def _require_within(name: str, value: float, least: float, most: float) -> None:
    """Raises SettingsUnusable."""
    if not least <= value <= most:
        raise SettingsUnusable(f"{name} is between {least:g} and {most:g}.")
