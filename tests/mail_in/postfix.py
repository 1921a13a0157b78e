"""A postfix of one's own on loopback: its queue, its log and its ports are this test's, and nothing is left of it."""

import asyncio
import contextlib
import os
import pwd
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

_COMMAND = shutil.which("postfix", path="/usr/sbin:/usr/bin:/usr/local/sbin:/sbin")
_MAIN = """
compatibility_level = 3.6
mail_owner = postfix
setgid_group = postdrop
command_directory = {commands}
daemon_directory = {daemons}
queue_directory = {root}/queue
data_directory = {root}/data
maillog_file = {root}/log
maillog_file_prefixes = {root}
myhostname = mx.acme.example
mydestination =
alias_maps =
local_transport = error:no local mail
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
disable_dns_lookups = yes
smtp_host_lookup = native
smtpd_peername_lookup = no
smtpd_relay_restrictions = permit_mynetworks, reject
# Taken first and returned later, as by a server that does not know its users: so that there is a bounce.
smtpd_reject_unlisted_recipient = no
virtual_mailbox_domains = example.com
virtual_mailbox_base = {root}/mail
virtual_mailbox_maps = inline:{{ nobody-we-write-to@example.com=nobody/ }}
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{uid}
virtual_minimum_uid = 1
relay_domains = mail.acme.example
transport_maps = inline:{{ mail.acme.example={product}, away@example.com={away}, sam@example.com={mailbox} }}
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
transport_retry_time = 1s
"""
_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
postlog unix-dgram n - n - 1 postlogd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
showq unix n - n - - showq
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def own_folder():
    """Where the mail server's user may look, unlike in a test's own."""
    root = Path(tempfile.mkdtemp(prefix="optin-postfix-"))
    root.chmod(0o755)
    try:
        yield root
    finally:
        shutil.rmtree(root)


@contextlib.asynccontextmanager
async def postfix(root: Path, *, product: str, away: str, mailbox: str) -> AsyncIterator[int]:
    """The port it takes mail at; where it takes the product's, the answering machine's and Sam's mail to is given."""
    if _COMMAND is None or os.geteuid() != 0:
        pytest.fail("A real mail server is needed: install postfix (Debian: apt install postfix) and test as root.")
    for name in ("etc", "queue", "data", "mail"):
        (root / name).mkdir()
    account = pwd.getpwnam("postfix")
    os.chown(root / "data", account.pw_uid, account.pw_gid)
    os.chown(root / "mail", account.pw_uid, account.pw_gid)
    port = free_port()
    given = {"root": root, "uid": account.pw_uid, "product": product, "away": away, "mailbox": mailbox, "port": port}
    given |= {"commands": Path(_COMMAND).parent, "daemons": await _told("postconf", "-d", "-h", "daemon_directory")}
    (root / "etc/main.cf").write_text(_MAIN.format(**given))
    (root / "etc/master.cf").write_text(_MASTER.format(**given))
    await _told("postfix", "-c", str(root / "etc"), "start")
    try:
        yield port
    finally:
        await _told("postfix", "-c", str(root / "etc"), "stop")


async def _told(command: str, *arguments: str) -> str:
    path = shutil.which(command, path="/usr/sbin:/usr/bin:/usr/local/sbin:/sbin")
    assert path is not None
    process = await asyncio.create_subprocess_exec(
        path, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, trouble = await process.communicate()
    assert process.returncode == 0, trouble.decode()
    return out.decode().strip()
