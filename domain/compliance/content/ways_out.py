"""What a text says about leaving: that one can, how, and whether it claims that there is no other way."""

import re

_LEAVE = (
    r"(?:opt(?:ing|ed)?[ -]?outs?|unsub(?:scrib\w*)?|remove me|be removed|abmeld\w*|abbestell\w*|austragen"
    r"|desabonn\w*|desinscri\w*|darse de baja|date de baja|baja|no recibir mas|ne plus recevoir|cancelar)"
)
_KEYWORD = r"(?:stop(?:p|all)?|unsubscribe|unsub|opt-?out|end|quit|cancel|alto|baja|parar|arret)"
_QUOTE = r"[\"'“”«»„]{0,2} ?"
_SAY = (
    r"(?:reply|text|txt|send|respond|answer|responda|responde|responder|envie|envia|enviar|enviando|manda|escriba|escribe"
    r"|repondez|reponds|repondre|envoyez|envoie|envoyer|antworte[nt]?|antwort|senden?|sende|schreiben?|schreibe|sms|texte)"
)
_STOP = re.compile(
    rf"\b{_SAY}\b[ :]{{0,2}}(?:(?:us|with|back|the|word|keyword|con|la|palabra|par|mit|le|mot|das|wort|sie|bitte) ){{0,3}}"
    rf"{_QUOTE}{_KEYWORD}\b"
    rf"|\bstop(?:p|all)?\b{_QUOTE}(?:(?:to|2|=|:|for|4|->) ?(?:end|opt|unsub|cancel|quit|stop|leave|be removed|no more)"
    r"|(?:sms )?(?:au|an|al|to|:) ?\+?\d{3,}|para |pour |zum |um )"
    rf"|\b(?:{_LEAVE}|end|cancel)\b[ :=,]{{1,3}}(?:(?:\w+) ){{0,3}}{_QUOTE}stop\b"
)
_REPLY_BY_MAIL = re.compile(rf"\b(?:reply|antwort\w*|repond\w*|respond\w*)\b[^.!?]{{0,60}}\b(?:{_LEAVE}|stop|remove)\b")
_LINK = r"(?:https?://|www\.|mailto:|\b[a-z0-9-]+\.[a-z]{2,}/)"
_LEAVING_LINK = re.compile(
    r"https?://[^\s/]+/u/[\w.~-]+"
    rf"|{_LINK}\S*(?:unsub|opt-?out|abmeld|abbestell|desabon|desinscri|darse-de-baja|preferences)"
    rf"|\b{_LEAVE}\b[^.!?]{{0,60}}{_LINK}"
    rf"|{_LINK}\S+ (?:[^\s.!?]+ ){{0,4}}{_LEAVE}\b"
)
_CONTACT = r"(?:\+?\d[\d ().-]{6,}\d|[\w.+-]+@[\w-]+\.\w)"
_LEAVING_CONTACT = re.compile(
    rf"\b(?:{_LEAVE}|stop|stop (?:these )?messages|cancel)\b[^.!?]{{0,60}}{_CONTACT}"
    rf"|{_CONTACT}[^.!?]{{0,40}}\b(?:{_LEAVE}|stop|cancel)\b"
)
_ONE_WAY = re.compile(
    r"\b(?:(?:do not|don't|cannot|can't|can not|unable to) (?:reply|respond)|no repl(?:y|ies)|noreply|one-way"
    r"|(?:cannot|can't|can not|does not|doesn't|unable to) (?:accept|receive|read|process)[^.!?]{0,20}(?:repl|text|message|response)"
    r"|repl(?:y|ies|ying)[^.!?]{0,30}(?:not|n't|never)\b[^.!?]{0,30}(?:monitored|received|read|seen|possible|accepted|delivered|work)"
    r"|not monitored|two-way (?:texting|messaging) is (?:not|un)|no (?:respond|contest)\w+|no se puede responder"
    r"|no (?:recibe|acepta|admite) (?:respuestas|mensajes)|ne pas repondre|ne repondez pas|ne recoit pas de reponses?"
    r"|nicht antworten|antworten sie (?:bitte )?nicht|keine antwort|antworten werden nicht|antworten ist nicht)\b"
)
_LOGIN = re.compile(
    r"\b(?:log ?in|sign ?in|log into|sign into|anmelden|einloggen|inicia(?:r)? sesion|connectez-vous)\b[^.!?]{0,60}"
    rf"\b(?:to|um|para|pour)\b[^.!?]{{0,20}}\b(?:{_LEAVE}|stop|change your (?:email )?preferences)\b"
    rf"|\bto (?:{_LEAVE}|stop)\b[^.!?]{{0,40}}\b(?:log ?in|sign ?in)\b"
)
_FEE = re.compile(
    r"\b(?:fee|charge|cost|gebuhr|kosten|frais|tarifa|cargo)s?\b[^.!?]{0,30}\b(?:to|for|um|fur|pour|para|por)\b[^.!?]{0,15}"
    rf"\b{_LEAVE}\b|\b{_LEAVE}\b[^.!?]{{0,30}}\b(?:fee of|costs?|kostet|coute|cuesta)\b[^.!?]{{0,10}}\d"
)
_OBJECT = re.compile(r"\b(?:object|widersprechen|widerspruch|oponerse|oposicion|opposer|opposition)\b")


def stop_instruction(part: str) -> bool:
    return _STOP.search(part) is not None


def leaving_link(part: str) -> bool:
    return _LEAVING_LINK.search(part) is not None


def leaving_by_mail(part: str) -> bool:
    """A reply is a way out of mail: 16 CFR 316.5 knows it beside the single page."""
    return leaving_link(part) or _REPLY_BY_MAIL.search(part) is not None


def other_way_out(part: str) -> bool:
    """A way out that needs no reply to the message: a link, a number to call, an address to write to."""
    return leaving_link(part) or _LEAVING_CONTACT.search(part) is not None


def says_one_way(part: str) -> bool:
    return _ONE_WAY.search(part) is not None


def wants_login(part: str) -> bool:
    return _LOGIN.search(part) is not None


def wants_fee(part: str) -> bool:
    return _FEE.search(part) is not None


def tells_of_objecting(part: str) -> bool:
    return _OBJECT.search(part) is not None
