"""Whether a message promotes something: CORE-MIX-01 asks after any purpose, an offer, an upsell, a coupon, a reward.

Words that sell also stand in receipts, on labels and in job offers. Where a phrase of `_FACTS` explains them they are
read as that and do not count.
"""

import re

from domain.compliance.content.phrases import any_of

_ENGLISH = """
    # off, # discount, # cheaper, # cash back, save #, save up to #, save an extra, save big, saving up to, up to # off,
    get # off, extra # off, half price, half off, % off, discount, discounts, discounted, coupon, coupons, promo,
    promo code*, promotions, promotional offer*, promotional price*, promotional code*, special promotion,
    limited promotion, voucher code*, voucher for your next, your next order with code, on your next order,
    on your next purchase, off your next, for your next order, for your next purchase, toward your next purchase,
    towards your next purchase, special offer*, exclusive offer*, latest offer*, our offers, new offers, great offers,
    best offers, offers inside, offers for you, offers end, offer ends, offer expires, offer valid, this offer,
    introductory offer, limited offer, limited time offer*, limited time deal*, limited time only, limited time sale,
    for a limited time, limited edition drop, deals, exclusive deal, special deal, great deal on, best deal on,
    deal of the _, deal ends, flash sale, flash deal*, summer sale, winter sale, spring sale, fall sale, autumn sale,
    holiday sale, weekend sale, annual sale, clearance sale, clearance, final sale, big sale, biggest sale, huge sale,
    mega sale, vip sale, private sale, members sale, anniversary sale, end of season sale, storewide sale, sitewide sale,
    site wide sale, labor day sale, memorial day sale, christmas sale, new year sale, easter sale, halloween sale,
    sale ends, sale starts, sale is on, sale now on, sale is live, on sale now, on sale today, now on sale, our sale,
    our _ sale, shop the sale, presale access, black friday, cyber monday, prime day, bogo, buy one get one, buy 1 get 1,
    buy 2 get 1, buy two get one, two for one, 2 for 1, 2for1, free gift, free sample*, free trial, start your free,
    try it free, try free, first month free, free month, free months, free shipping on orders, free shipping on all,
    free shipping over, free shipping on your next, free delivery on orders, free delivery over, enjoy free,
    free with purchase, free with your, free with every, shop now, shop our, shop the _, shop today, buy now, buy today,
    buy yours, order now, order today and, order yours, get yours, grab yours, claim your #, claim your offer,
    claim your discount, claim your reward, claim your free, redeem now, redeem your points, redeem your reward*,
    browse our, check out our new, check out our latest, discover our new, new arrivals, new collection, just dropped,
    just landed, back in stock, while supplies last, while stocks last, dont miss out, don't miss out, don't miss this,
    don't miss these, don't miss our, do not miss out, last chance to save, last chance to shop, last chance to buy,
    last chance to get, last chance to grab, last chance for #, ends tonight, ends at midnight, ends soon,
    hurry, act now, act fast, today only, this weekend only, upgrade now, upgrade today, upgrade to premium,
    upgrade to pro, upgrade to plus, upgrade to our, upgrade your plan, upgrade and save, upgrade and get,
    unlock premium, go premium, you may also like, you might also like, you might like, customers also bought,
    recommended for you, we think you'll love, you'll love our, frequently bought together, complete the look,
    people also bought, pairs well with, add it to your order, enter to win, chance to win, win a prize, win a trip,
    win one of, giveaway, sweepstakes, prize draw, double points, triple points, bonus points, extra points,
    earn rewards, earn points, earn # back, refer a friend and get, refer a friend and earn, refer friends and,
    invite a friend and get, invite friends and earn, loyalty reward*, welcome gift, birthday treat, birthday gift for you,
    lowest price*, best price*, unbeatable price*, prices slashed, price drop, price drops, starting at just, now only #,
    only # today, just # today, from only #, for just #
"""
_SPANISH = """
    # de descuento, # dto, # menos, descuento, descuentos, rebaja, rebajas, rebajado, rebajados, rebajada, rebajadas,
    oferta especial, oferta exclusiva, oferta limitada, oferta del día, oferta flash, oferta válida, ofertas, ofertón,
    en oferta, esta oferta, nuestra oferta, promoción, promociones, código promocional, código de descuento,
    código descuento, cupón, cupones, vale de descuento, por tiempo limitado, tiempo limitado, compra ahora,
    compre ahora, cómpralo ya, compra ya, compra hoy, pide ahora y, aprovecha, aproveche, aprovéchate,
    últimas unidades, última oportunidad, últimos días, no te lo pierdas, no te pierdas, no se lo pierda, date prisa,
    envío gratis a partir, envío gratis en, regalo por tu compra, de regalo, gratis con tu, gratis por tu, prueba gratis,
    pruébalo gratis, mes gratis, 2x1, 3x2, ahorra #, ahorre #, ahorra hasta, ahorra un, hasta # de, liquidación total,
    liquidación por, gran liquidación, hazte premium, pásate a premium, mejora tu plan, también te puede gustar,
    también te puede interesar, te puede interesar, recomendado para ti, sorteo, sorteamos, gana un, gana una, participa y gana,
    puntos dobles, puntos extra, canjea tus puntos, invita a un amigo y, trae a un amigo, en tu próxima compra,
    en su próxima compra, en tu próximo pedido, para tu próxima compra, para tu próximo pedido, por solo #, desde solo #,
    precio especial, precios especiales, solo hoy, sólo hoy, novedades en tienda, nueva colección
"""
_FRENCH = """
    # de remise, # de réduction, # de rabais, # de moins, # remboursés, # offerts, remise de #, remise exceptionnelle,
    remise immédiate, remise supplémentaire, remise fidélité, remises, réduction, réductions, rabais, promo, promos,
    promotions, promotion exceptionnelle, en promotion, code promo, codes promo, code avantage, offre spéciale,
    offre exclusive, offre limitée, offre flash, offre du jour, offre promotionnelle, offre de bienvenue, offre valable,
    cette offre, nos offres, offres exclusives, offres spéciales, bon d'achat, bons d'achat, bon de réduction,
    bons de réduction, soldes, vente flash, ventes flash, vente privée, ventes privées, déstockage, liquidation totale,
    durée limitée, profitez de #, profitez de nos, profitez de l'offre, profitez d'une, profitez des, profitez en,
    profites en, j'en profite, en profiter, achetez maintenant, achetez vite, commandez maintenant, commandez vite,
    dernière chance, derniers jours, dernières heures, dernières pièces, ne manquez pas nos, ne manquez pas cette,
    ne ratez pas, à ne pas manquer, dépêchez vous, livraison offerte dès, livraison gratuite dès, cadeau offert,
    un cadeau pour, offert pour, offerte dès, essai gratuit, essayez gratuitement, mois offert, mois gratuit, tentez de gagner,
    gagnez, jeu concours, tirage au sort, points doublés, points bonus, parrainez, économisez, jusqu'à # de, jusqu'à # sur,
    1 acheté 1 offert, un acheté un offert, passez à premium, passez au premium, vous aimerez aussi,
    vous pourriez aimer, recommandé pour vous, sur votre prochaine commande, sur votre prochain achat,
    pour votre prochaine commande, pour votre prochain achat, prix imbattable*, prix cassé*, prix mini*, à partir de seulement,
    aujourd'hui seulement, nouvelle collection
"""
_GERMAN = """
    # rabatt*, # nachlass, # reduziert, # günstiger, # sparen, # gespart, # auf alles, # auf ihre, # auf deine,
    rabatt, rabatte, rabatten, rabattcode*, rabattaktion*, sonderrabatt*, sonderangebot*, top angebot*, angebote,
    angebot des, angebot der, exklusives angebot, unser angebot gilt, angebot gilt, angebot endet, im angebot,
    dieses angebot, gutscheincode*, gutschein für, gutschein sichern, gutscheine, # gutschein, aktionspreis*,
    aktionscode*, aktionswoche*, rabattwoche*, promo code*, promocode*, schlussverkauf, sommerschlussverkauf,
    winterschlussverkauf, räumungsverkauf, ausverkauf, sale endet, sale startet, im sale, jetzt im sale, sommer sale,
    winter sale, nur für kurze zeit, für kurze zeit, nur noch heute, nur noch bis, solange der vorrat reicht,
    solange vorrat reicht, jetzt kaufen, jetzt shoppen, jetzt bestellen, jetzt sparen, jetzt zugreifen, jetzt sichern,
    jetzt upgraden, jetzt upgrade, jetzt einlösen, schnell sein lohnt, letzte chance, nicht verpassen, verpassen sie nicht,
    verpasse nicht, sparen sie, spare #, spare bis, spar dir, sichern sie sich, sichere dir, gratis dazu, gratis testen,
    kostenlos testen, gratis geschenk, geschenk zu ihrer, gratisversand ab, versandkostenfrei ab, gewinnspiel*, verlosung,
    gewinnen sie, gewinne ein*, doppelte punkte, bonuspunkte, punkte einlösen, freunde werben, freunde einladen und,
    bis zu # auf, bis zu # rabatt, bis zu # sparen, das könnte ihnen auch gefallen, das könnte dir auch gefallen,
    für sie empfohlen, für dich empfohlen, ihre nächste bestellung, deine nächste bestellung, ihren nächsten einkauf,
    deinen nächsten einkauf, ihrem nächsten einkauf, deinem nächsten einkauf, nur heute #, jetzt nur #, ab nur #,
    schnäppchen, tiefpreis*, preissturz, neue kollektion, zum premium tarif wechseln, auf premium upgraden
"""
_PROMOTION = any_of(_ENGLISH, _SPANISH, _FRENCH, _GERMAN)

