"""OpenID Connect Core 1.0 with the authorization code, PKCE (RFC 7636) and RFC 9700's advice: one issuer, known from
the settings; everything else is its own word, fetched from it and signed by it.
"""

import asyncio
import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

import httpx
import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from msgspec import Struct

from adapters.outbound.egress import Egress
from application.operators.ports import Company, CompanyAccount, Departure
from domain.addresses import Address, Channel
from domain.errors import Invalid, Unavailable
from domain.operators import CompanyUnreachable, SignInFailed
from domain.roles import Role

# No symmetric algorithm, for the keys are public; and none at all is none of these.
_ALGORITHMS = ("RS256", "PS256", "ES256", "ES384", "RS384", "RS512", "PS384", "PS512", "EdDSA")
_KNOWN_FOR, _ASKED_AGAIN_AFTER = 3600.0, 30.0
_CLOCKS_DIFFER = 60
_LARGEST = 1 << 20
_SCOPE = "openid email profile"
_LONGEST_NAME = 100


class Provider(Struct, frozen=True, kw_only=True):
    """What the issuer says of itself (OpenID Connect Discovery 1.0)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class _Answer(Struct, frozen=True, kw_only=True):
    id_token: str


@dataclass(frozen=True, kw_only=True)
class OidcCompany(Company):
    """`roles` says which values of the claim stand for which role; of several the first in the settings counts."""

    egress: Egress
    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    domains: frozenset[str]
    role_claim: str
    roles: Mapping[str, Role]
    _known: dict[str, tuple[float, Any]] = field(default_factory=dict)

    @property
    def set_up(self) -> bool:
        return bool(self.issuer)

    async def departure(self) -> Departure:
        provider = await self._provider()
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": _SCOPE,
            "state": state,
            "nonce": nonce,
            "code_challenge": _challenge(verifier),
            "code_challenge_method": "S256",
        }
        mark = "&" if urlsplit(provider.authorization_endpoint).query else "?"
        url = f"{provider.authorization_endpoint}{mark}{urlencode(query)}"
        return Departure(url=url, state=state, nonce=nonce, verifier=verifier)

    async def arrival(self, code: str, nonce: str, verifier: str, issuer: str | None, now: datetime) -> CompanyAccount:
        provider = await self._provider()
        if issuer is not None and issuer != provider.issuer:
            raise _failed()
        claims = await self._claims(await self._token(provider, code, verifier), provider, now)
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise _failed()
        return self._account(claims)

    def _account(self, claims: Mapping[str, Any]) -> CompanyAccount:
        """The address is the company's to vouch for, and of a domain that is theirs."""
        subject, text = claims.get("sub"), claims.get("email")
        if not isinstance(subject, str) or not subject or not isinstance(text, str):
            raise _failed()
        try:
            email = Address.parse(text, Channel.EMAIL)
        except Invalid:
            raise _failed() from None
        if claims.get("email_verified") is not True or email.value.rpartition("@")[2] not in self.domains:
            raise _failed()
        name = claims.get("name")
        shown = name.strip()[:_LONGEST_NAME] if isinstance(name, str) and name.strip() else email.masked
        return CompanyAccount(
            issuer=self.issuer, subject=subject, email=email, name=shown, role=self._role(claims.get(self.role_claim))
        )

    def _role(self, said: Any) -> Role | None:
        named = {said} if isinstance(said, str) else {one for one in said or () if isinstance(one, str)}
        return next((role for value, role in self.roles.items() if value in named), None)

    async def _claims(self, token: str, provider: Provider, now: datetime) -> Mapping[str, Any]:
        """Signed by the issuer, for us, and not over. A key nobody knows yet is asked for once more."""
        for again in (False, True):
            keys = await self._keys(provider, again=again)
            try:
                claims = jwt.decode(token, keys, algorithms=_ALGORITHMS).claims
            except (JoseError, ValueError, TypeError):
                continue
            return self._for_us(claims, provider, now)
        raise _failed()

    def _for_us(self, claims: Mapping[str, Any], provider: Provider, now: datetime) -> Mapping[str, Any]:
        rules = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=_CLOCKS_DIFFER,
            iss={"essential": True, "value": provider.issuer},
            aud={"essential": True, "value": self.client_id},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
        )
        try:
            rules.validate(dict(claims))
        except (JoseError, ValueError, TypeError):
            raise _failed() from None
        audience = claims["aud"]
        several = isinstance(audience, list) and len(audience) > 1
        if (several or "azp" in claims) and claims.get("azp") != self.client_id:
            raise _failed()
        return claims

    async def _token(self, provider: Provider, code: str, verifier: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": verifier,
        }
        auth: httpx.Auth = httpx.BasicAuth(quote_plus(self.client_id), quote_plus(self.client_secret))
        if "client_secret_basic" not in provider.token_endpoint_auth_methods_supported:
            auth, form = httpx.Auth(), form | {"client_id": self.client_id, "client_secret": self.client_secret}
        try:
            async with self.egress.client() as client:
                answer = await client.post(provider.token_endpoint, data=form, auth=auth)
        except (httpx.HTTPError, Unavailable, httpx.InvalidURL):
            raise _unreachable() from None
        if answer.status_code >= 500:
            raise _unreachable()
        try:
            return msgspec.json.decode(answer.content[:_LARGEST], type=_Answer).id_token
        except msgspec.MsgspecError:
            raise _failed() from None

    async def _provider(self) -> Provider:
        """The issuer names itself exactly as the settings do, and nothing it names is less protected."""
        raw = await self._fetched(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration", _KNOWN_FOR)
        try:
            provider = msgspec.convert(raw, Provider)
        except msgspec.ValidationError:
            raise _unreachable() from None
        named = (provider.authorization_endpoint, provider.token_endpoint, provider.jwks_uri)
        scheme = urlsplit(self.issuer).scheme
        if provider.issuer != self.issuer or any(urlsplit(url).scheme not in ("https", scheme) for url in named):
            raise _unreachable()
        return provider

    async def _keys(self, provider: Provider, *, again: bool) -> KeySet:
        raw = await self._fetched(provider.jwks_uri, _ASKED_AGAIN_AFTER if again else _KNOWN_FOR)
        try:
            return KeySet.import_key_set(raw)
        except (JoseError, ValueError, TypeError, KeyError):
            raise _unreachable() from None

    async def _fetched(self, url: str, fresh: float) -> Any:
        """As it was at most so many seconds ago."""
        now = asyncio.get_running_loop().time()
        at, known = self._known.get(url, (0.0, None))
        if known is not None and now - at < fresh:
            return known
        try:
            async with self.egress.client() as client:
                answer = await client.get(url)
            if answer.status_code != 200:
                raise _unreachable()
            found = msgspec.json.decode(answer.content[:_LARGEST])
        except (httpx.HTTPError, httpx.InvalidURL, Unavailable, msgspec.MsgspecError):
            raise _unreachable() from None
        self._known[url] = (now, found)
        return found


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _failed() -> SignInFailed:
    return SignInFailed("Your company's account may not sign in here.")


def _unreachable() -> CompanyUnreachable:
    return CompanyUnreachable("Your company's sign-in does not answer, or not as it should.")
