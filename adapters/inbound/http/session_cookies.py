"""Who calls with a session: the cookie that no script can read, and for what changes anything a token no other site can
say (OWASP, cross-site request forgery).
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from litestar.types import HTTPScope

from adapters.inbound.http.passage import Passage
from adapters.inbound.http.problems import NotAllowed, NotAuthenticated, Unreadable
from application.operators.sessions import KnowSession
from application.operators.sign_ins import Opened, Where, csrf_of
from domain.access import Actor, Origin
from domain.operators import AT_MOST, actor_of

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS = frozenset({b"same-origin", b"none"})
_MODES = {b"live": True, b"test": False}
_LONGEST_COOKIE = 4096
_DEVICE_LASTS = 90 * 24 * 3600


@dataclass(frozen=True, slots=True)
class SessionCookies:
    """`url` is where people reach this installation; with https the cookies are bound to that host (`__Host-`)."""

    know_session: KnowSession
    url: str

    @property
    def _encrypted(self) -> bool:
        return self.url.startswith("https:")

    @property
    def name(self) -> str:
        return "__Host-optin" if self._encrypted else "optin"

    @property
    def device_name(self) -> str:
        return "__Host-optin-device" if self._encrypted else "optin-device"

    async def actor(self, scope: HTTPScope, passage: Passage, now: datetime) -> Actor | None:
        """None without a cookie. Raises NotAuthenticated, NotAllowed, Unreadable."""
        token = cookies(scope).get(self.name)
        if token is None:
            return None
        found = await self.know_session(token, now)
        if found is None:
            raise NotAuthenticated("session-over", "This sign-in is over; sign in again.")
        if scope["method"] not in _SAFE:
            said = _header(scope, b"x-csrf-token") or b""
            if not hmac.compare_digest(said, csrf_of(token).encode()):
                raise NotAllowed("csrf-token-wrong", "Send the session's token as X-CSRF-Token.")
        passage.signed_in, passage.token = found, token
        caller = scope["client"]
        ip = caller[0] if caller else None
        origin = Origin(request_id=passage.request_id, session=str(found.session.id), ip=ip)
        return actor_of(found.operator, found.session, origin, now, live=_live(scope))

    def require_own_site(self, scope: HTTPScope) -> None:
        """What changes anything does so for our own pages only. Raises NotAllowed."""
        if scope["method"] in _SAFE:
            return
        site, origin = _header(scope, b"sec-fetch-site"), _header(scope, b"origin")
        parts = urlsplit(self.url)
        ours = f"{parts.scheme}://{parts.netloc}".encode()
        if (site is not None and site not in _OURS) or (site is None and origin is not None and origin != ours):
            raise NotAllowed("cross-site", "This is not for other sites to ask.")

    def where(self, scope: HTTPScope, passage: Passage) -> Where:
        caller = scope["client"]
        device = _header(scope, b"user-agent")
        return Where(
            request_id=passage.request_id,
            ip=caller[0] if caller else None,
            device=device.decode("latin-1") if device else None,
            known=cookies(scope).get(self.device_name),
        )

    def hand_over(self, opened: Opened, passage: Passage) -> None:
        """The cookies of a sign-in, under a secret made for it."""
        passage.token = opened.token
        passage.headers.append(self._cookie(self.name, opened.token, int(AT_MOST.total_seconds()), "Strict"))
        if opened.known is not None:
            passage.headers.append(self._cookie(self.device_name, opened.known, _DEVICE_LASTS, "Strict"))

    def take_back(self, passage: Passage) -> None:
        passage.headers.append(self._cookie(self.name, "", 0, "Strict"))

    def bind(self, name: str, value: str, seconds: int) -> tuple[bytes, bytes]:
        """A cookie that comes along when the company's site sends the browser back here."""
        return self._cookie(self.bound_name(name), value, seconds, "Lax")

    def bound_name(self, name: str) -> str:
        return f"{self.name}-{name}"

    def _cookie(self, name: str, value: str, seconds: int, same_site: str) -> tuple[bytes, bytes]:
        secure = "; Secure" if self._encrypted else ""
        text = f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite={same_site}{secure}"
        return b"set-cookie", text.encode()


def cookies(scope: HTTPScope) -> dict[str, str]:
    """Two of one name are a trick, and neither is believed."""
    found: dict[str, str] = {}
    doubled: set[str] = set()
    for name, value in scope["headers"]:
        if name != b"cookie" or len(value) > _LONGEST_COOKIE:
            continue
        for pair in value.decode("latin-1").split(";"):
            key, _, said = pair.strip().partition("=")
            if key in found:
                doubled.add(key)
            found[key] = said.strip('"')
    return {key: said for key, said in found.items() if key not in doubled}


def _live(scope: HTTPScope) -> bool:
    """Who does not say which world they mean is among test data, where nothing reaches anybody. Raises Unreadable."""
    said = _header(scope, b"optin-mode")
    if said is None:
        return False
    if said not in _MODES:
        raise Unreadable("mode-unknown", "The header OptIn-Mode is live or test.")
    return _MODES[said]


def _header(scope: HTTPScope, wanted: bytes) -> bytes | None:
    return next((value for name, value in scope["headers"] if name == wanted), None)
