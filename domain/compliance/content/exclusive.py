"""Whether a text names one way to opt out and no other, which no sender may (47 CFR 64.1200(a)(10)).

In a text about consent every cancelling is leaving; in a message it may be an appointment or a parcel that is cancelled
by phone alone, so there only words count that speak of messages or of consent.
"""

from domain.compliance.content.phrases import Text, Wording, wording

_NOT = "".join(
    f"(?<!{before} )"
    for before in ("not", "n't", "just", "not the", "n't the", "not our", "not your", "nicht", "pas", "no", "no es")
)
_ENGLISH_OUT = """
    opt out, opts out, opting out, opted out, opt outs, optout, unsubscri*, revoke consent, revoke your consent,
    consent may be revoked, consent can be revoked, revoking consent, withdraw consent, withdraw your consent,
    consent may be withdrawn, consent can be withdrawn, stop receiving, stop getting, stop these messages,
    stop our messages, stop all messages, stop future messages, stop messages, stop texts, stop sms, stop marketing,
    cancel these messages, cancel messages, cancel texts, end these messages, leave the list, leave this list
"""
_ENGLISH_OUT_OF_CONSENT = f"""{_ENGLISH_OUT},
    revok*, revocation*, withdraw*, cancel, cancels, cancelled, cancelling, canceling, cancellation*, stop the,
    stop these, stop our, stop all, leave the program, leave this program, be removed, removed from,
    remove yourself, remove your number
"""
_SPANISH_OUT = """
    darse de baja, darte de baja, darme de baja, dejar de recibir, retirar su consentimiento,
    retirar tu consentimiento, revocar su consentimiento, revocar tu consentimiento, cancelar los mensajes,
    cancelar la suscripción
"""
_FRENCH_OUT = """
    désabonn*, désinscri*, ne plus recevoir, retirer votre consentement, révoquer votre consentement,
    retirer ton consentement, vous opposer
"""
_GERMAN_OUT = """
    abmeldung, abmelden, abzumelden, abmeldungen, abbestell*, abzubestellen, einwilligung widerrufen,
    einwilligung zu widerrufen, widerruf der einwilligung, widerruf ihrer einwilligung, austragen, auszutragen
"""
_ENGLISH_PATTERNS = (
    rf"OUT ~60 {_NOT}ONLY (?:be \w{{1,20}} |possible |available |valid |accepted |if |when )?(?:BY|MEANS)",
    rf"{_NOT}ONLY ~25 OUT ~30 (?:BY|MEANS)",
    rf"{_NOT}ONLY (?:by |via |through |if you |when you )?(?:a |an )?MEANS ~60 OUT",
    rf"{_NOT}SOLE (?:\w{{1,20}} )?WAYS ~80 OUT",
    rf"{_NOT}SOLE OUT ~10 WAYS",
    rf"OUT ~60 {_NOT}SOLE (?:\w{{1,20}} )?WAYS",
    "OUT.{0,120}(?:OTHERS|REQUESTS) ~60 REFUSED",
    "OTHERS ~30 OUT ~40 REFUSED",
    "OUT.{0,120}NONE",
    "NONE ~60 OUT",
    "OUT ~40 REFUSED ~20 UNLESS",
    "OUT ~30 BY ~40 REFUSED",
    "REFUSED ~20 OUT ~20 (?:BY|UNLESS)",
    "CANNOT ~20 OUT ~40 (?:UNLESS|OTHERS)",
    "OUT ~30 MUST (?:first )?MEANS",
    "OUT ~30 MUST be (?:made|sent|submitted|given|done|received) ~10 BY",
    "MUST (?:first )?MEANS ~40 (?:to|in order to) ~10 OUT",
    rf"{_NOT}ONLY (?:the )?(?:word |keyword |command )?[\"'“]?stop\b ~25 ACCEPTED",
)
_ENGLISH_WORDS = {
    "ONLY": "only, solely, exclusively",
    "SOLE": "only, sole, exclusive, single",
    "BY": """
        by, via, through, with, using, if you, when you, in writing, on our website, at our website,
        on our site, on the website, on your account, at http*, from your account, in your account
    """,
    "MEANS": """
        text, texts, texting, texted, reply, replies, replying, respond, responding, send, sending, call, calls,
        calling, phone, phoning, email, emails, emailing, write, writing, mail, mailing, visit, visiting, click,
        clicking, use, using, contact, contacting, fill, filling, submit, submitting, log in, logging in, go to,
        going to, letter, letters
    """,
    "WAYS": """
        way, ways, method, methods, means, manner, channel, channels, option, mechanism, procedure, keyword,
        command
    """,
    "OTHERS": """
        other ways, other way, other methods, other method, other means, other channel*, other forms,
        other keyword*, other words, other requests, other replies, other responses, another way, another means,
        any other
    """,
    "REQUESTS": "requests by, requests sent by, requests made by, requests via, requests through, requests from",
    "NONE": """
        no other way*, no other method*, no other means, no other channel*, no other manner, no other form*,
        no other word*
    """,
    "REFUSED": """
        not accepted, not be accepted, not honored, not be honored, not honoured, not be honoured,
        not processed, not be processed, not valid, not effective, not be effective, not recognized,
        not be recognized, not recognised, not be recognised, ignored, rejected, not accept, cannot accept,
        won't accept, not honor, not honour, not process, won't be accepted, won't be honored,
        won't be honoured, won't be processed, cannot be accepted, cannot be processed
    """,
    "UNLESS": "except, unless, other than, otherwise, without",
    "CANNOT": "cannot, can't, can not, may not, not able to, unable to, no way to, not possible to",
    "MUST": "you must, you are required to, you have to, must, you need to, are required to",
    "ACCEPTED": "accepted, recognized, recognised, works, work, honored, honoured, will, counts",
}


