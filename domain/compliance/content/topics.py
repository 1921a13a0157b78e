"""What carriers refuse or want an age for: CTIA-09, known as SHAFT, and links whose target nobody can see."""

from domain.compliance.content.phrases import Text, any_of, entries

PUBLIC_LINK_SHORTENER = "public_link_shortener"

_TABLES = {
    "alcohol": """
        alcohol, alcoholic, beer, beers, craft beer, wine, wines, winery, vodka, whiskey, whisky, bourbon, tequila,
        brandy, cognac, liquor, cocktail*, champagne, prosecco, martini, margaritas, hard seltzer*, gin and tonic,
        happy hour drinks, open bar, spirits store, alkohol, bier, biere, biersorten, wein, weinprobe, rotwein,
        weisswein, schnaps, likör*, sekt, cerveza*, vinos, vino tinto, vino blanco, copa de vino, botella de vino,
        ron añejo, licor, licores, ginebra, bière*, vin rouge, vin blanc, vin rosé, vins, bouteille de vin,
        dégustation de vin, spiritueux, apéro, whiskys, rhum
    """,
    "tobacco": """
        tobacco, cigarette*, cigar, cigars, cigarillo*, vape, vapes, vaper, vapers, vaping, e cig*, ecig*,
        e liquid*, eliquid*, nicotine pouch*, nicotine salt*, nicotine, snus, hookah*, shisha*, juul,
        rolling papers, tabak*, zigarette*, zigarre*, zigarillo*, nikotin*, tabaco*, cigarrillo*, cigarro*,
        vapeador*, vapear, tabac, cigare, cigares, vapoteu*, vapotage
    """,
    "cannabis": """
        cannabis, marijuana, marihuana, thc, delta 8, delta 9, delta8, delta9, dispensary, dispensaries, kush,
        weed delivery, weed deals, weed strain*, buy weed, your weed, prerolls, pre rolls, thc edibles, thc gummies,
        hanfblüte*, cannabisblüte*, fleurs de chanvre
    """,
    "cbd": """
        cbd, cannabidiol
    """,
    "illegal_drugs": """
        cocaine, heroin, crystal meth, methamphetamine*, mdma, lsd tabs, magic mushroom*, psilocybin, shrooms,
        fentanyl, ketamine, kokain, heroína, cocaína, metanfetamina*, cocaïne, héroïne, champignons hallucinogènes,
        ecstasy pills
    """,
    "gambling": """
        casino*, sportsbook*, sports betting, place your bet*, betting, bets, free bet*, free spins, slot machine*,
        online slots, slots bonus, roulette, blackjack, poker, jackpot*, lottery ticket*, win the lottery, lotto,
        bingo, wager*, parlay*, sportwette*, wettbonus, glücksspiel*, spielautomat*, freispiele, spielbank,
        lotterie, apuesta*, tragaperras, tragamonedas, lotería, tiradas gratis, ruleta, paris sportifs,
        jeux d'argent, machine à sous, machines à sous, tours gratuits, loto
    """,
    "firearms_noncommerce": """
        firearm*, handgun*, shotgun*, pistol, pistols, rifle*, ammo, ammunition, ar 15, ar15, glock, glocks,
        gun shop, gun store, gun show*, gun sale*, gun range, gun license, gun owners, guns, silencers,
        concealed carry, schusswaffe*, feuerwaffe*, munition, gewehr*, pistolen, armas de fuego, arma de fuego,
        municiones, escopeta*, armes à feu, arme à feu, fusils, munitions
    """,
    "sexually_explicit": """
        porn, porno, pornos, pornography, pornographic, xxx videos, xxx pics, xxx chat, xxx cams, nude pics, nudes,
        nude photos, onlyfans, escorts, escort service*, hot singles, horny, sexting, sex chat, sex cam*,
        webcam sex, sex toy*, adult toys, cam girl*, camgirl*, erotic massage*, hookup tonight, hookups, erotik*,
        sexspielzeug, nacktbilder, nacktfotos, fotos desnuda*, juguetes sexuales, contenido erótico,
        citas calientes, sextoy*, photos nues, plan cul, massage érotique
    """,
    "hate": """
        white power, heil hitler, sieg heil, race war, ethnic cleansing, racial holy war, subhumans, untermensch*,
        gas the jews, kill all jews, kill all muslims, kill all gays, kill all blacks, kill all whites,
        death to jews, death to muslims, death to gays, death to immigrants, go back to your own country,
        ausländer raus, tod den juden, muerte a los judíos, muerte a los inmigrantes, fuera los inmigrantes,
        mort aux juifs, mort aux arabes, limpieza étnica, nettoyage ethnique
    """,
    "high_risk_finance": """
        payday loan*, payday advance, cash advance loan*, cash advance today, cash advance now, need a cash advance,
        title loan*, instant loan*, quick loan*, fast cash, short term loan*, pre approved loan*, preapproved loan*,
        pre approved for a loan, approved for a loan, loan offer no credit, no credit check, bad credit ok,
        bad credit no problem, credit repair, debt relief, debt consolidation, debt settlement, debt forgiveness,
        debt collection program, student loan forgiveness, tax relief program, crypto giveaway, crypto investment*,
        bitcoin investment*, double your bitcoin, forex signals, forex trading, binary options, guaranteed returns,
        penny stock*, stock tip*, pump signal*, get rich, sofortkredit*, kredit ohne schufa, schnellkredit*,
        minikredit*, schuldenbereinigung, krypto investment*, garantierte rendite, préstamo rápido,
        préstamos rápidos, préstamo inmediato, préstamos sin aval, dinero rápido, reparación de crédito,
        alivio de deuda*, inversión en criptomonedas, crédit rapide, crédit immédiat, prêt rapide,
        prêt sans justificatif, rachat de crédit*, regroupement de crédits, investissement crypto
    """,
    "third_party_lead_gen": """
        compare quotes, compare rates from, match you with lenders, match you with insurers,
        match you with a lender, matched with lenders, connect you with lenders, connect you with up to,
        quotes from multiple, our lending partners, our network of lenders, our insurance partners,
        offers from our partners, partners will contact you, partners may contact you, angebote unserer partner,
        partner werden sie kontaktieren, ofertas de nuestros socios, offres de nos partenaires,
        nos partenaires vous contacteront
    """,
    "work_from_home": """
        earn # a day, earn # per day, earn # a week, earn # per week, earn # from home, earn money from home,
        make money online, make money fast, make money from home, make # from home, make # a day,
        work from home and earn, work from home and make, be your own boss, financial freedom, passive income,
        secret shopper*, mystery shopper job*, geld verdienen von zu hause, von zu hause geld verdienen,
        schnelles geld, passives einkommen, gana dinero desde casa, dinero desde casa, ingresos pasivos,
        gagnez de l'argent, argent depuis chez vous, revenus passifs
    """,
}
_SALE_OF_FIREARMS = """
    gun shop, gun store, gun show*, gun sale*, buy guns, guns for sale, firearms for sale, ammo sale, ammo in stock,
    ammunition in stock, rifles in stock, pistols in stock, handguns in stock, firearms sale
"""
_HARMLESS = any_of(
    """
    alcohol free, free of alcohol, non alcoholic, nonalcoholic, no alcohol, without alcohol, avoid alcohol,
    drink alcohol, rubbing alcohol, root beer, ginger beer, alcohol wipe*, alcohol swab*, alcohol gel, smoke free,
    tobacco free, no tobacco, quit tobacco, nicotine free, nicotine gum, nicotine patch*, nicotine replacement,
    alkoholfrei*, ohne alkohol, kein alkohol, sin alcohol, sans alcool, keinen alkohol, shotgun seat, jackpot for,
    glue guns, nail guns, massage guns, heat guns, water guns, sans tabac, sin tabaco, ohne tabak
    """
)
_BY_TOPIC = {topic: any_of(table) for topic, table in _TABLES.items()}
_ANY = any_of(*_TABLES.values(), _SALE_OF_FIREARMS)
_SELLS_FIREARMS = any_of(_SALE_OF_FIREARMS)
_SHORTENERS = frozenset(
    entries(
        """
        bit.ly, bitly.com, tinyurl.com, tiny.cc, goo.gl, t.co, ow.ly, is.gd, v.gd, buff.ly, rb.gy, cutt.ly,
        shorturl.at, rebrand.ly, bl.ink, t.ly, s.id, shorte.st, adf.ly, lnkd.in, soo.gd, clck.ru, trib.al, qr.ae,
        u.to, x.co, j.mp, t2m.io, tiny.one, urlz.fr, kutt.it, dub.sh
        """
    )
)
_NONE: frozenset[str] = frozenset()


def topics(text: Text, hosts: frozenset[str]) -> frozenset[str]:
    """`hosts` is where its links lead."""
    found = _spoken_of(text)
    return found | {PUBLIC_LINK_SHORTENER} if shorteners(hosts) else found


def shorteners(hosts: frozenset[str]) -> frozenset[str]:
    """Those that anybody shares: a link of theirs hides where it leads."""
    return hosts & _SHORTENERS


def _spoken_of(text: Text) -> frozenset[str]:
    if _ANY.search(text) is None:
        return _NONE
    text = text.cut(_HARMLESS.blanked_in(text.words))
    found = frozenset(topic for topic, wording in _BY_TOPIC.items() if wording.search(text))
    return found | {"firearms"} if _SELLS_FIREARMS.search(text) else found
