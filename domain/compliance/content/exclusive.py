"""Whether a text names one way to opt out and no other, which no sender may (47 CFR 64.1200(a)(10))."""

import re

_HINT = re.compile(
    r"\b(?:only|sole|solely|exclusive|exclusively|no other|other|must|except|unless|cannot|can't|may not|solo|solamente|unic\w+"
    r"|exclusiv\w+|debe|nur|ausschliess\w+|lediglich|einzige?\w*|mussen|anders|andere\w*|seul\w*|unique\w*|devez|aucun\w*|qu'\w+|que)\b"
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_OUT = (
    r"(?:opt(?:s|ing|ed)?[ -]?outs?|unsubscri\w+|revo(?:ke[sd]?|king|cation\w*)|withdraw\w*|cancel\w*|(?:stop|end|quit)(?:s|ping|ting)?"
    r" (?:receiving|getting|these|the|our|all|future|any|messages|texts|sms|marketing)|leave (?:the|this) (?:list|program)"
    r"|be removed|remove (?:yourself|your number))"
)
_MEANS = (
    r"(?:text(?:ing|ed)?|repl(?:y|ies|ying)|respond(?:ing)?|send(?:ing)?|call(?:ing)?|phon(?:e|ing)|e-?mail(?:ing)?|writ(?:e|ing)"
    r"|mail(?:ing)?|visit(?:ing)?|click(?:ing)?|us(?:e|ing)|contact(?:ing)?|fill(?:ing)?|submit(?:ting)?|logg?(?:ing)? ?in|going to)"
)
_ONLY = r"(?<!not )(?<!n't )(?<!not just )\b(?:only|solely|exclusively)\b"
_BY = r"(?:by|via|through|with|using|if you|when you|in writing|on our|at our|on the|at https?|from your account)"
_ENGLISH = re.compile(
    rf"{_OUT}[^.!?;]{{0,60}}{_ONLY} (?:be \w+ )?(?:{_BY}|{_MEANS})\b"
    rf"|{_ONLY}[^.!?;]{{0,25}}\b{_OUT}[^.!?;]{{0,30}}\b(?:{_BY}|{_MEANS})\b"
    rf"|{_ONLY} (?:by |via |through )?{_MEANS}\b[^.!?;]{{0,60}}{_OUT}"
    rf"|(?<!not )(?<!n't )\b(?:the |a |your |our )?(?:only|sole|exclusive) (?:\w+ )?"
    rf"(?:way|method|means|manner|channel|option|procedure|mechanism|process|keyword|command)s?\b"
    rf"(?=[^.!?;]{{0,80}}{_OUT})"
    rf"|{_OUT}[^.!?;]{{0,40}}(?<!not )(?<!n't )\b(?:the )?(?:only|sole|exclusive) (?:\w+ )?(?:way|method|means|manner|channel|option|mechanism)"
    rf"|\bno other (?:way|method|means|manner|channel|form|keyword|word|request)s?\b"
    rf"|\b(?:any |all )?other (?:ways?|methods?|means|channels?|forms?|keywords?|words?|requests?|replies|responses?)\b[^.!?;]{{0,60}}"
    rf"\b(?:not|n't|never|ignored|rejected|invalid)\b"
    rf"|{_OUT}[^.!?;]{{0,40}}\b(?:not|never|n't)\b (?:be )?(?:accepted|honou?red|processed|valid|effective|recogni[sz]ed)[^.!?;]{{0,20}}\b(?:by|via|unless|if|through)\b"
    rf"|{_OUT}[^.!?;]{{0,30}}\b(?:by|via|through|sent by)\b[^.!?;]{{0,40}}\b(?:not|never|n't)\b (?:be )?(?:accepted|honou?red|processed|valid|effective|recogni[sz]ed)"
    rf"|\bdo(?:es)? not accept[^.!?;]{{0,20}}{_OUT}[^.!?;]{{0,20}}\b(?:by|via|through|except|other)\b"
    rf"|\b(?:cannot|can't|can not|may not|not able to|unable to|no way to)\b[^.!?;]{{0,15}}{_OUT}[^.!?;]{{0,40}}"
    rf"\b(?:except|unless|other than|otherwise|other way|other means|any other|without)\b"
    rf"|{_OUT}[^.!?;]{{0,30}}\byou (?:must|are required to|have to|need to) (?:first )?{_MEANS}\b"
    rf"|\byou (?:must|are required to|have to) (?:first )?{_MEANS}\b[^.!?;]{{0,40}}\b(?:to|in order to)\b[^.!?;]{{0,10}}{_OUT}"
    rf"|{_ONLY} (?:the )?(?:word |keyword |command )?[\"'“]?stop\b[^.!?;]{{0,25}}\b(?:accepted|recogni[sz]ed|work|works|honou?red|will)\b"
)
_SPANISH_OUT = r"(?:darse de baja|darte de baja|date de baja|la baja|baja|cancelar|anular|revocar|retirar|dejar de recibir|excluir\w*)"
_SPANISH = re.compile(
    rf"{_SPANISH_OUT}[^.!?;]{{0,60}}\b(?<!no )(?:solo|solamente|unicamente|exclusivamente)\b[^.!?;]{{0,10}}\b(?:enviando|respondiendo|mediante|por|"
    rf"a traves|con|si|llamando|escribiendo|desde|en)\b"
    rf"|\b(?<!no )(?:solo|solamente|unicamente|exclusivamente)\b[^.!?;]{{0,60}}{_SPANISH_OUT}[^.!?;]{{0,30}}\b(?:enviando|respondiendo|mediante|por|"
    rf"a traves|con|si|llamando|escribiendo|desde)\b"
    rf"|(?<!no es )\b(?:la unica (?:forma|manera|via|opcion)|el unico (?:modo|medio|metodo|canal))\b[^.!?;]{{0,60}}{_SPANISH_OUT}"
    rf"|\bpara {_SPANISH_OUT}[^.!?;]{{0,40}}\bdebe(?:s|ra|ras)? (?:enviar|responder|llamar|escribir|usar)\b"
    rf"|\bdebe(?:s|ra|ras)? (?:enviar|responder|llamar|escribir|usar)\b[^.!?;]{{0,40}}\bpara {_SPANISH_OUT}"
    r"|\bno se acepta\w* (?:ningun\w* )?otr[oa]s?\b"
)
_FRENCH_OUT = r"(?:desabonn\w*|desinscri\w*|retirer|revoquer|retrait|resili\w*|ne plus recevoir|annuler|stopper|vous opposer)"
_FRENCH = re.compile(
    rf"{_FRENCH_OUT}[^.!?;]{{0,60}}(?:\b(?<!pas )(?:uniquement|seulement|exclusivement)\b[^.!?;]{{0,10}}\b(?:par|en|via|au|a|avec|depuis)\b|\bqu'en\b|\bque (?:par|via)\b)"
    rf"|\b(?<!pas )(?:uniquement|seulement|exclusivement)\b[^.!?;]{{0,40}}\b(?:par|en|via)\b[^.!?;]{{0,40}}{_FRENCH_OUT}"
    rf"|(?<!pas )\b(?:le seul (?:moyen|canal)|la seule (?:facon|maniere|methode|voie)|l'unique (?:moyen|facon))\b[^.!?;]{{0,60}}{_FRENCH_OUT}"
    rf"|\bvous devez (?:obligatoirement )?(?:envoyer|repondre|appeler|ecrire|utiliser)\b[^.!?;]{{0,40}}\bpour (?:vous )?{_FRENCH_OUT}"
    rf"|\bpour (?:vous )?{_FRENCH_OUT}[^.!?;]{{0,40}}\bvous devez (?:obligatoirement )?(?:envoyer|repondre|appeler|ecrire|utiliser)\b"
    r"|\baucun autre (?:moyen|canal)\b|\baucune autre (?:methode|maniere|facon|demande)\b"
)
_GERMAN_OUT = r"(?:abmeld\w*|abzumelden|abbestell\w*|abzubestellen|widerruf\w*|zu widerrufen|kundig\w*|austragen|auszutragen|stornier\w*)"
_GERMAN = re.compile(
    rf"{_GERMAN_OUT}[^.!?;]{{0,60}}\b(?<!nicht )(?:nur|ausschliesslich|lediglich)\b[^.!?;]{{0,10}}\b(?:per|durch|mit|uber|via|indem|wenn|schriftlich|telefonisch|moglich)\b"
    rf"|\b(?<!nicht )(?:nur|ausschliesslich|lediglich)\b[^.!?;]{{0,20}}\b(?:per|durch|mit|uber|via|indem|schriftlich|telefonisch)\b[^.!?;]{{0,50}}{_GERMAN_OUT}"
    rf"|\b(?<!nicht )(?:die einzige (?:moglichkeit|art|weise)|der einzige weg|das einzige mittel)\b[^.!?;]{{0,60}}{_GERMAN_OUT}"
    rf"|{_GERMAN_OUT}[^.!?;]{{0,40}}\b(?:die einzige (?:moglichkeit|art|weise)|der einzige weg)\b"
    rf"|\bmussen sie\b[^.!?;]{{0,40}}\b(?:senden|antworten|anrufen|schreiben)\b[^.!?;]{{0,20}}\bum\b[^.!?;]{{0,30}}{_GERMAN_OUT}"
    rf"|\bum\b[^.!?;]{{0,30}}{_GERMAN_OUT}[^.!?;]{{0,10}}\bmussen sie\b[^.!?;]{{0,40}}\b(?:senden|antworten|anrufen|schreiben)\b"
    r"|\bandere\w* (?:wege?|formen?|arten?|mitteilungen)\b[^.!?;]{0,40}\bnicht\b"
)
_LANGUAGES = (_ENGLISH, _SPANISH, _FRENCH, _GERMAN)


def exclusive_way_out(part: str) -> str | None:
    """The words that say so, in a folded text."""
    if not _HINT.search(part):
        return None
    for sentence in _SENTENCE.split(part):
        for language in _LANGUAGES:
            if found := language.search(sentence):
                return found[0]
    return None
