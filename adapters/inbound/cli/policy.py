"""`optin policy`: what the rules say about cases written down, without an installation or a database."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree as ET

import msgspec
import yaml
from cyclopts import App

from domain.compliance.vectors.checking import Outcome, check_file
from domain.compliance.vectors.reading import UnreadableVector

Format = Literal["text", "json", "junit"]
policy = App(name="policy", help="The compliance rules, asked about cases in files.")


@policy.command
def check(*files: Path, format: Format = "text") -> None:  # noqa: A002 - the name of the option
    """Check policy vectors. Exits with status 1 if one fails or a file cannot be read.

    The files are YAML or JSON with `vectors`, as their own `meta` describes them; the formats are text for people,
    json and junit for machines.
    """
    if not files:
        sys.exit("optin: name at least one file of vectors.")
    outcomes = [outcome for file in files for outcome in _checked(file)]
    sys.stdout.write(_WRITERS[format](outcomes) + "\n")
    if any(outcome.status == "fail" for outcome in outcomes):
        sys.exit(1)


def _checked(file: Path) -> list[Outcome]:
    try:
        return check_file(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, UnreadableVector) as trouble:
        sys.exit(f"optin: {file}: {trouble}")


def _as_json(outcomes: Sequence[Outcome]) -> str:
    written = [
        {
            "id": outcome.id,
            "title": outcome.title,
            "status": outcome.status,
            "expected": outcome.expected,
            "actual": outcome.actual,
            "differences": outcome.differences,
            "unread": outcome.unread,
            "explanation": outcome.explanation,
        }
        for outcome in outcomes
    ]
    return msgspec.json.format(msgspec.json.encode({"vectors": written})).decode()


def _as_junit(outcomes: Sequence[Outcome]) -> str:
    failures = sum(1 for outcome in outcomes if outcome.status == "fail")
    counts = {"tests": str(len(outcomes)), "failures": str(failures), "errors": "0", "skipped": "0"}
    suite = ET.Element("testsuite", {"name": "policy vectors", **counts})
    for outcome in outcomes:
        case = ET.SubElement(suite, "testcase", classname="policy", name=f"{outcome.id} {outcome.title}".strip())
        if outcome.status == "fail":
            failure = ET.SubElement(case, "failure", message="; ".join(outcome.differences))
            failure.text = "\n".join(_because(outcome))
    ET.indent(suite)
    return ET.tostring(suite, encoding="unicode")


def _as_text(outcomes: Sequence[Outcome]) -> str:
    lines: list[str] = []
    for outcome in outcomes:
        if outcome.status != "pass":
            lines += [f"{outcome.status.upper()} {outcome.id} {outcome.title}", *_because(outcome)]
        lines += [f"  {outcome.id}: no rule reads {name}" for name in outcome.unread]
    failed = sum(1 for outcome in outcomes if outcome.status == "fail")
    return "\n".join([*lines, f"{len(outcomes) - failed} passed, {failed} failed, 0 skipped"])


def _because(outcome: Outcome) -> list[str]:
    """What differs, and then every finding, so that the author sees which rule to look at."""
    lines = [f"    {difference}" for difference in outcome.differences]
    if outcome.status != "fail" or outcome.explanation is None:
        return lines
    found = [
        f"    {finding.verdict:<12} {finding.rule:<18} {finding.explanation}"
        for finding in outcome.explanation.findings
    ]
    return [*lines, *found, f"    in {', '.join(outcome.explanation.packs)}"]


_WRITERS: dict[Format, Callable[[Sequence[Outcome]], str]] = {"text": _as_text, "json": _as_json, "junit": _as_junit}
