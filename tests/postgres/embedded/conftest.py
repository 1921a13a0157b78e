import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bootstrap.embedded.account import account_for
from bootstrap.embedded.server import embedded
from tests.postgres.embedded.machine import Users


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory that was used once; making one takes a second."""
    place = tmp_path_factory.mktemp("embedded") / "optin"
    with embedded(place, durable=False):
        pass
    return place


@pytest.fixture
def users() -> Iterator[Users]:
    users = Users()
    yield users
    users.close()


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A process of the server's own account that has nothing to do with it."""
    account = account_for(Path("nowhere"))
    with subprocess.Popen(
        ["/bin/cat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        user=account.uid if account.dropped else None,
    ) as process:
        yield process
        process.kill()


@pytest.fixture
def as_root() -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can be somebody else")
