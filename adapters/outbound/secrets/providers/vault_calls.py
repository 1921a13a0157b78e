"""HashiCorp Vault over HTTP: one question at a time, asked again a few times where asking again may help."""

import ssl
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
import msgspec
import stamina
from stamina.instrumentation import StructlogOnRetryHook, set_on_retry_hooks

from adapters.outbound.egress import Egress, GuardedTransport, NoSuchHost, NotOutside
from adapters.outbound.secrets.ring import RingUnusable

_TIMES, _ALL_IN_ALL = 4, 20.0
_PAUSE, _LONGEST_PAUSE = 0.2, 2.0
# https://developer.hashicorp.com/vault/api-docs#http-status-codes
_SEALED = 503
_AGAIN = frozenset({412, 429, 472, 473, 500, 502, 503, 504})
# A retry is told in the log. It would also count itself, in a metric no one asked for.
set_on_retry_hooks([StructlogOnRetryHook])


class _NotNow(Exception):
    """Said without a word of what was asked or answered."""


@dataclass(frozen=True, kw_only=True)
class VaultServer:
    """`patience` is in seconds, for each step of one question."""

    address: str
    egress: Egress
    namespace: str = ""
    ca_file: str = ""
    patience: float = 5.0
    pause: float = _PAUSE
    _host: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_host", urlsplit(self.address).netloc)

    def client(self) -> httpx.AsyncClient:
        """Raises RingUnusable."""
        try:
            trusted = self._trusted()
        except (OSError, ssl.SSLError):
            raise RingUnusable(f"OPTIN_VAULT_CA_FILE: {self.ca_file} cannot be read as certificates in PEM.") from None
        inner = httpx.AsyncHTTPTransport(verify=trusted, trust_env=False)
        return httpx.AsyncClient(
            base_url=f"{self.address.rstrip('/')}/v1/",
            headers={"X-Vault-Request": "true", **({"X-Vault-Namespace": self.namespace} if self.namespace else {})},
            transport=GuardedTransport(self.egress, inner),
            timeout=self.patience,
            follow_redirects=False,
            trust_env=False,
        )

    def _trusted(self) -> ssl.SSLContext:
        """Without encryption nobody is trusted, and nothing is read for it."""
        if self.ca_file or self.address.startswith("https:"):
            return ssl.create_default_context(cafile=self.ca_file or None)
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    async def ask(
        self, client: httpx.AsyncClient, path: str, body: dict[str, str], token: str = ""
    ) -> tuple[int, dict[str, Any]]:
        """The status below 500 and the answer. Raises RingUnusable."""
        try:
            async for attempt in stamina.retry_context(
                on=_NotNow, attempts=_TIMES, timeout=_ALL_IN_ALL, wait_initial=self.pause, wait_max=_LONGEST_PAUSE
            ):
                with attempt:
                    return await self._once(client, path, body, token)
        except _NotNow as trouble:
            raise RingUnusable(f"{trouble} Without it the key ring cannot be wrapped or unwrapped.") from None
        except NoSuchHost:
            raise RingUnusable(f"OPTIN_VAULT_ADDR: the name of {self._host} cannot be looked up.") from None
        except NotOutside:
            raise RingUnusable(
                f"OPTIN_VAULT_ADDR: {self._host} is not on the outside, or its port not one that is called. If it is "
                "yours, name its network in OPTIN_EGRESS_ALLOW, such as 10.0.0.0/8."
            ) from None
        raise AssertionError

    async def _once(
        self, client: httpx.AsyncClient, path: str, body: dict[str, str], token: str
    ) -> tuple[int, dict[str, Any]]:
        try:
            answer = await client.post(path, json=body, headers={"X-Vault-Token": token} if token else {})
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise _NotNow(f"Vault at {self._host} cannot be reached ({type(error).__name__}).") from None
        if answer.status_code == _SEALED:
            raise _NotNow(f"Vault at {self._host} is sealed or in maintenance (503): unseal it, then start again.")
        if answer.status_code in _AGAIN:
            raise _NotNow(f"Vault at {self._host} cannot answer now ({answer.status_code}).")
        if answer.is_redirect:
            raise RingUnusable(
                f"Vault at {self._host} sends us elsewhere, which is not followed; set OPTIN_VAULT_ADDR to the "
                "active node."
            )
        try:
            found = msgspec.json.decode(answer.content or b"{}", type=dict[str, Any])
        except msgspec.DecodeError:
            raise RingUnusable(f"What answers at {self._host} is not Vault; check OPTIN_VAULT_ADDR.") from None
        return answer.status_code, found