_REVIEW = any_of(
    """review, reviews, reviewing, rate us, rate your, rating, feedback, survey, bewerten, bewertung*, umfrage,
    reseña*, opinión, valoración, encuesta, avis, évaluez, notez nous, sondage, enquête"""
)
_REWARD = any_of(
    """gift card*, gift, reward*, voucher*, points, win, be entered, entered into, receive #, get #, credit, freebie, gutschein*,
    geschenk*, prämie*, punkte, gewinnen, regalo*, recompensa*, vale, puntos, ganar, cadeau*, récompense*, chèque*, gagner"""
)
_NEAR = 90

_FACTS = any_of(
    """discount applied, discount was applied, discount has been applied, discounts applied, discount: #, discount #, discounts #,
    discount: -#, discount -#, # discount applied, # discount was applied, # discount has been applied, after # discount,
    after discount, after discounts, after your discount, including discount, includes # discount, including # discount,
    includes your # discount, including your # discount, includes discount, less discount, less # discount,
    minus # discount, your discount was, your discount has been, discount total, total discount*, order discount,
    coupon applied, coupon was applied, coupon has been applied, coupon expired, coupon removed, coupon redeemed, coupon used,
    coupon: #, coupon -#, promo applied, promo: #, promo -#, promo code applied, promo code was applied,
    promo code has been applied, promo code _ applied, promo code _ was applied, promo code _ has been applied,
    coupon code _ applied, coupon code _ was applied, discount code _ applied, discount code _ was applied,
    you saved # on this, job offer*, offer letter*, offer of employment, offer of admission, counter offer*,
    this offer of employment, loan offer, mortgage offer, offer was accepted, offer was declined, offer expires in the lease,
    your offer was, your offer has been, your offer is accepted, your offer on, deals with, on clearance by,
    security clearance, customs clearance, clearance by customs, clearance process, awaiting clearance, medical clearance,
    clearance from, final sale of your, final sale price, sale price, sales tax, free trial ends, free trial has ended,
    free trial is ending, free trial ended, free trial expires, free trial will end, free trial period,
    your order now, the order now, this order now, buy now pay later, valid for a limited time, active for a limited time,
    works for a limited time, stored for a limited time, kept for a limited time, held for a limited time,
    unsubscribed from deals, no more deals, hurry back, no need to hurry, don't hurry, in a hurry, points back,
    ends soon after, back in stock notification, earn points balance, offer code is not, act now required, on your promotion,
    no discounts, no discount, no promotions, without discount, # off peak, # off target"""
    """, descuento aplicado, descuento: #, descuento -#, descuento: -#, descuento #, # de descuento aplicado, descuento total,
    cupón aplicado, código promocional aplicado, oferta de empleo, ofertas de empleo, oferta de trabajo, ofertas de trabajo,
    liquidación de, tarifas aplicadas, saldo # menos"""
    """, réduction appliquée, réduction: #, réduction -#, réduction: -#, remise appliquée, remise de # appliquée, remise: -#,
    code promo appliqué, code promo _ appliqué, offre d'emploi, offres d'emploi, soldes de compte, soldes des comptes,
    soldes de vos comptes, soldes bancaires, valable pour une durée limitée, contrat à durée limitée,
    bail à durée limitée, réduction d'impôt, mobilité réduction"""
    """, rabatt angewendet, rabatt: #, rabatt -#, rabatt: -#, abzüglich rabatt, abzüglich # rabatt, inklusive # rabatt,
    inkl # rabatt, # rabatt angewendet, # rabatt abgezogen, gutschein für # ist, angebote eingegangen, angebote erhalten"""
)


def promotions(words: str) -> str | None:
    """The first words that promote something, or None."""
    found = first_promotion(words)
    return None if found is None else found[0]


def first_promotion(words: str) -> re.Match[str] | None:
    if found := _PROMOTION.search(words):
        if not _FACTS.search(words):
            return found
        if found := _PROMOTION.search(_FACTS.sub(lambda fact: " " * len(fact[0]), words)):
            return found
    return _rewarded_review(words)


def _rewarded_review(words: str) -> re.Match[str] | None:
    """Asking for an opinion is service; paying for one is promotion."""
    for asked in _REVIEW.finditer(words):
        if rewarded := _REWARD.search(words, max(0, asked.start() - _NEAR), asked.end() + _NEAR):
            return rewarded
    return None
