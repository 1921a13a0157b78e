"""What Twilio tells us later. The signature is checked before anything is believed, the id in the URL included."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from litestar import Controller, Request, post
from litestar.datastructures import MultiDict
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.params import FromPath
from twilio.request_validator import RequestValidator

from adapters.inbound.injected import Injected
from adapters.twilio_codes import CODES, STATUSES
from application.messages.carriers import DeliveryReport, Effect
from application.messages.follow_up import RecordDelivery
from application.ports import Clock
from domain.errors import Forbidden
from domain.ids import MessageId

_LARGEST = 64 * 1024
_MOST_FIELDS = 200
_FORM = "application/x-www-form-urlencoded"
_CODE = re.compile(r"[1-9][0-9]{0,8}")


class NotSigned(Forbidden):
    """The request does not carry the provider's signature."""


@dataclass(frozen=True, slots=True)
class TwilioSignature:
    """Twilio signs the address it called and the form it sent (Twilio docs, "Webhooks Security").

    `token` is the one in use now; while there is none, nothing is signed. The address is the public one of the
    settings: what a proxy or a stranger puts into `Host` does not count.
    """

    token: Callable[[], str]
    public_url: str

    @classmethod
    def of(cls, auth_token: str, public_url: str) -> "TwilioSignature":
        """Raises ValueError: without a token everybody could sign."""
        if not auth_token:
            raise ValueError("Twilio callbacks need the account's auth token.")
        return cls(lambda: auth_token, public_url.rstrip("/"))

    async def form_of(self, request: Request[Any, Any, Any]) -> "MultiDict[str]":
        """Raises NotSigned, RequestEntityTooLarge; whatever is not a form is not signed as one."""
        body = await request.body()
        if len(body) > _LARGEST:
            raise RequestEntityTooLarge
        called = f"{self.public_url.rstrip('/')}{request.url.path}{'?' if request.url.query else ''}{request.url.query}"
        form = _parsed(body) if request.content_type[0] == _FORM else MultiDict[str]()
        token, signature = self.token(), request.headers.get("X-Twilio-Signature", "")
        if not token or not form or not RequestValidator(token).validate(called, form, signature):
            raise NotSigned("This is for Twilio alone, and the signature is not Twilio's.")
        return form


class TwilioCallbacks(Controller):
    path = "/callbacks/twilio"
    include_in_schema = False

    @post("/status/{message_id:uuid}", status_code=204)
    async def status(
        self,
        request: Request[Any, Any, Any],
        message_id: FromPath[UUID],
        twilio_signature: Injected[TwilioSignature],
        record_delivery: Injected[RecordDelivery],
        clock: Injected[Clock],
    ) -> None:
        """The same answer for a message nobody knows, one that moved on, and a status we do not."""
        form = await twilio_signature.form_of(request)
        status = STATUSES.get(form.get("MessageStatus", ""))
        if status is None:
            return
        code = int(given) if _CODE.fullmatch(given := form.get("ErrorCode", "")) else None
        report = DeliveryReport(
            message_id=MessageId(message_id),
            status=status,
            at=clock.now(),
            provider_id=form.get("MessageSid") or None,
            code=f"twilio-{code}" if code else None,
            effect=CODES[code].effect if code and code in CODES else Effect.NONE,
        )
        await record_delivery([report])


def _parsed(body: bytes) -> "MultiDict[str]":
    """Blank values are signed too; a form that cannot be read is none."""
    try:
        text = body.decode()
        return MultiDict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS))
    except ValueError:
        return MultiDict()
