"""From the final words of a message to the facts the rules look at. Pure, and never raises: what cannot be read is not there."""

import re
from functools import lru_cache
from typing import Any

from domain.addresses import Channel
from domain.channels import Sender
from domain.compliance.attempt import Content as Inspection
from domain.compliance.content import elements, names, subjects, ways_out
from domain.compliance.content.exclusive import exclusive_way_out
from domain.compliance.content.promotion import first_promotion
from domain.compliance.content.reading import Reading, read
from domain.compliance.content.topics import topics
from domain.messages import Content
from domain.programs import Program

_MARKETING = "marketing"
_WITH_ELEMENTS = frozenset({"optin_confirmation", "help_reply"})
# A text worth remembering is sent to many as it is; longer ones are rarely the same twice.
_SHORT = 1_600

_REFERRED = re.compile(
    r"\b(?:referred|recommended|suggested|invited|introduced) (?:to us |to you )?by [^\W\d_]{2,} [^\W\d_]{2,}"
    r"|\b[^\W\d_]{2,} [^\W\d_]{2,} (?:referred|recommended|suggested|invited|introduced) (?:you|us)\b"
    r"|\bauf empfehlung von [^\W\d_]{2,} [^\W\d_]{2,}|\bde la part de [^\W\d_]{2,} [^\W\d_]{2,}"
    r"|\brecomendad[oa] por [^\W\d_]{2,} [^\W\d_]{2,}|\brecommande[e]? par [^\W\d_]{2,} [^\W\d_]{2,}"
)
_CONSENT_HOLDER = re.compile(
    r"\b(?:consent|permission|address|number|details|contact information)\b[^.!?]{0,60}"
    r"\b(?:given|provided|obtained|collected|shared|passed(?: on)?|received|gave)\b[^.!?]{0,20}\b(?:to|by|from|through|via) [^\W\d_]{2,}"
    r"|\b(?:you gave|you provided)\b[^.!?]{0,40}\bto [^\W\d_]{2,}"
    r"|\beinwilligung\b[^.!?]{0,60}\b(?:gegenuber|von|bei) [^\W\d_]{2,}"
    r"|\bconsent\w*\b[^.!?]{0,60}\b(?:aupres de|recueilli par|a) [^\W\d_]{2,}|\bconsentimiento\b[^.!?]{0,60}\b(?:a|por) [^\W\d_]{2,}"
)
_RECONFIRMED = re.compile(
    r"\b(?:you|you've|you have) (?:recently |previously )?(?:signed up|subscribed|opted in|agreed|joined|asked|requested|enrolled|registered)\b"
    r"|\byou(?:'re| are) (?:receiving|getting) (?:this|these)\b[^.!?]{0,30}\b(?:because|since|as)\b"
    r"|\b(?:thanks|thank you) for (?:signing up|subscribing|joining|opting in|registering)\b|\bwelcome to\b|\byou(?:'re| are) (?:now )?subscribed\b"
    r"|\b(?:sie|du) (?:haben|hast) (?:sich|dich|uns)\b[^.!?]{0,40}\b(?:angemeldet|abonniert|eingewilligt|zugestimmt)\b|\bdanke fur (?:ihre|deine) anmeldung\b"
    r"|\b(?:te|se) (?:suscribiste|registraste|inscribiste|suscribio|registro|ha suscrito|has suscrito)\b|\bgracias por (?:suscribirte|suscribirse|registrarte)\b"
    r"|\bvous (?:vous etes|etes) (?:inscrit|abonne)|\bmerci (?:de|pour) votre (?:inscription|abonnement)\b"
)
_TRANSACTION = re.compile(
    r"\b(?:orders?|shipped|shipment|deliver(?:y|ed|ies)|tracking|receipt|invoice|payment|paid|purchase|appointment|booking|booked|reservation"
    r"|password|account|statement|balance|refund(?:ed)?|subscription|renewal|renews|tickets?|itinerary|confirmation|confirmed|verification"
    r"|code|warranty|recall|safety|security|terms|request|return|package|parcel"
    r"|bestellung|rechnung|zahlung|lieferung|geliefert|versandt|termin|buchung|passwort|konto|erstattung|paket"
    r"|pedido|factura|pago|envio|entrega|cita|reserva|contrasena|cuenta|reembolso|paquete"
    r"|commande|facture|paiement|livraison|livre|colis|rendez-vous|mot de passe|compte|remboursement)\b"
)


