"""Every sentence of the pages, in one place, so that a translation can take its place."""

from collections.abc import Mapping

LANGUAGE = "en"

_TEXTS: Mapping[str, str] = {
    "sms": "text messages",
    "email": "emails",
    "these": "these messages",
    "unsubscribe.title": "Stop these messages?",
    "unsubscribe.lead": "{sender} will send you no more {kind} of “{program}”.",
    "unsubscribe.lead_short": "You will get no more of these messages.",
    "unsubscribe.button": "Stop these messages",
    "unsubscribe.note": "Nothing changes until you press the button.",
    "unsubscribed.title": "Done: no more of these messages",
    "unsubscribed.lead": "{sender} will send you no more {kind} of “{program}”, from now on.",
    "unsubscribed.lead_short": "You will get no more of these messages, from now on.",
    "unsubscribed.note": "One that was already on its way may still arrive.",
    "unknown.title": "This link does not work",
    "unknown.lead": "It is incomplete, or it was not made here. You can stop messages all the same:",
    "unknown.sms": "To stop text messages, reply STOP to one of them.",
    "unknown.email": "To stop emails, reply to one of them and write STOP.",
    "unknown.whole": "If the link in your message was broken over two lines, copy all of it.",
    "unknown.confirm": "If you came here to say yes to messages: nothing was changed, and nothing will be sent.",
    "confirm.title": "Do you want “{program}”?",
    "confirm.lead": "Someone, probably you, asked {sender} for {kind} of “{program}”: {frequency}.",
    "confirm.agree": "By pressing the button you agree to this:",
    "confirm.changed": "This text has changed since you opened the page. Please read it again.",
    "confirm.button": "Yes, send me these messages",
    "confirm.stop": "You can stop at any time; every message says how.",
    "confirm.no": "If it was not you, close this page: without your yes, nothing will be sent.",
    "confirmed.title": "Thank you, that is confirmed",
    "confirmed.lead": "{sender} will send you {kind} of “{program}”: {frequency}.",
    "nothing.title": "There is nothing to confirm",
    "nothing.lead": "The request was withdrawn, or it was too long ago. Nothing will be sent because of it.",
    "nothing.note": "If you want these messages, sign up again where you first did.",
    "trouble.title": "Please try again in a moment",
    "trouble.lead": "Something does not answer here. If it goes on, you can stop messages all the same:",
    "footer.sender": "Sender",
    "footer.support": "Questions",
}


def say(text: str, **values: str) -> str:
    return _TEXTS[text].format(**values)
