"""French."""

from domain.compliance.replies.vocabulary import Language, Step

FRENCH = Language(
    code="fr",
    opt_out="arret, désabonner",
    clear=(
        "arrêter, arrêtez, arrête, arrêts, stop sms, stop pub, stop tout, désabonnement, désinscription, "
        "désinscrire, désabonnez moi, se désabonner, me désabonner, me désinscrire, résilier, résiliation, annuler, "
        "annulez, cesser, cessez, supprimer, supprimez, retirer, plus rien, plus jamais, jamais plus, plus de sms, "
        "plus de message, plus de messages, plus de pub, fin, ne plus recevoir, ne plus envoyer, ne plus contacter, "
        "arrêtez tout, arrêtez ça, stoppez, stopper, désabonne moi, désabonné, dégage, dégagez"
    ),
    unclear=(
        "non, nan, non merci, pas intéressé, pas intéressée, pas intéressés, ça m intéresse pas, ne m intéresse pas, "
        "assez, ça suffit, suffit, trop, spam, c est du spam, pause, pas pour moi, merci non, relou, marre, "
        "y en a marre, j en ai marre, bof, bloqué, adieu, pénible, lourd"
    ),
    help="aide, infos, information, aidez moi, assistance",
    opt_in="commencer, reprendre, abonner, réabonner",
    agree="oui, j accepte",
    decline="non, non merci, nan",
    words={
        "STOP": (
            "arrêt, arrêter, arrêtez, arrête, arrêtes, arrêtiez, arrêtent, arrêt de, cesser, cessez, cesse, cessent, "
            "stop, stoppez, stopper, stoppe, suspendre, suspendez, interrompez, interrompre, mettre fin, mettez fin, "
            "suffit, halte, stopp, mette fin"
        ),
        "CANCEL": (
            "annuler, annulez, annulation, résilier, résiliez, résilie, résiliation, terminer, terminez, fin des, "
            "fin aux, fin à"
        ),
        "UNSUB": (
            "désabonn*, désinscri*, me retirer, retirez moi, retire moi, enlevez moi, enlève moi, rayez moi, "
            "raye moi, ôtez moi, supprimez moi, supprime moi, effacez moi, sortez moi, me supprimer, m enlever, "
            "me rayer, me désabonner, opt out, unsubscribe, être retiré, être retirée, être supprimé, "
            "être supprimée, être désinscrit, être désinscrite, liste rouge, bloctel, annuler mon inscription, "
            "annulez mon inscription, arrêter l abonnement, m oppose à"
        ),
        "REMOVE": (
            "retirez, enlevez, enlever, enlève, supprimez, supprimer, supprime, effacez, effacer, efface, rayez, "
            "rayer, radiez, oubliez, oublie, ôtez, éliminez"
        ),
        "CONTACT": (
            "sms, message, messages, texto, textos, msg, msgs, écri*, contact*, envoi, envois, mail, mails, email, "
            "emails, e mail, e mails, courriel, courriels, notification*, sollicit*, relanc*, spam*, harcel*, "
            "embêt*, dérang*, newsletter, newsletters, lettre, mms, communication*, alertes, importun*, infolettre, "
            "prospection, démarch*, messagerie, emmerd*, soûl*, saoul*, textez, texter, recontact*, réécri*, suivi, "
            "suivis"
        ),
        "SEND": "envoy*, envoi*, menvoy*, adress*, expédi*, transm*, renvoy*",
        "PROMO": (
            "pub, pubs, publicité, publicités, promo, promos, promotion, promotions, offres, offre, réclame, "
            "marketing, merde, conneries, démarchage, cochonneries, publicitaire, publicitaires, commerciaux, "
            "commerciales"
        ),
        "CALL": "appel*, téléphon*",
        "ME": (
            "me, m, moi, nous, mon portable, mon mobile, lui, le client, la cliente, mon mari, ma femme, cette personne"
        ),
        "NUMBER": (
            "numéro, num, téléphone, portable, mobile, coordonnées, données, nom, contact perso, infos perso, "
            "mon contact"
        ),
        "LIST": (
            "liste, listes, base, base de données, fichier, fichiers, registre, diffusion, répertoire, système, carnet"
        ),
        "SUBSCRIPTION": "abonnement, souscription, compte, inscription, forfait",
        "ORDER": (
            "commande, commandes, rendez vous, rdv, réservation, réservations, livraison, colis, achat, facture, "
            "paiement, remboursement, billet, billets, vol, voyage, visite, table, produit, produits, article, "
            "articles, adresse, carte, prélèvement, prélèvements, séance, cours, consultation, code, retour, panier, "
            "taille, événement, repas"
        ),
        "NEG": (
            "ne, n, ne plus, n est plus, jamais, plus jamais, interdis de, interdiction de, interdit de, défense de, "
            "pas"
        ),
        "NE": "plus",
        "NOT": "aucun, aucune, sans, ni, point de",
        "CANT": "ne peux pas, ne peut pas, peux pas, peux plus, n arrive pas, n arrive plus",
        "NOMORE": (
            "plus aucun, plus aucune, y en a marre de, ras le bol de, plus besoin de, fini les, finis les, "
            "halte aux, ça suffit les, stop aux, stop les, basta les, terminé les"
        ),
        "AGAIN": "encore, davantage, désormais, dorénavant, à l avenir, autres, autre, de nouveau, à nouveau",
        "ANYTHING": "rien, tout, ça, cela, tous, toutes, quoi que ce soit",
        "WANT": (
            "veux, veut, voulons, voudrais, souhaite, souhaitons, souhaiterais, désire, désirons, désirerais, "
            "aimerais, aimerions, demande, accepte, j aimerais, souhaiterai, veulent, voudrai, préfère, préférerais"
        ),
        "RECEIVE": (
            "recevoir, reçoive, être contacté, être contactée, être contactés, être dérangé, être dérangée, "
            "être sollicité, être sollicitée, être démarché, lire, entendre parler, avoir"
        ),
        "GETS": (
            "ne reçois pas, ne reçois plus, n ai pas reçu, ai pas reçu, jai pas reçu, n ai rien reçu, reçois pas, "
            "pas reçu, jamais reçu, ne reçois aucun"
        ),
        "CONSENT": "consentement, accord, autorisation, permission, consens, autorise",
        "WITHDRAW": "retire, retirer, révoque, révoquer, annule, reprends, retirons",
        "GOAWAY": (
            "laissez moi tranquille, laisse moi tranquille, laissez nous tranquilles, laissez moi en paix, "
            "laisse moi en paix, foutez moi la paix, fous moi la paix, fichez moi la paix, fiche moi la paix, "
            "allez vous faire foutre, va te faire foutre, allez vous faire, dégagez, dégage, lâchez moi, lâche moi, "
            "cassez vous, casse toi, barrez vous, allez au diable, la paix, lâchez l affaire, foutez le camp, "
            "ta gueule, vos gueules, fermez la, oubliez moi, oublie moi, tranquille, allez voir ailleurs, "
            "va voir ailleurs"
        ),
        "WRONG": (
            "mauvais numéro, faux numéro, erreur de numéro, trompez de numéro, trompé de numéro, trompes de numéro, "
            "erreur de destinataire, mauvaise personne, mauvais destinataire, pas la bonne personne, "
            "pas le bon numéro, n est plus le numéro, est plus le numéro, n est pas le numéro, pas le numéro de, "
            "n est plus à ce numéro, pas celui de, est décédé, est décédée, décédé, décédée, n habite plus, "
            "erreur de personne, numéro erroné, numéro incorrect, trompez de personne, connais pas de, "
            "pas mon numéro, plus mon numéro, pas le numéro"
        ),
        "ENOUGH": (
            "marre de, ras le bol, ça suffit, assez de, en ai assez, en ai marre, fatigué de, fatiguée de, suffit les"
        ),
        "DOUBT": (
            "trop de, trop souvent, trop, du spam, d où avez vous, où avez vous, d où vous avez, où avez vous eu, "
            "comment avez vous eu, comment vous avez eu, qui vous a donné, jamais inscrit, jamais inscrite, "
            "jamais abonné, jamais abonnée, jamais donné, pas inscrit, pas inscrite, pas demandé, jamais demandé, "
            "jamais souscrit, signaler, je signale, signalement, cnil, illégal, harcèlement, moins de, "
            "moins souvent, pause, non merci, pourquoi je reçois, pourquoi recevoir, pourquoi m écrivez, "
            "pourquoi vous m, bloquer, je vous bloque, pénible, lourd, ça m énerve, insupportable, pas sollicité"
        ),
        "HOW": (
            "comment, comment faire pour, comment fait on pour, comment puis je, puis je, peut on, "
            "est ce que je peux, je peux, où puis je, que faire pour, que se passe t il si, est il possible de, "
            "est ce possible de, y a t il moyen de, moyen de, peux je, quelle est la procédure pour, "
            "c est possible de"
        ),
        "WHEN": "quand, à quelle heure, c est quand, jusqu à quand, quel jour, jusqu à quelle heure",
        "IF": (
            "si, sil, peut être, dois je, devrais je, je vais peut être, je pense, je songe à, j hésite à, "
            "probablement, vais, envisage, failli"
        ),
        "QUALIFIED": (
            "si tard, si tôt, aussi tard, aussi tôt, autant, aussi souvent, si souvent, le soir, la nuit, le matin, "
            "avant, après, pendant, jusqu à, jusqu au, jusqu en, tant que, le dimanche, le week end, le weekend, "
            "pour l instant, pour le moment, aujourd hui, cette semaine, tous les jours, chaque jour, "
            "temporairement, à cette heure, à des heures, trop tard, entre, quelque temps, durant, sauf"
        ),
        "DEMAND": (
            "merci de, veuillez, pouvez vous, pourriez vous, peux tu, pourrais tu, pouvez, pourriez, prière de, "
            "priez de, prie de, je vous prie de, bien vouloir, je vous demande de, je vous demande d, "
            "vous demande d, demande de, demande d, je vous ai demandé de, il faut, faut, je vous somme de, "
            "somme de, exige, j exige, exige que, j ai dit, ai dit, jai dit, j ai déjà dit, déjà dit, jai déjà dit, "
            "je dis, soyez gentils de, soyez gentil de, merci d, ayez l amabilité de, auriez vous l amabilité de, "
            "vous prie de, je souhaite que, je veux que, j aimerais que, dites, allez vous, vas tu"
        ),
        "I": "je, j, on, jai",
        "YOU": "vous, tu, toi, votre société, messieurs, madame monsieur, acme",
        "DECLINES": (
            "pas intéressé, pas intéressée, intéresse pas, intéressent pas, plus intéressé, plus intéressée, "
            "pas intéressé par, pas intéressée par, aucun intérêt"
        ),
        "NEED": "besoin, ai besoin",
        "DET": (
            "le, la, les, l, un, une, des, de, d, du, à, au, aux, vos, votre, ton, ta, tes, ce, cet, cette, ces, "
            "mon, ma, mes, son, sa, ses, par, sur, en, y, leur, leurs, quelconque, tels, telles, pour, s, se, dans, "
            "via, il, notre, vos propres, tous ces, toutes ces"
        ),
        "FILL": (
            "que, qu, maintenant, tout de suite, immédiatement, sur le champ, bonjour, bonsoir, salut, allo, ok, "
            "bon, bien, enfin, donc, alors, aussi, sérieux, putain, bordel, même, vraiment, urgent, définitivement, "
            "hein, euh, monsieur, madame, déjà, au revoir, cordialement, svp svp, oh, eh, quand même, "
            "une bonne fois pour toutes, une fois pour toutes, fois, immédiat, rapidement, vite, les gars, point, "
            "virgule, encore une fois, bonne journée, pitié, par pitié, tout simplement, cher, chers, dis, juste, "
            "être, d être, oui, c est bon, cest bon, c est tout"
        ),
        "POLITE": (
            "svp, stp, s il vous plaît, sil vous plaît, s il te plaît, sil te plaît, siouplait, merci, "
            "merci beaucoup, merci bien, mrc, please, d avance, bonne réception, je vous prie"
        ),
        "AND": "et, mais, ou, car, parce que, sinon, puis",
        "KEEP": (
            "gardez, garder, continuez, continuer, conservez, je veux bien, veux garder, souhaite garder, laissez"
        ),
        "ONLY": "seulement, uniquement, que le, que les, juste les, juste le",
        "MISTAKE": "par erreur, par mégarde, sans faire exprès, accidentellement, fausse manip, fausse manipulation",
        "INERT": (
            "non stop, nonstop, arrêt de bus, l arrêt de, arrêt de tram, arrêt maladie, l arrêt du, plus tard, "
            "un peu plus, plus de détails, plus d infos, plus d informations, plus d info, plus de renseignements, "
            "en plus, de plus, plus ou moins, plus vite, plus cher, plus grand, plus petit, plus rapide, "
            "pas de souci, pas de soucis, pas de problème, pas encore, ne marche pas, ne fonctionne pas, marche pas, "
            "fonctionne pas, sais pas, ne sais pas, ne comprends pas, comprends pas, pas grave, je n ai pas, "
            "n ai pas, ai pas, pas mal, pas vu, m arrêter de, s arrêter, pas trouvé, fin de, la fin, en fin, "
            "à la fin, aide moi, bonne fin, fin du, quel arrêt, cet arrêt, prochain arrêt, quand c est"
        ),
    },
    patterns={
        Step.OTHER_MATTER: (
            ("SEND ME NE? DET =1 ORDER", "talks about an order"),
            ("NEG ME* SEND NEG =2 ORDER", "talks about an order"),
        ),
        Step.INSISTS: (
            ("NEG ME* CONTACT|SEND|RECEIVE =1 NE", "asks not to be written to any more"),
            ("NEG =2 WANT NE", "does not want any more"),
            ("NEG NE =2 CONTACT|SEND|RECEIVE", "asks not to be written to any more"),
        ),
        Step.HEDGED: (
            ("HOW =3 NEG =2 NE? =2 RECEIVE|CONTACT|SEND", "asks how to stop"),
            ("NEG ME* CONTACT|SEND NEG =1 QUALIFIED", "asks for other times"),
        ),
        Step.WANTS_TO_STAY: (
            ("NEG ME* STOP|UNSUB|REMOVE|CANCEL ME* NEG", "asks us not to stop"),
            ("STOP ME* NEG", "asks us not to stop"),
            ("NEG =1 WANT NEG =3 STOP|UNSUB|REMOVE|CANCEL", "asks us not to stop"),
        ),
        Step.WANTS_TO_LEAVE: (
            ("ME CONTACT|SEND =1 NE", "asks not to be written to any more"),
            ("NE NEG", "never again"),
            ("< POLITE|FILL|DEMAND|DET* NE DET* MESSAGES", "wants no more messages"),
            ("NEG NE", "asks for no more"),
            ("WANT NE DET* MESSAGES|RECEIVE", "does not want any more"),
            ("NE =1 RECEIVE =2 MESSAGES", "does not want any more"),
            ("SEND NE DET* MESSAGES", "asks not to be sent messages any more"),
            ("CONTACT ME? NE NEG? >", "asks not to be written to any more"),
            ("NEG ME* CONTACT|SEND ME* NEG", "asks not to be written to"),
            ("WANT NEG =2 MESSAGES|RECEIVE", "does not want messages"),
            ("NE ANYTHING", "wants nothing more"),
            ("STOP =2 SEND|CONTACT|PROMO", "asks to stop messages"),
            ("CANCEL =2 SUBSCRIPTION =2 MESSAGES", "asks to end messages"),
        ),
    },
    common=(
        "le, la, les, l, un, une, des, de, d, du, et, je, j, ne, pas, plus, vous, tu, il, elle, on, nous, mon, ma, "
        "mes, votre, vos, ce, ces, cette, est, que, qui, qu, pour, par, sur, dans, en, au, aux, à, avec, mais, où, "
        "quand, comment, merci, bonjour, oui, non, très, tout, rien, bien, si, suis, ai, avez, êtes, veux, c, m, s, "
        "n, y, quel, quelle, sont, encore, sms, message, messages, peux, moi, svp, être, faire, numéro, liste, quoi"
    ),
    not_typos=(
        "arrêté, arriver, arrivé, arrivez, assez, casse, caisse, cesse, chasse, pub, stop, top, supprime, message, "
        "massage, passage, envoyer, envoie, envie, avoir, savoir, revoir, voir, recevoir, concevoir, écran, école, "
        "résident, retard, retirée, effacé, lettre, mettre, être, tranquillement, contraire, contrat, content, "
        "constat, contacte, contente, carte, résultat, fausse, fosse, halte, malte"
    ),
)
