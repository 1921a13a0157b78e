"""What the settings say of staff accounts."""

from pathlib import Path

from adapters.outbound.secrets.passwords import ListedPasswords
from bootstrap.settings import Settings, SettingsUnusable


def breached_passwords_of(settings: Settings) -> ListedPasswords:
    """Raises SettingsUnusable: a list that is not read protects nobody."""
    path = Path(settings.breached_passwords_file) if settings.breached_passwords_file else None
    if path is not None and not path.is_file():
        raise SettingsUnusable("OPTIN_BREACHED_PASSWORDS_FILE names no file that can be read.")
    return ListedPasswords(path)
