"""What staff write down about a request, and the address of somebody nobody knows: under the installation's seal."""

from datetime import datetime

from application.privacy.ports import HistoryStep
from application.secrets import Seal
from domain.access import Actor
from domain.addresses import Address, Channel
from domain.ids import RequestId


def step_of(request_id: RequestId, name: str, note: str | None, by: Actor, at: datetime, seal: Seal) -> HistoryStep:
    sealed = seal.seal(note.encode(), _context("rights_request_steps.note", request_id)) if note else None
    return HistoryStep(at=at, actor=by.id, step=name, note=sealed)


def note_in(step: HistoryStep, request_id: RequestId, seal: Seal) -> str | None:
    """Raises Unsealable."""
    return seal.open(step.note, _context("rights_request_steps.note", request_id)).decode() if step.note else None


def seal_stranger(address: Address, request_id: RequestId, seal: Seal) -> bytes:
    return seal.seal(address.value.encode(), _context("rights_requests.address", request_id))


def open_stranger(sealed: bytes, request_id: RequestId, channel: Channel, seal: Seal) -> Address:
    """Raises Unsealable."""
    return Address(seal.open(sealed, _context("rights_requests.address", request_id)).decode(), channel)


def _context(column: str, request_id: RequestId) -> bytes:
    return column.encode() + request_id.bytes
