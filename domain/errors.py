"""Refusals the business can explain. Anything else that escapes is a bug."""

import re

from msgspec import Struct


class FieldProblem(Struct, frozen=True, kw_only=True):
    """One thing wrong with one field of a request, in words that say the remedy."""

    field: str
    code: str
    message: str


class DomainError(Exception):
    """Raised by a rule; carries a stable code for machines and a sentence for people.

    The sentence never holds personal data: it reaches logs and answers.
    """

    def __init__(self, detail: str, *, field: str | None = None, problems: tuple[FieldProblem, ...] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.problems = problems or ((FieldProblem(field=field, code=self.code, message=detail),) if field else ())

    @property
    def code(self) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__).lower()


class Invalid(DomainError):
    """The request can never succeed as written."""


class Forbidden(DomainError):
    """The actor may not do this."""


class NotFound(DomainError):
    """The thing named does not exist, or not for this actor."""


class Conflict(DomainError):
    """The thing exists, but its present state forbids the change."""


class TooOften(DomainError):
    """Tried too often; the same request may succeed once `retry_after` seconds are over."""

    retry_after = 60


class Unavailable(DomainError):
    """Something the product depends on does not answer now; the same request may succeed later."""
