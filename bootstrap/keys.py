"""Where this installation's key ring comes from. There is no default: a ring that is lost is never quietly replaced."""

from pathlib import Path

from adapters.outbound.egress import Egress
from adapters.outbound.secrets.providers.here import EnvironmentRing, FileRing, Form, Plain
from adapters.outbound.secrets.providers.mounted import MountedRing
from adapters.outbound.secrets.providers.wrapped import wrapped_file
from adapters.outbound.secrets.ring import KeyRing, RingUnusable
from adapters.outbound.secrets.ring_files import place, place_new
from adapters.outbound.secrets.turning import RingSource
from bootstrap.settings import Settings, SettingsUnusable
from bootstrap.wrapping import form_of


def source_of(settings: Settings, egress: Egress) -> RingSource:
    """Raises RingUnusable, SettingsUnusable."""
    form = form_of(settings, egress)
    if settings.keys:
        return EnvironmentRing(settings.keys)
    if settings.keys_file:
        given = Path(settings.keys_file)
        return MountedRing(given) if given.is_dir() else _file(given, form)
    path = ring_file(settings)
    if not path.exists():
        raise RingUnusable(
            f"There is no key ring. Set OPTIN_KEYS or OPTIN_KEYS_FILE, or restore {path} from its backup."
        )
    return _file(path, form)


def make_ring(settings: Settings, egress: Egress, *, fresh: bool) -> None:
    """Makes the ring of a new installation. Beside data that is already sealed, a missing ring is a loss to be told."""
    path, form = ring_file(settings), form_of(settings, egress)
    if settings.keys or settings.keys_file:
        return
    if path.exists():
        # What is wrapped was complete when it was.
        if isinstance(form, Plain):
            _file(path, form)
            KeyRing.complete(path)
        return
    if not fresh:
        raise RingUnusable(
            f"The database holds data sealed with a key ring that is not here; restore {path} from its backup."
        )
    try:
        place_new(form.write(KeyRing.generate()), path)
    except FileExistsError:
        return


def wrap_ring(settings: Settings, egress: Egress) -> Path:
    """The file in plain becomes a wrapped one, once it is proven that it can be read again.

    Raises RingUnusable, SettingsUnusable.
    """
    path, form = _only_file(settings), form_of(settings, egress)
    if isinstance(form, Plain):
        raise SettingsUnusable("Set OPTIN_KEYS_PROVIDER to vault or aws-kms, and what belongs to it; see docs/keys.md.")
    if wrapped_file(_content(path)) is not None:
        raise RingUnusable(f"The key ring {path} is wrapped already.")
    _place(form, KeyRing.load(path), path)
    return path


def unwrap_ring(settings: Settings, egress: Egress) -> Path:
    """Raises RingUnusable, SettingsUnusable."""
    path, form = _only_file(settings), form_of(settings, egress)
    if isinstance(form, Plain):
        raise SettingsUnusable("Set OPTIN_KEYS_PROVIDER, and what belongs to it, to what the ring was wrapped with.")
    _place(Plain(), form.read(_content(path)), path)
    return path


def ring_file(settings: Settings) -> Path:
    return settings.data_dir / "keys.json"


def _place(form: Form, ring: KeyRing, path: Path) -> None:
    content = form.write(ring)
    if form.read(content).dump() != ring.dump():
        raise RingUnusable(f"What was written cannot be read again; the key ring {path} stays as it was.")
    try:
        place(content, path)
    except OSError as error:
        raise RingUnusable(f"The key ring {path} cannot be written: {error.strerror}.") from None


def _file(path: Path, form: Form) -> FileRing:
    if isinstance(form, Plain) and path.exists():
        found = wrapped_file(_content(path))
        if found is not None:
            raise RingUnusable(
                f"The key ring {path} is wrapped by {found.provider!r}: set OPTIN_KEYS_PROVIDER to it, and what belongs"
                " to it, or convert the file with `optin keys unwrap`."
            )
    return FileRing(path, form)


def _only_file(settings: Settings) -> Path:
    path = Path(settings.keys_file) if settings.keys_file else ring_file(settings)
    if settings.keys or path.is_dir() or path.is_symlink():
        raise SettingsUnusable(
            "Only a key ring in a file of its own is wrapped: set OPTIN_KEYS_FILE, and no OPTIN_KEYS."
        )
    return path


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RingUnusable(f"The key ring {path} cannot be read: {error.strerror}.") from None
