"""What a text says about leaving, in English, Spanish, French and German: that one can, how, and what it costs."""

import re

from domain.compliance.content.phrases import Text, wording

LEAVE = """
    opt out, opts out, opting out, opt outs, optout, unsub, unsubscribe, unsubscribes, unsubscribing, remove me,
    be removed, abmeld*, abzumelden, abbestell*, abzubestellen, austragen, désabonn*, désinscri*, darse de baja,
    darte de baja, date de baja, baja, no recibir más, ne plus recevoir, cancelar
"""
_STOPS = "stop, stopp, stopall"
_KEYWORD = f"{_STOPS}, unsubscribe, unsub, opt out, optout, end, quit, cancel, alto, baja, parar, arrêt"
SAY = """
    reply, text, txt, send, respond, answer, replying, texting, sending, responda, responde, responder, envíe,
    envía, enviar, enviando, manda, escriba, escribe, répondez, réponds, répondre, envoyez, envoie, envoyer,
    antworte, antworten, antwort, senden, sende, schreiben, schreibe, sms, texte
"""
_FILLER = "us, with, back, the, word, keyword, con, la, palabra, par, mit, le, mot, das, wort, sie, bitte, please"
_QUOTE = "[\"'“”«»„]{0,2} ?"
_LINK = r"(?:https?://|www\.|mailto:|(?<![\w.-])[a-z0-9-]{1,63}\.[a-z]{2,20}/)"
_CONTACT = r"(?:\+?\d[\d ().-]{6,20}\d|[\w.+-]{1,64}@[\w-]{1,63}\.\w)"
_REACHABLE = re.compile(_CONTACT)
_UNSUBSCRIBE_PAGE = re.compile(r"https?://[^\s/]{1,255}/u/[\w.~-]")

_STOP = wording(
    rf"SAY[ :]{{0,2}}(?:FILLER ){{0,3}}{_QUOTE}KEYWORD",
    rf"STOPS{_QUOTE}(?:to|2|=|:|for|4|->) ?ENDING",
    rf"STOPS{_QUOTE}(?:sms )?(?:au|an|al|to|:) ?\+?\d{{3}}",
    rf"STOPS{_QUOTE}(?:para|pour|zum|um|als) ",
    rf"LEAVE[ :=,]{{1,3}}(?:\w{{1,20}} ){{0,3}}{_QUOTE}STOPS",
    "RUN",
    needs="KEYWORD STOPS RUN",
    RUN="stop2end, stop4end, stop2stop, stop2quit, stoptoend, stop2optout",
    SAY=SAY,
    FILLER=_FILLER,
    KEYWORD=_KEYWORD,
    STOPS=_STOPS,
    ENDING="end*, opt*, unsub*, cancel*, quit*, stop*, leave, be removed, no more, discontinue",
    LEAVE=f"{LEAVE}, end, cancel",
)
_REPLY_BY_MAIL = wording(
    "REPLY ~60 LEAVE",
    needs="REPLY",
    REPLY="reply, replying, antwort*, répond*, respond*",
    LEAVE=f"{LEAVE}, stop, remove",
)
_LEAVING_LINK = wording(
    rf"{_LINK}\S{{0,200}}HIDDEN",
    rf"LEAVE ~60 {_LINK}",
    rf"{_LINK}\S{{1,200}} (?:[^\s.!?]{{1,20}} ){{0,4}}LEAVE",
    needs="LEAVE HIDDEN",
    LEAVE=LEAVE,
    HIDDEN="unsub*, opt out*, optout*, abmeld*, abbestell*, désabon*, désinscri*, baja, preferences",
)
_LEAVING_CONTACT = wording(
    rf"LEAVE ~60 {_CONTACT}",
    rf"{_CONTACT} ~40 LEAVE",
    needs="LEAVE",
    LEAVE=f"{LEAVE}, {_STOPS}, stop these messages, cancel",
)
_ONE_WAY = wording(
    "DEAF",
    "DECLINES ~20 INCOMING",
    "REPLIES ~30 UNHEARD",
    "REPLIES ~30 NEVER ~30 HEARD",
    needs="DEAF DECLINES REPLIES",
    DEAF="""
        do not reply, don't reply, do not respond, don't respond, cannot reply, can't reply, cannot respond,
        no reply, no replies, noreply, one way number, one way message*, not monitored, unmonitored,
        two way texting is not, two way texting is unavailable, two way messaging is not,
        two way messaging is unavailable, no responda*, no respondas, no contest*, no se puede responder,
        no recibe respuestas, no recibe mensajes, no acepta respuestas, ne pas répondre, ne répondez pas,
        ne reçoit pas de réponse*, nicht antworten, antworten sie bitte nicht, antworten sie nicht, keine antwort*,
        antworten werden nicht
    """,
    REPLIES="reply, replies, replying, responses",
    INCOMING="replies, responses, incoming messages, incoming texts, text messages, texts, messages",
    DECLINES="""
        cannot accept, can't accept, does not accept, doesn't accept, cannot receive, can't receive,
        does not receive
    """,
    UNHEARD="ignored, discarded, lost, undelivered",
    NEVER="not, never, cannot, can't, aren't, won't, isn't",
    HEARD="monitored, received, read, seen, possible, accepted, delivered, work, reviewed",
)
_LOGIN = wording(
    "LOGIN ~60 TO ~20 LEAVE",
    "TO ~5 LEAVE ~40 LOGIN",
    needs="LOGIN",
    LOGIN="""
        log in, login, sign in, log into, sign into, anmelden, einloggen, inicia sesión, iniciar sesión,
        connectez vous
    """,
    TO="to, um, para, pour",
    LEAVE=f"{LEAVE}, stop, change your preferences, change your email preferences, manage your preferences",
)
_FEE = wording(
    "FEE ~30 FOR ~15 LEAVE",
    r"LEAVE ~30 FEE ~10 \d",
    needs="FEE",
    FEE="fee, fees, charge, charges, costs, cost, gebühr*, kosten, kostet, frais, coûte, tarifa*, cargo*, cuesta",
    FOR="to, for, um, für, pour, para, por",
    LEAVE=LEAVE,
)
_OBJECT = wording(
    "OBJECT", needs="OBJECT", OBJECT="object, widersprechen, widerspruch*, oponerse, oposición, opposer, opposition"
)


stop_instruction = _STOP.said_in
says_one_way = _ONE_WAY.said_in
wants_login = _LOGIN.said_in
wants_fee = _FEE.said_in
tells_of_objecting = _OBJECT.said_in


def hurdle(text: Text) -> str | None:
    """The words that put an account or a fee before leaving."""
    return _LOGIN.quoted_from(text) or _FEE.quoted_from(text)


def leaving_link(text: Text) -> bool:
    return ("/u/" in text.words and _UNSUBSCRIBE_PAGE.search(text.words) is not None) or _LEAVING_LINK.said_in(text)


def leaving_by_mail(text: Text) -> bool:
    """A reply is a way out of mail: 16 CFR 316.5 knows it beside the single page."""
    return leaving_link(text) or _REPLY_BY_MAIL.said_in(text)


def other_way_out(text: Text) -> bool:
    """A way out that needs no reply to the message: a link, a number to call, an address to write to."""
    return leaving_link(text) or (_REACHABLE.search(text.words) is not None and _LEAVING_CONTACT.said_in(text))
