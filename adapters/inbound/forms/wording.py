"""The words of a sign-up form in one language. What the page shows is taken from here, and so is the record of it."""

from dataclasses import dataclass
from typing import Any

from babel import Locale

from adapters.inbound.forms.texts import LANGUAGES, SOURCE, Texts
from application.forms.ports import FormWords
from domain.addresses import Channel
from domain.forms import Box, Form, Offer, Shown
from domain.programs import Category

PATH = "/f"
# As many forms, languages and revisions as are in use at one time.
_MOST = 500
_shown: dict[tuple[Any, ...], Shown] = {}


@dataclass(frozen=True)
class PageWords(FormWords):
    url: str

    def shown(self, form: Form, locale: str) -> Shown:
        return shown_form(form, locale.partition("-")[0], locale, self.url)


def shown_form(form: Form, language: str, locale: str, url: str) -> Shown:
    """Without a box where the form is closed. `locale` is what the disclosures are wanted in, `language` the rest."""
    revisions = tuple((program.id, program.revision) for program in form.programs)
    key = (revisions, form.sender.id, form.sender.revision, language, locale, url)
    if key not in _shown:
        if len(_shown) >= _MOST:
            _shown.clear()
        _shown[key] = _made(form, language, locale, url)
    return _shown[key]


def _made(form: Form, language: str, locale: str, url: str) -> Shown:
    texts = LANGUAGES.get(language, LANGUAGES[SOURCE])
    sender, program = form.sender, form.program
    return Shown(
        form=program.slug,
        url=f"{url}{PATH}/{program.slug}",
        language=texts.language,
        brand=sender.slug,
        sender=sender.legal_name,
        postal_address=sender.postal_address,
        support=sender.support,
        texts=_texts(form, texts),
        boxes=tuple(_box(offer, form, texts) for offer in form.offers(locale)),
    )


def _texts(form: Form, texts: Texts) -> dict[str, str]:
    say, sender = texts.say, form.sender
    country = Locale.parse(texts.language).territories.get(sender.country, sender.country)
    return {
        "title": say("Sign up: {program}", program=form.program.name),
        "lead": say(
            "{sender} would like to write to you. Tick what you want: what you leave empty, you do not get.",
            sender=sender.legal_name,
        ),
        "phone": say("Mobile number, for text messages"),
        "phone_hint": say(
            "Begin with + and the country code, such as +12125550101. Without it we assume this country: {country}.",
            country=country,
        ),
        "email": say("Email address, for emails"),
        "name": say("Your name"),
        "next": say(
            "When you send this, you ask for one message to confirm: a text with a code, an email with a link. "
            "Message and data rates may apply. Nothing else is sent until you have confirmed."
        ),
        "terms": say("Terms"),
        "privacy": say("Privacy policy"),
        "button": say("Sign up"),
    }


def _box(offer: Offer, form: Form, texts: Texts) -> Box:
    program, disclosure = offer.program, offer.disclosure
    return Box(
        name=offer.name,
        program=program.slug,
        program_name=program.name,
        purpose=program.purpose,
        category=program.category,
        frequency=program.frequency,
        channel=offer.channel,
        disclosure=disclosure.text,
        disclosure_version=disclosure.version,
        disclosure_hash=disclosure.hash,
        locale=disclosure.locale,
        beside=_beside(offer, form, texts),
        terms_url=form.terms_url(program),
        privacy_url=form.privacy_url(program),
    )


def _beside(offer: Offer, form: Form, texts: Texts) -> tuple[str, ...]:
    """What the laws want said beside the box, whether or not the disclosure says it as well (CTIA-10, US-TCPA-CONS-02,
    CA-CASL-02, EU-GDPR-03). `application/forms/evidence.py` relies on every one of these.
    """
    say, program, sender = texts.say, offer.program, form.sender.legal_name
    often = say("How often: {frequency}.", frequency=program.frequency.rstrip("."))
    free = say("Consent is not a condition of any purchase.")
    sells = program.category is Category.MARKETING
    if offer.channel is Channel.EMAIL:
        what = (
            say(
                "I agree that {sender} may send me marketing emails: {purpose}.", sender=sender, purpose=program.purpose
            )
            if sells
            else say("I agree that {sender} may send me emails: {purpose}.", sender=sender, purpose=program.purpose)
        )
        return what, often, free, say("I can withdraw at any time: every email has a link to stop.")
    what = (
        say(
            "I agree that {sender} may send me marketing text messages, also by automated means: {purpose}.",
            sender=sender,
            purpose=program.purpose,
        )
        if sells
        else say(
            "I agree that {sender} may send me text messages, also by automated means: {purpose}.",
            sender=sender,
            purpose=program.purpose,
        )
    )
    rates = say("Message and data rates may apply.")
    leave = say("I can withdraw at any time: reply STOP to stop, HELP for help.")
    return what, often, free, rates, leave
