"""Dutch."""

from domain.compliance.replies.vocabulary import Language, Step

DUTCH = Language(
    code="nl",
    opt_out="uit, afmelden",
    clear=(
        "uitschrijven, stoppen, hou op, houd op, ophouden, verwijderen, opzeggen, beëindigen, geen sms, "
        "geen sms meer, geen berichten, geen berichten meer, geen reclame, geen reclame meer, nooit meer, niet meer, "
        "afgemeld, annuleren, annuleer, kap ermee, kappen, afmelding, uitgeschreven, intrekken, eraf, haal me eraf, "
        "meld me af, schrijf me uit, einde"
    ),
    unclear=(
        "nee, nee bedankt, nee dank je, nee dank u, geen interesse, genoeg, het is genoeg, spam, dit is spam, "
        "irritant, vervelend, te veel, teveel, pauze, niet geïnteresseerd, liever niet, geblokkeerd, nou nee, "
        "nee joh, doe maar niet"
    ),
    help="hulp, informatie, help mij",
    opt_in="starten, aanmelden",
    agree="ja, akkoord",
    decline="nee, nee bedankt, nee dank je",
    words={
        "STOP": (
            "stop, stoppen, stopt, stop met, stoppen met, hou op, houd op, houdt op, ophouden, ophouden met, "
            "hou op met, houd op met, kap met, kappen met, kap ermee, beëindig*, staak, staken, stopp, schei uit"
        ),
        "CANCEL": "annul*, opzeg*, zeg, afzeg*, cancelen",
        "HALF": "meld, melden, schrijf, schrijft, meldt",
        "AB": "af, uit",
        "UNSUB": (
            "afmeld*, uitschrijv*, uit te schrijven, af te melden, uitgeschreven, afgemeld, van de lijst, "
            "van jullie lijst, van uw lijst, van je lijst, van deze lijst, uit de lijst, uit het bestand, "
            "uit uw bestand, uit jullie bestand, uit de database, uit jullie database, unsubscribe, opt out, "
            "van de mailinglijst, uit het systeem, eraf, bel me niet register"
        ),
        "REMOVE": "verwijder*, wis, wissen, schrap, schrappen, vergeet, verwijderd, delete",
        "TAKE": "haal, haalt, halen",
        "CONTACT": (
            "sms, smsen, sms jes, smsjes, berichten, bericht, berichtjes, bericht sturen, mail, mails, e mail, "
            "e mails, mailen, mailtjes, nieuwsbrief, contacteren, contacteer, contact, contact op, lastigvallen, "
            "lastig, vallen, appjes, appen, app, whatsapp, meldingen, spam, spammen, stalken, texten, storen, "
            "benader*, communicatie, teksten, notificaties, updates"
        ),
        "SEND": "stuur, sturen, stuurt, zend, zenden, verstuur, versturen, toesturen, opsturen, gestuurd, bezorgen",
        "PROMO": (
            "reclame, reclames, aanbiedingen, acties, promoties, marketing, advertenties, rommel, troep, zooi, onzin"
        ),
        "CALL": "bel, bellen, belt, gebeld",
        "ME": "me, mij, ons, mijn telefoon, hem, haar, de klant, mijn man, mijn vrouw",
        "NUMBER": "nummer, telefoonnummer, gegevens, mobiel, telefoon, gsm, data, 06",
        "LIST": "lijst, lijsten, bestand, database, systeem, mailinglijst, adressenlijst",
        "SUBSCRIPTION": "abonnement, account, inschrijving, lidmaatschap",
        "ORDER": (
            "bestelling, bestellingen, afspraak, afspraken, reservering, reserveringen, levering, pakket, pakketje, "
            "betaling, factuur, order, terugbetaling, boeking, adres, product, producten, code, ticket, tickets, "
            "reis, vlucht, tafel, maat, retour, zending, les"
        ),
        "NEG": "niet, geen, nooit, niets, niks, nooit meer, nimmer",
        "NOT": "zonder",
        "CANT": "kan niet, kunnen niet, kon niet",
        "NOMORE": "niet langer, geen enkel, geen enkele, basta met",
        "AGAIN": "meer, nog, verder, verdere, opnieuw, weer, voortaan, langer, ooit",
        "ANYTHING": "alles, dit, deze, dat, iets, hiervan, zulke",
        "WANT": (
            "wil, willen, wens, wenst, wensen, zou graag, verlang, hoef, hoeft, heb behoefte aan, verzoek, vraag, wilt"
        ),
        "RECEIVE": "ontvangen, krijgen, te ontvangen, horen, benaderd worden, lezen, te krijgen, hebben",
        "GETS": (
            "heb geen, ik kreeg geen, krijg geen, niet ontvangen, niet gekregen, nog niet ontvangen, ontvang geen, "
            "niet aangekomen, heb nog geen"
        ),
        "CONSENT": "toestemming, akkoord, machtiging",
        "WITHDRAW": "trek, intrek, intrekken, herroep, ingetrokken",
        "GOAWAY": (
            "met rust, rot op, rot toch op, donder op, sodemieter op, ga weg, flikker op, oprotten, opzouten, "
            "ga fietsen, val dood, hou je kop, houd je kop, hou je bek, vergeet mijn nummer, laat me gaan, "
            "krijg de klere, fuck off, zoek het uit, pleur op"
        ),
        "WRONG": (
            "verkeerd nummer, verkeerde nummer, verkeerde persoon, het verkeerde, fout nummer, foute nummer, "
            "onjuist nummer, niet meer het nummer, niet het nummer van, overleden, verkeerd verbonden, "
            "woont hier niet, ben ik niet, niet de juiste persoon, niet mijn nummer, niet meer mijn nummer"
        ),
        "ENOUGH": "genoeg van, ben het zat, zat, beu, spuugzat, meer dan genoeg, klaar met",
        "DOUBT": (
            "te veel, teveel, te vaak, is spam, hoe kom je aan, hoe komen jullie aan, hoe komt u aan, "
            "van wie heb je, waar heb je, nooit aangemeld, niet aangemeld, nooit ingeschreven, nooit toestemming, "
            "niet om gevraagd, aangifte, klacht, acm, illegaal, minder, pauze, nee bedankt, nee dank je, "
            "waarom krijg ik, waarom sturen jullie, irritant, blokkeer, rapporteer, ongewenst, lastiggevallen, "
            "steeds maar"
        ),
        "HOW": (
            "hoe, hoe kan ik, hoe meld ik, hoe moet ik, hoe kunnen we, kan ik, waar kan ik, mag ik, is het mogelijk, "
            "wat gebeurt er als, hoe schrijf ik, hoe zeg ik"
        ),
        "WHEN": "wanneer, hoe laat, tot wanneer, welke dag, tot hoe laat",
        "IF": (
            "als, indien, misschien, zal ik, moet ik, ik overleg, wellicht, denk erover, overweeg, waarschijnlijk, "
            "bijna, ik ga misschien"
        ),
        "QUALIFIED": (
            "zo laat, zo vroeg, zo vaak, zoveel, zo veel, 's nachts, s avonds, s ochtends, voor, na, tijdens, tot, "
            "zolang, op zondag, in het weekend, voorlopig, voor nu, deze week, elke dag, iedere dag, tijdelijk, "
            "op dit moment, tussen, vandaag"
        ),
        "DEMAND": (
            "kunt u, kun je, kunnen jullie, zou u, zou je, zouden jullie, wilt u, wil je, willen jullie, moeten, "
            "moet je, moet u, ik zei, heb gezegd, al gezegd, gezegd, verzoek u, ik verzoek u, gelieve, verzoeke, "
            "ik vraag u, ik eis, graag willen, vriendelijk verzoek"
        ),
        "I": "ik, we, wij",
        "YOU": "u, je, jij, acme, mensen",
        "DECLINES": (
            "geen interesse, niet geïnteresseerd, niet meer geïnteresseerd, geen interesse in, "
            "niet geïnteresseerd in, geen behoefte aan"
        ),
        "NEED": "nodig, heb nodig",
        "DET": (
            "de, een, van, uw, jouw, jullie, mijn, die, dit soort, op, aan, met, in, te, om, om te, ermee, hiermee, "
            "bij, naar, via, per, over, er, zijn, door, dat soort, aub te, zich, ervan, der"
        ),
        "IT": "het",
        "FILL": (
            "nu, meteen, direct, onmiddellijk, hallo, hoi, hey, dag, goedendag, goedemorgen, goedemiddag, ok, oké, "
            "nou, eens, toch, ook, even, al, echt, verdomme, godverdomme, gvd, gewoon, per direct, voor altijd, "
            "definitief, man, joh, meneer, mevrouw, groeten, groet, mvg, eindelijk, alstublieft dank, dan, gelijk, "
            "nou eens, hierbij, beste, ja"
        ),
        "POLITE": (
            "alsjeblieft, alstublieft, aub, ajb, svp, graag, bedankt, dank je, dank u, dankjewel, dank je wel, "
            "dank u wel, please, pls, bvd, thanks, alvast bedankt"
        ),
        "AND": "en, maar, of, want, omdat, anders",
        "KEEP": "wel blijven, behouden, blijf, blijven, wil houden, wel graag",
        "ONLY": "alleen, slechts, enkel, alleen nog",
        "MISTAKE": "per ongeluk, per abuis, vergissing",
        "INERT": (
            "non stop, nonstop, bushalte, geen probleem, nog niet, niet zeker, geen idee, weet niet, werkt niet, "
            "begrijp niet, snap niet, meer informatie, meer info, ben je uit, komt uit, ziet er uit, ga uit, "
            "uit voorraad, uit eten, maakt niet uit, geen haast, niet erg, meld je, niet slecht, als het klaar is, "
            "schrijf me een, het einde, einde van, zoek uit, kies uit, op tijd"
        ),
    },
    patterns={
        Step.OTHER_MATTER: (("ORDER =3 STOP|CANCEL|REMOVE", "asks to stop or cancel an order, not messages"),),
        Step.HEDGED: (
            ("HOW ~3 AB", "asks how to stop"),
            ("IF HALF =3 AB", "speaks of leaving, perhaps later"),
        ),
        Step.WANTS_TO_STAY: (
            ("HALF =3 NEG =1 AB", "asks us not to stop"),
            ("REMOVE =2 NEG", "asks us not to remove them"),
            ("STOP|CANCEL =2 NEG >", "asks us not to stop"),
            ("WANT ME? NEG =2 UNSUB|STOP", "asks us not to stop"),
        ),
        Step.WANTS_TO_LEAVE: (
            ("HALF =3 AB", "asks to unsubscribe"),
            ("TAKE =3 UNSUB|LIST|NUMBER|OFF", "asks to be taken off a list"),
            ("NEG =1 MESSAGES =1 AGAIN", "wants no more messages"),
            ("NEG AGAIN =2 MESSAGES|SEND|RECEIVE|CALL", "wants no more messages"),
            ("SEND =2 NEG =1 MESSAGES|AGAIN", "asks not to be sent messages"),
            ("WANT =2 NEG =2 MESSAGES", "does not want messages"),
            ("WANT =2 NEG AGAIN", "does not want any more"),
            ("WANT =1 MESSAGES NEG AGAIN", "does not want any more"),
            ("WITHDRAW =2 CONSENT", "takes consent back"),
            ("UNKNOWN? NEG CONTACT =1 AGAIN", "asks not to be contacted"),
            ("STOP =3 SEND|CONTACT|PROMO", "asks to stop messages"),
            ("NEG =1 CONTACT AND? >", "asks not to be written to"),
            ("UNKNOWN NEG AGAIN CONTACT", "asks not to be contacted"),
        ),
    },
    common=(
        "de, het, een, en, van, ik, je, jij, u, jullie, we, wij, is, zijn, niet, geen, me, mij, mijn, met, op, te, "
        "aan, in, voor, bij, naar, om, uit, af, dat, die, dit, deze, wat, waar, wanneer, hoe, wie, waarom, kan, wil, "
        "heb, heeft, ben, bedankt, dank, ja, nee, maar, of, als, nog, meer, al, ook, zo, goed, er, uw, jouw, hebben, "
        "ontvangen, sms, berichten, bericht, graag, hallo"
    ),
    not_typos=(
        "stoppen, stopen, stap, stappen, stof, afmelding, aanmelden, vermelden, uitschrijving, inschrijven, "
        "beschrijven, overschrijven, bereiken, beroepen, sturen, steunen, stuiten, bericht, gericht, richten, "
        "berichtje, reclamatie, verwijzen, verwijderd, contract, contant, annulering, spammen, stammen"
    ),
)
