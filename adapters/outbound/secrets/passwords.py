"""Passwords: Argon2id (RFC 9106) with OWASP's parameters, and a list of those that others guess first, kept here."""

import asyncio
import gzip
import hashlib
import secrets
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from application.operators.ports import BreachedPasswords, Passwords

# OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane.
_MEMORY_KIB, _PASSES, _LANES = 19_456, 2, 1
# Each takes 19 MiB and some 20 ms of one core: a flood of them waits here instead of filling the memory.
_AT_ONCE = 4
_SHORTEST_PIECE = 3
_UNIT = 8


class Argon2Passwords(Passwords):
    def __init__(self, *, memory_kib: int = _MEMORY_KIB, passes: int = _PASSES) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=_LANES)
        self._places = asyncio.Semaphore(_AT_ONCE)

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash(secrets.token_urlsafe())

    async def hash(self, password: str) -> str:
        async with self._places:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def matches(self, known: str | None, password: str) -> bool:
        async with self._places:
            right = await asyncio.to_thread(self._verified, known or self._nobodys, password)
        return right and known is not None

    def dated(self, known: str) -> bool:
        return self._hasher.check_needs_rehash(known)

    def _verified(self, known: str, password: str) -> bool:
        try:
            return self._hasher.verify(known, password)
        except (VerificationError, InvalidHashError):
            return False


class ListedPasswords(BreachedPasswords):
    """The list that comes with the product, and one of your own: lines of SHA-1 in hexadecimal, sorted, with or without
    `:count`, as Have I Been Pwned gives them out. It stays on the disk and is searched there.
    """

    def __init__(self, hashes: Path | None = None) -> None:
        self._hashes = hashes

    @cached_property
    def _listed(self) -> frozenset[str]:
        packed = files("adapters.outbound.secrets").joinpath("breached_passwords.txt.gz").read_bytes()
        return frozenset(gzip.decompress(packed).decode().split("\n")) - {""}

    def known(self, password: str) -> bool:
        said = password.casefold()
        bare = "".join(letter for letter in said if letter.isalnum())
        made_up = any(self._guessed(form) for form in {said, bare} if form)
        return made_up or (self._hashes is not None and _is_in(self._hashes, password))

    def _guessed(self, said: str) -> bool:
        """One on the list, two of them put together, or something short again and again."""
        if said in self._listed or _repeats(said):
            return True
        cuts = range(_SHORTEST_PIECE, len(said) - _SHORTEST_PIECE + 1)
        return any(self._piece(said[:cut]) and self._piece(said[cut:]) for cut in cuts)

    def _piece(self, said: str) -> bool:
        return said in self._listed or _repeats(said)


def _repeats(said: str) -> bool:
    return any(
        said == (said[:length] * (len(said) // length + 1))[: len(said)]
        for length in range(1, min(_UNIT, len(said) // 2) + 1)
    )


def _is_in(hashes: Path, password: str) -> bool:
    """By halves, over byte positions: the line that begins after a position is compared."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with hashes.open("rb") as file:
        low, high = 0, file.seek(0, 2)
        while low < high:
            middle = (low + high) // 2
            file.seek(middle)
            if middle:
                file.readline()
            line = file.readline()[: len(wanted)].upper()
            if line == wanted:
                return True
            if line and line < wanted:
                low = middle + 1
            else:
                high = middle
        file.seek(low)
        if low:
            file.readline()
        return file.readline()[: len(wanted)].upper() == wanted
