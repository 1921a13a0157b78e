"""Fill a published template for one contact. Called wherever a message is made from a template."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from application.templates.ports import Renderer
from domain.messages import Content
from domain.templates.template import Template, Version
from domain.templates.variables import filled

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Composed(Struct, frozen=True, kw_only=True):
    """`origin` names the exact wording used, such as `order-shipped@en-US.3`: it can always be shown again."""

    content: Content
    origin: str


def compose(
    template: Template,
    variables: Mapping[str, object],
    *,
    locale: str | None,
    renderer: Renderer,
    ours: Mapping[str, str] = _NOTHING,
    otherwise: Mapping[str, str] = _NOTHING,
) -> Composed:
    """`ours` are the variables the product fills: nobody else may give them. `otherwise` stands in for those nobody
    gave. Raises NotPublished, WrongVariables, RenderingFailed.
    """
    version = template.version_for(locale)
    used = [name for name in version.variables if name not in ours]
    given = {name: otherwise[name] for name in used if name in otherwise} | dict(variables)
    values = filled(used, given)
    values |= {name: ours[name] for name in version.variables if name in ours}
    content = renderer.render(version.content, template.channel, values)
    return Composed(content=content, origin=origin(template, version))


def origin(template: Template, version: Version) -> str:
    return f"{template.slug}@{version.locale}.{version.version}"
