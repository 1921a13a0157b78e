"""From the final words of a message to the facts the rules look at. Pure, and never raises."""

from functools import lru_cache
from typing import Any

from domain.addresses import Channel
from domain.channels import Sender
from domain.compliance.attempt import Content as Inspection
from domain.compliance.content import elements, names, subjects, ways_out
from domain.compliance.content.exclusive import exclusive_way_out
from domain.compliance.content.phrases import Text, wording
from domain.compliance.content.promotion import first_promotion, transaction_first
from domain.compliance.content.reading import Reading
from domain.compliance.content.topics import topics
from domain.messages import Content
from domain.programs import Program

_MARKETING = "marketing"
_WITH_ELEMENTS = frozenset({"optin_confirmation", "help_reply"})
# A text worth remembering is sent to many as it is; longer ones are rarely the same twice.
_SHORT = 1_600

_NAME = r"[^\W\d_]{2,40}"
_REFERRED = wording(
    rf"REFERRED (?:to us |to you )?(?:by|von|por|par) {_NAME} {_NAME}",
    rf"{_NAME} {_NAME} REFERRED (?:you|us|sie|te|vous)\b",
    rf"ADVISED {_NAME} {_NAME}",
    needs="REFERRED ADVISED",
    REFERRED="""
        referred, recommended, suggested, invited, introduced, empfohlen, recomendado, recomendada, recommandé,
        invité
    """,
    ADVISED="auf empfehlung von, de la part de, por recomendación de, sur recommandation de",
)
_CONSENT_HOLDER = wording(
    rf"CONSENT ~60 PASSED (?:\w{{1,20}} ){{0,3}}(?:to|by|from|through|via) {_NAME}",
    rf"GIVEN ~40 to {_NAME}",
    rf"CONSENT ~60 TOWARDS {_NAME}",
    needs="CONSENT GIVEN",
    CONSENT="""
        consent, permission, your address, your number, your details, contact information, einwilligung,
        consentement, consentimiento
    """,
    PASSED="given, gave, provided, obtained, collected, shared, passed, received",
    GIVEN="you gave, you provided, you gave your consent",
    TOWARDS="gegenüber, von, bei, auprès de, recueilli par, otorgado a, dado a, obtenido por",
)
_RECONFIRMED = wording(
    "JOINED",
    r"RECEIVING ~30 (?:because|since|as)\b",
    "GERMAN ~40 AGREED",
    needs="JOINED RECEIVING GERMAN",
    JOINED="""
        you signed up, you've signed up, you have signed up, you recently signed up, you subscribed,
        you've subscribed, you have subscribed, you're subscribed, you are subscribed, you are now subscribed,
        you're now subscribed, you opted in, you've opted in, you have opted in, you agreed to, you've agreed to,
        you joined, you've joined, you have joined, you asked for, you asked us, you requested, you enrolled,
        you registered, thanks for signing up, thank you for signing up, thanks for subscribing,
        thank you for subscribing, thanks for joining, thank you for joining, thanks for opting in, welcome to,
        danke für ihre anmeldung, danke für deine anmeldung, te suscribiste, te registraste, se suscribió,
        te has suscrito, se ha suscrito, gracias por suscribirte, gracias por suscribirse, vous êtes inscrit*,
        vous êtes abonné*, vous vous êtes inscrit*, vous vous êtes abonné*, merci de votre inscription,
        merci pour votre inscription
    """,
    RECEIVING="receiving this, receiving these, getting this, getting these, receive this, receive these",
    GERMAN="sie haben sich, du hast dich, sie haben uns, du hast uns, sie haben",
    AGREED="angemeldet, abonniert, eingewilligt, zugestimmt",
)


def inspect(content: Content, *, channel: Channel, category: str, program: Program, sender: Sender) -> Inspection:
    """The footer and headers the product adds to marketing mail are part of what is sent, and of what is found."""
    look = _remembered if content.html is None and len(content.text) <= _SHORT else _look
    return look(content, channel, category, program, sender)


def _look(content: Content, channel: Channel, category: str, program: Program, sender: Sender) -> Inspection:
    reading, proper = Reading.of(content), names.proper_names(sender, program)
    subject, *said = (text.cut(proper.sub(" ", text.words)) for text in (reading.subject, *reading.spoken))
    subject_promotes = first_promotion(subject) is not None
    promotes = subject_promotes or any(map(first_promotion, said))
    if channel is Channel.EMAIL:
        facts = _found_in_mail(reading, category, promotes, sender)
    else:
        facts = _found_in_text(reading.parts[0], category, program, sender)
    return Inspection(
        contains_promotion=promotes,
        subject_promotional=subject_promotes,
        transactional_first=transaction_first(said),
        topics=frozenset[str]().union(*(topics(text, reading.hosts) for text in (subject, *said) if text.words)),
        exclusive_optout=any(map(exclusive_way_out, reading.parts)),
        referrer_named=any(map(_REFERRED.said_in, reading.parts)),
        third_party_holder_named=any(map(_CONSENT_HOLDER.said_in, reading.parts)),
        reconfirms_consent=any(map(_RECONFIRMED.said_in, reading.parts)),
        **facts,
    )


_remembered = lru_cache(maxsize=2048)(_look)


def _found_in_text(text: Text, category: str, program: Program, sender: Sender) -> dict[str, Any]:
    leaves = ways_out.stop_instruction(text) or ways_out.leaving_link(text)
    return {
        "elements": elements.elements(text, sender, program) if category in _WITH_ELEMENTS else None,
        "has_identification": names.named_by_origin(sender) or names.identified(text, sender, program),
        # A text may say where the rest is to be read (SOR/2012-36 s. 2(2)).
        "postal_address": names.shows_address(text, sender.postal_address) or "://" in text.words,
        "has_unsubscribe": leaves,
        "objection_notice": leaves or ways_out.tells_of_objecting(text),
        "unsub_requires_login": not leaves and ways_out.wants_login(text),
        "unsub_fee": ways_out.wants_fee(text),
        "adv_label": subjects.labelled_adv(text),
        "ad_label": subjects.labelled_as_ad(text, text),
        "one_way_disclosure": ways_out.says_one_way(text),
        "alternative_optout": ways_out.other_way_out(text),
    }


def _found_in_mail(reading: Reading, category: str, promotes: bool, sender: Sender) -> dict[str, Any]:
    """The From line carries the legal name; an address or a way out is in every part, as only one is shown."""
    subject, parts = reading.subject, reading.parts
    leaves = all(map(ways_out.leaving_by_mail, parts))
    linked = all(map(ways_out.leaving_link, parts))
    advertises = category == _MARKETING or promotes
    return {
        "has_identification": bool(sender.legal_name.strip()),
        "postal_address": all(names.shows_address(part, sender.postal_address) for part in parts),
        "has_unsubscribe": leaves,
        "one_click": category == _MARKETING,
        "objection_notice": leaves or all(map(ways_out.tells_of_objecting, parts)),
        "unsub_requires_login": not linked and any(map(ways_out.wants_login, parts)),
        "unsub_fee": any(map(ways_out.wants_fee, parts)),
        "subject_deceptive": advertises and subjects.deceptive(subject, " ".join(part.words for part in parts)),
        "adv_label": subjects.labelled_adv(subject),
        "ad_label": subjects.labelled_as_ad(subject, parts[0]),
        "one_way_disclosure": any(map(ways_out.says_one_way, parts)),
        "alternative_optout": linked,
    }
