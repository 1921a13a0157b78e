"""Everything an operator may set, read once from the environment; each setting is `OPTIN_<NAME>`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

import msgspec
from msgspec import Struct


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
    # Work the queue in the process that answers requests; `optin worker` runs it alone.
    worker: bool = True
    slice_size: int = 500
    rate_limit_per_minute: int = 300_000
    # Who may look at the sandbox phone: nobody outside without a key unless this is set.
    sandbox_page: Literal["auto", "on", "off"] = "auto"
    # The registration number under Tex. Bus. & Com. Code ch. 302, or exempt_consent_based.
    texas_registration: str = ""
    # Policy settings stricter than the packs, as a JSON object such as {"marketing_hours": ["09:00", "20:00"]}.
    policy: str = ""

    sms_carrier: Literal["sandbox", "twilio"] = "sandbox"
    twilio_account_sid: str = ""
    twilio_auth_token: str = ""
    twilio_api_url: str = ""

    email_carrier: Literal["sandbox", "smtp"] = "sandbox"
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

    def __post_init__(self) -> None:
        if self.sms_carrier == "twilio" and not (self.twilio_account_sid and self.twilio_auth_token):
            raise SettingsUnusable("With Twilio, set OPTIN_TWILIO_ACCOUNT_SID and OPTIN_TWILIO_AUTH_TOKEN.")
        if self.email_carrier == "smtp" and not self.smtp_host:
            raise SettingsUnusable("With SMTP, set OPTIN_SMTP_HOST.")
        if any((self.dkim_domain, self.dkim_selector, self.dkim_key_file)) and not all(
            (self.dkim_domain, self.dkim_selector, self.dkim_key_file)
        ):
            raise SettingsUnusable("To sign mail, set OPTIN_DKIM_DOMAIN, OPTIN_DKIM_SELECTOR and OPTIN_DKIM_KEY_FILE.")

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
    def sandboxed(self) -> bool:
        return "sandbox" in (self.sms_carrier, self.email_carrier)

    def __repr__(self) -> str:
        return "Settings(…)"
