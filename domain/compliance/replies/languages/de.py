"""German."""

from domain.compliance.replies.vocabulary import Language, Step

GERMAN = Language(
    code="de",
    opt_out="stopp, abmelden",
    clear=(
        "stoppen, aufhören, hört auf, hör auf, hören sie auf, abbestellen, austragen, abmeldung, kündigen, löschen, "
        "beenden, ende, schluss, schluss damit, keine sms, keine sms mehr, keine werbung, keine werbung mehr, "
        "keine nachrichten, keine nachrichten mehr, nie wieder, nicht mehr, lass es, lasst es, unterlassen, "
        "abbrechen, entfernen, stornieren, bitte löschen, kündigung, raus, widerruf, widerrufen, widerspruch, "
        "deabonnieren, abgemeldet, abstellen, nichts mehr, nix mehr, aus"
    ),
    unclear=(
        "nein, nö, nee, nein danke, kein interesse, keine lust, kein bedarf, genug, reicht, das reicht, es reicht, "
        "spam, das ist spam, nervig, das nervt, nervt, ihr nervt, pause, blockiert, bitte nicht, lieber nicht, "
        "danke nein, zu viel, mir reichts, tschüss, weg, nicht interessiert, uninteressant, reicht jetzt"
    ),
    help="hilfe, information, infos, helft mir",
    opt_in="starten, anmelden",
    agree="ja, einverstanden, ja ich will",
    decline="nein, nein danke, nö",
    words={
        "STOP": (
            "stopp, stop, stoppen, stoppt, stoppe, aufhören, aufzuhören, aufhört, aufhörst, schluss, unterlassen, "
            "unterlasst, unterlässt, beenden, beendet, einstellen, einzustellen, ende mit, hör auf, hört auf, "
            "hören sie auf, gestoppt, sein lassen, abstellen, abzustellen, nicht weiter, stellt, stellen, stell, "
            "unterbinden, unterbleiben"
        ),
        "HOER": "hört, hör, hören, höre",
        "AUF": "auf",
        "CANCEL": (
            "stornieren, storniert, storniere, storno, kündigen, kündigt, kündige, kündigung, absagen, abbrechen, "
            "beende"
        ),
        "HALF": "melde, melden, meldet, meld, bestelle, bestellt, bestell, trag, tragt, tragen, trage",
        "AB": "ab, aus",
        "UNSUB": (
            "abmeld*, abzumelden, abbestell*, abzubestellen, austragen, auszutragen, ausgetragen, abgemeldet, "
            "deabonnier*, trag mich aus, tragt mich aus, tragen sie mich aus, aus dem verteiler, von der liste, "
            "aus der liste, von ihrer liste, von eurer liste, aus ihrer liste, aus eurer liste, aus dieser liste, "
            "von dieser liste, aus ihrem verteiler, aus eurem verteiler, vom verteiler, unsubscribe, opt out, "
            "robinsonliste, gelöscht werden, entfernt werden, gestrichen werden, raus aus dem verteiler, "
            "aus der datenbank, aus ihrer datenbank, aus eurer datenbank, aus der kartei, von der mailingliste, "
            "aus dem newsletter, lasst das, lassen sie das, lass das, das lassen, es lassen, seinlassen, "
            "lassen sie es, lasst es, lass es"
        ),
        "REMOVE": "lösch*, entfern*, streich*, vergiss, vergesst, vergessen sie, tilgen, nimm, nehmt, nehmen",
        "CONTACT": (
            "sms, smsen, nachricht*, schreib*, anschreiben, angeschrieben, anzuschreiben, kontaktier*, mail, mails, "
            "email, emails, e mail, e mails, newsletter, benachrichtig*, belästig*, belaestig*, nerven, spam, "
            "spammen, spammt, mitteilung*, whatsapp, simsen, texten, textet, zumüllen, zutexten, meldungen, "
            "anzeigen, infomails, kontakt, kontaktaufnahme, zuschriften, zuspammen, zuzuspammen, vollspammen, "
            "bombardier*, infopost, anfunken, infos, updates"
        ),
        "SEND": (
            "schick*, send*, zusend*, zuschick*, zugeschickt, zugesandt, versand, versende*, verschick*, geschickt, "
            "gesendet, sms schicken, übermittel*, zukommen"
        ),
        "PROMO": (
            "werbung, reklame, werbe sms, werbesms, werbenachricht*, werbemail*, angebote, aktionen, marketing, "
            "promo, promos, rabattaktionen, müll, mist, quatsch, scheiße, kram, werbemüll, werbeanruf*, werblich*"
        ),
        "CALL": "anruf*, anzurufen, ruft, telefon anrufe",
        "ME": "mir, mich, uns, mein handy, meiner frau, meinem mann, ihm, ihr nicht, der kunde, die kundin",
        "NUMBER": (
            "nummer, telefonnummer, handynummer, rufnummer, daten, kontaktdaten, mobilnummer, adresse aus, name, "
            "namen, eintrag"
        ),
        "LIST": (
            "liste, listen, verteiler, datenbank, system, kartei, mailingliste, kundenkartei, adressbuch, "
            "verteilerliste"
        ),
        "SUBSCRIPTION": "abo, abonnement, konto, mitgliedschaft, vertrag, anmeldung",
        "ORDER": (
            "bestellung, bestellungen, termin, termine, reservierung, reservierungen, buchung, buchungen, lieferung, "
            "paket, pakete, auftrag, rechnung, zahlung, rückerstattung, ticket, tickets, flug, reise, besuch, tisch, "
            "artikel, produkt, produkte, adresse, karte, abbuchung, abbuchungen, code, retoure, größe, einkauf, "
            "warenkorb, kurs, sitzung, abholung, zimmer, sendung, sendungen"
        ),
        "NEG": (
            "nicht, kein, keine, keinen, keinem, keiner, keinerlei, nichts, nie, niemals, nie wieder, nie mehr, "
            "weder, nix, ned, net, verbiete, untersage"
        ),
        "NOT": "ohne",
        "CANT": "kann nicht, konnte nicht, können nicht",
        "NOMORE": "schluss mit, keine einzige, die nase voll von, verschont, verschonen, nicht noch mehr",
        "AGAIN": (
            "mehr, weitere, weiteren, weiter, weiterhin, wieder, länger, künftig, zukünftig, in zukunft, noch, nochmal"
        ),
        "ANYTHING": "alles, das, dies, dieses, davon, sowas, so was, solche, solchen",
        "WANT": (
            "will, wollen, möchte, möchten, wünsche, wünschen, bitte um, wollte, mag, hätte gern, stimme, erlaube, "
            "bestellt habe, habe darum gebeten, würde gerne, würde gern, verlange, wünscht"
        ),
        "RECEIVE": (
            "erhalten, bekommen, kriegen, empfangen, lesen, sehen, hören von, erhalte, angeschrieben werden, "
            "kontaktiert werden, belästigt werden, haben"
        ),
        "GETS": (
            "habe keine, hab keine, habe kein, hab kein, habe noch keine, hab noch keine, bekomme keine, "
            "bekomme kein, kriege keine, erhalte keine, habe nichts, hab nichts, habe keinen, hab keinen, "
            "nicht bekommen, nicht erhalten, nicht angekommen, kommt nicht, kommen nicht, noch nicht da, habe nie, "
            "gibt es keine, gibts keine"
        ),
        "CONSENT": (
            "einwilligung, zustimmung, einverständnis, erlaubnis, zugestimmt, eingewilligt, einverstanden, "
            "genehmigung, erlaubt, datenschutzeinwilligung"
        ),
        "WITHDRAW": (
            "widerrufe, widerruf, widerrufen, ziehe, entziehe, zurückziehen, widerspreche, widersprechen, "
            "widerspricht, widerruft, widerruf meiner, widerruf der"
        ),
        "GOAWAY": (
            "in ruhe, in frieden, verpisst euch, verpiss dich, haut ab, hau ab, verschwindet, verschwinde, "
            "leck mich, leckt mich, fickt euch, fick dich, lass mich, lasst mich, lassen sie mich, halt die fresse, "
            "haltet die fresse, halt die klappe, haltet die klappe, geht weg, geh weg, zieht leine, zieh leine, "
            "schert euch, scher dich, fahrt zur hölle, finger weg, macht die fliege, vergesst meine nummer, "
            "vergiss meine nummer, kein kontakt mehr, sofort unterlassen"
        ),
        "WRONG": (
            "falsche nummer, falsche person, falscher empfänger, falsche telefonnummer, falsche handynummer, "
            "die falsche, verwählt, nummer ist falsch, nicht mehr die nummer, nicht die nummer, "
            "nicht mehr meine nummer, nicht meine nummer, hier gibt es keinen, hier gibts keinen, verstorben, "
            "ist gestorben, gestorben, kenne ich nicht, falsch verbunden, bin nicht der, bin nicht die, "
            "bin nicht herr, bin nicht frau, irrtum, wohnt hier nicht, falscher kontakt, falsche adresse, "
            "nummer geirrt, hier gibt es keine, hier gibts keine, hier wohnt kein, hier wohnt keine, nummer vertan, "
            "geirrt"
        ),
        "ENOUGH": (
            "genug von, genug mit, die nase voll, die schnauze voll, hab es satt, satt, mir reichts, mir reicht es, "
            "reicht jetzt, es reicht mit, reicht mit"
        ),
        "DOUBT": (
            "zu viele, zu viel, zu oft, zu häufig, woher habt ihr, woher haben sie, woher hast du, woher kennen sie, "
            "woher kennt ihr, wer hat ihnen, nie angemeldet, nicht angemeldet, nie bestellt, nicht bestellt, "
            "nie zugestimmt, nicht zugestimmt, nie eingewilligt, nie erlaubt, nie abonniert, verbraucherzentrale, "
            "bundesnetzagentur, abmahnung, datenschutzbehörde, illegal, belästigung, weniger, seltener, pause, "
            "nein danke, warum bekomme ich, warum kriege ich, warum schreiben sie, warum schreibt ihr, "
            "wieso bekomme ich, wieso schreibt, nervt, nervig, nerv, blockiere, blockiert, melde euch, melde sie, "
            "unerwünscht, dsgvo, schon wieder, unverschämt, keine lust"
        ),
        "HOW": (
            "wie, wie kann ich, wie können wir, wie bestelle ich, wie melde ich, wie kann man, wo kann ich, "
            "wo können, kann ich, kann man, könnte ich, darf ich, was muss ich tun, was passiert wenn, "
            "was muss ich machen, gibt es eine möglichkeit, ist es möglich, wie geht, wie komme ich"
        ),
        "WHEN": "wann, bis wann, um wie viel uhr, um wieviel uhr, wie lange, seit wann",
        "IF": (
            "wenn, falls, vielleicht, eventuell, soll ich, sollte ich, ich überlege, überlege, womöglich, evtl, "
            "vermutlich, beinahe, fast, wahrscheinlich, sonst werde ich"
        ),
        "QUALIFIED": (
            "so spät, so früh, so oft, so viel, so viele, so häufig, nachts, abends, morgens, am abend, "
            "in der nacht, am wochenende, sonntags, am sonntag, vor, nach, während, bis, solange, vorerst, erstmal, "
            "erst mal, zurzeit, momentan, im moment, heute, diese woche, jeden tag, täglich, um diese zeit, "
            "um diese uhrzeit, vorübergehend, zwischen, für eine weile, außer, nach 20, vor 8, dauernd, ständig"
        ),
        "DEMAND": (
            "bitte sie, können sie, könnten sie, könnt ihr, könntet ihr, kannst du, könntest du, würden sie, "
            "würdet ihr, ich bitte sie, ich fordere sie auf, fordere, müsst, müssen, sollen, sollt, soll, "
            "habe gesagt, hab gesagt, ich habe schon, ich hab schon, habe schon, gesagt, sagte, schon gesagt, "
            "ich sagte, seien sie so gut, wäre nett wenn, wäre nett, wären sie so freundlich, kann das, "
            "kann man das, können sie das, hab doch gesagt, ich verlange, wollt ihr, tut mir den gefallen"
        ),
        "I": "ich, wir",
        "YOU": "sie, ihr, euch, du, ihnen, acme, leute, eure firma",
        "DECLINES": (
            "kein interesse, keinerlei interesse, nicht interessiert, nicht mehr interessiert, habe kein interesse, "
            "hab kein interesse, kein interesse an, nicht interessiert an, kein bedarf an"
        ),
        "NEED": "brauche, brauchen, benötige",
        "DET": (
            "der, die, den, dem, des, ein, eine, einen, einem, einer, ihre, ihren, ihrer, eure, euren, eurer, diese, "
            "diesen, dieser, meine, meiner, meinen, von, vom, mit, zu, zum, zur, an, per, für, aus dem, im, in, "
            "über, damit, irgendwelche, irgendeine, und zwar, dazu, darauf, deine, deinen, meines, mein, euer, sich, "
            "hier, dort, so, werden, um, dieses abo, noch mal, anderen, ihr euer, bezüglich"
        ),
        "IT": "es",
        "FILL": (
            "jetzt, sofort, endlich, bitte sofort, ab sofort, umgehend, unverzüglich, hallo, hi, hey, guten tag, "
            "guten morgen, guten abend, moin, servus, ok, okay, gut, ja, doch, mal, auch, schon, hiermit, dringend, "
            "verdammt, verdammte, verdammten, scheiß, also, nun, einfach, wirklich, echt, mann, mensch, herr, frau, "
            "dann, danach, grüße, gruß, mfg, lg, vg, für immer, dauerhaft, komplett, gefälligst, ey, alter, digga, "
            "leider, punkt, komma, tschüss, auf wiederhören, auf wiedersehen, freundlich, "
            "sehr geehrte damen und herren, herrgott, eh, überhaupt, generell, grundsätzlich, ausdrücklich, "
            "zum letzten mal, ein für alle mal, allemal"
        ),
        "POLITE": (
            "bitte, bitteschön, danke, vielen dank, danke schön, dankeschön, dank, merci, please, pls, "
            "herzlichen dank, besten dank, danke im voraus, thx"
        ),
        "AND": "und, aber, oder, weil, sondern, denn, sonst, bzw, sowie",
        "KEEP": (
            "weiterhin gern, behalten, gern weiter, aber weiterhin, weiterhin infos, möchte behalten, will behalten"
        ),
        "ONLY": "nur noch, nur, lediglich, ausschließlich, bloß",
        "MISTAKE": "aus versehen, versehentlich, irrtümlich, unabsichtlich",
        "INERT": (
            "non stop, nonstop, zu ende, am ende, ende des, ende der, ende november, ende dezember, ende januar, "
            "bushaltestelle, haltestelle, kein problem, keine ahnung, keine sorge, noch nicht, weiß nicht, "
            "geht nicht, funktioniert nicht, nicht schlecht, keine eile, kein ding, kein stress, keine zeit, "
            "macht nichts, mehr infos, mehr informationen, mehr details, mehr dazu, noch mehr infos, meldet euch, "
            "meld dich, meld euch, melden sie sich, meldet sich, ab wann, ab wie viel, verstehe nicht, "
            "nicht verstanden, wenn es fertig, kann ich nicht, keine frage, freue mich auf, warte auf, auf dem weg, "
            "das ende, hört sich, hören uns, hör mal"
        ),
    },
    patterns={
        Step.OTHER_MATTER: (("ORDER =3 STOP|CANCEL|UNSUB|REMOVE", "asks to stop or cancel an order, not messages"),),
        Step.HEDGED: (
            ("NEG AGAIN? QUALIFIED =1 CONTACT|SEND", "asks for fewer messages, other times or a pause"),
            ("CONTACT|SEND =2 NEG AGAIN? QUALIFIED", "asks for fewer messages, other times or a pause"),
            ("IF HALF =3 AB", "speaks of leaving, perhaps later"),
            ("HOW =1 HALF =3 AB", "asks how to stop"),
            ("HOW ~3 AB >", "asks how to stop"),
        ),
        Step.WANTS_TO_STAY: (
            ("HALF =3 NEG =1 AB", "asks us not to stop"),
            ("HOER =3 NEG =1 AUF", "asks us not to stop"),
            ("REMOVE =2 NEG", "asks us not to remove them"),
            ("STOP|CANCEL|UNSUB =2 NEG >", "asks us not to stop"),
            ("CANCEL =2 ORDER NEG", "asks us not to stop"),
        ),
        Step.WANTS_TO_LEAVE: (
            ("HOER =3 AUF", "asks to stop"),
            ("HALF ~4 AB >", "asks to unsubscribe"),
            ("MESSAGES =3 STOP|CANCEL", "asks to end messages"),
            ("NEG =1 MESSAGES =1 AGAIN", "wants no more messages"),
            ("NEG AGAIN =2 MESSAGES|SEND|RECEIVE|CALL", "wants no more messages"),
            ("CONTACT|SEND =3 NEG AGAIN", "asks not to be written to any more"),
            ("CONTACT|SEND =3 NEG MESSAGES", "asks not to be sent messages"),
            ("CONTACT|SEND =3 NEG >", "asks not to be written to"),
            ("WANT =4 NEG =2 MESSAGES", "does not want messages"),
            ("WANT =3 NEG AGAIN", "does not want any more"),
            ("WANT =1 MESSAGES NEG AGAIN", "does not want any more"),
            ("NEG =1 CONTACT|SEND AND? >", "asks not to be written to"),
            ("WITHDRAW ~4 PROMO|CONTACT|NUMBER", "objects to advertising"),
            ("REMOVE =3 NUMBER|ME|LIST", "asks to be removed"),
            ("NUMBER|ME =2 REMOVE", "asks to be removed"),
            ("NUMBER|LIST =2 UNSUB", "asks to be removed"),
            ("POLITE|FILL REMOVE >", "asks to be removed"),
            ("STOP =4 SEND", "asks to stop sending"),
        ),
    },
    common=(
        "der, die, das, den, dem, ein, eine, und, ich, sie, ihr, wir, du, es, ist, sind, nicht, kein, keine, mir, "
        "mich, mit, von, zu, auf, für, an, in, im, am, bei, wie, was, wann, wo, wer, warum, kann, will, möchte, "
        "habe, hab, haben, hat, bitte, danke, ja, nein, aber, oder, wenn, noch, schon, mehr, nur, auch, so, sehr, "
        "gut, mal, meine, mein, bin, euch, ihre, diese, nach, aus, bis, um, werden, sms, geht, gibt, habt, ab, "
        "vielen, guten, tag, hallo"
    ),
    not_typos=(
        "stopfen, stoffe, stoff, steppen, schoppen, aufhalten, auflösen, anmelden, anmeldung, aufmelden, ausmelden, "
        "nachrichten, sendung, ende, wende, spende, schreibt, schrei, treiben, bleiben, streik, streit, reich, "
        "leicht, richten, entfernung, hören, gehören, kühlen, küssen, ständig, bestellen, bestellt, vorstellen, "
        "erstellen, einsteigen, unterlagen, löschte, lösen, besuchen, werbung, erbung, bewerbung, umgebung, spam, "
        "span, melden, molden, stornierte, verkündigen, absage, ansagen, aussagen, ausfragen, anfragen, schlüsse, "
        "schuss, schloss, fluss"
    ),
)
