"""Where roots are kept out of our own reach: a folder in write-once storage, or somebody else's HTTP endpoint."""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

import httpx
import msgspec

from application.audit.ports import Anchor
from domain.audit.logs import SignedCheckpoint
from domain.errors import Unavailable

_PATIENCE = 10.0
_encode = msgspec.json.Encoder(order="sorted").encode


class AnchorUnavailable(Unavailable):
    """The anchor did not take the root; it gets it at a later turn."""


class AnchorDisagrees(Unavailable):
    """The anchor holds another root under this number: one of the two was changed."""


@dataclass(frozen=True, slots=True)
class FolderAnchor(Anchor):
    """A file for each checkpoint, written once and never again; the storage sees to it that it stays."""

    folder: Path

    async def keep(self, signed: SignedCheckpoint) -> None:
        """Raises AnchorUnavailable, AnchorDisagrees."""
        await asyncio.to_thread(self._keep, signed)

    def _keep(self, signed: SignedCheckpoint) -> None:
        path, wanted = self.folder / f"{signed.checkpoint.number:012}.json", _encode(signed) + b"\n"
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
        except FileExistsError:
            if path.read_bytes() != wanted:
                raise AnchorDisagrees(f"{path.name} holds another root.") from None
            return
        except OSError as error:
            raise AnchorUnavailable(f"The anchor's folder cannot be written: {error.strerror}.") from None
        with os.fdopen(descriptor, "wb") as file:
            file.write(wanted)
            file.flush()
            os.fsync(file.fileno())


@dataclass(frozen=True, slots=True)
class HttpAnchor(Anchor):
    """`PUT <url>/<number>` with the checkpoint as JSON; any 2xx says it is kept."""

    url: str
    client: httpx.AsyncClient

    async def keep(self, signed: SignedCheckpoint) -> None:
        """Raises AnchorUnavailable, AnchorDisagrees."""
        number = signed.checkpoint.number
        try:
            answer = await self.client.put(
                f"{self.url.rstrip('/')}/{number}",
                content=_encode(signed),
                headers={"Content-Type": "application/json", "If-None-Match": "*"},
                timeout=_PATIENCE,
                follow_redirects=False,
            )
        except httpx.HTTPError as error:
            raise AnchorUnavailable(f"The anchor does not answer ({type(error).__name__}).") from None
        if answer.status_code == httpx.codes.CONFLICT:
            raise AnchorDisagrees(f"The anchor holds another root under {number}.")
        # 412: it holds this one already, for it is written once.
        if not answer.is_success and answer.status_code != httpx.codes.PRECONDITION_FAILED:
            raise AnchorUnavailable(f"The anchor answered {answer.status_code}.")
