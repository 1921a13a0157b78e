"""Whether a message promotes something: CORE-MIX-01 asks after any purpose, an offer, an upsell, a coupon, a reward.

Words that sell also stand in receipts, on labels, in job offers and in the confirmation of an opt-out. Where one of
`_FACTS` or a sentence about leaving explains them they are read as that and do not count.
"""

import re
from collections.abc import Iterable

from domain.compliance.content.phrases import Text, any_of, wording

_ENGLISH = """
    # off, # discount, # cheaper, # cash back, save #, save up to, save an extra, save big, saving up to,
    half price, half off, discount, discounts, discounted, coupon, coupons, promo, promo code*, promotions,
    promotional offer*, promotional price*, promotional code*, special promotion, limited promotion, voucher code*,
    voucher for your next, on your next order, on your next purchase, off your next, for your next order,
    for your next purchase, toward your next purchase, towards your next purchase, special offer*, exclusive offer*,
    latest offer*, our offers, new offers, great offers, best offers, offers inside, offers for you, offers end,
    offer ends, offer expires, offer valid, introductory offer, limited offer, limited time offer*,
    limited time deal*, limited time only, limited time sale, for a limited time, deals, exclusive deal,
    special deal, great deal on, best deal on, deal of the day, deal of the week, deal ends, flash sale,
    flash deal*, summer sale, winter sale, spring sale, fall sale, autumn sale, holiday sale, weekend sale,
    annual sale, clearance sale, clearance event, clearance price*, on clearance, big sale, biggest sale, huge sale,
    mega sale, vip sale, private sale, members sale, anniversary sale, end of season sale, storewide sale,
    sitewide sale, site wide sale, labor day sale, memorial day sale, christmas sale, new year sale, easter sale,
    halloween sale, sale ends, sale starts, sale is on, sale now on, sale is live, on sale now, on sale today,
    now on sale, our sale, our biggest sale, shop the sale, presale access, black friday, cyber monday, prime day,
    bogo, buy one get one, buy 1 get 1, buy 2 get 1, buy two get one, two for one, 2 for #, 3 for #, 4 for #,
    two for #, three for #, 2 for 1, 2for1, free gift, free sample*, start your free trial, get a free trial,
    free trial today, try it free, try it for free, first month free, free month, months free,
    free shipping on orders, free shipping on all, free shipping over, free shipping on your next,
    free delivery on orders, free delivery over, enjoy free shipping, enjoy free delivery, free with purchase,
    free with your purchase, free with your order, free with every, shop now, shop our, shop the collection,
    buy now, buy today, buy yours, order now, order today and, order yours, get yours, grab yours, claim your offer,
    claim your discount, claim your reward, redeem now, redeem your points, redeem your reward*, browse our,
    check out our new, check out our latest, discover our new, new arrivals, our new collection,
    new collection is here, back in stock, while supplies last, while stocks last, dont miss out, don't miss out,
    don't miss our, do not miss out, last chance to save, last chance to shop, last chance to buy,
    last chance to grab, last chance for #, hurry, upgrade now, upgrade today, upgrade to premium, upgrade to pro,
    upgrade to plus, upgrade to our, upgrade your plan, upgrade and save, upgrade and get, unlock premium,
    go premium, you may also like, you might also like, you might like, customers also bought,
    products recommended for you, picks for you, you'll love our, frequently bought together, complete the look,
    people also bought, pairs well with, add it to your order, enter to win, chance to win, win a prize, win a #,
    win #, enter now to win, win a trip, win one of, giveaway, sweepstakes, prize draw, double points, 2x points,
    3x points, 5x points, loyalty reward*, triple points, bonus points, extra points, earn rewards, earn points,
    earn # back, refer a friend and get, refer a friend and earn, refer friends and, invite a friend and get,
    invite friends and earn, welcome gift, birthday treat, lowest price*, unbeatable price*, prices slashed,
    price drop, price drops, starting at just, now only #, just # today, from only #, for just #, for only #
"""
_SPANISH = """
    # de descuento, # dto, % menos, descuento, descuentos, rebaja, rebajas, rebajado, rebajados, rebajada,
    rebajadas, oferta especial, oferta exclusiva, oferta limitada, oferta del día, oferta flash, oferta válida,
    ofertas, ofertón, en oferta, promoción, promociones, código promocional, código de descuento, código descuento,
    cupón, cupones, vale de descuento, por tiempo limitado, compra ahora, compre ahora, cómpralo ya, compra ya,
    compra hoy, aprovecha, aproveche, aprovéchate, últimas unidades, última oportunidad para comprar,
    última oportunidad para ahorrar, últimos días de rebajas, últimos días de ofertas, no te lo pierdas,
    no te pierdas nuestr*, no se lo pierda, date prisa, envío gratis a partir, envío gratis en,
    regalo por tu compra, de regalo, gratis con tu, gratis por tu compra, prueba gratis, pruébalo gratis,
    mes gratis, 2x1, 3x2, 3 por 2, compra 2 y, lleva 3 y paga 2, llévate 3, ahorra #, ahorre #, ahorra hasta,
    hasta % de, liquidación total, liquidación por, gran liquidación, hazte premium, pásate a premium,
    mejora tu plan, también te puede gustar, también te puede interesar, recomendado para ti, sorteo, sorteamos,
    gana un, gana una, participa y gana, puntos dobles, puntos extra, canjea tus puntos, invita a un amigo y,
    trae a un amigo, en tu próxima compra, en su próxima compra, en tu próximo pedido, para tu próxima compra,
    para tu próximo pedido, por solo #, desde solo #, precio especial, precios especiales, nueva colección
"""
_FRENCH = """
    # de remise, # de réduction, # de rabais, % de moins, # offerts, remise de #, remise exceptionnelle,
    remise immédiate, remise supplémentaire, remise fidélité, remises, réductions, réduction sur,
    réduction exclusive, réduction immédiate, code de réduction, rabais, promo, promos, promotions,
    promotion exceptionnelle, en promotion, code promo, codes promo, code avantage, offre spéciale, offre exclusive,
    offre limitée, offre flash, offre du jour, offre promotionnelle, offre de bienvenue, offre valable, nos offres,
    offres exclusives, offres spéciales, bon d'achat, bons d'achat, bon de réduction, bons de réduction, soldes,
    vente flash, ventes flash, vente privée, ventes privées, déstockage, liquidation totale, durée limitée,
    profitez de #, profitez de nos, profitez de l'offre, profitez d'une offre, profitez d'une remise,
    profitez d'une réduction, profitez des offres, profitez des promo*, profitez en, profites en, j'en profite,
    en profiter, achetez maintenant, achetez vite, commandez maintenant, commandez vite, dernières pièces,
    ne manquez pas nos, ne manquez pas cette offre, ne ratez pas nos, à ne pas manquer, dépêchez vous,
    livraison offerte dès, livraison gratuite dès, cadeau offert, un cadeau pour, offerte dès, essai gratuit,
    essayez gratuitement, mois offert, mois gratuit, tentez de gagner, gagnez un, gagnez une, gagnez des,
    gagnez jusqu'à, jeu concours, tirage au sort, points doublés, points bonus, parrainez, économisez, jusqu'à % de,
    jusqu'à % sur, 1 acheté 1 offert, un acheté un offert, passez à premium, passez au premium, vous aimerez aussi,
    vous pourriez aimer, sur votre prochaine commande, sur votre prochain achat, pour votre prochaine commande,
    pour votre prochain achat, prix imbattable*, prix cassé*, nouvelle collection
"""
_GERMAN = """
    # rabatt*, # nachlass, % reduziert, % günstiger, # sparen, % auf alles, % auf das, % auf die, % auf ihre*,
    % auf deine*, rabatt, rabatte, rabatten, rabattcode*, rabattaktion*, sonderrabatt*, sonderangebot*,
    top angebot*, angebote, angebot des tages, angebot der woche, angebot des monats, exklusives angebot,
    angebot endet, im angebot, gutscheincode*, gutschein sichern, gutscheine, # gutschein, aktionspreis*,
    aktionscode*, aktionswoche*, rabattwoche*, promocode*, schlussverkauf, sommerschlussverkauf,
    winterschlussverkauf, räumungsverkauf, ausverkauf, sale endet, sale startet, im sale, sommer sale, winter sale,
    nur für kurze zeit, nur noch heute, solange der vorrat reicht, solange vorrat reicht, jetzt kaufen,
    jetzt shoppen, jetzt bestellen, jetzt sparen, jetzt zugreifen, jetzt sichern, jetzt upgraden, jetzt upgrade,
    jetzt einlösen, letzte chance auf, letzte chance für #, angebot nicht verpassen, aktion nicht verpassen,
    verpassen sie nicht unser*, verpasse nicht unser*, sparen sie #, sparen sie bis, sparen sie jetzt, spare #,
    spare bis, sichern sie sich jetzt, sichern sie sich ihren, sichere dir, gratis dazu, gratis testen,
    kostenlos testen, gratis geschenk, geschenk zu ihrer bestellung, gratisversand ab, versandkostenfrei ab,
    gewinnspiel*, verlosung, gewinnen sie ein*, gewinne ein*, doppelte punkte, bonuspunkte, punkte einlösen,
    freunde werben, freunde einladen und, bis zu % auf, das könnte ihnen auch gefallen,
    das könnte dir auch gefallen, produkte für sie, für ihre nächste bestellung, für deine nächste bestellung,
    auf ihre nächste bestellung, auf deine nächste bestellung, ihren nächsten einkauf, deinen nächsten einkauf,
    ihrem nächsten einkauf, deinem nächsten einkauf, nur heute #, jetzt nur #, ab nur #, schnäppchen, tiefpreis*,
    preissturz, neue kollektion, auf premium upgraden
"""
_PROMOTION = any_of(_ENGLISH, _SPANISH, _FRENCH, _GERMAN)

