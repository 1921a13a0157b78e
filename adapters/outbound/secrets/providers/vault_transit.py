"""HashiCorp Vault's transit engine: https://developer.hashicorp.com/vault/api-docs/secret/transit"""

import asyncio
import base64
import binascii
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from adapters.outbound.secrets.providers.vault_calls import VaultServer
from adapters.outbound.secrets.providers.vault_entry import Entry, Pass
from adapters.outbound.secrets.providers.wrapped import KeyWrapper
from adapters.outbound.secrets.ring import RingUnusable

T = TypeVar("T")
_REFUSED = 403


class VaultTransit(KeyWrapper):
    provider = "vault"

    def __init__(self, server: VaultServer, entry: Entry, key: str, mount: str = "transit") -> None:
        self.key = f"{mount}/{key}"
        self._server = server
        self._pass = Pass(entry)
        self._mount = mount
        self._name = key

    def wrap(self, key: bytes) -> str:
        return self._answer("encrypt", {"plaintext": base64.b64encode(key).decode()}, "ciphertext")

    def unwrap(self, wrapped: str) -> bytes:
        try:
            return base64.b64decode(self._answer("decrypt", {"ciphertext": wrapped}, "plaintext"), validate=True)
        except (binascii.Error, ValueError):
            raise RingUnusable("What Vault answers is not base64; check OPTIN_VAULT_ADDR.") from None

    def due(self) -> bool:
        return self._pass.due()

    def _answer(self, what: str, body: dict[str, str], wanted: str) -> str:
        status, answer = _apart(lambda: self._ask(f"{self._mount}/{what}/{self._name}", body))
        data = answer.get("data")
        found = data.get(wanted) if isinstance(data, dict) else None
        if status == 200 and isinstance(found, str):
            return found
        raise RingUnusable(self._why(what, status))

    async def _ask(self, path: str, body: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """A token that ran out, or was taken back, is once replaced by another."""
        async with self._server.client() as client:

            async def ask(path: str, body: dict[str, str], token: str) -> tuple[int, dict[str, Any]]:
                return await self._server.ask(client, path, body, token)

            status, answer = await ask(path, body, await self._pass.token(ask))
            if status == _REFUSED:
                self._pass.drop()
                status, answer = await ask(path, body, await self._pass.token(ask))
            return status, answer

    def _why(self, what: str, status: int) -> str:
        if status == _REFUSED:
            return (
                "Vault refuses our token (403): it ran out or was revoked, or its policy lacks `update` on "
                f"{self._mount}/{what}/{self._name}."
            )
        if status == 404:
            return f"Vault has no transit engine at {self._mount!r} (404): check OPTIN_VAULT_MOUNT and _NAMESPACE."
        if status == 400 and what == "decrypt":
            return (
                f"Vault's key {self.key!r} does not open the key ring (400): it was wrapped with another key or an "
                "archived version of it, or the file was altered. Set OPTIN_VAULT_KEY to that key, or restore the file."
            )
        return f"Vault does not {what} with the key {self.key!r} ({status}): check OPTIN_VAULT_KEY and its type."


def _apart(work: Callable[[], Awaitable[T]]) -> T:
    """In a thread of its own: a ring is also read where a loop is running already."""

    async def to_the_end() -> T:
        return await work()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(to_the_end())).result()
