"""The scans find what they are there to find, and take a reason for an answer."""

import subprocess
from pathlib import Path

import pytest

from tools.scans import code, licences, lock, secrets
from tools.scans.__main__ import main

ROOT = Path(__file__).parents[2]
# Put together here, so that no scan takes this file for what it writes.
TOKEN = "AKIA" + "QWERTYUIOP" + "ASDFGH"
DIGEST = "sha256:" + "0" * 64


@pytest.fixture
def tree(tmp_path):
    """A product under version control, with nothing wrong in it."""
    (tmp_path / "pyproject.toml").write_text("[project]\ndependencies = ['jinja2>=3.1']\n[tool.bandit]\nskips = []\n")
    (tmp_path / "domain").mkdir()
    for name in ("requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text(f"jinja2==3.1.6 \\\n    --hash={DIGEST}\n")
    return tmp_path


def tracked(tree):
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", "-C", str(tree), *words], check=True)  # noqa: S603, S607
    return tree


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("import os; os.popen(command)", 1),
        ("import os; os.popen(command)  # noqa: S605 - our own command", 0),
        ("import os; os.popen(command)  # noqa: S608 - another matter", 1),
        ("import hashlib; hashlib.md5(b'')", 1),
        ("total = 1 + 1", 0),
    ],
)
def test_a_known_mistake_is_found_unless_somebody_gave_a_reason_for_it(tree, line, found):
    (tree / "domain" / "one.py").write_text(f"command = 'ls'\n{line}\n")
    assert len(code.findings(tree)) == found


def test_a_file_that_cannot_be_read_is_not_passed_over(tree):
    (tree / "domain" / "one.py").write_text("def (\n")
    assert code.findings(tree) != []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (f'key = "{TOKEN}"', 1),
        (f'key = "{TOKEN}"  # pragma: allowlist secret', 0),
        ('password = "hunter and gatherer"', 1),
        ('password = "hunter and gatherer"  # noqa: S105 - an example', 0),
        ("key = read(environment)", 0),
    ],
)
def test_a_secret_under_version_control_is_found(tree, line, found):
    (tree / "settings.py").write_text(f"{line}\n")
    told = secrets.findings(tracked(tree))
    assert [entry.rpartition(":")[0] for entry in told] == ["settings.py:1"] * found


@pytest.mark.parametrize(
    ("pinned", "told"),
    [
        (f"jinja2==3.1.2 --hash={DIGEST}", "repaired in"),
        ("jinja2==3.1.6", "not pinned"),
        (f"jinja2>=3.1.6 --hash={DIGEST}", "not pinned"),
        ("jinja2 @ https://files.example/jinja2.whl", "not pinned"),
        (f"jinja2==99.0 --hash={DIGEST}", "is installed"),
        (f"mako==1.4.3 --hash={DIGEST}", "does not answer jinja2"),
    ],
)
def test_a_pin_that_sank_or_came_loose_is_found(tree, pinned, told):
    (tree / "requirements.lock").write_text(pinned + "\n")
    assert any(told in line for line in lock.findings(tree))


def test_what_is_pinned_and_repaired_is_left_alone(tree):
    assert lock.findings(tree) == []
    assert licences.findings(tree) == []


@pytest.mark.parametrize(
    ("said", "known"),
    [("MIT", "MIT"), ("Apache Software License", "Apache-2.0"), ("Proprietary", None), ("", None)],
)
def test_only_licences_we_know_pass(said, known):
    assert licences.licence(said) == known


def test_what_we_ship_is_pinned_repaired_and_free(capsys):
    assert main(["lock", "licences"]) == 0, capsys.readouterr().out
    assert len(licences.shipped(ROOT)) > 40
