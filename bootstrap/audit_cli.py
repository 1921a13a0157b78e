"""`optin audit`: what the operator of an installation, and an auditor far from it, ask of the books."""

import asyncio
import gzip
import sys
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import App, Parameter

from adapters.outbound.secrets.signer import KnownKeys
from application.audit.export import ExportBooks, read_export
from application.audit.verify import Verified, VerifyLogs
from bootstrap.ports import Ports
from bootstrap.running import ready, run
from domain.audit.logs import SignedCheckpoint
from domain.errors import Invalid

audit = App(name="audit", help="The ledger and the audit trail: proof that nobody touched them.")


@audit.command
def verify(
    export: Path | None = None,
    /,
    *,
    key: Annotated[
        list[str] | None, Parameter(help="Ids of the only keys to trust; `optin audit keys` shows them.")
    ] = None,
    anchor: Annotated[Path | None, Parameter(help="A folder that kept the roots, to compare.")] = None,
) -> None:
    """Verify this installation's books, or an export of them, which needs no database and no key ring.

    Exits with status 1 if anything was changed, taken, added or moved, and names it, the first first.
    """
    kept = _anchored(anchor) if anchor else None
    if export is not None:
        books = read_export(_lines(export))
        known = {name: public for name, public in books.keys.items() if key is None or name in key}
        _tell(asyncio.run(VerifyLogs(books, KnownKeys(known), kept)()))
        return
    with ready() as settings:
        ports = Ports(settings=settings)
        known = {name: public for name, public in ports.signer().public_keys().items() if key is None or name in key}
        _tell(run(ports, VerifyLogs(ports.seals(), KnownKeys(known), kept)))


@audit.command(name="export")
def write(file: Path, /) -> None:
    """Write the books to a file (gzip) that `optin audit verify FILE` verifies anywhere. It names no contact."""
    with ready() as settings:
        ports = Ports(settings=settings)
        books = ports.seals()
        written = run(ports, lambda: _write(ExportBooks(books, books, ports.signer()), file))
        print(f"{file}: {written} lines.")


@audit.command
def keys() -> None:
    """The public halves of the signing keys, the newest first: note them where this installation cannot reach."""
    with ready() as settings:
        for name, public in Ports(settings=settings).signer().public_keys().items():
            print(f"{name}  {public.hex()}")


async def _write(export: ExportBooks, file: Path) -> int:
    """The file appears when it is whole."""
    unfinished, written = file.with_name(file.name + ".part"), 0
    with gzip.open(unfinished, "wb") as out:
        async for line in export():
            out.write(line + b"\n")
            written += 1
    unfinished.replace(file)
    return written


def _lines(file: Path) -> list[bytes]:
    """Raises Invalid."""
    try:
        with gzip.open(file, "rb") as export:
            return export.read().splitlines()
    except (OSError, EOFError) as trouble:
        raise Invalid(f"{file} is no export that can be read: {trouble}.") from None


def _anchored(folder: Path) -> list[SignedCheckpoint]:
    """Raises Invalid."""
    try:
        files = sorted(folder.glob("*.json"))
        return [msgspec.json.decode(file.read_bytes(), type=SignedCheckpoint) for file in files]
    except (OSError, msgspec.MsgspecError) as trouble:
        raise Invalid(f"{folder} holds something that is no checkpoint: {trouble}.") from None


def _tell(verified: Verified) -> None:
    print(
        f"{verified.checkpoints} checkpoints over {verified.sealed} entries; {verified.not_sealed} not sealed yet;"
        f" of {verified.unreadable} the evidence cannot be read here or was erased."
    )
    for fault in verified.faults:
        print(f"BROKEN {fault}")
    if verified.faults:
        sys.exit(1)
    print("Nothing was changed, taken, added or moved.")
