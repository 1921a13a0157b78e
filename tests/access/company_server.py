"""A company's sign-in on loopback, speaking OpenID Connect as one does: discovery, code, PKCE, keys that change."""

import base64
import contextlib
import hashlib
import secrets
import time
from urllib.parse import urlencode

from aiohttp import BasicAuth, web
from joserfc import jwk, jwt

CLIENT, SECRET = "optin", "a secret: of two & more"


class CompanyServer:
    """`person` is who signs in there next. `claims` are put over what would be said of them, and `forge` makes the
    token in place of it.
    """

    def __init__(self):
        self.port = 0
        self.person = {"sub": "1001", "email": "pat@acme.example", "email_verified": True, "name": "Pat Doe"}
        self.person["groups"] = ["staff", "optin-support"]
        self.claims, self.forge, self.says_issuer = {}, None, None
        self.codes, self.asked = {}, []
        self.rotate()

    @property
    def issuer(self):
        return f"http://127.0.0.1:{self.port}"

    def rotate(self):
        self.key = jwk.ECKey.generate_key("P-256", {"kid": secrets.token_hex(4), "use": "sig", "alg": "ES256"})

    @contextlib.asynccontextmanager
    async def running(self):
        app = web.Application()
        app.add_routes(
            [
                web.get("/.well-known/openid-configuration", self.describe),
                web.get("/authorize", self.authorize),
                web.post("/token", self.token),
                web.get("/keys", self.keys),
            ]
        )
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            await runner.cleanup()

    async def describe(self, request):  # noqa: ARG002
        self.asked.append("description")
        named = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return web.json_response(
            {"issuer": self.says_issuer or self.issuer}
            | {name: f"{self.issuer}/{path}" for name, path in named.items()}
        )

    async def keys(self, request):  # noqa: ARG002
        self.asked.append("keys")
        return web.json_response({"keys": [self.key.as_dict(private=False)]})

    async def authorize(self, request):
        """Whoever comes is signed in."""
        query = request.query
        assert query["client_id"] == CLIENT
        assert (query["response_type"], query["code_challenge_method"]) == ("code", "S256")
        assert "openid" in query["scope"].split()
        code = secrets.token_urlsafe()
        self.codes[code] = dict(query)
        back = urlencode({"code": code, "state": query["state"], "iss": self.issuer})
        raise web.HTTPFound(f"{query['redirect_uri']}?{back}")

    async def token(self, request):
        """A code counts once, for who asked for it, with the verifier they kept."""
        form = await request.post()
        known = self.codes.pop(form["code"], None)
        auth = BasicAuth.decode(request.headers["Authorization"])
        verifier = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).decode().rstrip("=")
        right = known is not None and known["code_challenge"] == challenge
        if not right or auth.login != CLIENT or form["redirect_uri"] != known["redirect_uri"]:
            return web.json_response({"error": "invalid_grant"}, status=400)
        assert auth.password == "a+secret%3A+of+two+%26+more"
        now = int(time.time())
        said = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": known["nonce"]}
        claims = said | self.person | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        token = self.forge(claims) if self.forge else self.signed(claims)
        return web.json_response({"access_token": "-", "token_type": "Bearer", "id_token": token})

    def signed(self, claims):
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, self.key)
