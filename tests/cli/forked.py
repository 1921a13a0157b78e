"""`optin` in a process of its own that need not load the product first: it is forked from one that has, and has done
nothing else.
"""

import os
import runpy
import subprocess
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

_LOADED = get_context("forkserver")
_LOADED.set_forkserver_preload(["bootstrap.cli"])


def run(
    words: Sequence[str], *, cwd: Path, env: Mapping[str, str], patience: float
) -> "subprocess.CompletedProcess[str]":
    """Raises TimeoutExpired, and the command is no more then."""
    with TemporaryDirectory() as folder:
        said = Path(folder, "out"), Path(folder, "err")
        process = _LOADED.Process(target=_command, args=(list(words), str(cwd), dict(env), *map(str, said)))
        process.start()
        process.join(patience)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(list(words), patience)
        out, err = (file.read_text() for file in said)
        return subprocess.CompletedProcess(list(words), process.exitcode, out, err)


def _command(words: list[str], cwd: str, env: dict[str, str], out: str, err: str) -> None:
    """Nothing of the process it comes from but what is loaded."""
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), number)
    sys.argv = ["optin", *words]
    runpy.run_module("bootstrap", run_name="__main__")
