"""The data directory: made once and whole, refused when it is of another version, set up anew at every start."""

import errno
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from bootstrap.embedded.account import Account
from bootstrap.embedded.errors import DatabaseUnavailable
from bootstrap.embedded.programs import MAJOR

SUPERUSER = "postgres"
ROLE = "optin"
HERE = "/proc/self/cwd"
"""The folder a process stands in, reached without passing the folders above it, which the account may not enter."""

_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_directories": ".",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A week of logs, a file per weekday.
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "%a.log",
    "log_file_mode": "0600",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    "log_checkpoints": "off",
    # Personal data never reaches a log. An error is told to the client alone, for even its first line may quote a
    # value; details, statements and parameters are never written.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
_DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
_FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_wal_size": "512MB",
    # Several test processes, each with several of the product in it.
    "max_connections": "300",
}


def prepare(cluster: Path, account: Account, programs: Path, *, durable: bool) -> None:
    """After this the data directory exists, is of the right version and owner, and lets in who may come in."""
    if (cluster / "PG_VERSION").exists():
        _must_fit(cluster, account)
    elif cluster.exists() and any(cluster.iterdir()):
        raise DatabaseUnavailable(
            f"{cluster} is not a PostgreSQL data directory, and is not empty. Move it away, or choose another place."
        )
    else:
        _make(cluster, account, programs, durable=durable)
    _let_in(cluster, account)


def command(cluster: Path, account: Account, programs: Path, *, durable: bool) -> list[str]:
    """How the server is started. What stands here wins over every file in the data directory."""
    settings = _SETTINGS | (_DURABLE if durable else _FAST)
    return [
        str(programs / "postgres"),
        "-D",
        HERE if account.dropped else str(cluster),
        *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
    ]


def environment() -> dict[str, str]:
    """Nothing of ours: no keys, and no `PG…` variable that would turn the server's head."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def _must_fit(cluster: Path, account: Account) -> None:
    found = (cluster / "PG_VERSION").read_text().strip()
    if found != str(MAJOR):
        raise DatabaseUnavailable(
            f"{cluster} holds data of PostgreSQL {found}, and this product runs PostgreSQL {MAJOR}. Dump it with "
            f"PostgreSQL {found} and restore it into a new data directory, or move it away to start empty."
        )
    owner = cluster.stat().st_uid
    if owner == 0:
        raise DatabaseUnavailable(
            f"{cluster} belongs to root, and PostgreSQL does not run as root. "
            f"Give it to the account that runs it: chown -R {account.name} {cluster}"
        )
    if owner != account.uid:
        raise DatabaseUnavailable(f"{cluster} belongs to another user than '{account.name}'. Start as its owner.")


def _make(cluster: Path, account: Account, programs: Path, *, durable: bool) -> None:
    """Made beside its place and then moved, so a start that was cut short leaves nothing that looks finished."""
    staging = cluster.with_name(f"{cluster.name}.new")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(mode=0o700)
    if account.dropped:
        os.chown(staging, account.uid, account.gid)
    try:
        _initialise(staging, account, programs, durable=durable)
        staging.rename(cluster)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _initialise(staging: Path, account: Account, programs: Path, *, durable: bool) -> None:
    made = subprocess.run(  # noqa: S603  our own program
        [
            str(programs / "initdb"),
            f"--pgdata={HERE if account.dropped else staging}",
            f"--username={SUPERUSER}",
            "--auth=peer",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
            "--no-instructions",
            *([] if durable else ["--no-sync"]),
        ],
        cwd=staging,
        env=environment(),
        umask=0o077,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        user=account.uid if account.dropped else None,
        group=account.gid if account.dropped else None,
        extra_groups=[] if account.dropped else None,
    )
    if made.returncode != 0:
        raise DatabaseUnavailable(_why_not_made(staging.parent, made))


def _why_not_made(folder: Path, made: subprocess.CompletedProcess[str]) -> str:
    said = [line for line in made.stderr.splitlines() if "error" in line or "FATAL" in line or "PANIC" in line]
    why = "; ".join(said[-2:]) or f"initdb ended with {made.returncode}"
    remedy = "Look into this"
    if os.strerror(errno.ENOSPC) in made.stderr:
        remedy = "Free some disk space"
    return (
        f"PostgreSQL could not set up its data in {folder}: {why}. {remedy} and start again, or set OPTIN_DATABASE_URL."
    )


def _let_in(cluster: Path, account: Account) -> None:
    """Only the people who own the server, told by the kernel and not by a password, and only through the socket."""
    rules = "".join(f'optin "{person}" {role}\n' for person in account.people for role in (ROLE, SUPERUSER))
    _write(cluster / "pg_hba.conf", "local all all peer map=optin\n", account)
    _write(cluster / "pg_ident.conf", rules, account)


def _write(path: Path, text: str, account: Account) -> None:
    """Root writes here where another account may write too: never through a link that one has laid."""
    with suppress(FileNotFoundError):
        path.unlink()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w") as file:
        if account.dropped:
            os.fchown(handle, account.uid, account.gid)
        file.write(text)
