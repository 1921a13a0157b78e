"""What lets us into Vault: a token given to us, or a login as this pod of Kubernetes; renewed before it runs out."""

import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from msgspec import Struct

from adapters.outbound.secrets.ring import RingUnusable

Ask: TypeAlias = Callable[[str, dict[str, str], str], Awaitable[tuple[int, dict[str, Any]]]]
# Renewed when two thirds of its time are over, as Vault's own agent does; after a refusal not at once again.
_WHEN, _NOT_BEFORE = 2 / 3, 30.0


class Granted(Struct, frozen=True, kw_only=True):
    """`seconds` is 0 for what never runs out, or is not ours to renew."""

    token: str
    seconds: float

    def __repr__(self) -> str:
        return "Granted(…)"


class Entry(Protocol):
    # Whether it has to be kept alive while nobody uses it, because nobody could get another.
    kept_alive: bool

    async def enter(self, ask: Ask) -> Granted:
        """Raises RingUnusable."""
        ...


class GivenToken(Entry):
    """From the setting, or from a file that an agent of Vault writes anew: read whenever it is needed."""

    kept_alive = True

    def __init__(self, token: str, file: Path | None = None) -> None:
        self._token = token
        self._file = file

    async def enter(self, ask: Ask) -> Granted:
        token = self._token if self._file is None else _read(self._file, "OPTIN_VAULT_TOKEN_FILE")
        return await renewed(ask, token) or Granted(token=token, seconds=0)


class KubernetesLogin(Entry):
    """https://developer.hashicorp.com/vault/api-docs/auth/kubernetes#login"""

    kept_alive = False

    def __init__(self, role: str, jwt_file: Path, mount: str = "kubernetes") -> None:
        self._role = role
        self._jwt_file = jwt_file
        self._mount = mount

    async def enter(self, ask: Ask) -> Granted:
        jwt = _read(self._jwt_file, "OPTIN_VAULT_JWT_FILE")
        status, answer = await ask(f"auth/{self._mount}/login", {"role": self._role, "jwt": jwt}, "")
        granted = _granted(answer) if status == 200 else None
        if granted is None:
            raise RingUnusable(
                f"Vault does not let us in as role {self._role!r} by auth/{self._mount} ({status}): check "
                "OPTIN_VAULT_ROLE, OPTIN_VAULT_AUTH_MOUNT, and the service account the role is bound to."
            )
        return granted


class Pass:
    """The token in hand. Kept from one question to the next."""

    def __init__(self, entry: Entry, now: Callable[[], float] = time.monotonic) -> None:
        self._entry = entry
        self._now = now
        self._granted: Granted | None = None
        self._renew_at = 0.0

    def due(self) -> bool:
        return self._entry.kept_alive and self._old()

    def drop(self) -> None:
        self._granted = None

    async def token(self, ask: Ask) -> str:
        if self._granted is None:
            self._take(await self._entry.enter(ask))
        elif self._old():
            self._renew_at = self._now() + _NOT_BEFORE
            self._take(await renewed(ask, self._granted.token) or await self._entry.enter(ask))
        return self._granted.token if self._granted else ""

    def _old(self) -> bool:
        return self._granted is not None and self._granted.seconds > 0 and self._now() >= self._renew_at

    def _take(self, granted: Granted) -> None:
        self._granted = granted
        self._renew_at = self._now() + max(granted.seconds * _WHEN, 1.0)


async def renewed(ask: Ask, token: str) -> Granted | None:
    """None for a token that is not renewed any more, or never was."""
    status, answer = await ask("auth/token/renew-self", {}, token)
    return _granted(answer) if status == 200 else None


def _granted(answer: dict[str, Any]) -> Granted | None:
    auth = answer.get("auth")
    token = auth.get("client_token") if isinstance(auth, dict) else None
    if not isinstance(auth, dict) or not isinstance(token, str) or not token:
        return None
    seconds = auth.get("lease_duration")
    return Granted(token=token, seconds=float(seconds) if isinstance(seconds, int) else 0.0)


def _read(file: Path, setting: str) -> str:
    try:
        return file.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise RingUnusable(f"{setting}: {file} cannot be read.") from None
