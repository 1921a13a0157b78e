"""Italian."""

from domain.compliance.replies.vocabulary import Language, Step

ITALIAN = Language(
    code="it",
    opt_out="annulla, basta",
    clear=(
        "annullare, annullate, smettila, smettetela, smetti, smettete, smettere, ferma, fermate, fermatevi, fermati, "
        "cancella, cancellami, cancellatemi, cancellate, cancellarmi, cancellazione, disiscrivi, disiscrivimi, "
        "disiscrivermi, disiscrizione, disiscrivere, disdire, disdetta, rimuovi, rimuovimi, rimuovetemi, eliminami, "
        "eliminatemi, toglimi, toglietemi, mai più, niente più, non più, stop sms, basta sms, basta messaggi, "
        "niente sms, niente messaggi, finitela, piantatela, piantala, revoca, recedere, recesso, uscire, esci"
    ),
    unclear=(
        "no, no grazie, non mi interessa, non interessa, non sono interessato, non sono interessata, "
        "nessun interesse, spam, è spam, troppo, troppi, abbastanza, che noia, che palle, che rottura, noiosi, "
        "pausa, sospendi, bloccato, non voglio, non per me, grazie no, non adesso, per carità, non mi serve, addio, "
        "niente"
    ),
    help="aiuto, informazioni, assistenza, aiutatemi, aiutami",
    opt_in="inizia, iniziare, iscrivimi",
    agree="sì, accetto",
    decline="no, no grazie",
    words={
        "STOP": (
            "basta, smett*, ferma, fermate, fermatevi, fermati, fermare, cessate, cessare, cessa, cessi, stop, "
            "stoppate, stoppa, finitela, finiscila, finite di, finiscila di, piantatela, piantala, piantatela di, "
            "piantala di, interrompete, interrompere, interrompi, sospendete, sospendere, sospendi, smettetela di, "
            "smettila di, stopp, dacci un taglio, dateci un taglio, evitate di, evita di, evitare di, astenetevi"
        ),
        "CANCEL": (
            "annull*, disdire, disdici, disdite, disdico, disdetta, terminare, terminate, chiudete, chiudere, disattiv*"
        ),
        "UNSUB": (
            "disiscriv*, disiscri*, cancellami, cancellatemi, cancellarmi, cancellateci, mi cancelli, mi cancellate, "
            "mi cancello, togliermi, toglimi, toglietemi, toglieteci, mi tolga, mi togliate, rimuovimi, rimuovetemi, "
            "rimuovermi, mi rimuova, mi rimuoviate, eliminami, eliminatemi, eliminarmi, mi elimini, levatemi, "
            "levami, depennatemi, escludetemi, annullare l iscrizione, annullate l iscrizione, annulla l iscrizione, "
            "annulla iscrizione, annullare iscrizione, cancella iscrizione, cancellare l iscrizione, "
            "cancellate l iscrizione, opt out, unsubscribe, registro delle opposizioni, dalla lista, "
            "dalla vostra lista, dalla mailing list, dalle vostre liste, dal vostro database, essere cancellato, "
            "essere cancellata, essere rimosso, essere rimossa, mi oppongo, disiscrizione, dal database, "
            "uscire dalla lista, revocare l iscrizione"
        ),
        "REMOVE": (
            "cancell*, elimin*, rimuov*, toglie*, togli, tolga, leva, levate, depennate, dimenticate, dimentica, "
            "scordatevi"
        ),
        "CONTACT": (
            "sms, messaggi*, msg, scriv*, contatt*, mail, email, e mail, newsletter, notific*, disturb*, "
            "comunicazion*, spam, spammare, spammate, whatsapp, importun*, infastid*, rompere, rompete, molest*, "
            "avvisi, assill*, tormentat*, messaggini, messaggiare, stressate, stressare, invii, contattat*, "
            "aggiornamenti"
        ),
        "SEND": "mand*, invi*, inolt*, spedir*, trasmett*, arrivare",
        "PROMO": (
            "pubblicità, promozion*, promo, offerte, marketing, spazzatura, cazzate, schifezze, commerciali, "
            "promozionali, pubblicitari, pubblicitarie, reclame, stronzate"
        ),
        "CALL": "chiam*, telefonate, telefonare, telefonarmi, telefonatemi",
        "ME": "mi, me, ci, il mio cellulare, il mio telefono, al cliente, mio marito, mia moglie",
        "NUMBER": (
            "numero, telefono, cellulare, dati, contatto, nominativo, recapito, cell, il mio contatto, mio contatto"
        ),
        "LIST": "lista, liste, database, elenco, rubrica, sistema, archivio, mailing list, registro, elenchi",
        "SUBSCRIPTION": "abbonamento, iscrizione, account, piano, servizio",
        "ORDER": (
            "ordine, ordini, appuntamento, appuntamenti, prenotazione, prenotazioni, consegna, pacco, spedizione, "
            "acquisto, fattura, pagamento, rimborso, biglietto, biglietti, volo, viaggio, visita, tavolo, prodotto, "
            "prodotti, articolo, indirizzo, carta, addebito, addebiti, codice, reso, taglia, carrello, corso, "
            "seduta, evento, camera"
        ),
        "NEG": (
            "non, mai, nemmeno, neanche, vietato, non mi, non ci, non dovete, non deve, vi diffido dal, diffido, né"
        ),
        "NOT": "senza, nessun, nessuna, nessuno, no",
        "CANT": "non posso, non riesco, non riesco a",
        "NOMORE": (
            "niente più, nessun altro, nessun'altra, basta con, basta con i, basta con le, mai più, stufo di, "
            "stufa di, non più"
        ),
        "AGAIN": (
            "più, ancora, altri, altre, altro, ulteriori, ulteriore, di nuovo, nuovamente, in futuro, continuare a, "
            "continuare"
        ),
        "ANYTHING": "nulla, niente, tutto, questo, questi, queste, quello, nient altro, cose, questa roba, roba",
        "WANT": (
            "voglio, vuole, vogliamo, vorrei, vorremmo, desidero, desidera, desideriamo, intendo, gradisco, "
            "gradirei, accetto, chiedo, preferirei, preferisco, richiesto, chiesto, gradito"
        ),
        "RECEIVE": (
            "ricevere, riceverli, riceverle, riceverne, essere contattato, essere contattata, essere disturbato, "
            "essere disturbata, sentire, avere, leggere"
        ),
        "GETS": (
            "non ricevo, non ho ricevuto, non mi arrivano, non mi arriva, non ho mai ricevuto, non mi è arrivato, "
            "non arriva, non arrivano"
        ),
        "CONSENT": "consenso, autorizzazione, permesso, autorizzo, acconsento, consensi",
        "WITHDRAW": "revoco, ritiro, revocare, ritirare, revochiamo, nego",
        "GOAWAY": (
            "lasciatemi in pace, lasciami in pace, lasciatemi stare, lasciami stare, lasciateci in pace, in pace, "
            "andate a quel paese, vai a quel paese, vaffanculo, fanculo, andate affanculo, affanculo, "
            "fuori dalle palle, fuori dai piedi, sparite, sparisci, levatevi dalle palle, levati, non rompete, "
            "non rompere, non rompetemi, non scocciate, non disturbate, non disturbare, non seccatemi, andatevene, "
            "vattene, toglietevi dai piedi, dimenticatevi di me, non rompetemi le palle, vai via, andate via"
        ),
        "WRONG": (
            "numero sbagliato, sbagliato numero, numero errato, persona sbagliata, avete sbagliato, ha sbagliato, "
            "hai sbagliato, sbaglia numero, sbagliate numero, non è più il numero, non è il numero, "
            "non è il telefono, non sono io, non sono la persona, non appartiene più, deceduto, deceduta, è morto, "
            "è morta, destinatario sbagliato, numero non corretto, non è mio, non conosco nessun, "
            "contatto sbagliato, qui non c è nessun, numero non è, non è di, non è il mio numero, "
            "non è più il mio numero"
        ),
        "ENOUGH": (
            "stufo, stufa, stanco di, stanca di, ne ho abbastanza, ne ho le palle piene, non ne posso più, basta di"
        ),
        "DOUBT": (
            "troppi, troppe, troppo spesso, è spam, come avete avuto, come ha avuto, dove avete preso, "
            "chi vi ha dato, dove avete trovato, come avete ottenuto, mai iscritto, mai iscritta, "
            "non mi sono iscritto, non mi sono iscritta, mai dato il consenso, mai autorizzato, mai richiesto, "
            "segnalo, segnalare, segnalerò, denuncio, denuncia, illegale, molestie, meno messaggi, meno spesso, "
            "pausa, no grazie, perché ricevo, perché mi scrivete, perché mi mandate, perché mi arrivano, blocco, "
            "vi blocco, bloccare, continuate a, noiosi, che noia, insopportabili, non richiesto, non richiesti"
        ),
        "HOW": (
            "come, come faccio a, come faccio per, come si fa a, come posso, posso, dove posso, è possibile, si può, "
            "potrei, c è modo di, cosa devo fare per, cosa succede se, come mi"
        ),
        "WHEN": "quando, a che ora, fino a quando, che giorno, fino a che ora",
        "IF": (
            "se, forse, dovrei, magari, devo, sto pensando di, penso di, probabilmente, quasi, eventualmente, "
            "sarei tentato"
        ),
        "QUALIFIED": (
            "così tardi, così presto, così spesso, così tanto, così tanti, di notte, la notte, la sera, di sera, "
            "la mattina presto, a quest ora, prima delle, prima di, dopo le, dopo, durante, fino a, fino al, finché, "
            "mentre, la domenica, di domenica, nel weekend, nel fine settimana, per ora, per adesso, per il momento, "
            "per oggi, questa settimana, tutti i giorni, ogni giorno, temporaneamente, tanto spesso, tra le, tranne"
        ),
        "DEMAND": (
            "potete, potreste, puoi, potresti, può, potrebbe, dovete, deve, vi prego di, la prego di, ti prego di, "
            "prego di, vi chiedo di, la smettete di, la smetti di, la vuoi, la volete, volete, ho detto, "
            "ho già detto, già detto, vi ho detto di, vi ho chiesto di, esigo, pretendo, pretendo che, si prega di, "
            "pregasi, vi invito a, cortesemente di, gradirei che, chiedo di, vi diffido, favorite, richiedo di, "
            "è ora di"
        ),
        "I": "io, noi",
        "YOU": "voi, vi, tu, lei, ti, signori, acme, la",
        "DECLINES": (
            "non mi interessa, non mi interessano, non interessa, non sono interessato, non sono interessata, "
            "non sono più interessato, non sono più interessata, nessun interesse, non sono interessato a, "
            "non sono interessata a, non ho interesse"
        ),
        "NEED": "ho bisogno, mi serve, mi servono, bisogno",
        "DET": (
            "il, lo, i, gli, un, una, uno, di, del, della, dei, delle, degli, dell, da, dal, dalla, dalle, a, al, "
            "alla, ai, alle, all, vostro, vostra, vostri, vostre, tuo, tua, tuoi, tue, suo, sua, suoi, sue, mio, "
            "mia, miei, mie, questo tipo di, quei, quelle, con, per, su, sul, sulla, in, alcun, alcuna, alcuno, "
            "qualsiasi, l, d, tipo, tanti, sto, sti, le, via, sull, sui, sulle, dall, nell"
        ),
        "FILL": (
            "che, ora, adesso, subito, immediatamente, ciao, salve, buongiorno, buonasera, ok, bene, allora, anche, "
            "davvero, cazzo, porca miseria, dai, già, oggi, per sempre, definitivamente, una volta per tutte, "
            "per dio, per l amor di dio, cari, gentili, signore, signora, cordialmente, saluti, cordiali saluti, "
            "arrivederci, ragazzi, madonna, urgente, oh, ehi, grazie e arrivederci, cortesemente, gentilmente, "
            "mannaggia, punto, virgola, e basta, veramente, assolutamente, sti cazzi, sì"
        ),
        "POLITE": (
            "per favore, perfavore, x favore, per piacere, per cortesia, cortesia, grazie, grazie mille, prego, "
            "please, pls, ringrazio, vi ringrazio, tante grazie"
        ),
        "AND": "e, ed, ma, o, oppure, perché, però, altrimenti, sennò",
        "KEEP": "continuate con, mantenete, tenete, voglio continuare, ma sì, conservate, lasciate",
        "ONLY": "solo, soltanto, solamente, unicamente",
        "MISTAKE": "per sbaglio, per errore, accidentalmente, involontariamente",
        "INERT": (
            "non stop, nonstop, fermata, mi basta, basta così poco, basta poco, basta un, basta una, basta che, "
            "vi basta, ti basta, non funziona, non va, non ancora, nessun problema, non so, non capisco, "
            "non ho capito, non c è problema, non importa, non trovo, non vedo, più tardi, più informazioni, "
            "più dettagli, più info, di più, non ho, quando è pronto, va bene, non fa niente, non male, "
            "non è arrivato, fine settimana, alla fine, la fine, fine mese, fine anno, non sbagliato, fine del, "
            "fine della, non ha sbagliato, basta così"
        ),
    },
    patterns={
        Step.INSISTS: (
            ("NEG =1 CONTACT|SEND =2 AGAIN", "asks not to be written to any more"),
            ("NEG =1 SEND =2 ANYTHING|MESSAGES", "asks not to be sent anything"),
        ),
        Step.HEDGED: (
            ("HOW =2 NEG =3 RECEIVE|CONTACT|SEND", "asks how to stop"),
            ("NEG =1 CONTACT|SEND =2 QUALIFIED", "asks for fewer messages, other times or a pause"),
        ),
        Step.WANTS_TO_LEAVE: (
            ("NEG =3 RECEIVE", "does not want messages"),
            ("NEG WANT AGAIN", "does not want any more"),
            ("NEG =1 CONTACT =1 >", "asks not to be written to"),
            ("STOP =3 MESSAGES|SEND", "asks to stop messages"),
            ("CANCEL =2 SUBSCRIPTION =3 MESSAGES", "asks to end messages"),
            ("NOMORE =2 MESSAGES", "wants no more messages"),
            ("< POLITE|FILL* ANYTHING MESSAGES FILLER* >", "wants no messages"),
        ),
    },
    common=(
        "il, lo, la, i, gli, le, un, una, di, del, della, a, al, da, dal, dalla, in, con, su, per, che, e, non, mi, "
        "ti, vi, ci, si, sono, ho, ha, avete, hanno, più, mio, mia, vostro, vostra, questo, questa, come, quando, "
        "dove, chi, cosa, grazie, ciao, favore, no, ma, se, anche, molto, bene, tutto, niente, voglio, vorrei, "
        "posso, quanto, quale, solo, ancora, già, numero, messaggi, lista, sms, basta, dell, all, l, io, va, perché"
    ),
    not_typos=(
        "bassa, basto, bastano, pasta, tasta, vasta, casta, batta, busta, bastare, annuale, annullo, fermo, forma, "
        "firma, firmate, ferme, mandare, andare, cancello, cancelli, contratto, contatto, contanti, scrivo, vivere, "
        "ricevuto, invio, invito, inviti, cessi, cesso, cassa, messa, commessa, disdetto, elimina, chiama, chiaro, "
        "smette, sette, leva, lieve, uscita, massaggi, massaggio, passaggi, passaggio"
    ),
)
