"""What is installed is what was pinned, by version and digest, and none of it is known to be vulnerable.

The stand-in for `pip-audit` where there is no network, and no substitute: it knows the advisories of `floors.toml`
alone, so it keeps a version from sinking below a fix we know of and learns of nothing new. `make advisories` asks.
"""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

_LOCKS = ("requirements.lock", "requirements-dev.lock")
_FLOORS = Path(__file__).with_name("floors.toml")


def findings(root: Path) -> list[str]:
    told = []
    for name in _LOCKS:
        pinned, wrong = read((root / name).read_text())
        told += [f"{name}: {line}" for line in (*wrong, *sunken(pinned), *other(pinned))]
    asked = tomllib.loads((root / "pyproject.toml").read_text())["project"]["dependencies"]
    shipped, _ = read((root / _LOCKS[0]).read_text())
    return told + unpinned(asked, shipped)


def read(text: str) -> tuple[dict[str, list[Version]], list[str]]:
    """The versions by name, and what is not pinned to one version with its digests, whatever else it says."""
    pinned: dict[str, list[Version]] = {}
    wrong = []
    for entry in re.sub(r"\\\n", " ", text).splitlines():
        if not entry.strip() or entry.startswith("#"):
            continue
        said, *digests = re.split(r"\s+--hash=", entry.strip())
        found = re.fullmatch(r"([A-Za-z0-9._-]+)==([^\s;]+)(\s*;.*)?", said)
        if not found or not digests or not all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in digests):
            wrong.append(f"not pinned by version and digest: {said[:60]}")
            continue
        pinned.setdefault(canonicalize_name(found[1]), []).append(Version(found[2]))
    return pinned, wrong


def sunken(pinned: dict[str, list[Version]]) -> list[str]:
    """Below the version that repaired what an advisory tells of."""
    return [
        f"{advisory['package']} {at}: {advisory['id']}, repaired in {advisory['fixed']}"
        for advisory in tomllib.loads(_FLOORS.read_text())["advisory"]
        for at in pinned.get(canonicalize_name(advisory["package"]), ())
        if at < Version(advisory["fixed"])
    ]


def other(pinned: dict[str, list[Version]]) -> list[str]:
    """Installed, in another version than any that is pinned."""
    told = []
    for name, versions in pinned.items():
        try:
            here = Version(version(name))
        except PackageNotFoundError:  # not for this machine
            continue
        if here not in versions:
            told.append(f"{name} {here} is installed, {' or '.join(map(str, versions))} is pinned")
    return told


def unpinned(asked: list[str], pinned: dict[str, list[Version]]) -> list[str]:
    told = []
    for line in asked:
        wanted = Requirement(line)
        versions = pinned.get(canonicalize_name(wanted.name), [])
        if not versions or not all(wanted.specifier.contains(one) for one in versions):
            told.append(f"requirements.lock does not answer {line}: make lock")
    return told
