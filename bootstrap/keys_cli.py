"""`optin keys`: turning the keys of the ring while everything runs."""

import asyncio
import os
from collections.abc import Sequence
from typing import Annotated, Literal, TypeAlias

from cyclopts import App, Parameter

from adapters.outbound.secrets.ring import RingUnusable
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

    Nothing stands still meanwhile. Interrupted, it goes on in the worker, or by the same command, which adds no other
    version before the last one is through.
    """
    with ready() as settings:
        ports = Ports(settings=settings)
        run(ports, lambda: _rotate(ports, [*Purpose] if which == "all" else [Purpose(which)], wait=wait))


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


async def _rotate(ports: Ports, purposes: Sequence[Purpose], *, wait: bool) -> None:
    watch, look, turn = build(WatchKeys, ports, {}), build(LookAtKeys, ports, {}), build(TurnKeys, ports, {})
    try:
        before = {one.standing.purpose: one for one in await look()}
        new = [purpose for purpose in purposes if not before[purpose].under_way]
        for purpose in purposes:
            print(f"{purpose}: {'a new version is added' if purpose in new else 'a turn is under way; it goes on'}.")
        if new:
            ports.ring_source().change(lambda ring: ring.with_new(new))
        shown = ""
        while wait:
            await watch()
            while await turn():
                await watch()
            mine = [one for one in await look() if one.standing.purpose in purposes]
            shown = _tell(mine, shown)
            if not any(one.under_way for one in mine):
                return
            await asyncio.sleep(_BETWEEN_LINES)
    finally:
        await watch.end()


def _tell(statuses: Sequence[KeyStatus], shown: str) -> str:
    """Only what changed."""
    text = "\n".join(line for one in statuses for line in _lines(one))
    if text != shown:
        print(text, flush=True)
    return text


def _lines(one: KeyStatus) -> list[str]:
    standing = one.standing
    lines = [f"{standing.purpose}: version {standing.current} in use since {standing.since:%Y-%m-%dT%H:%M:%SZ}"]
    if one.next is not None:
        lines.append(f"  version {one.next} waits for {one.waiting_for} processes to know it")
    elif one.waiting_for:
        lines.append(f"  {one.waiting_for} processes do not use it yet")
    for work in one.works:
        state = "done" if work.finished_at else "at work"
        left = f", {work.left} left under older versions" if work.left else ""
        lines.append(f"  {work.step}: {work.done} brought along, {state}{left}")
    if one.old:
        lines.append(f"  older than {MOST_AGED.days} days: time for `optin keys rotate {standing.purpose}`")
    return lines
