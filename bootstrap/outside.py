from pathlib import Path

from adapters.outbound.audit.anchors import FolderAnchor, HttpAnchor
from adapters.outbound.egress import Egress, networks
from application.audit.ports import Anchor
from bootstrap.settings import Settings, SettingsUnusable


def anchors_of(settings: Settings, egress: Egress) -> tuple[Anchor, ...]:
    """Raises SettingsUnusable: an anchor that cannot be there is told at the start, not when it is needed."""
    found: list[Anchor] = []
    if settings.audit_anchor_dir:
        folder = Path(settings.audit_anchor_dir)
        if not folder.is_dir():
            raise SettingsUnusable(f"OPTIN_AUDIT_ANCHOR_DIR: there is no folder {folder}.")
        found.append(FolderAnchor(folder))
    if settings.audit_anchor_url:
        if not settings.audit_anchor_url.startswith("https://"):
            raise SettingsUnusable("OPTIN_AUDIT_ANCHOR_URL begins with https://.")
        found.append(HttpAnchor(settings.audit_anchor_url, egress.client()))
    return tuple(found)


def egress_of(settings: Settings) -> Egress:
    """Raises SettingsUnusable."""
    try:
        return Egress(networks(settings.egress_allow))
    except ValueError as error:
        raise SettingsUnusable(f"OPTIN_EGRESS_ALLOW: {error}.") from None
