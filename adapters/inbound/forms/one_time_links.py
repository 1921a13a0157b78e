"""The pages behind the links staff are given: `/admin/first`, printed at the first start, `/admin/join`, for who is
invited, and `/admin/reset`, for a new password. Each reads the token behind the `#`, which no browser sends, and posts
it to the API; to open one, however often, takes nothing from the link.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from litestar import Controller, HttpMethod, Request, Response, get, route
from msgspec import Struct, json

from adapters.inbound.forms.guard import Guard
from adapters.inbound.forms.pages import KEPT, OURS, Page, language_of, trouble
from adapters.inbound.forms.texts import LANGUAGES, Texts, phrase
from adapters.inbound.injected import Injected
from application.operators.joining import MakeFirstAdmin

SCRIPT_PATH = "/pages/one_time_link.js"
_SCRIPT = (Path(__file__).parent / "templates" / "one_time_link.js").read_bytes()
_LOOKED_AT = [HttpMethod.GET, HttpMethod.HEAD]
_SAYS: Mapping[str, str] = {
    "email": phrase("Write the email address as name@example.com."),
    "name": phrase("Write a name of 1 to 100 characters, in one line."),
    "password": phrase("Use 15 to 256 characters; a few words are fine."),
}
_UNTOLD = "…"
# What the API says of a field and the sentences above do not.
_WEAK = (
    phrase("Do not use your name, your address, this product's name or a repetition."),
    phrase("Others have used this password, and lists of them are tried first."),
)


class LinkPage(Struct, frozen=True, kw_only=True):
    """`name` is its template; what is filled in, and shown as an example, goes with the token to `posts_to`."""

    name: str
    posts_to: str
    example: Mapping[str, str]
    refusals: tuple[str, ...] = _WEAK

    @property
    def fields(self) -> Mapping[str, str]:
        """What is said of each where it is wrong."""
        return {name: _SAYS[name] for name in self.example}

    def shown(self, request: Request[Any, Any, Any], url: str) -> Response[bytes]:
        values = {
            "script": f"{SCRIPT_PATH}?v={sha256(_SCRIPT).hexdigest()[:12]}",
            "words": self.words_in(LANGUAGES[language_of(request)]),
            "url": url,
            "posts_to": self.posts_to,
            "example": json.format(json.encode({"token": _UNTOLD, **self.example}), indent=2).decode(),
        }
        return Page.to(request, name=self.name, values=values, connect=OURS).response()

    def words_in(self, texts: Texts) -> str:
        """What the script may have to say: of a field, of what the API refused, and of how many fields."""
        say, counts = texts.say, range(1, len(self.fields) + 1)
        return json.encode(
            {
                "fields": {name: say(text) for name, text in self.fields.items()},
                "refusals": {text: say(text) for text in self.refusals},
                "mistakes": [
                    texts.say_many("Please look at one answer again", "Please look at {count} answers again", count)
                    for count in counts
                ],
            }
        ).decode()


FIRST = LinkPage(
    name="first_admin",
    posts_to="/admin/api/first",
    example={"email": "pat@example.com", "name": "Pat Doe", "password": _UNTOLD},
    refusals=(*_WEAK, phrase("Somebody signs in with this address already.")),
)
JOIN = LinkPage(
    name="join", posts_to="/admin/api/invitations/actions/accept", example={"name": "Pat Doe", "password": _UNTOLD}
)
RESET = LinkPage(name="reset", posts_to="/admin/api/password_resets/actions/finish", example={"password": _UNTOLD})


class OneTimeLinkPages(Controller):
    include_in_schema = False
    exception_handlers = {Exception: trouble}

    @route("/admin/first", http_method=_LOOKED_AT, opt={"open": True})
    async def first_admin(
        self, request: Request[Any, Any, Any], make_first_admin: Injected[MakeFirstAdmin], guard: Injected[Guard]
    ) -> Response[bytes]:
        if not await make_first_admin.wanted():
            return Page.to(request, name="first_admin_there", status=410).response()
        return FIRST.shown(request, guard.url)

    @route("/admin/join", http_method=_LOOKED_AT, opt={"open": True})
    async def join(self, request: Request[Any, Any, Any], guard: Injected[Guard]) -> Response[bytes]:
        return JOIN.shown(request, guard.url)

    @route("/admin/reset", http_method=_LOOKED_AT, opt={"open": True})
    async def reset(self, request: Request[Any, Any, Any], guard: Injected[Guard]) -> Response[bytes]:
        return RESET.shown(request, guard.url)

    @get(SCRIPT_PATH, opt={"open": True})
    async def one_time_link_script(self) -> Response[bytes]:
        return Response(_SCRIPT, headers=KEPT, media_type="text/javascript")
