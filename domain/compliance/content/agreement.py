"""What a text that asks for consent says of the agreement, and what none may say."""

import re

from domain.compliance.content.phrases import Text, Wording, wording
from domain.compliance.content.ways_out import LEAVE, stop_instruction

_MESSAGES = """
    message, messages, texts, text messages, sms, newsletter*, emails, email, offers, promotions, promotional,
    marketing, advertis*, werbung, nachrichten, mensajes, correos, ofertas, promociones, publicidad, offres,
    courriels, publicité*
"""
_AGREE = """
    agree, agrees, agreeing, agree to, accept, accepts, accepting, acceptance of, acepto, acepta, aceptar,
    al aceptar, accepte, acceptez, accepter, en acceptant, stimme, stimmen, akzeptiere, akzeptieren, zustimmung zu,
    mit der annahme
"""
_TERMS = """
    terms, terms of service, terms of use, terms and conditions, terms & conditions, t&c, t&cs, tos,
    términos, condiciones, términos y condiciones, conditions générales, cgu, cgv,
    agb, nutzungsbedingungen, geschäftsbedingungen
"""
_PARTNERS = """
    partner, partners, affiliates, affiliate, third party, third parties, marketing partners, sponsors, partnern,
    dritte, dritten, socios, terceros, afiliados, partenaires, tiers, sociétés affiliées
"""

_ASKS = wording(
    "ASKING",
    needs="ASKING",
    ASKING="""
        i agree, i consent, i authorize, i authorise, you agree, you consent, you authorize, you authorise,
        agree to receive, consent to receive, agreeing to receive, sign me up, i want to receive,
        i would like to receive, i'd like to receive, yes send me, yes i want, subscribe to, subscribe me,
        reply yes, reply y, text yes, responda sí, responde sí, répondez oui, antworten sie mit ja,
        sign up to receive, sign up for, sign up to get, opt in to, text join, join our, acepto,
        doy mi consentimiento, autorizo, quiero recibir, deseo recibir, me suscribo, consiento, j'accepte,
        je consens, j'autorise, je souhaite recevoir, je veux recevoir, je m'abonne, je m'inscris, ich stimme,
        ich willige ein, ich bin einverstanden, ich möchte, ja ich
    """,
)
_AUTOMATED = wording(
    "AUTOMATED",
    needs="AUTOMATED",
    AUTOMATED="""
        autodial*, auto dial*, automat*, automated, artificial voice, prerecorded, marcador automático,
        composeur automatique, wählautomat*
    """,
)
_ADVERTISES = wording(
    "ADVERTISING",
    needs="ADVERTISING",
    ADVERTISING="""
        marketing, telemarketing, promotion*, promo, promos, offer, offers, deals, discounts, sales, advertis*,
        coupons, werb*, angebot*, aktionen, rabatte, publicidad, publicitari*, oferta*, promocion*, descuentos,
        publicit*, offre*, promotionnel*
    """,
)
_DESCRIBES = wording(
    "KIND",
    needs="KIND",
    KIND="""
        marketing, promotion*, offer, offers, alert, alerts, update, updates, notification*, reminder*, news,
        newsletter*, code, codes, deal, deals, discounts, sales, events, information about, werb*, angebot*,
        neuigkeiten, erinnerung*, benachrichtigung*, hinweise, informationen, publicidad, ofertas, promociones,
        novedades, noticias, boletín, avisos, recordatorios, notificaciones, publicit*, offres, actualités,
        nouveautés, rappels, alertes, informations
    """,
)
_FREELY = wording(
    "NOT ~30 CONDITION",
    "NOT ~40 TO ~20 BUY",
    "FREELY",
    needs="NOT FREELY",
    NOT="not, isn't, aren't, never, no es, no son, sin, n'est pas, ne sont pas, kein, keine, nicht",
    CONDITION="""
        condition, a condition, conditional on, conditioned, requirement, required to, required for, required as,
        condición, requisito, necesario para, condition de, obligatoire pour, nécessaire pour, voraussetzung,
        bedingung, erforderlich
    """,
    TO="to, in order to, para, pour, um",
    BUY="buy, purchase, comprar, acheter, kaufen",
    FREELY="""
        no purchase necessary, no purchase required, no purchase is required, sin obligación de compra,
        sans obligation d'achat, kein kaufzwang, unabhängig vom kauf, unabhängig von einem kauf
    """,
)
_TERMS_SHOWN = wording(
    "TERMS", needs="TERMS", TERMS=f"{_TERMS}, bedingungen, conditions, conditions of use, condiciones de uso"
)
_PRIVACY_SHOWN = wording(
    "PRIVACY",
    needs="PRIVACY",
    PRIVACY="""
        privacy, privacidad, protección de datos, confidentialité, vie privée, protection des données, datenschutz*
    """,
)
_WITHDRAWAL = wording(
    "WITHDRAW",
    "ANYTIME ~40 WITHDRAW",
    needs="WITHDRAW",
    WITHDRAW=f"""{LEAVE},
        withdraw*, revoke*, change my mind, cancel at any time, cancel anytime, stop at any time, cancel any time,
        retirar, retirada, revocar, revocación, retirer, retrait, révoquer, révocation, widerruf*, zu widerrufen
    """,
    ANYTIME="at any time, anytime, jederzeit, en cualquier momento, à tout moment",
)
_TEXTING = wording(
    "TEXTING",
    needs="TEXTING",
    TEXTING="""
        text, texts, text message*, texting, sms, mms, mobile message*, mobile alerts, cell phone, mensaje de texto,
        mensajes de texto, textos, message texte, kurznachricht*, textnachricht*
    """,
)
_MAILING = wording(
    "MAILING",
    needs="MAILING",
    MAILING="email, emails, e mail*, newsletter*, mail, mails, correo*, boletín*, courriel*, mél, infolettre",
)
_ADDRESS = re.compile(
    r"\b\d{1,6}[a-z]?,? [\w .'-]{2,40}\b(?:st|street|ave|avenue|rd|road|blvd|boulevard|drive|lane|square)\b"
    r"|\bp\.? ?o\.? box \d|\bpostfach \d|\bcalle [\w ]{2,40},? \d|\b[a-z]\d[a-z] ?\d[a-z]\d\b"
    r"|\b\d{1,4},? (?:bis |ter )?(?:rue|avenue|boulevard|place|quai|chemin) \w"
    r"|\b[\w-]{1,40}(?:strasse|str\.|platz|weg|allee) ?\d"
)
_CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}\.\w|\+?\d[\d ().-]{7,20}\d|https?://\S{1,80}\.|www\.\S{1,80}\."
    r"|\b[a-z0-9-]{1,63}\.(?:com|org|net|example|ca|de|fr|es|eu)\b"
)

