"""Whose processes the server's are: PostgreSQL refuses to run as root, so root hands it to someone without rights."""

import os
import pwd
import sys
from pathlib import Path

from msgspec import Struct

from bootstrap.embedded.errors import DatabaseUnavailable

_WITHOUT_RIGHTS = ("optin", "nobody")


class Account(Struct, frozen=True, kw_only=True):
    name: str
    uid: int
    gid: int
    dropped: bool
    """Root starts the server but does not own it."""

    @property
    def people(self) -> tuple[str, ...]:
        """Who may connect: whoever starts the server, and the account it runs under."""
        return tuple(dict.fromkeys((_named(os.geteuid()).pw_name, self.name)))


def account_for(cluster: Path) -> Account:
    uid = os.geteuid()
    if uid != 0:
        return _account(_named(uid), dropped=False)
    if sys.platform != "linux":
        raise DatabaseUnavailable(
            "PostgreSQL does not run as root. Start the product as an ordinary user, or set OPTIN_DATABASE_URL."
        )
    if cluster.exists() and (owner := cluster.stat().st_uid) != 0:
        return _account(_named(owner), dropped=True)
    return _account(_without_rights(), dropped=True)


def _account(entry: pwd.struct_passwd, *, dropped: bool) -> Account:
    return Account(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid, dropped=dropped)


def _named(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        raise DatabaseUnavailable(
            f"PostgreSQL needs a user with a name, and user id {uid} has none on this machine. "
            "Run the product as a user listed in /etc/passwd, or set OPTIN_DATABASE_URL."
        ) from None


def _without_rights() -> pwd.struct_passwd:
    for name in _WITHOUT_RIGHTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise DatabaseUnavailable(
        "PostgreSQL does not run as root, and there is no user 'optin' or 'nobody' to run it as. "
        "Create the user 'optin', start the product as an ordinary user, or set OPTIN_DATABASE_URL."
    )
