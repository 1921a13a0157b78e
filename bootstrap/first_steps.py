"""What a newcomer needs at the first start: a key to try things with, and a call to paste."""

import asyncio
import os

from application.access.keys import IssueApiKey, NewApiKey
from application.operators.joining import MakeFirstLink
from bootstrap.ports import Ports
from bootstrap.settings import Settings
from bootstrap.use_cases import build_all
from domain.access import SYSTEM

_FILE = "first-key"


def first_key(settings: Settings) -> str | None:
    """The test key of the first start, kept for its owner in `<data_dir>/first-key`. None where keys are issued
    already and that file is not there: an installation in use gets no key nobody asked for.
    """
    path = settings.data_dir / _FILE
    if path.exists():
        return path.read_text().strip()
    secret = asyncio.run(_issued(settings))
    if secret is not None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secret + "\n")
    return secret


async def _issued(settings: Settings) -> str | None:
    ports = Ports(settings=settings)
    try:
        if await ports.api_key_queries().every():
            return None
        command = NewApiKey(name="first steps", live=False, scopes=("*",))
        issued = await build_all(ports)[IssueApiKey](command, SYSTEM)
        return str(issued.secret)
    finally:
        await ports.database().close()


def first_admin_link(settings: Settings) -> str | None:
    """None once there is an administrator."""
    return asyncio.run(_first_link(settings))


async def _first_link(settings: Settings) -> str | None:
    ports = Ports(settings=settings)
    try:
        link: str | None = await build_all(ports)[MakeFirstLink]()
    finally:
        await ports.database().close()
    return link


def first_steps(settings: Settings, secret: str | None, link: str | None = None) -> str:
    url = settings.url
    lines = [
        "",
        f"  OptIn Manager serves {url}",
        f"  the API's reference     {url}/docs",
        f"  the sandbox phone       {url}/sandbox" if settings.sandboxed else "  real carriers are in use",
    ]
    if link is not None:
        lines += ["", "  the first administrator, with this link, once, within 24 hours:", f"  {link}", ""]
    if secret is None:
        lines += ["  a key to use the API    optin key issue --mode test --name me --scope '*'", ""]
        return "\n".join(lines)
    lines += [
        f"  a key for trying things {settings.data_dir / _FILE}",
        "",
        "  Try it; the README goes on from here:",
        "",
        f"  curl -s {url}/api/v1/senders \\",
        f"    -H \"Authorization: Bearer $(cat {settings.data_dir / _FILE})\" -H 'Content-Type: application/json' \\",
        """    -d '{"slug":"acme","legal_name":"Acme Ltd","postal_address":"1 Main St, Springfield, IL 62701, US",""",
        """         "support":"https://acme.example/help","sms_from":"+12125550100","email_from":"news@acme.example"}'""",
        "",
    ]
    return "\n".join(lines)
