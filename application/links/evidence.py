"""What an answer by link proves: who pressed is not known, what was shown and pressed is."""

from msgspec import Struct

from application.links.queries import Subject
from domain.consent.evidence import Evidence
from domain.links import Link

_LONGEST = 500


class Visitor(Struct, frozen=True, kw_only=True):
    """Where the answer came from, as far as the network tells."""

    ip: str | None
    user_agent: str | None

    def __repr__(self) -> str:
        return "Visitor(…)"


def of_opt_out(link: Link, visitor: Visitor, *, one_click: bool, reason: str | None = None) -> Evidence:
    """`one_click` is the mail program's own button (RFC 8058), without it the one on our page."""
    return Evidence(
        source="first_party",
        via="one_click" if one_click else "unsub_link",
        statement=reason or f"link in message {link.message_id}",
        ip=visitor.ip,
        user_agent=_short(visitor.user_agent),
    )


def of_confirmation(link: Link, shown: Subject, visitor: Visitor) -> Evidence:
    """The page names the program, its sender with postal address and support, and how to stop; see confirm.html."""
    return Evidence(
        source="first_party",
        medium="web_form",
        form_id="confirmation_page",
        affirmative_act="button_pressed",
        disclosure_text_verbatim=shown.disclosure.text,
        disclosure_version=str(shown.disclosure.version),
        language=shown.disclosure.locale,
        purpose=shown.purpose,
        sellers_named=(shown.brand,),
        request_sender_name=shown.sender,
        request_mailing_address=shown.postal_address,
        request_contact=shown.support,
        postal_address_shown=True,
        withdrawal_statement=True,
        doi_token_id=str(link.message_id),
        ip=visitor.ip,
        user_agent=_short(visitor.user_agent),
    )


def _short(text: str | None) -> str | None:
    return text[:_LONGEST] if text else None
