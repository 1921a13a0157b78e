"""`/admin/first`: where the link printed at the first start leads. The page reads the token behind the `#`, which no
browser sends, and posts it to `/admin/api/first`; to open it, however often, takes nothing from the link.
"""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from litestar import Controller, HttpMethod, Request, Response, get, route
from msgspec import json

from adapters.inbound.forms.guard import Guard
from adapters.inbound.forms.pages import KEPT, OURS, Page, language_of, trouble
from adapters.inbound.forms.texts import LANGUAGES, Texts, phrase
from adapters.inbound.injected import Injected
from application.operators.joining import MakeFirstAdmin
from domain.errors import Unavailable

PATH, SCRIPT_PATH = "/admin/first", "/pages/first_admin.js"
_SCRIPT = (Path(__file__).parent / "templates" / "first_admin.js").read_bytes()
FIELDS: Mapping[str, str] = {
    "email": phrase("Write the email address as name@example.com."),
    "name": phrase("Write a name of 1 to 100 characters, in one line."),
    "password": phrase("Use 15 to 256 characters; a few words are fine."),
}
# What the API says of a field and the sentences above do not.
REFUSALS = (
    phrase("Do not use your name, your address, this product's name or a repetition."),
    phrase("Others have used this password, and lists of them are tried first."),
    phrase("Somebody signs in with this address already."),
)


class FirstAdminPages(Controller):
    include_in_schema = False
    exception_handlers = {Exception: trouble}

    @route(PATH, http_method=[HttpMethod.GET, HttpMethod.HEAD], opt={"open": True})
    async def first_admin(
        self, request: Request[Any, Any, Any], make_first_admin: Injected[MakeFirstAdmin], guard: Injected[Guard]
    ) -> Response[bytes]:
        try:
            wanted = await make_first_admin.wanted()
        except Unavailable:
            return Page.to(request, name="first_admin_later", status=503).response()
        if not wanted:
            return Page.to(request, name="first_admin_there", status=410).response()
        values = {
            "script": f"{SCRIPT_PATH}?v={sha256(_SCRIPT).hexdigest()[:12]}",
            "words": words_in(LANGUAGES[language_of(request)]),
            "url": guard.url,
            "example": EXAMPLE.decode(),
        }
        return Page.to(request, name="first_admin", values=values, connect=OURS).response()

    @get(SCRIPT_PATH, opt={"open": True})
    async def first_admin_script(self) -> Response[bytes]:
        return Response(_SCRIPT, headers=KEPT, media_type="text/javascript")


EXAMPLE = json.format(
    json.encode({"token": "…", "email": "pat@example.com", "name": "Pat Doe", "password": "…"}), indent=2
)


def words_in(texts: Texts) -> str:
    """What the script may have to say: of a field, of what the API refused, and of how many fields."""
    say, counts = texts.say, range(1, len(FIELDS) + 1)
    return json.encode(
        {
            "fields": {name: say(text) for name, text in FIELDS.items()},
            "refusals": {text: say(text) for text in REFUSALS},
            "mistakes": [
                texts.say_many("Please look at one answer again", "Please look at {count} answers again", count)
                for count in counts
            ],
        }
    ).decode()
