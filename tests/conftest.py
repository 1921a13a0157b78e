"""What every test may use: a database nobody has touched, and the installation on top of it."""

import pytest

pytest_plugins = ["tests.databases", "tests.installation", "tests.applications"]


def pytest_bdd_apply_tag(tag, function):
    """`@rule:US-TCPA-HRS-01` in a feature becomes `pytest.mark.rule("US-TCPA-HRS-01")`."""
    name, _, value = tag.partition(":")
    if not value:
        return None
    getattr(pytest.mark, name)(value)(function)
    return True
