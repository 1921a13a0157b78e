"""Where roots are kept out of our own reach: a folder in write-once storage, or somebody else's HTTP endpoint."""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import msgspec

from application.audit.ports import Anchor, AnchorDisagrees, AnchorUnavailable
from domain.audit.logs import SignedCheckpoint

_PATIENCE = 10.0
_encode = msgspec.json.Encoder(order="sorted").encode


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
    """`PUT <url>/<number>` with the checkpoint as JSON; any 2xx says it is kept. `412` says that something is kept
    there already, and `GET` what; an endpoint that never tells is believed.
    """

    url: str
    client: httpx.AsyncClient

    async def keep(self, signed: SignedCheckpoint) -> None:
        """Raises AnchorUnavailable, AnchorDisagrees."""
        number, wanted = signed.checkpoint.number, _encode(signed)
        headers = {"Content-Type": "application/json", "If-None-Match": "*"}
        answer = await self._asked("PUT", number, content=wanted, headers=headers)
        if answer.status_code == httpx.codes.PRECONDITION_FAILED:
            held = await self._asked("GET", number)
            if held.is_success and not _same(held.content, signed):
                raise AnchorDisagrees(f"The anchor holds another root under {number}.")
        elif answer.status_code == httpx.codes.CONFLICT:
            raise AnchorDisagrees(f"The anchor holds another root under {number}.")
        elif not answer.is_success:
            raise AnchorUnavailable(f"The anchor answered {answer.status_code}.")

    async def _asked(self, method: str, number: int, **more: Any) -> httpx.Response:
        """Raises AnchorUnavailable."""
        url = f"{self.url.rstrip('/')}/{number}"
        try:
            return await self.client.request(method, url, timeout=_PATIENCE, follow_redirects=False, **more)
        except httpx.HTTPError as error:
            raise AnchorUnavailable(f"The anchor does not answer ({type(error).__name__}).") from None


def _same(held: bytes, signed: SignedCheckpoint) -> bool:
    try:
        return msgspec.json.decode(held, type=SignedCheckpoint) == signed
    except msgspec.MsgspecError:
        return False
