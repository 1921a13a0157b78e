"""What a subject line claims, and the labels some laws want at its head."""

import re

from domain.compliance.content.phrases import Text, wording

_A_REPLY = re.compile(r"(?:re|fwd?|aw|wg|antw|tr|rv|rif|ref)(?:\[\d{1,3}\])? ?: ")
_BEGINS = "^(?:your |ihre |ihr |su |tu |votre )?"
_CLAIM = wording(
    rf"{_BEGINS}DUE BILL",
    rf"{_BEGINS}BILL ?(?:#|no\.?|nr\.?|n°|number)? ?\d",
    rf"{_BEGINS}BILL OWED",
    rf"{_BEGINS}ACCOUNT (?:has been|was|is|will be|wurde|ist|wird|ha sido|esta|fue|a ete|est) (?:temporarily )?CLOSED",
    rf"{_BEGINS}PAYMENT (?:failed|was declined|is overdue|overdue|declined)",
    rf"{_BEGINS}PARCEL (?:could not|couldn't|is waiting|is on hold|konnte nicht)",
    rf"{_BEGINS}ALERT",
    needs="BILL ACCOUNT PAYMENT PARCEL ALERT",
    DUE="due, overdue, unpaid, outstanding, offene, unbezahlte, überfällige",
    BILL="invoice, rechnung, factura, facture",
    OWED="impagada, impayée, pendiente, overdue",
    ACCOUNT="account, konto, cuenta, compte",
    CLOSED="""
        suspended, locked, closed, limited, blocked, compromised, deactivated, gesperrt, geschlossen, eingeschränkt,
        suspendida, bloqueada, cerrada, suspendu, bloqué, fermé
    """,
    PAYMENT="payment",
    PARCEL="package, parcel, paket",
    ALERT="""
        security alert, sicherheitswarnung, alerta de seguridad, alerte de sécurité, mail delivery failed,
        undeliverable
    """,
)
_WON = wording(
    "^(?:congratulations[,!:]? )?WON",
    needs="WON",
    WON="you won, you've won, you have won, sie haben gewonnen, has ganado, vous avez gagné",
)
_LABEL = wording(
    r"^[\[(<*]* ?AD ?[\])>*:|.-]",
    needs="AD",
    AD="ad, adv, advert, advertisement, advertising, sponsored, anzeige, werbung, publicité, publicidad, anuncio",
)
_SAYS_AD = wording(
    "AD",
    needs="AD",
    AD="""
        this is an advertisement, this email is an advertisement, this message is an advertisement,
        this is a commercial email, this is a commercial message, dies ist werbung, dies ist eine werbung,
        ceci est une publicité, message publicitaire, esto es publicidad, este mensaje es publicidad,
        esto es un anuncio
    """,
)
_ADV = "<adv> "


def deceptive(subject: Text, body: str) -> bool:
    """Only where it is plain: an answer nobody asked for, a prize, or a trouble the mail itself says nothing of."""
    if _A_REPLY.match(subject.words) or _WON.said_in(subject):
        return True
    claim = _CLAIM.search(subject)
    return claim is not None and not any(word in body for word in re.findall(r"[^\W\d_]{6,}", claim[0]))


def labelled_as_ad(subject: Text, body: Text) -> bool:
    return _LABEL.said_in(subject) or _LABEL.said_in(body) or _SAYS_AD.said_in(body)


def labelled_adv(first: Text) -> bool:
    """The label of the Spam Control Act at the head of the subject or, where there is none, of the text."""
    return first.words.startswith(_ADV)
