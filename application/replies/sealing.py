"""The words of a reply under its contact's key, bound to the reply they belong to."""

from application.secrets import Seal
from domain.ids import ReplyId


def seal_text(text: str, reply_id: ReplyId, seal: Seal) -> bytes:
    return seal.seal(text.encode(), _context(reply_id))


def open_text(sealed: bytes, reply_id: ReplyId, seal: Seal) -> str:
    """Raises Unsealable."""
    return seal.open(sealed, _context(reply_id)).decode()


def _context(reply_id: ReplyId) -> bytes:
    return b"replies.text" + reply_id.bytes
