"""An address under its contact's key, bound to the contact point it belongs to."""

from uuid import UUID

from application.secrets import Seal
from domain.addresses import Address, Channel


def seal_address(address: Address, point: UUID, seal: Seal) -> bytes:
    return seal.seal(address.value.encode(), _context(point))


def open_address(sealed: bytes, point: UUID, channel: Channel, seal: Seal) -> Address:
    """Raises Unsealable."""
    return Address(seal.open(sealed, _context(point)).decode(), channel)


def _context(point: UUID) -> bytes:
    return b"contact_points.address" + point.bytes
