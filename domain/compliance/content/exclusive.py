"""Whether a text names one way to opt out and no other, which no sender may (47 CFR 64.1200(a)(10))."""

from domain.compliance.content.phrases import Text, Wording, wording

_NOT = r"(?<!not )(?<!n't )(?<!just )(?<!nicht )(?<!pas )(?<!no )(?<!no es )"
_ENGLISH = wording(
    rf"OUT ~60 {_NOT}ONLY (?:be \w+ |if |when )?(?:BY|MEANS)",
    rf"{_NOT}ONLY ~25 OUT ~30 (?:BY|MEANS)",
    rf"{_NOT}ONLY (?:by |via |through |if you |when you )?(?:a |an )?MEANS ~60 OUT",
    rf"{_NOT}(?:the |a |your |our )?SOLE (?:\w+ )?WAYS ~80 OUT",
    rf"OUT ~60 {_NOT}(?:the |a |your |our )?SOLE (?:\w+ )?WAYS",
    "OTHERS ~60 REFUSED",
    "OUT ~40 REFUSED ~20 UNLESS",
    "OUT ~30 BY ~40 REFUSED",
    "REFUSED ~20 OUT ~20 (?:BY|UNLESS)",
    "CANNOT ~20 OUT ~40 UNLESS",
    "OUT ~30 MUST (?:MEANS|be (?:made|sent|submitted|given|done|received) ~10 BY)",
    "MUST (?:first )?MEANS ~40 (?:to|in order to) ~10 OUT",
    rf"{_NOT}ONLY (?:the )?(?:word |keyword |command )?[\"'“]?stop\b ~25 ACCEPTED",
    "OUT ~30 NOWHERE",
    needs="ONLY SOLE OTHERS REFUSED CANNOT MUST NOWHERE",
    ONLY="only, solely, exclusively",
    SOLE="only, sole, exclusive, single",
    OUT="""
        opt out, opts out, opting out, opted out, opt outs, optout, opt out request*, unsubscri*, revoke, revokes,
        revoking, revocation*, withdraw*, cancel, cancels, cancelling, canceling, cancellation*, stop receiving,
        stop getting, stop these, stop the, stop our, stop all, stop future, stop messages, stop texts, stop sms,
        stop marketing, end these messages, leave the list, leave the program, leave this program, be removed,
        removed from, remove yourself, remove your number
    """,
    BY="""
        by, via, through, with, using, if you, when you, in writing, on our website, at our website, on our site,
        on the website, on your account, at http*, from your account, in your account
    """,
    MEANS="""
        text, texting, texted, reply, replies, replying, respond, responding, send, sending, call, calling, phone,
        phoning, email, emailing, write, writing, mail, mailing, visit, visiting, click, clicking, use, using,
        contact, contacting, fill, filling, submit, submitting, log in, logging in, go to, going to, phone call,
        letter
    """,
    WAYS="""
        way, ways, method, methods, means, manner, channel, channels, option, mechanism, procedure, keyword, command
    """,
    OTHERS="""
        no other, other ways, other way, other methods, other method, other means, other channel*, other forms,
        other keyword*, other words, other requests, other replies, other responses, another way, another means,
        any other
    """,
    REFUSED="""
        not accepted, not be accepted, not honored, not be honored, not honoured, not be honoured, not processed,
        not be processed, not valid, not effective, not be effective, not recognized, not be recognized,
        not recognised, not be recognised, ignored, rejected, not accept, cannot accept, won't accept, not honor,
        not honour, not process, won't be accepted, won't be honored, won't be processed, be accepted, way, method,
        means, manner, channel
    """,
    UNLESS="except, unless, other than, otherwise, without, only",
    CANNOT="cannot, can't, can not, may not, not able to, unable to, no way to, not possible to",
    MUST="you must, you are required to, you have to, must, you need to, are required to",
    ACCEPTED="accepted, recognized, recognised, works, work, honored, honoured, will, counts",
    NOWHERE="and in no other way, and no other way, and by no other means, in no other manner",
)
_SPANISH = wording(
    rf"OUT ~60 {_NOT}ONLY ~10 BY",
    rf"{_NOT}ONLY ~60 OUT ~30 BY",
    rf"{_NOT}ONLY BY ~60 OUT",
    rf"{_NOT}SOLE ~60 OUT",
    rf"OUT ~40 {_NOT}SOLE",
    "para OUT ~40 MUST",
    "MUST ~40 para OUT",
    "OTHERS",
    needs="ONLY SOLE MUST OTHERS",
    OUT="""
        darse de baja, darte de baja, darme de baja, la baja, cancelar, anular, revocar, retirar, dejar de recibir,
        excluirse
    """,
    ONLY="solo, solamente, únicamente, exclusivamente",
    BY="enviando, respondiendo, mediante, por, a través, con, si, llamando, escribiendo, desde, en",
    SOLE="""
        la única forma, la única manera, la única vía, la única opción, el único modo, el único medio,
        el único método
    """,
    MUST="""
        debe enviar, debes enviar, debe responder, debes responder, debe llamar, debes llamar, debe escribir,
        debes escribir
    """,
    OTHERS="""
        no se acepta otro, no se aceptan otros, no se aceptan otras, no se aceptarán otros, ningún otro medio,
        ninguna otra forma
    """,
)
_FRENCH = wording(
    rf"OUT ~60 {_NOT}ONLY ~10 BY",
    "OUT ~60 NONE",
    rf"{_NOT}ONLY BY ~60 OUT",
    rf"{_NOT}SOLE ~60 OUT",
    rf"OUT ~40 {_NOT}SOLE",
    "MUST ~40 pour (?:vous )?OUT",
    "pour (?:vous )?OUT ~40 MUST",
    "OTHERS",
    needs="ONLY NONE SOLE MUST OTHERS",
    OUT="désabonn*, désinscri*, retirer, révoquer, retrait, résili*, ne plus recevoir, annuler, vous opposer",
    ONLY="uniquement, seulement, exclusivement",
    BY="par, en, via, au, à, avec, depuis",
    NONE="qu'en, que par, que via, qu'à",
    SOLE="""
        le seul moyen, le seul canal, la seule façon, la seule manière, la seule méthode, la seule voie,
        l'unique moyen
    """,
    MUST="vous devez envoyer, vous devez répondre, vous devez appeler, vous devez écrire, vous devez obligatoirement",
    OTHERS="aucun autre moyen, aucun autre canal, aucune autre méthode, aucune autre manière, aucune autre demande",
)
_GERMAN = wording(
    rf"OUT ~60 {_NOT}ONLY ~10 BY",
    rf"{_NOT}ONLY ~20 BY ~60 OUT",
    rf"{_NOT}SOLE ~60 OUT",
    rf"OUT ~40 {_NOT}SOLE",
    "MUST ~40 SEND ~20 um ~30 OUT",
    "um ~30 OUT ~10 MUST ~40 SEND",
    "OTHERS ~40 nicht",
    needs="ONLY SOLE MUST OTHERS",
    OUT="abmeld*, abzumelden, abbestell*, abzubestellen, widerruf*, kündig*, austragen, auszutragen, stornier*",
    ONLY="nur, ausschliesslich, lediglich",
    BY="per, durch, mit, über, via, indem, wenn, schriftlich, telefonisch, möglich",
    SOLE="""
        die einzige möglichkeit, die einzige art, der einzige weg, das einzige mittel, einzige möglichkeit,
        einziger weg
    """,
    MUST="müssen sie, musst du",
    SEND="senden, antworten, anrufen, schreiben, schicken",
    OTHERS="andere wege, anderen wegen, andere formen, andere mitteilungen, andere arten, andere weise",
)
_LANGUAGES: tuple[Wording, ...] = (_ENGLISH, _SPANISH, _FRENCH, _GERMAN)


def exclusive_way_out(text: Text) -> str | None:
    """The words that say so."""
    for language in _LANGUAGES:
        if found := language.search(text):
            return found[0]
    return None
