"""How a sender's pages look: a style sheet of a few colours, and a logo, each at an address that changes with it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from litestar import Controller, Response, get
from litestar.params import FromPath

from adapters.inbound.forms.pages import KEPT, Look
from adapters.inbound.injected import Injected
from application.branding.ports import Brand, BrandQueries
from application.links.queries import Subject
from domain.branding.branding import Branding
from domain.channels import NoSuchSender
from domain.errors import Unavailable

PATH = "/pages/brands"
# Somebody's page is a little older than the look it asks for.
_SOON_OUT_OF_DATE = {"Cache-Control": "public, max-age=60"}
_STYLE = """\
:root {{ --accent: {0.accent}; --on-accent: {0.on_accent}; }}
@media (prefers-color-scheme: light) {{ :root {{ --ground: {0.background}; }} }}
@media (prefers-color-scheme: dark) {{ :root {{ --accent: {0.accent_dark}; --on-accent: {0.on_accent_dark}; }} }}
"""


@dataclass(frozen=True, kw_only=True)
class Looks:
    """What `Page` needs to look like its sender's."""

    brand_queries: BrandQueries

    async def behind(self, subject: Subject | None) -> Look | None:
        return await self.of(subject.brand) if subject is not None else None

    async def of(self, sender: str) -> Look | None:
        """By id or slug. A page without it is plainer, and no worse."""
        with suppress(NoSuchSender, Unavailable):
            return look_of(await self.brand_queries.brand(sender))
        return None


def look_of(brand: Brand) -> Look:
    made = brand.branding
    if made is None:
        return Look(name=brand.name)
    place = f"{PATH}/{brand.slug}/{made.version}"
    if made.logo is None:
        return Look(name=brand.name, style=f"{place}.css")
    logo = made.logo
    return Look(
        name=brand.name,
        style=f"{place}.css",
        logo=f"{place}.{logo.suffix}",
        width=logo.width,
        height=logo.height,
    )


class BrandFiles(Controller):
    path = PATH
    include_in_schema = False

    @get("/{sender:str}/{file:str}")
    async def brand_file(
        self, brand_queries: Injected[BrandQueries], sender: FromPath[str], file: FromPath[str]
    ) -> Response[bytes]:
        """Raises NoSuchSender."""
        version, _, suffix = file.rpartition(".")
        made = (await brand_queries.brand(sender)).branding
        if made is None:
            raise NoSuchSender("This sender has no look of its own.")
        if suffix == "css":
            return _file(_STYLE.format(made).encode(), "text/css", _keeping(made, version))
        if made.logo is None:
            raise NoSuchSender("This sender has no logo.")
        return _file(made.logo.data, made.logo.media_type, _keeping(made, version))


def _keeping(made: Branding, version: str) -> Mapping[str, str]:
    return KEPT if version == made.version else _SOON_OUT_OF_DATE


def _file(content: bytes, media_type: str, headers: Mapping[str, str]) -> Response[bytes]:
    return Response(content, headers=dict(headers), media_type=media_type)
