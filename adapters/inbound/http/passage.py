"""What is known of a request on its way through, beside what ASGI carries."""

from uuid import UUID

from litestar.types import Scope
from msgspec import Struct

from application.operators.ports import SignedIn
from domain.access import Actor

_KEY = "passage"
# Where the id of the trace stands, if there is one.
TRACE = "trace"


class Passage(Struct, kw_only=True):
    """`headers` go out with the answer, whoever gives it; `seed` names what a request that may be repeated makes;
    `signed_in` is the session it came with, `token` that session's secret.
    """

    request_id: str
    headers: list[tuple[bytes, bytes]]
    actor: Actor | None = None
    seed: UUID | None = None
    signed_in: SignedIn | None = None
    token: str | None = None


def begin(scope: Scope, passage: Passage) -> None:
    scope["state"][_KEY] = passage


def passage_of(scope: Scope) -> Passage:
    found: Passage = scope["state"][_KEY]
    return found
