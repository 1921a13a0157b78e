"""A ZIP that comes out piece by piece as files go in, always the same bytes for the same files, signed at its end."""

import zipfile
from base64 import b64encode
from collections.abc import AsyncIterable, AsyncIterator
from datetime import datetime
from hashlib import sha256
from io import RawIOBase
from typing import Any

from application.audit.ports import Signer
from domain.audit.record import canonical
from domain.proof import Manifest

# The earliest a ZIP can tell, so that the time of day is not in it.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o100644 << 16


class _Drain(RawIOBase):
    """What was written and not yet fetched. It cannot be sought in, so ZIP entries carry their sizes behind them."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def fetched(self) -> bytes:
        found = b"".join(self._pieces)
        self._pieces.clear()
        return found


async def signed_zip(
    files: AsyncIterable[tuple[str, bytes]], made_at: datetime, signer: Signer
) -> AsyncIterator[bytes]:
    """`files` come in the order of their names; pieces of one file follow each other under the same name."""
    drain, digests = _Drain(), dict[str, Any]()
    with zipfile.ZipFile(drain, "w", zipfile.ZIP_DEFLATED) as archive:
        writing: Any = None
        name = ""
        async for name_of_piece, piece in files:
            if name_of_piece != name:
                if writing is not None:
                    writing.close()
                name = name_of_piece
                digests[name], writing = sha256(), archive.open(_entry(name), "w")
            digests[name].update(piece)
            writing.write(piece)
            if ready := drain.fetched():
                yield ready
        if writing is not None:
            writing.close()
        manifest = Manifest(
            files={name: digest.hexdigest() for name, digest in digests.items()},
            keys={name: key.hex() for name, key in signer.public_keys().items()},
            made_at=made_at,
        )
        signature = signer.sign(manifest.signed)
        archive.writestr(_entry("manifest.json"), manifest.canonical)
        told = {"key_id": signature.key_id, "signature": b64encode(signature.signature).decode()}
        archive.writestr(_entry("manifest.sig"), canonical(told))
    yield drain.fetched()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, _UNIX, _READABLE
    return entry
