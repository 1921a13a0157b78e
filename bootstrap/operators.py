"""What the settings say of staff accounts."""

from pathlib import Path

import msgspec

from adapters.outbound.egress import Egress
from adapters.outbound.oidc.company import OidcCompany
from adapters.outbound.secrets.passwords import ListedPasswords
from bootstrap.settings import Settings, SettingsUnusable
from domain.roles import Role


def breached_passwords_of(settings: Settings) -> ListedPasswords:
    """Raises SettingsUnusable: a list that is not read protects nobody."""
    path = Path(settings.breached_passwords_file) if settings.breached_passwords_file else None
    if path is not None and not path.is_file():
        raise SettingsUnusable("OPTIN_BREACHED_PASSWORDS_FILE names no file that can be read.")
    return ListedPasswords(path)


def company_of(settings: Settings, egress: Egress) -> OidcCompany:
    """Raises SettingsUnusable: a role misspelt would let nobody in, or somebody as what they are not."""
    try:
        roles = msgspec.json.decode(settings.oidc_roles or "{}", type=dict[str, Role])
    except msgspec.MsgspecError:
        raise SettingsUnusable(
            'OPTIN_OIDC_ROLES is a JSON object of claims and roles, such as {"optin-admins": "admin"}.'
        ) from None
    return OidcCompany(
        egress=egress,
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        redirect_uri=f"{settings.url}/admin/api/company/callback",
        domains=frozenset(one.strip().lower() for one in settings.oidc_domains.split(",") if one.strip()),
        role_claim=settings.oidc_role_claim,
        roles=roles,
    )