_OPINION = any_of(
    """
    leave a review, leave us a review, write a review, write us a review, post a review, google review*,
    yelp review*, 5 star review, review us, rate us, rate your experience, rate your purchase, rate your stay,
    rate your visit, review your purchase, review your stay, give us feedback, your feedback, our survey, a survey,
    short survey, quick survey, bewerten sie uns, bewerte uns, bewertung*, umfrage, tu reseña, una reseña,
    deja tu opinión, tu opinión, su opinión, encuesta, laissez un avis, laisser un avis, donnez votre avis,
    votre avis, évaluez nous, notez nous, sondage
    """
)
_REWARD = any_of(
    """
    gift card*, free gift, reward, rewards, voucher*, points, win, be entered, entered into, receive #, get #,
    earn #, store credit, # credit, gutschein*, geschenk*, prämie*, punkte, gewinnen, regalo*, recompensa*, puntos,
    ganar, gana, cadeau*, récompense*, gagner
    """
)
_NEAR = 90

_FACTS = any_of(
    """
    discount applied, discount was applied, discount has been applied, discounts applied, discount: #, discount #,
    discounts #, discount: -#, discount -#, # discount applied, # discount was applied, # discount has been applied,
    after # discount, after discount, after discounts, after your discount, including discount, includes # discount,
    including # discount, includes your # discount, including your # discount, includes discount, less discount,
    less # discount, minus # discount, your discount was, your discount has been, discount total, total discount*,
    order discount, no discount, no discounts, coupon applied, coupon was applied, coupon has been applied,
    coupon expired, coupon removed, coupon redeemed, coupon used, coupon: #, coupon -#, promo applied, promo: #,
    promo -#, promo code applied, promo code was applied, promo code has been applied, promo code _ applied,
    promo code _ was applied, promo code _ has been applied, coupon code _ applied, coupon code _ was applied,
    discount code _ applied, discount code _ was applied, job offer*, offer letter*, loan offer*, mortgage offer*,
    counter offer*, employment offer*, deals with, sale price, free month has, free month ended, free month ends,
    your order now, the order now, this order now, can order now, buy now pay later, valid for a limited time,
    active for a limited time, works for a limited time, available for a limited time, stored for a limited time,
    kept for a limited time, held for a limited time, hurry back, need to hurry, don't hurry, a hurry,
    no promotions, # off peak, # off target, upgrade to our new terms, descuento aplicado, descuento: #,
    descuento -#, descuento: -#, descuento #, # de descuento aplicado, descuento total, sin descuento,
    cupón aplicado, código promocional aplicado, ofertas de empleo, ofertas de trabajo, liquidación por baja,
    tu prueba gratis, su prueba gratis, válido por tiempo limitado, disponible por tiempo limitado,
    remise de # appliquée, # de réduction appliquée*, code promo appliqué, code promo _ appliqué, soldes de compte,
    soldes des comptes, soldes de vos comptes, soldes bancaires, valable pour une durée limitée,
    contrat à durée limitée, bail à durée limitée, votre essai gratuit, rabatt angewendet, rabatt: #, rabatt -#,
    rabatt: -#, abzüglich rabatt, abzüglich # rabatt, inklusive # rabatt, inkl # rabatt, # rabatt angewendet,
    # rabatt abgezogen, angebote eingegangen, angebote erhalten
    """
)
_LEAVING = wording(
    "DECLINED ~80",
    needs="DECLINED",
    DECLINED="""
        no longer receive, won't receive, will not receive, not receive, no longer get, won't get, will not get,
        no longer be sent, not be sent, won't be sent, not send you, no longer send, stop receiving,
        unsubscribed from, opted out of, opted out from, removed from, reply stop, text stop, send stop,
        ya no recibirá*, no recibirá*, ne recevrez plus, ne recevras plus, erhalten sie keine,
        erhalten sie nicht mehr, erhältst du keine, abgemeldet von
    """,
)
_TRANSACTION = any_of(
    """
    order, orders, shipped, shipment, deliver*, tracking, receipt, invoice, payment, paid, purchase, appointment,
    booking, booked, reservation, password, account, statement, balance, refund, refunded, subscription, renewal,
    renews, ticket, tickets, itinerary, confirmation, confirmed, verification, code, warranty, recall, safety,
    security, terms, request, return, package, parcel, bestellung, rechnung, zahlung, lieferung, geliefert,
    versandt, termin, buchung, passwort, konto, erstattung, paket, pedido, factura, pago, envío, entrega, cita,
    reserva, contraseña, cuenta, reembolso, paquete, commande, facture, paiement, livraison, livré, colis,
    rendez vous, mot de passe, compte, remboursement
    """
)


def first_promotion(text: Text) -> re.Match[str] | None:
    """The first words that promote something."""
    found = _PROMOTION.search(text)
    if found is not None:
        found = _PROMOTION.search(text.cut(_LEAVING.blanked_in(_FACTS.blanked_in(text.words))))
    return found or _rewarded_opinion(text)


def _rewarded_opinion(text: Text) -> re.Match[str] | None:
    """Asking for an opinion is service; paying for one is promotion."""
    if _OPINION.search(text) is None or _REWARD.search(text) is None:
        return None
    for asked in _OPINION.pattern.finditer(text.words):
        if rewarded := _REWARD.pattern.search(text.words, max(0, asked.start() - _NEAR), asked.end() + _NEAR):
            return rewarded
    return None


def transaction_first(texts: Iterable[Text]) -> bool:
    """Where a text promotes: 16 CFR 316.3(a)(2) asks what stands at the beginning of the body."""
    promoting = ((text.words, found.start()) for text in texts if (found := first_promotion(text)))
    return all(_TRANSACTION.pattern.search(words, 0, start) for words, start in promoting)