def inspect(content: Content, *, channel: Channel, category: str, program: Program, sender: Sender) -> Inspection:
    """The footer and headers the product adds to marketing mail are part of what is sent, and of what is found."""
    look = _remembered if content.html is None and len(content.text) <= _SHORT else _look
    return look(content, channel, category, program, sender)


def _look(content: Content, channel: Channel, category: str, program: Program, sender: Sender) -> Inspection:
    reading, proper = read(content), names.proper_names(sender, program)
    words = proper.sub(" ", reading.words)
    found = first_promotion(words)
    by_mail = channel is Channel.EMAIL
    subject = proper.sub(" ", reading.subject)
    promotes = found is not None or first_promotion(subject) is not None
    said = _said_in_mail(reading, category, promotes, sender) if by_mail else _said_in_text(reading, category, program, sender)
    return Inspection(
        contains_promotion=promotes,
        subject_promotional=bool(subject) and first_promotion(subject) is not None,
        transactional_first=_transaction_first(reading, proper) if found else True,
        topics=topics(f"{subject} {words}", reading.parts),
        exclusive_optout=any(map(exclusive_way_out, reading.parts)),
        referrer_named=_anywhere(_REFERRED, reading),
        third_party_holder_named=_anywhere(_CONSENT_HOLDER, reading),
        reconfirms_consent=_anywhere(_RECONFIRMED, reading),
        **said,
    )


_remembered = lru_cache(maxsize=2048)(_look)


def _anywhere(pattern: re.Pattern[str], reading: Reading) -> bool:
    return any(pattern.search(part) for part in reading.parts)


def _transaction_first(reading: Reading, proper: re.Pattern[str]) -> bool:
    """In each part that promotes: 16 CFR 316.3(a)(2) asks what stands at the beginning of the body."""
    for part in reading.parts:
        words = proper.sub(" ", part)
        promotion = first_promotion(words)
        if promotion is not None and _TRANSACTION.search(words, 0, promotion.start()) is None:
            return False
    return True


def _said_in_text(reading: Reading, category: str, program: Program, sender: Sender) -> dict[str, Any]:
    text = reading.parts[0]
    stops, link = ways_out.stop_instruction(text), ways_out.leaving_link(text)
    leaves = stops or link
    return {
        "elements": elements.elements(text, sender, program) if category in _WITH_ELEMENTS else None,
        "has_identification": names.named_by_origin(sender) or names.identified(reading.parts, sender, program),
        # A text may say where the rest is to be read (SOR/2012-36 s. 2(2)).
        "postal_address": names.shows_address(text, sender.postal_address) or "://" in text,
        "has_unsubscribe": leaves,
        "objection_notice": leaves or ways_out.tells_of_objecting(text),
        "unsub_requires_login": not leaves and ways_out.wants_login(text),
        "unsub_fee": ways_out.wants_fee(text),
        "adv_label": subjects.labelled_adv(text),
        "ad_label": subjects.labelled_as_ad(text, text),
        "one_way_disclosure": ways_out.says_one_way(text),
        "alternative_optout": ways_out.other_way_out(text),
    }


def _said_in_mail(reading: Reading, category: str, promotes: bool, sender: Sender) -> dict[str, Any]:
    """The From line carries the legal name; an address or a way out has to be in every part, as only one is shown."""
    parts, body = reading.parts, " ".join(reading.parts)
    leaves = all(map(ways_out.leaving_by_mail, parts))
    linked = all(map(ways_out.leaving_link, parts))
    marketing = category == _MARKETING
    return {
        "has_identification": bool(sender.legal_name.strip()),
        "postal_address": all(names.shows_address(part, sender.postal_address) for part in parts),
        "has_unsubscribe": leaves,
        "one_click": marketing,
        "objection_notice": leaves or all(map(ways_out.tells_of_objecting, parts)),
        "unsub_requires_login": not linked and ways_out.wants_login(body),
        "unsub_fee": ways_out.wants_fee(body),
        "subject_deceptive": (marketing or promotes) and subjects.deceptive(reading.subject, body),
        "adv_label": subjects.labelled_adv(reading.subject),
        "ad_label": subjects.labelled_as_ad(reading.subject, parts[0]),
        "one_way_disclosure": ways_out.says_one_way(body),
        "alternative_optout": linked,
    }