def _english(out: str) -> Wording:
    needs = "ONLY SOLE OTHERS REQUESTS REFUSED NONE CANNOT MUST"
    return wording(*_ENGLISH_PATTERNS, needs=needs, OUT=out, **_ENGLISH_WORDS)


def _spanish(out: str) -> Wording:
    return wording(
        rf"OUT ~60 {_NOT}ONLY ~10 BY",
        rf"{_NOT}ONLY ~60 OUT ~30 BY",
        rf"{_NOT}ONLY BY ~60 OUT",
        rf"{_NOT}SOLE ~60 OUT",
        rf"OUT ~40 {_NOT}SOLE",
        "para OUT ~40 MUST",
        "MUST ~40 para OUT",
        "OUT.{0,120}OTHERS",
        needs="ONLY SOLE MUST OTHERS",
        OUT=out,
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
        OTHERS="no se acepta otro, no se aceptan otros, no se aceptan otras, no se aceptarán otros, ningún otro medio",
    )


def _french(out: str) -> Wording:
    return wording(
        rf"OUT ~60 {_NOT}ONLY ~10 BY",
        "OUT ~60 BUT",
        rf"{_NOT}ONLY BY ~60 OUT",
        rf"{_NOT}SOLE ~60 OUT",
        rf"OUT ~40 {_NOT}SOLE",
        "MUST ~40 pour (?:vous )?OUT",
        "pour (?:vous )?OUT ~40 MUST",
        "OUT.{0,120}OTHERS",
        needs="ONLY BUT SOLE MUST OTHERS",
        OUT=out,
        ONLY="uniquement, seulement, exclusivement",
        BY="par, en, via, au, à, avec, depuis",
        BUT="qu'en, que par, que via, qu'à",
        SOLE="""
            le seul moyen, le seul canal, la seule façon, la seule manière, la seule méthode, la seule voie,
            l'unique moyen
        """,
        MUST="""
            vous devez envoyer, vous devez répondre, vous devez appeler, vous devez écrire,
            vous devez obligatoirement
        """,
        OTHERS="""
            aucun autre moyen, aucun autre canal, aucune autre méthode, aucune autre manière, aucune autre demande
        """,
    )


def _german(out: str) -> Wording:
    return wording(
        rf"OUT ~60 {_NOT}ONLY ~10 BY",
        rf"{_NOT}ONLY ~20 BY ~60 OUT",
        rf"{_NOT}SOLE ~60 OUT",
        rf"OUT ~40 {_NOT}SOLE",
        "MUST ~40 SEND ~20 um ~30 OUT",
        "um ~30 OUT ~10 MUST ~40 SEND",
        "OUT.{0,120}OTHERS ~40 nicht",
        needs="ONLY SOLE MUST OTHERS",
        OUT=out,
        ONLY="nur, ausschliesslich, lediglich",
        BY="per, durch, mit, über, via, indem, wenn, schriftlich, telefonisch, möglich",
        SOLE="die einzige möglichkeit, die einzige art, der einzige weg, das einzige mittel, einzige möglichkeit",
        MUST="müssen sie, musst du",
        SEND="senden, antworten, anrufen, schreiben, schicken",
        OTHERS="andere wege, anderen wegen, andere formen, andere mitteilungen, andere arten, andere weise",
    )


_IN_MESSAGES = (_english(_ENGLISH_OUT), _spanish(_SPANISH_OUT), _french(_FRENCH_OUT), _german(_GERMAN_OUT))
_IN_CONSENT_TEXTS = (
    _english(_ENGLISH_OUT_OF_CONSENT),
    _spanish(f"{_SPANISH_OUT}, cancelar, anular, revocar, retirar, la baja, excluirse"),
    _french(f"{_FRENCH_OUT}, retirer, révoquer, retrait, résili*, annuler"),
    _german(f"{_GERMAN_OUT}, widerruf*, zu widerrufen, kündig*"),
)


def exclusive_way_out(text: Text) -> str | None:
    """The words of a message that say so."""
    return _first(_IN_MESSAGES, text)


def exclusive_way_out_of_consent(text: Text) -> str | None:
    """The words of a disclosure, or of terms, that say so."""
    return _first(_IN_CONSENT_TEXTS, text)


def _first(languages: tuple[Wording, ...], text: Text) -> str | None:
    return next((quoted for language in languages if (quoted := language.quoted_from(text))), None)
