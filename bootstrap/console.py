"""Whoever works at the console: the account of the machine they are signed in to."""

import getpass
import os
from uuid import uuid4

from domain.access import EVERYTHING, Actor, Origin


def at_the_console() -> Actor:
    """One for each command: its id is that of the request."""
    return Actor(id="cli", permissions=EVERYTHING, origin=Origin(request_id=str(uuid4()), session=_account()))


def _account() -> str:
    """In a container the account often has no name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return f"uid {os.getuid()}"