_BUNDLED = wording(
    r"AGREE (?:to )?(?:THE )?(?:\w{1,20} ){0,2}TERMS ~60 AND ~60 MESSAGES",
    r"AGREE ~80 MESSAGES ~40 AND (?:AGREE )?(?:to )?(?:THE |\w{1,40}'s )?TERMS",
    "BYACCEPTING ~60 TERMS ~80 MESSAGES",
    "TERMS ~20 INCLUDE ~30 (?:consent|agreement|einwilligung|consentement|consentimiento)",
    needs="TERMS",
    AND="and, und, et, y, you, i, sie, ich, vous",
    THE="the, our, these, all, los, las, les, nos, den, die, der, unsere, unseren",
    AGREE=_AGREE,
    MESSAGES=_MESSAGES,
    TERMS=f"{_TERMS}, privacy policy, política de privacidad, politique de confidentialité, datenschutzerklärung",
    BYACCEPTING="""
        by accepting, by agreeing, acceptance of, al aceptar, en acceptant, mit der annahme, durch die annahme
    """,
    INCLUDE="include, includes, contain, contains, constitute, constitutes, enthalten, incluyen, comprennent",
)
_SILENT = wording(
    "SILENT",
    "IFNOT ~60 BOX",
    needs="SILENT IFNOT",
    SILENT="""
        uncheck, untick, unticking, unchecking, unless you opt out, unless you tell us, unless you object,
        pre checked, prechecked, pre ticked, preticked, already checked, checked by default, ticked by default,
        by continuing, by using this site, by using our site, by using our website, by visiting, continued use,
        we will assume, we'll assume, automatically enrolled, automatically enroll, automatically subscribed,
        automatically subscribe, automatically opted in, desmarque, al continuar, al navegar, premarcad*, décochez,
        en continuant, précoché*, cochée par défaut, häkchen entfernen, vorangekreuzt,
        sofern sie nicht widersprechen, durch die weitere nutzung, mit der weiteren nutzung, automatisch angemeldet
    """,
    IFNOT="""
        if you do not wish to receive, if you don't wish to receive, if you do not want to receive,
        if you don't want to receive, si no desea recibir, si vous ne souhaitez pas recevoir, wenn sie keine,
        falls sie keine
    """,
    BOX="check, tick, uncheck, untick, box, checkbox, casilla, marque, case, cochez, häkchen, kästchen, ankreuzen",
)
_CONDITIONAL = wording(
    "(?<!no )CONDITIONAL",
    "MUST ~40 (?:to|in order to) ~15 BUY",
    needs="CONDITIONAL MUST",
    CONDITIONAL="""
        consent is required, consent is a condition, consent is necessary, consent is mandatory,
        agreement is required, agreement is a condition, consent required to, opting in is required,
        signing up is required, required to complete your purchase, required to place, es obligatorio,
        es una condición, consentimiento es necesario, est obligatoire, est une condition,
        consentement est nécessaire, einwilligung ist erforderlich, einwilligung ist voraussetzung,
        zustimmung ist erforderlich
    """,
    MUST="""
        you must agree, you must consent, you must opt in, you must subscribe, you must sign up,
        must agree to receive
    """,
    BUY="buy, purchase, order, check out, checkout, create, continue, use, complete, access, enter, participate",
)
_IRREVOCABLE = wording(
    "IRREVOCABLE",
    needs="IRREVOCABLE",
    IRREVOCABLE="""
        irrevocable, irrevocably, cannot be withdrawn, cannot be revoked, can not be revoked, can not be withdrawn,
        may not be revoked, may not be withdrawn, can't be withdrawn, can't be revoked, cannot withdraw,
        cannot revoke, may not revoke, may not withdraw, irrevocablemente, no puede retirarse, no se puede retirar,
        irrévocable*, ne peut être retiré, unwiderruflich*, nicht widerrufbar
    """,
)
_SHARED = wording(
    "SHARE ~80 PARTNERS",
    needs="PARTNERS",
    SHARE="""
        share, shares, shared, sharing, sell, sells, sold, rent, rented, transfer, transferred, pass on, passed on,
        disclose, disclosed, provide, provided to, weitergeben, weitergegeben, weiter geben, compartir, compartimos,
        ceder, vender, partager, partagées, partagé, transmettre, transmises, vendre
    """,
    PARTNERS=_PARTNERS,
)
_UNNAMED = wording(
    r"WITH (?:\w{1,20} ){0,3}PARTNERS",
    needs="PARTNERS",
    WITH="""
        and its, and our, and their, and selected, and other, and from our, and from selected, or its, or our,
        our selected, our trusted, from our, from selected, und unsere, und unserer, und unseren, und ausgewählte*,
        und seine, und seinen, und ihre, und ihren, und deren, y nuestros, y sus, et nos, et ses
    """,
    PARTNERS=_PARTNERS,
)
_PROFILING = wording(
    "PROFILING",
    needs="PROFILING",
    PROFILING="""
        profiling, create a profile, build a profile, profile of you, interest based advertising,
        personalised advertising, personalized advertising, analyse your, analyze your, track your, profilbildung,
        nutzungsprofil*, personalisierte werbung, elaborar perfiles, perfilado, publicidad personalizada, profilage,
        publicité personnalisée
    """,
)
_DENIED = re.compile(r"\b(?:not|never|no|without|cannot|nicht|keine?n?|niemals|nunca|jamais|ne|sin|sans)\b|n't\b")
_SENTENCE = re.compile(r"[.!?;]")


