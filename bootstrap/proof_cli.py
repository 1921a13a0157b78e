"""`optin dossier`: for whoever answers a complaint beside the machine the product runs on."""

import os
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from application.proof.make_dossier import DossierWanted, MakeDossier
from bootstrap.ports import Ports
from bootstrap.running import ready, run
from bootstrap.use_cases import build_all
from domain.access import SYSTEM
from domain.errors import Invalid

_FOR_US_ALONE = 0o600


def dossier(
    address: str,
    file: Path,
    /,
    *,
    reason: Annotated[str, Parameter(help="Why: it is kept, sealed, on the audit trail.")],
) -> None:
    """Write everything on record about one address, in clear, to a signed ZIP that Python alone verifies."""
    with ready() as settings:
        ports = Ports(settings=settings)
        wanted = DossierWanted(address=address, reason=reason)
        size = run(ports, lambda: _write(build_all(ports)[MakeDossier], wanted, file))
        print(f"{file}: {size:,} bytes.")  # noqa: T201 - what an operator asked for


async def _write(make_dossier: MakeDossier, wanted: DossierWanted, file: Path) -> int:
    """The file appears when it is whole, readable by its owner alone; of one that failed nothing is left."""
    chunks, written = await make_dossier(wanted, SYSTEM), 0
    unfinished = file.with_name(file.name + ".part")
    try:
        opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FOR_US_ALONE)
    except OSError as trouble:
        raise Invalid(f"{unfinished} cannot be written: {trouble.strerror}.") from None
    try:
        with os.fdopen(opened, "wb") as out:
            async for chunk in chunks:
                written += out.write(chunk)
        unfinished.replace(file)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return written
