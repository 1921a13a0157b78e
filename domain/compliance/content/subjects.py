"""What a subject line claims, and the labels some laws want at its head."""

import re

_A_REPLY = re.compile(r"(?:re|fwd?|aw|wg|antw|tr|rv|rif|ref)(?:\[\d+\])? ?: ")
_CLAIMS = re.compile(
    r"(?:your |ihre |su |tu |votre )?(?:(?:over)?due|unpaid|outstanding|offene|unbezahlte|uberfallige) (?P<invoice>invoice|rechnung)\b"
    r"|(?:your |ihre |su |tu |votre )?(?P<bill>invoice|rechnung|factura|facture) ?(?:#|no\b|nr\b|n°|number)? ?\d+"
    r"|(?:factura|facture) (?P<owed>impagada|impayee|pendiente)"
    r"|(?:your )?(?P<account>account) (?:has been|was|is|will be) (?:suspended|locked|closed|limited|blocked|compromised|deactivated)"
    r"|(?:ihr )?(?P<konto>konto) (?:wurde|ist|wird) (?:gesperrt|geschlossen|eingeschrankt)"
    r"|(?:su |tu )?(?P<cuenta>cuenta) (?:ha sido|esta|fue) (?:suspendida|bloqueada|cerrada)"
    r"|(?:votre )?(?P<compte>compte) (?:a ete|est) (?:suspendu|bloque|ferme)"
    r"|(?:your )?(?P<payment>payment) (?:failed|was declined|is overdue|overdue)"
    r"|(?P<security>security) alert\b|undeliver(?:ed|able)(?P<mail>) (?:mail|message)|mail delivery failed"
    r"|your (?P<package>package|parcel) (?:could not|couldn't|is waiting|is on hold)"
    r"|(?:you have|you've|you) won\b|sie haben gewonnen|has ganado|vous avez gagne"
)
_AD = re.compile(
    r"[\[(<*]* ?(?:ad|adv|advert|advertisement|advertising|sponsored|anzeige|werbung|publicite|publicidad|anuncio)\b ?[\])>*:|.-]"
    r"|this (?:is an advertisement|(?:e-?mail|message) is an advertisement|is a commercial (?:e-?mail|message))"
)
_AD_IN_BODY = re.compile(
    r"\bthis (?:e-?mail |message )?is an? (?:advertisement|ad|commercial (?:e-?mail|message))\b|\bdies ist (?:eine )?werbung\b"
    r"|\b(?:ceci est|message) (?:une publicite|publicitaire)\b|\b(?:esto|este mensaje) es (?:un anuncio|publicidad)\b"
)
_ADV = re.compile(r"<adv> ")


def deceptive(subject: str, body: str) -> bool:
    """Only where it is plain: an answer nobody asked for, a prize, or a debt the mail itself says nothing of."""
    if _A_REPLY.match(subject):
        return True
    claim = _CLAIMS.match(subject)
    if claim is None:
        return False
    about = next((word for word in claim.groups() if word), None)
    return about is None or about not in body


def labelled_as_ad(subject: str, body: str) -> bool:
    return bool(_AD.match(subject) or _AD.match(body) or _AD_IN_BODY.search(body))


def labelled_adv(first: str) -> bool:
    """The label of the Spam Control Act: `<ADV>` and a space, at the head of the subject or, without one, of the text."""
    return _ADV.match(first) is not None