asks_for_consent = _ASKS.said_in
automated = _AUTOMATED.said_in
advertises = _ADVERTISES.said_in
describes_messages = _DESCRIBES.said_in
freely_given = _FREELY.said_in
shows_terms = _TERMS_SHOWN.said_in
shows_privacy = _PRIVACY_SHOWN.said_in
speaks_of_texting = _TEXTING.said_in
speaks_of_mail = _MAILING.said_in
bundled_with_terms = _BUNDLED.quoted_from
taken_from_silence = _SILENT.quoted_from
conditional = _CONDITIONAL.quoted_from
irrevocable = _IRREVOCABLE.quoted_from
profiling = _PROFILING.quoted_from


def tells_of_withdrawal(text: Text) -> bool:
    return stop_instruction(text) or _WITHDRAWAL.said_in(text)


def has_address(text: Text) -> bool:
    return _ADDRESS.search(text.words) is not None


def has_contact(text: Text) -> bool:
    return _CONTACT.search(text.words) is not None


def shared_with_others(text: Text) -> str | None:
    """That consent or addresses go to others."""
    return _unless_denied(_SHARED, text)


def unnamed_senders(text: Text) -> str | None:
    """That others may write too, and not who they are."""
    return _unless_denied(_UNNAMED, text)


def _unless_denied(wording: Wording, text: Text) -> str | None:
    """A sentence that denies it says the opposite."""
    for sentence in _SENTENCE.split(text.words):
        if not _DENIED.search(sentence) and (found := wording.quoted_from(text.cut(sentence))):
            return found
    return None
