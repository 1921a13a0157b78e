"""Bandit over everything that is shipped.

Ruff's S rules are Bandit's, number for number, so one remark with its reason (`# noqa: S608`) answers both; and ruff
takes a remark away that nothing needs any more (RUF100).
"""

import logging
import re
from pathlib import Path

from bandit.core import config, issue, manager

SHIPPED = ("domain", "application", "adapters", "bootstrap", "migrations", "tools")
_REMARK = re.compile(r"#\s*(?:ruff:\s*)?noqa:\s*([A-Z0-9, ]+)")


def findings(root: Path) -> list[str]:
    logging.getLogger("bandit").setLevel(logging.ERROR)
    looking = manager.BanditManager(config.BanditConfig(str(root / "pyproject.toml")), "file", profile=_profile(root))
    looking.discover_files([str(root / folder) for folder in SHIPPED if (root / folder).is_dir()], recursive=True)
    looking.run_tests()
    unread = [f"{Path(name).relative_to(root)}: cannot be read: {why}" for name, why in looking.get_skipped()]
    return unread + [_told(found, root) for found in looking.get_issue_list() if not remarked(found)]


def remarked(found: issue.Issue) -> bool:
    """Somebody has looked at this line, for this very rule, and said so."""
    lines = Path(found.fname).read_text().splitlines()
    asked = f"S{found.test_id.removeprefix('B')}"
    here = [lines[number - 1] for number in {found.lineno, *found.linerange} if number <= len(lines)]
    marks = map(_REMARK.search, [*here, *(line for line in lines if line.startswith("# ruff: noqa:"))])
    return any(mark and asked in re.split(r"[, ]+", mark[1]) for mark in marks)


def _profile(root: Path) -> dict[str, list[str]]:
    said = config.BanditConfig(str(root / "pyproject.toml"))
    return {"include": [], "exclude": list(said.get_option("skips") or [])}


def _told(found: issue.Issue, root: Path) -> str:
    return f"{Path(found.fname).relative_to(root)}:{found.lineno}: {found.test_id} {found.text}"
