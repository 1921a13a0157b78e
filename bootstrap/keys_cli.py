"""`optin keys`: turning the keys of the ring while everything runs."""

import asyncio
import os
from collections.abc import Sequence
from typing import Annotated, Literal, TypeAlias

from cyclopts import App, Parameter

from adapters.outbound.secrets.ring import KeyRing, RingUnusable
from application.keys.look import KeyStatus, LookAtKeys
from application.keys.retire import RetireKey
from application.keys.turn_keys import TurnKeys
from application.keys.watch_keys import WatchKeys
from bootstrap.keys import unwrap_ring, wrap_ring
from bootstrap.outside import egress_of
from bootstrap.ports import Ports
from bootstrap.running import ready, run
from bootstrap.settings import Settings
from bootstrap.use_cases import build
from domain.access import SYSTEM
from domain.keys import MOST_AGED, NoSuchVersion, Purpose

keys = App(name="keys", help="The key ring: new versions, what stands under old ones, and giving those up.")
Which: TypeAlias = Literal["data", "index", "suppression", "signing", "tokens", "idempotency", "all"]
_BETWEEN_LINES = 1.0


@keys.command
def rotate(
    which: Which, /, *, wait: Annotated[bool, Parameter(help="Work and show progress until all is done.")] = True
) -> None:
    """Add a new version of a key, put it to use as soon as every process knows it, and bring along what is stored.

    Nothing stands still meanwhile. Interrupted, it goes on in the worker, or by the same command, which adds nothing
    before what is under way is through.
    """
    with ready() as settings:
        ports = Ports(settings=settings)
        watch = build(WatchKeys, ports, {})
        purposes = [*Purpose] if which == "all" else [Purpose(which)]
        run(ports, lambda: _rotate(ports, watch, purposes, wait=wait), watch)


@keys.command
def status() -> None:
    """Which version of each key is in use since when, and how far older ones are left behind."""
    with ready() as settings:
        ports = Ports(settings=settings)
        for one in run(ports, build(LookAtKeys, ports, {})):
            for line in _lines(one):
                print(line)


@keys.command
def retire(which: Annotated[Purpose, Parameter(help="The key.")], version: int, /) -> None:
    """Take an old version out of the ring for good. Refused as long as anything may need it.

    A backup of the database from before needs a backup of the ring from before.
    """
    with ready() as settings:
        ports = Ports(settings=settings)
        if version not in ports.ring().known()[which]:
            raise NoSuchVersion(f"The ring has no version {version} of {which}.")
        run(ports, lambda: build(RetireKey, ports, {})(which, version, SYSTEM))
        ports.ring_source().change(lambda ring: ring.without(which, version))
        print(f"{which}: version {version} is gone from the ring.")


@keys.command
def wrap() -> None:
    """Have the ring's file wrapped by Vault or AWS KMS, as OPTIN_KEYS_PROVIDER says. Then start every process with it.

    Copies of the file in plain, in backups too, still open everything: destroy them, or turn the keys afterwards.
    """
    settings = Settings.read(os.environ)
    path = wrap_ring(settings, egress_of(settings))
    print(f"{path} is wrapped by {settings.keys_provider}. Start every process with this OPTIN_KEYS_PROVIDER.")


@keys.command
def unwrap(*, store_keys_in_plain: Annotated[bool, Parameter(help="Confirms it.", negative="")] = False) -> None:
    """Write the ring's file in plain again. Then start every process with OPTIN_KEYS_PROVIDER=plain."""
    if not store_keys_in_plain:
        raise RingUnusable(
            "Whoever reads the file afterwards can read everything. To confirm it, add --store-keys-in-plain."
        )
    settings = Settings.read(os.environ)
    path = unwrap_ring(settings, egress_of(settings))
    print(f"{path} holds the keys in plain. Start every process with OPTIN_KEYS_PROVIDER=plain.")


async def _rotate(ports: Ports, watch: WatchKeys, purposes: Sequence[Purpose], *, wait: bool) -> None:
    look = build(LookAtKeys, ports, {})
    before = [one for one in await look() if one.standing.purpose in purposes]
    turning = [one.standing.purpose for one in before if one.under_way]
    added = [] if turning else _added(ports, before)
    for purpose in purposes:
        if purpose in added:
            print(f"{purpose}: a new version is added.", flush=True)
        elif turning and purpose not in turning:
            print(f"{purpose}: nothing is added while others turn; run this again afterwards.", flush=True)
        else:
            print(f"{purpose}: a turn is under way; it goes on.", flush=True)
    if wait:
        await _turned(ports, watch, look, purposes)


def _added(ports: Ports, before: Sequence[KeyStatus]) -> list[str]:
    """Where somebody else added one meanwhile, that is the next."""
    added: list[str] = []

    def more(ring: KeyRing) -> KeyRing:
        standings = [one.standing for one in before]
        added[:] = [one.purpose for one in standings if max(ring.versions(one.purpose)) <= one.current]
        return ring.with_new(added)

    ports.ring_source().change(more)
    return added


async def _turned(ports: Ports, watch: WatchKeys, look: LookAtKeys, purposes: Sequence[Purpose]) -> None:
    """Works, or watches others work, until nothing is under way; tells every second what is new."""
    turn, time = build(TurnKeys, ports, {}), asyncio.get_running_loop().time
    shown: list[str] = []
    told_at = -_BETWEEN_LINES
    while True:
        await watch()
        worked = await turn()
        if worked and time() < told_at + _BETWEEN_LINES:
            continue
        mine = [one for one in await look() if one.standing.purpose in purposes]
        shown, told_at = _tell(mine, shown), time()
        if not any(one.under_way for one in mine):
            print("Nothing is under way any more.")
            return
        if not worked:
            await asyncio.sleep(_BETWEEN_LINES)


def _tell(statuses: Sequence[KeyStatus], shown: Sequence[str]) -> list[str]:
    """Only what changed."""
    lines = [line for one in statuses for line in _lines(one)]
    for line in lines:
        if line not in shown:
            print(line, flush=True)
    return lines


def _lines(one: KeyStatus) -> list[str]:
    standing = one.standing
    lines = [f"{standing.purpose}: version {standing.current} in use since {standing.since:%Y-%m-%dT%H:%M:%SZ}"]
    if one.next is not None and one.waiting_for:
        lines.append(f"  {standing.purpose} version {one.next} waits for {_processes(one.waiting_for)} to know it")
    elif one.next is not None:
        lines.append(f"  {standing.purpose} version {one.next} is known to every process; a worker puts it to use")
    elif one.waiting_for:
        lines.append(f"  {_processes(one.waiting_for)} yet to use {standing.purpose} version {standing.current}")
    for work in one.works:
        state = "done" if work.finished_at else "at work" if work.cursor else "to come"
        left = f", {work.left} left under older versions" if work.left else ""
        lines.append(f"  {work.step}: {work.done} brought along, {state}{left}")
    if one.old:
        lines.append(f"  older than {MOST_AGED.days} days: time for `optin keys rotate {standing.purpose}`")
    return lines


def _processes(count: int) -> str:
    return "1 process" if count == 1 else f"{count} processes"
