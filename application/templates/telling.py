"""A template as the audit trail tells of it: of each wording its number and its hash, never the words."""

from domain.audit.record import Subject
from domain.templates.shipped import fingerprint
from domain.templates.template import Template, Version


def subject(template: Template) -> Subject:
    return Subject(kind="template", id=str(template.id))


def told(template: Template) -> dict[str, object]:
    plain = {"slug": template.slug, "name": template.name, "channel": template.channel, "category": template.category}
    newest = {f"newest.{version.locale}": _named(version) for version in template.newest()}
    live = {f"published.{version.locale}": _named(version) for version in template.live()}
    return {**plain, **newest, **live}


def _named(version: Version) -> str:
    return f"{version.version} {fingerprint(version.content)}"
