"""A signed Merkle root over what the ledger and the audit trail gained since the checkpoint before."""

from datetime import datetime
from hashlib import sha256

from msgspec import Struct

from domain.audit.record import canonical


class Checkpoint(Struct, frozen=True, kw_only=True):
    """`first` and `last` number the leaves it covers, counted over all checkpoints; `previous` is the hash of the one
    before, so that none can be left out, put in or exchanged without breaking the chain.
    """

    number: int
    first: int
    last: int
    root: str
    previous: str | None
    at: datetime

    @property
    def signed(self) -> bytes:
        """The bytes the signature is of."""
        return b"optin-manager checkpoint v1\n" + canonical(self)

    @property
    def hash(self) -> str:
        return sha256(self.signed).hexdigest()

    def follows(self, before: "Checkpoint | None") -> bool:
        if before is None:
            return self.number == 1 and self.first == 0 and self.previous is None
        return (self.number, self.first, self.previous) == (before.number + 1, before.last + 1, before.hash)
