"""Merkle trees as in RFC 6962, section 2.1: a root that commits to every leaf, and short proofs for each of them."""

from collections.abc import Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Leaves and nodes are hashed apart, so that no node can pass for a leaf."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Of leaf hashes."""
    return levels(leaves)[-1][0] if leaves else EMPTY


def levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """From the leaves to the root. An odd one at the end moves up as it is, which gives the RFC's tree."""
    found = [list(leaves)]
    while len(found[-1]) > 1:
        found.append(_above(found[-1]))
    return found


def path_in(tree: Sequence[Sequence[bytes]], index: int) -> list[bytes]:
    """The neighbours on the way from leaf to root, lowest first. `tree` is its levels. Raises IndexError."""
    if not 0 <= index < len(tree[0]):
        raise IndexError(index)
    path = []
    for level in tree[:-1]:
        neighbour = index ^ 1
        if neighbour < len(level):
            path.append(level[neighbour])
        index //= 2
    return path


def root_of_proof(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root this leaf would be below, as RFC 9162, section 2.1.3.2, computes it; None if the path does not fit."""
    if not 0 <= index < size:
        return None
    found, last, steps = leaf, size - 1, iter(path)
    while last:
        if index % 2 or index < last:
            step = next(steps, None)
            if step is None:
                return None
            found = node_hash(step, found) if index % 2 else node_hash(found, step)
        index, last = index // 2, last // 2
    return found if next(steps, None) is None else None


def _above(level: Sequence[bytes]) -> list[bytes]:
    pairs = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return [*pairs, level[-1]] if len(level) % 2 else pairs
