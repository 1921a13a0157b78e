"""`optin` as an operator runs it: a process of its own, on a database nobody has touched."""

import functools
import os
import subprocess
from pathlib import Path

import pytest

from adapters.outbound.secrets.ring import KeyRing
from tests.cli import forked

ROOT = Path(__file__).parents[2]
PATIENCE = 60


@pytest.fixture
def ring():
    return KeyRing.generate()


@pytest.fixture
def optin(database_url, tmp_path, ring):
    """Runs a command to its end."""
    return command_on(database_url, tmp_path, OPTIN_KEYS=ring.dump().decode())


@pytest.fixture
def keys(database_url, tmp_path):
    """Runs `optin keys` to its end, on the ring in the file, with these settings besides."""
    return functools.partial(command_on(database_url, tmp_path), "keys")


def command_on(database_url, data_dir, **every):
    def run(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        env = environment(database_url, data_dir) | every | settings
        return forked.run(words, cwd=data_dir, env=env, patience=PATIENCE)

    return run


def environment(database_url, data_dir) -> dict[str, str]:
    """Nothing of the one the tests run in but where programs are."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "OPTIN_DATABASE_URL": database_url,
        "OPTIN_DATA_DIR": str(data_dir),
    }
