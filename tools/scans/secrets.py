"""Keys, passwords and tokens in anything that is under version control.

There is no list of what was found before: what looks like a secret and is none says so where it stands
(`pragma: allowlist secret`, or ruff's own `noqa: S105` and `S106`), and nothing else passes.
"""

import re
import subprocess
from pathlib import Path

from detect_secrets.core.scan import scan_file
from detect_secrets.settings import default_settings

# Ruff holds passwords in tests to be what they are (pyproject.toml), and so do we.
_BY_NAME = "Secret Keyword"
_REMARK = re.compile(r"#\s*(?:noqa:[A-Z0-9, ]*\bS10[567]\b|nosec B10[567]\b)")
# Digests of packages, of which there are thousands.
_DIGESTS = (".lock",)


def findings(root: Path) -> list[str]:
    with default_settings():
        return [line for name in tracked(root) if not name.endswith(_DIGESTS) for line in in_file(root, name)]


def tracked(root: Path) -> list[str]:
    listed = subprocess.run(  # noqa: S603 - our own words
        ["git", "-C", str(root), "ls-files", "-z", "--cached"],  # noqa: S607 - whichever git there is
        capture_output=True,
        check=True,
    )
    names = [name.decode() for name in listed.stdout.split(b"\0") if name]
    return [name for name in names if (root / name).is_file()]


def in_file(root: Path, name: str) -> list[str]:
    lines: list[str] = []
    told = []
    for found in scan_file(str(root / name)):
        lines = lines or (root / name).read_text(errors="replace").splitlines()
        by_name = found.type == _BY_NAME
        if by_name and (name.startswith("tests/") or _REMARK.search(lines[found.line_number - 1])):
            continue
        told.append(f"{name}:{found.line_number}: {found.type}")
    return told
