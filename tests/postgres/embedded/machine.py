"""What the tests of the embedded server do to the machine and ask of it."""

import asyncio
import fcntl
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import asyncpg
import psutil

ROOT = Path(__file__).parents[3]
PACKAGES = Path(asyncpg.__file__).parents[1]
PATIENCE = 30
USE = """
import sys
from contextlib import suppress
from pathlib import Path
from bootstrap.embedded.server import embedded
with embedded(Path(sys.argv[1])) as url:
    print(url, flush=True)
    sys.stdin.read()
"""


class Users:
    """Other processes that use the server, as `optin worker` does beside `optin serve`."""

    def __init__(self) -> None:
        self.started: list[subprocess.Popen[str]] = []

    def start(self, data_dir: Path, *, program: str = USE, python: str = sys.executable, uid: int | None = None):
        user = subprocess.Popen(  # noqa: S603
            [python, "-c", program, data_dir],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT}:{PACKAGES}", "PGPORT": "1", "PGHOST": "nowhere"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            user=uid,
            group=uid,
            extra_groups=None if uid is None else [],
        )
        self.started.append(user)
        return user

    def join(self, data_dir: Path, **how) -> subprocess.Popen[str]:
        user = self.start(data_dir, **how)
        assert user.stdout.readline().startswith("postgresql+asyncpg://"), user.communicate()
        return user

    def leave(self, user: subprocess.Popen[str]) -> None:
        assert user.communicate(timeout=PATIENCE) == ("", "")
        assert user.returncode == 0

    def close(self) -> None:
        """Returns when the servers they used have stopped, too."""
        for user in self.started:
            user.kill()
            user.communicate()
            with suppress(FileNotFoundError), Path(user.args[-1], "run", "keeper").open() as keeper:
                fcntl.flock(keeper, fcntl.LOCK_SH)


def server_of(data_dir: Path) -> psutil.Process:
    return psutil.Process(int((data_dir / "postgres" / "postmaster.pid").read_text().split()[0]))


def keeper_of(data_dir: Path) -> psutil.Process:
    return psutil.Process(int((data_dir / "run" / "keeper").read_text()))


def crash(data_dir: Path, *users: subprocess.Popen[str]) -> None:
    """As if the power had failed: nobody gets to tidy up."""
    server, keeper = server_of(data_dir), keeper_of(data_dir)
    server.suspend()
    for process in (*users, keeper, server):
        process.kill()
    gone, _ = psutil.wait_procs([server, keeper], timeout=PATIENCE)
    assert len(gone) == 2


def copied(data_dir: Path, place: Path) -> Path:
    """The same data elsewhere; a copy root makes is root's until it is given back."""
    shutil.copytree(data_dir, place)
    owner = (data_dir / "postgres").stat()
    for path in (place / "postgres", *(place / "postgres").rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid)
    return place


def ask(url: str, *statements: str) -> object:
    """The first value of the last statement's answer."""

    async def answer() -> object:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        try:
            for statement in statements[:-1]:
                await connection.execute(statement)
            return await connection.fetchval(statements[-1])
        finally:
            await connection.close()

    return asyncio.run(answer())
