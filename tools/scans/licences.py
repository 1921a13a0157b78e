"""Under which licence each library we ship came to us; only such as let us ship it under ours."""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from tools.scans.lock import read

# By what a licence calls itself, in SPDX or in the words of a package index.
_FREE = (
    (re.compile(r"\bmit\b|mit-0|mit-cmu", re.IGNORECASE), "MIT"),
    (re.compile(r"apache", re.IGNORECASE), "Apache-2.0"),
    (re.compile(r"bsd", re.IGNORECASE), "BSD"),
    (re.compile(r"\bisc\b", re.IGNORECASE), "ISC"),
    (re.compile(r"mpl|mozilla public", re.IGNORECASE), "MPL-2.0"),
    (re.compile(r"psf|python software foundation|cnri", re.IGNORECASE), "PSF-2.0"),
    (re.compile(r"unlicense", re.IGNORECASE), "Unlicense"),
)
_BOUND = re.compile(r"\b(?:[al]?gpl|general public licen[cs]e|sspl|busl|commons clause)", re.IGNORECASE)


def findings(root: Path) -> list[str]:
    told = []
    for name, said in shipped(root):
        if _BOUND.search(said) or licence(said) is None:
            told.append(f"{name}: {said or 'says nothing'}")
    return told


def shipped(root: Path) -> list[tuple[str, str]]:
    """Each library with all it says of its licence."""
    names, _ = read((root / "requirements.lock").read_text())
    found = []
    for name in sorted(names):
        try:
            found.append((name, _said(distribution(name))))
        except PackageNotFoundError:  # not for this machine
            continue
    return found


def licence(said: str) -> str | None:
    return next((name for pattern, name in _FREE if pattern.search(said)), None)


def _said(one: Distribution) -> str:
    about = one.metadata
    classes = [line.split("::")[-1].strip() for line in about.get_all("Classifier") or () if line.startswith("License")]
    short = (about.get("License") or "").splitlines()[:1]
    return "; ".join([*([said] if (said := about.get("License-Expression")) else []), *short, *classes])
