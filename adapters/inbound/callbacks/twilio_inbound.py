"""What people text back, as Twilio tells it. The signature is checked before anything is believed."""

import re
from typing import Any

import structlog
from litestar import Controller, Request, Response, post
from litestar.datastructures import MultiDict
from msgspec import Struct

from adapters.inbound.callbacks.twilio import TwilioSignature
from adapters.inbound.injected import Injected
from application.replies.receive import ReceiveReply
from application.replies.surroundings import Inbound, OptOutType
from domain.compliance import catalogue

# No <Message>: what is due goes out through our own gate.
_NOTHING_TO_SAY = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'
_SID = re.compile(r"(?:SM|MM)[0-9a-f]{32}")
_SERVICE = re.compile(r"MG[0-9a-f]{32}")
_SMALL_NUMBER = re.compile(r"[0-9]{1,2}")
_SHORT_CODE = re.compile(r"[0-9]{3,8}")
_OPT_OUT_TYPES: dict[str, OptOutType] = {"STOP": "STOP", "START": "START", "HELP": "HELP"}
_log = structlog.get_logger("callbacks")


class _Words(Struct, frozen=True, kw_only=True):
    optout: frozenset[str]
    help: frozenset[str]


_WORDS = catalogue.parameters("PRV-TWILIO-01", _Words)
# YES is on Twilio's list, too: here it answers a request of ours, and we say that it did.
_ANSWERED_BY_TWILIO: dict[str, OptOutType] = {
    **dict.fromkeys(_WORDS.optout, "STOP"),
    **dict.fromkeys(_WORDS.help, "HELP"),
    "START": "START",
    "UNSTOP": "START",
}


class TwilioKeywords(Struct, frozen=True, kw_only=True):
    """Whether Twilio answers its own words itself, as it does unless told otherwise. Where advanced opt-out is on it
    says so with each text; on short codes it leaves them to us (PRV-TWILIO-01, -03, -08).
    """

    answered_by_twilio: bool

    def of(self, form: "MultiDict[str]") -> OptOutType | None:
        told = _OPT_OUT_TYPES.get(form.get("OptOutType", ""))
        if told is not None or not self.answered_by_twilio or _SHORT_CODE.fullmatch(form.get("To", "")):
            return told
        return _ANSWERED_BY_TWILIO.get(form.get("Body", "").strip().upper())


class TwilioInbound(Controller):
    path = "/callbacks/twilio"
    include_in_schema = False

    @post("/inbound", status_code=200)
    async def inbound(
        self,
        request: Request[Any, Any, Any],
        twilio_signature: Injected[TwilioSignature],
        twilio_keywords: Injected[TwilioKeywords],
        receive_reply: Injected[ReceiveReply],
    ) -> Response[bytes]:
        """The same answer for everything that is Twilio's: told again, Twilio has nothing more to tell. What could not
        be taken in is an error, so that Twilio tries the fallback URL.
        """
        inbound = _read(await twilio_signature.form_of(request), twilio_keywords)
        if inbound is None:
            _log.warning("reply-without-an-id")
        else:
            received = await receive_reply(inbound, live=True)
            if received.strange:
                _log.warning("reply-to-nobody", reply=str(received.reply.id))
        return Response(_NOTHING_TO_SAY, media_type="text/xml; charset=utf-8")


def _read(form: "MultiDict[str]", keywords: TwilioKeywords) -> Inbound | None:
    """Pictures are counted and left where they are."""
    carrier_id = form.get("MessageSid", "")
    if not _SID.fullmatch(carrier_id):
        return None
    service, media = form.get("MessagingServiceSid", ""), form.get("NumMedia", "")
    return Inbound(
        carrier_id=carrier_id,
        sender=form.get("From", ""),
        to=form.get("To", ""),
        text=form.get("Body", ""),
        provider="twilio",
        service=service if _SERVICE.fullmatch(service) else None,
        opt_out_type=keywords.of(form),
        media=int(media) if _SMALL_NUMBER.fullmatch(media) else 0,
    )
