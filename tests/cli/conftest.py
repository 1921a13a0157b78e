"""`optin` as an operator runs it: a process of its own, on a database nobody has touched."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.outbound.secrets.ring import KeyRing

ROOT = Path(__file__).parents[2]
PATIENCE = 60


@pytest.fixture
def ring():
    return KeyRing.generate()


@pytest.fixture
def optin(database_url, tmp_path, ring):
    """Runs a command to its end."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603
            [sys.executable, "-m", "bootstrap", *words],
            cwd=tmp_path,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "OPTIN_DATABASE_URL": database_url,
                "OPTIN_DATA_DIR": str(tmp_path),
                "OPTIN_KEYS": ring.dump().decode(),
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    return run
