"""Where this installation's key ring comes from. There is no default: a ring that is lost is never quietly replaced."""

from pathlib import Path

from adapters.outbound.secrets.providers.here import EnvironmentRing, FileRing
from adapters.outbound.secrets.providers.mounted import MountedRing
from adapters.outbound.secrets.ring import KeyRing, RingUnusable
from adapters.outbound.secrets.turning import RingSource
from bootstrap.settings import Settings


def source_of(settings: Settings) -> RingSource:
    """Raises RingUnusable."""
    if settings.keys:
        return EnvironmentRing(settings.keys)
    if settings.keys_file:
        given = Path(settings.keys_file)
        return MountedRing(given) if given.is_dir() else FileRing(given)
    path = ring_file(settings)
    if not path.exists():
        raise RingUnusable(
            f"There is no key ring. Set OPTIN_KEYS or OPTIN_KEYS_FILE, or restore {path} from its backup."
        )
    return FileRing(path)


def make_ring(settings: Settings, *, fresh: bool) -> None:
    """Makes the ring of a new installation. Beside data that is already sealed, a missing ring is a loss to be told."""
    path = ring_file(settings)
    if settings.keys or settings.keys_file:
        return
    if path.exists():
        KeyRing.complete(path)
        return
    if not fresh:
        raise RingUnusable(
            f"The database holds data sealed with a key ring that is not here; restore {path} from its backup."
        )
    try:
        KeyRing.create(path)
    except FileExistsError:
        return


def ring_file(settings: Settings) -> Path:
    return settings.data_dir / "keys.json"
