"""The HTTP client under Twilio's own: it knows when a request may have been taken, which theirs does not say.

Theirs also waits for ever where no timeout is given with the call, and keeps the last request in memory.
"""

import base64
import logging
import socket
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import SplitResult, urlencode, urlsplit, urlunsplit

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    TCPConnector,
)
from aiohttp.abc import AbstractResolver, ResolveResult
from twilio.http import AsyncHttpClient
from twilio.http.response import Response

from adapters.outbound.egress import NoSuchHost, NotOutside, Resolve
from application.messages.carriers import NotNow, NoWord

_GATEWAY_TIMEOUT = 504
_MENDING = timedelta(minutes=5)  # what only the operator can mend


class TwilioHttp(AsyncHttpClient):
    """`api_url` takes the place of `https://api.twilio.com`, for a proxy or a test. With `resolve`, only what that
    names is called.
    """

    def __init__(
        self,
        api_url: str = "",
        *,
        connections: int = 50,
        connect_timeout: float = 10.0,
        answer_timeout: float = 30.0,
        resolve: Resolve | None = None,
    ) -> None:
        super().__init__(logging.getLogger("adapters.sms"), is_async=True)
        self._api: SplitResult = urlsplit(api_url.rstrip("/"))
        self._connections = connections
        self._resolve = resolve
        self._timeout = ClientTimeout(
            total=None, connect=connect_timeout, sock_connect=connect_timeout, sock_read=answer_timeout
        )
        self._session: ClientSession | None = None

    async def request(  # type: ignore[override]
        self,
        method: str,
        uri: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109
        allow_redirects: bool = False,
    ) -> Response:
        """Raises NotNow, NoWord."""
        try:
            await self._judge(self._api.hostname or "")
            async with self._opened().request(
                method,
                self._placed(uri),
                params={name: str(value) for name, value in (params or {}).items()},
                data=urlencode(data or {}, doseq=True).encode(),
                headers={**(headers or {}), **(_basic(*auth) if auth else {})},
                allow_redirects=allow_redirects,
            ) as answer:
                _must_have_been_served(answer.status, answer.headers.get("Retry-After", ""))
                return Response(answer.status, await answer.text(), dict(answer.headers))
        except (NotOutside, NoSuchHost) as refusal:
            raise NotNow("twilio-egress", refusal.detail, retry_after=_MENDING) from None
        except (ClientConnectorError, ConnectionTimeoutError):
            raise NotNow("twilio-unreachable", "The provider cannot be reached.") from None
        except (ClientError, TimeoutError, OSError):
            raise NoWord("twilio-no-answer", "The provider did not answer a request it may have taken.") from None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _opened(self) -> ClientSession:
        if self._session is None:
            judging = _Judging(self._resolve) if self._resolve else None
            connector = TCPConnector(limit=self._connections, resolver=judging, use_dns_cache=judging is None)
            self._session = ClientSession(timeout=self._timeout, connector=connector)
        return self._session

    async def _judge(self, host: str) -> None:
        """An address is not looked up by the client, so the resolver never sees it. Raises NotOutside."""
        if self._resolve is not None and _is_address(host):
            await self._resolve(host, self._api.port or (443 if self._api.scheme == "https" else 80))

    def _placed(self, uri: str) -> str:
        if not self._api.netloc:
            return uri
        asked = urlsplit(uri)
        return urlunsplit((self._api.scheme, self._api.netloc, self._api.path + asked.path, asked.query, ""))


class _Judging(AbstractResolver):
    """The connection goes to the very address that was judged; the certificate is still that of the name."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        address = await self._resolve(host, port)
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        flags = socket.AI_NUMERICHOST
        return [ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=flags)]

    async def close(self) -> None:
        """Holds nothing."""


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(f'{name}:{password}'.encode()).decode()}"}


def _must_have_been_served(status: int, retry_after: str) -> None:
    if status == _GATEWAY_TIMEOUT:
        raise NoWord("twilio-504", "The provider lost sight of a request it may have taken.")
    if status // 100 == 3:
        raise NotNow(f"twilio-{status}", "The provider's address answers with a redirect.", retry_after=_MENDING)
    if status in (408, 429) or status >= 500:
        pause = timedelta(seconds=int(retry_after)) if retry_after.isascii() and retry_after.isdigit() else None
        raise NotNow(f"twilio-{status}", "The provider takes no requests for the moment.", retry_after=pause)
