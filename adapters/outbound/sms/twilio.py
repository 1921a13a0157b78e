"""SMS leave through Twilio's Messages API, with its official client."""

import re
from datetime import timedelta

from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.rest import Client

from adapters.outbound.sms.twilio_http import TwilioHttp
from adapters.twilio_codes import CODES, STATUSES, UNKNOWN
from application.messages.carriers import Carrier, CarrierFailed, Effect, NotNow, NoWord, Outgoing, Refused, Taken
from domain.addresses import Channel
from domain.errors import DomainError
from domain.messages import Status

_ENDED = frozenset({"suspended", "closed"})
_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")


class TwilioSms(Carrier):
    """Twilio calls back at `public_url` with our message id: that heals a crash before its answer is recorded."""

    def __init__(self, *, account_sid: str, auth_token: str, public_url: str, http: TwilioHttp) -> None:
        self._http = http
        self._account_sid = account_sid
        self._client = Client(account_sid, auth_token, http_client=http)
        self._callbacks = f"{public_url.rstrip('/')}/callbacks/twilio/status"

    async def send(self, outgoing: Outgoing) -> Taken:
        try:
            message = await self._client.messages.create_async(
                to=outgoing.to.value,
                body=outgoing.content.text,
                status_callback=f"{self._callbacks}/{outgoing.message_id}",
                **_origin(outgoing),
            )
        except (TwilioRestException, TwilioServiceException) as error:
            raise _failure(error.code, error.status) from None
        except (TwilioException, ValueError, TypeError, AttributeError):
            raise NoWord("twilio-unreadable", "The provider's answer cannot be read.") from None
        status = STATUSES.get(str(message.status), Status.SENT)
        if status in (Status.FAILED, Status.UNDELIVERED) and message.error_code:
            raise _failure(message.error_code, 400)
        return Taken(provider_id=message.sid, status=status)

    async def test(self) -> None:
        """Asks Twilio for the account, which changes nothing. Raises Refused, NotNow, NoWord."""
        try:
            account = await self._client.api.v2010.accounts(self._account_sid).fetch_async()
        except (TwilioRestException, TwilioServiceException) as error:
            raise _failure(error.code, error.status) from None
        except (TwilioException, ValueError, TypeError, AttributeError):
            raise NoWord("twilio-unreadable", "The provider's answer cannot be read.") from None
        status = str(account.status)
        if status in _ENDED:
            raise Refused(f"twilio-{status}", f"Twilio says the account is {status}.")

    async def close(self) -> None:
        await self._http.close()


def _origin(outgoing: Outgoing) -> dict[str, str]:
    """A messaging service, or a number, short code or name."""
    try:
        origin = outgoing.sender.address_for(Channel.SMS)
    except DomainError:
        raise Refused(
            "sender-address", f"The sender {outgoing.sender.slug} has no sms_from.", effect=Effect.SENDER_MISCONFIGURED
        ) from None
    return {"messaging_service_sid" if _SERVICE.fullmatch(origin) else "from_": origin}


def _failure(code: int | None, status: int) -> CarrierFailed:
    """Twilio's code where it gives one, else the HTTP status."""
    number = code or status
    known = CODES.get(number) or CODES.get(status) or UNKNOWN
    name, detail = f"twilio-{number}", f"{known.meaning} (Twilio {number})."
    if known.retry_after is None:
        return Refused(name, detail, effect=known.effect)
    return NotNow(name, detail, retry_after=timedelta(seconds=known.retry_after), recipient_only=known.recipient_only)
