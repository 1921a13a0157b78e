from pathlib import Path

import httpx

from adapters.outbound.audit.anchors import FolderAnchor, HttpAnchor
from application.audit.ports import Anchor
from bootstrap.settings import Settings, SettingsUnusable


def anchors_of(settings: Settings) -> tuple[Anchor, ...]:
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
        found.append(HttpAnchor(settings.audit_anchor_url, httpx.AsyncClient()))
    return tuple(found)
