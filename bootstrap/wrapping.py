"""Who wraps the key ring, from the settings."""

import re
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from adapters.outbound.egress import Egress
from adapters.outbound.secrets.providers.here import Form, Plain
from adapters.outbound.secrets.providers.vault_calls import VaultServer
from adapters.outbound.secrets.providers.vault_entry import Entry, GivenToken, KubernetesLogin
from adapters.outbound.secrets.providers.vault_transit import VaultTransit
from adapters.outbound.secrets.providers.wrapped import KeyWrapper, Wrapped
from bootstrap.settings import Settings, SettingsUnusable

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,127}")
_MOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*(?:/[A-Za-z0-9][A-Za-z0-9_.-]*)*")


def form_of(settings: Settings, egress: Egress) -> Form:
    """Raises SettingsUnusable."""
    if settings.keys_provider == "plain":
        return Plain()
    if settings.keys:
        raise SettingsUnusable("A wrapped key ring is a file: with OPTIN_KEYS_PROVIDER, set no OPTIN_KEYS.")
    if settings.keys_file and Path(settings.keys_file).is_dir():
        raise SettingsUnusable(
            "A wrapped key ring is one file: with OPTIN_KEYS_PROVIDER, OPTIN_KEYS_FILE is no folder."
        )
    if not _NAME.fullmatch(settings.keys_installation):
        raise SettingsUnusable(
            "With OPTIN_KEYS_PROVIDER, OPTIN_KEYS_INSTALLATION says what this installation is called: acme-production."
        )
    wrapper: KeyWrapper = _vault(settings, egress) if settings.keys_provider == "vault" else _kms(settings)
    return Wrapped(wrapper, settings.keys_installation)


def _vault(settings: Settings, egress: Egress) -> VaultTransit:
    if not (_safe(settings.vault_addr) and _NAME.fullmatch(settings.vault_key)):
        raise SettingsUnusable(
            "With Vault, set OPTIN_VAULT_ADDR, such as https://vault.internal:8200 (http: only to this machine), and "
            "OPTIN_VAULT_KEY, the name of the transit key."
        )
    for setting, mount in (
        ("OPTIN_VAULT_MOUNT", settings.vault_mount),
        ("OPTIN_VAULT_AUTH_MOUNT", settings.vault_auth_mount),
    ):
        if not _MOUNT.fullmatch(mount):
            raise SettingsUnusable(
                f"{setting} is where something is mounted in Vault, such as transit or acme/transit."
            )
    if not (settings.vault_namespace + "a").isascii() or not settings.vault_namespace.isprintable():
        raise SettingsUnusable("OPTIN_VAULT_NAMESPACE is a path in ASCII, such as acme/production.")
    server = VaultServer(
        address=settings.vault_addr,
        egress=egress,
        namespace=settings.vault_namespace,
        ca_file=settings.vault_ca_file,
    )
    return VaultTransit(server, _entry(settings), settings.vault_key, settings.vault_mount)


def _entry(settings: Settings) -> Entry:
    given = [bool(one) for one in (settings.vault_token, settings.vault_token_file, settings.vault_role)]
    if sum(given) != 1:
        raise SettingsUnusable("With Vault, set one of OPTIN_VAULT_TOKEN, OPTIN_VAULT_TOKEN_FILE and OPTIN_VAULT_ROLE.")
    if settings.vault_role:
        return KubernetesLogin(settings.vault_role, Path(settings.vault_jwt_file), settings.vault_auth_mount)
    return GivenToken(settings.vault_token, Path(settings.vault_token_file) if settings.vault_token_file else None)


def _kms(settings: Settings) -> KeyWrapper:
    # A twentieth of the memory of whoever does not need it.
    from adapters.outbound.secrets.providers.aws_kms import AwsKms  # noqa: PLC0415

    if not settings.kms_key_id:
        raise SettingsUnusable("With AWS KMS, set OPTIN_KMS_KEY_ID: the id, ARN or alias of a symmetric key.")
    if settings.kms_endpoint and not _safe(settings.kms_endpoint):
        raise SettingsUnusable("OPTIN_KMS_ENDPOINT begins with https:// (http: only to this machine).")
    return AwsKms(
        settings.kms_key_id,
        settings.keys_installation,
        region=settings.kms_region,
        endpoint=settings.kms_endpoint,
    )


def _safe(address: str) -> bool:
    """Encrypted, or never on a wire: what is asked carries tokens and keys."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.username or parts.query or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_here(host))


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
