"""Why somebody looks at, hands out or destroys what is personal: in words, kept sealed on the audit trail."""

from domain.errors import Invalid

LONGEST_REASON = 500


def must_say_why(reason: str | None) -> str:
    """Raises Invalid."""
    words = (reason or "").strip()
    if not 0 < len(words) <= LONGEST_REASON:
        raise Invalid(f"Say why, in at most {LONGEST_REASON} characters.", field="reason")
    return words
