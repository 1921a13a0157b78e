"""What people text back, as Twilio tells it. The signature is checked before anything is believed."""

import re
from typing import Any, Literal

import structlog
from litestar import Controller, Request, Response, post
from litestar.datastructures import MultiDict

from adapters.inbound.callbacks.twilio import TwilioSignature
from adapters.inbound.injected import Injected
from application.replies.receive import ReceiveReply
from application.replies.surroundings import Inbound

# No <Message>: what is due goes out through our own gate.
_NOTHING_TO_SAY = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'
_SID = re.compile(r"(?:SM|MM)[0-9a-f]{32}")
_SERVICE = re.compile(r"MG[0-9a-f]{32}")
_SMALL_NUMBER = re.compile(r"[0-9]{1,2}")
_OPT_OUT_TYPES: dict[str, Literal["STOP", "START", "HELP"]] = {"STOP": "STOP", "START": "START", "HELP": "HELP"}
_log = structlog.get_logger("callbacks")


class TwilioInbound(Controller):
    path = "/callbacks/twilio"
    include_in_schema = False

    @post("/inbound", status_code=200)
    async def inbound(
        self,
        request: Request[Any, Any, Any],
        twilio_signature: Injected[TwilioSignature],
        receive_reply: Injected[ReceiveReply],
    ) -> Response[bytes]:
        """The same answer for everything that is Twilio's: told again, Twilio has nothing more to tell. What could not
        be taken in is an error, so that Twilio tries the fallback URL.
        """
        inbound = _read(await twilio_signature.form_of(request))
        if inbound is None:
            _log.warning("reply-without-an-id")
        else:
            received = await receive_reply(inbound, live=True)
            if received.strange:
                _log.warning("reply-to-nobody", reply=str(received.reply.id))
        return Response(_NOTHING_TO_SAY, media_type="text/xml; charset=utf-8")


def _read(form: "MultiDict[str]") -> Inbound | None:
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
        opt_out_type=_OPT_OUT_TYPES.get(form.get("OptOutType", "")),
        media=int(media) if _SMALL_NUMBER.fullmatch(media) else 0,
    )
