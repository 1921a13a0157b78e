"""Portuguese, as written in Brazil and in Portugal."""

from domain.compliance.replies.vocabulary import Language, Step

PORTUGUESE = Language(
    code="pt",
    opt_out="parar, sair, cancelar",
    clear=(
        "pare, parem, descadastrar, desinscrever, descadastra, descadastre, remover, remova, excluir, parar tudo, "
        "não mais, nunca mais, cancela, cancele, cancelem, encerrar, me remova, me tira, me tire, me tirem, retirar, "
        "anular, cancelamento, para já, para com isso, para por favor, parou, pare já, dar baixa, me exclua"
    ),
    unclear=(
        "para, não, n, não obrigado, não obrigada, chega, basta de, suficiente, não quero, não tenho interesse, "
        "sem interesse, não me interessa, spam, que chato, chatos, pausar, pausa, bloqueado, não quero nada, "
        "não por favor, dispenso, demais, tchau, já chega, não interessa"
    ),
    help="ajuda, ajudar, informação, informações, socorro, me ajuda",
    opt_in="iniciar, começar, inscrever",
    agree="sim, aceito",
    decline="não, não obrigado, não obrigada, n",
    words={
        "STOP": (
            "pare, parem, parar, pares, parar de, pare de, parem de, deixe de, deixem de, deixar de, deixa de, "
            "cessar, cesse, cessem, chega, basta, stop, interrompam, interromper, interrompa, suspendam, suspender, "
            "desisto de, stopp, cortem, para com, parem com, pare com, parassem de, parassem"
        ),
        "PARA": "para, pra",
        "CANCEL": "cancelar, cancele, cancelem, cancela, cancelo, anular, anulem, encerrar, encerrem, encerre",
        "UNSUB": (
            "descadastr*, desinscrev*, sair da lista, sair desta lista, sair dessa lista, sair do grupo, quero sair, "
            "opt out, unsubscribe, me remova, me removam, remova me, removam me, retire me, retirem me, tire me, "
            "tirem me, me tire da, me tirem da, me tira da, me tirem dessa, me tire dessa, me tire desta, me exclua, "
            "me excluam, excluir me, cancelar a inscrição, cancelar inscrição, cancelar minha inscrição, "
            "cancelar o recebimento, cancelamento da inscrição, dar baixa, dar de baixa, ser removido, ser removida, "
            "ser retirado, ser retirada, anular a subscrição, cancelar a subscrição, me apague, me apaguem, me tira, "
            "remover me, retirar me, excluam me, exclua me, me retirem, me retire, cancelo o recebimento, "
            "desisto de receber"
        ),
        "REMOVE": (
            "remova, removam, remover, apague, apaguem, apagar, exclua, excluam, excluir, retire, retirem, elimin*, "
            "delete, deletem, deletar, esqueçam, esquece, esqueça"
        ),
        "TAKE": "tire, tirem, tira, tirar",
        "CONTACT": (
            "mensag*, sms, msg, msgs, torpedo, torpedos, texto, textos, contat*, contact*, escrev*, incomod*, "
            "perturb*, notificaç*, entre em contato, entrem em contato, entrar em contato, entrando em contato, "
            "entrem em contacto, entre em contacto, em contato, e mail, e mails, email, emails, whatsapp, zap, spam, "
            "comunicaç*, newsletter, avisos, mandar mensagem, encher o saco, encham, encher, chatear, chateiem, "
            "comunicados, importun*, aborreç*, aborrecer, boletim, ligaç*, perturbe, amolar, amolem, atualizações"
        ),
        "SEND": "mand*, envi*, remet*, receber de",
        "PROMO": (
            "propaganda, propagandas, publicidade, promoç*, anúncio*, ofertas, marketing, lixo, porcaria*, "
            "divulgação, merda"
        ),
        "CALL": "ligar, liguem, ligue, ligando, ligações, telefonar, telefonem, telefone me",
        "ME": "me, mim, meu celular, lhe, comigo, o cliente, a cliente, este telefone",
        "NUMBER": "número, telefone, celular, telemóvel, dados, contato, contacto, nome, meu contato, meu contacto",
        "LIST": (
            "lista, listas, base de dados, banco de dados, base, sistema, cadastro, grupo, registro, registros, agenda"
        ),
        "SUBSCRIPTION": "assinatura, inscrição, subscrição, conta, plano",
        "ORDER": (
            "pedido, pedidos, encomenda, consulta, reserva, entrega, agendamento, compra, pagamento, reembolso, "
            "pacote, produto, produtos, visita, horário, passagem, voo, fatura, boleto, cartão, cobrança, cobranças, "
            "cobrar, endereço, código, mesa, marcação, tamanho, viagem, evento, ingresso, presente, item, itens"
        ),
        "NEG": (
            "não, nunca, jamais, nunca mais, não quero que, deixem de não, não voltem a, não volte a, não voltem, "
            "não é para, não precisa, parem de não, ñ, naum, proíbo"
        ),
        "NOT": "sem, nenhum, nenhuma",
        "CANT": "não consigo, não posso",
        "NOMORE": "não mais, chega de, basta de, nada de, sem mais, nenhuma outra, nunca mais quero",
        "AGAIN": "mais, novamente, de novo, outra vez, continuar, futuras, outras",
        "ANYTHING": "nada, isso, isto, esses, essas, estas, estes, tudo, coisas, disso, coisa nenhuma",
        "WANT": (
            "quero, quer, querem, queremos, queria, gostaria, gostaria de, desejo, deseja, aceito, pedi, pretendo, "
            "gostaríamos, tenho interesse em, solicito"
        ),
        "RECEIVE": "receber, recebê los, recebendo, saber de vocês, saber de",
        "GETS": (
            "não recebo, não recebi, não recebemos, não chegam, não chega, não tenho recebido, não estou recebendo"
        ),
        "CONSENT": "consentimento, permissão, autorização, autorizo, autorizei, consinto, dei permissão",
        "WITHDRAW": "revogo, revogar, retiro, retirar, revoga",
        "GOAWAY": (
            "me deixa em paz, me deixem em paz, deixe me em paz, deixem me em paz, me deixe em paz, em paz, "
            "vai se foder, vão se foder, vai à merda, vão à merda, sumam, suma, some daqui, vaza, vão embora, "
            "vai embora, me esquece, me esqueçam, me esqueça, não incomode, não incomodem, não perturbe, "
            "não perturbem, vai tomar, vão tomar, não encham o saco, larga do meu pé, larguem do meu pé, "
            "desapareçam, vão para o inferno, foda se, não enche, vai pro inferno"
        ),
        "WRONG": (
            "número errado, pessoa errada, engano, número incorreto, erraram o número, errou o número, "
            "não sou essa pessoa, não é mais o número, não é mais do, não é mais da, não pertence mais, "
            "não conheço nenhum, não conheço nenhuma, faleceu, telefone errado, contato errado, não é o número de, "
            "não é o telefone, enganou se no número, enganaram se no número, morreu, não sou o, não sou a, "
            "aqui não é, erraram de número, errou de número, número não é, não é o número, não é meu número, "
            "não é o meu número, número não é meu, não é mais meu número"
        ),
        "ENOUGH": "farto de, farta de, cansado de, cansada de, cheio de, já deu, não aguento mais, não suporto mais",
        "DOUBT": (
            "demais, é spam, muitas mensagens, tantas mensagens, como conseguiram, como conseguiu, onde conseguiram, "
            "quem deu, nunca me inscrevi, não me inscrevi, nunca autorizei, não autorizei, nunca me cadastrei, "
            "não me cadastrei, denunciar, denúncia, procon, anatel, ilegal, menos mensagens, não obrigado, "
            "não obrigada, não pedi, nunca pedi, por que recebo, por que estou recebendo, por que me mandam, "
            "continuam mandando, vocês mandam, que chatice, que saco, assédio, processar, vou processar, bloquear, "
            "quem passou, quem vos deu, onde arranjaram, de onde tiraram"
        ),
        "HOW": (
            "como, como faço para, como faço pra, como eu, como posso, posso, onde posso, onde eu, dá para, dá pra, "
            "tem como, é possível, o que faço para, o que acontece se, consigo"
        ),
        "WHEN": "quando, que horas, até quando, a que horas, até que dia, qual dia",
        "IF": "se, talvez, será que, acho que vou, estou pensando em, pensando em, devo, provavelmente, quase, vou",
        "QUALIFIED": (
            "tão cedo, tão tarde, tanto, tanta, tantas, tantos, a essa hora, essa hora, esta hora, à noite, "
            "de madrugada, de noite, antes de, antes das, depois de, depois das, durante, até, enquanto, "
            "aos domingos, fim de semana, por enquanto, por hoje, por um tempo, todo dia, todos os dias, "
            "tão frequente, com tanta frequência, toda hora, nos fins de semana, entre"
        ),
        "DEMAND": (
            "podem, pode, poderiam, poderia, vocês podem, devem, tem que, já pedi para, já pedi pra, pedi para, "
            "pedi pra, já falei pra, já falei para, falei pra, já disse para, já disse pra, preciso que, favor, "
            "exijo que, exijo, peço que, peço a gentileza de, solicito que, façam o favor de, faça o favor de, "
            "gostaria que, agradecia que, agradeço que, disse para, mandei"
        ),
        "I": "eu, a gente",
        "YOU": "vocês, você, vc, vcs, o senhor, os senhores, senhores, acme",
        "DECLINES": (
            "não tenho interesse, sem interesse, não me interessa, não estou interessado, não estou interessada, "
            "não tenho interesse em, não tenho mais interesse, não me interessam"
        ),
        "NEED": "preciso, precisamos",
        "DET": (
            "o, a, os, as, um, uma, uns, umas, de, do, da, dos, das, seu, sua, seus, suas, esse, essa, este, esta, "
            "em, na, com, por, meu, minha, meus, minhas, ao, desse, dessa, deste, desta, outro, outra, sobre, vosso, "
            "vossa, vossas, qualquer, tipo de, nos, lá, daí, ao meu"
        ),
        "FILL": (
            "que, já, agora, imediatamente, olá, oi, ok, bom, bom dia, boa tarde, boa noite, então, também, logo, "
            "urgente, pelo amor de deus, porra, caralho, cara, gente, aí, hoje, definitivamente, para sempre, "
            "merda de, aqui, meu deus, por deus, moço, amigo, amiga, abs, abraço, tá, né, de vez, sempre, sim"
        ),
        "POLITE": (
            "por favor, pfv, pf, pfvr, por gentileza, faz favor, obrigado, obrigada, obg, valeu, grato, grata, "
            "muito obrigado, please, se faz favor, sff, agradeço"
        ),
        "AND": "e, mas, ou, porque, pois, nem",
        "KEEP": "continuem, mantenham, quero continuar, mas sim, continue, quero manter",
        "ONLY": "só, somente, apenas, só quero",
        "MISTAKE": "por engano, sem querer, por erro, acidentalmente",
        "INERT": (
            "non stop, nonstop, a parada, parada de, ponto de parada, sem problema, sem problemas, ainda não, "
            "não entendi, não funciona, não sei, não tenho, sair agora, vou sair, acabei de sair, não vi, "
            "não lembro, não consegui, mais tarde, mais informações, mais detalhes, quando chegar, não está, não dá, "
            "não tem, não encontrei, tudo bem, não importa, não faz mal, não foi engano, não achei"
        ),
    },
    patterns={
        Step.HEDGED: (("HOW ~2 LIST", "asks how to stop"),),
        Step.WANTS_TO_STAY: (
            ("NEG =3 PARA =2 SEND|CONTACT", "asks us not to stop"),
            ("NEG PARA >", "asks us not to stop"),
        ),
        Step.WANTS_TO_LEAVE: (
            ("PARA DET =1 SEND|CONTACT", "asks to stop messages"),
            ("< FILL|YOU* PARA POLITE+ >", "asks to stop"),
            ("NEG =1 WANT =1 NUMBER", "does not want contact"),
            ("NEG =3 RECEIVE|CONTACT", "does not want messages"),
            ("NEG =2 SEND =1 PROMO", "asks not to be sent advertising"),
            ("NEG =1 WANT AGAIN ANYTHING", "wants nothing more"),
            ("STOP =2 PROMO|CONTACT", "asks to stop messages"),
            ("STOP DET =4 SEND|CONTACT", "asks to stop messages"),
            ("TAKE =3 LIST|NUMBER", "asks to be taken off a list"),
            ("DEMAND PARA|STOP =3 SEND|CONTACT", "asks to stop messages"),
            ("DEMAND PARA|STOP >", "asks to stop"),
        ),
    },
    common=(
        "o, a, os, as, um, uma, que, e, em, de, do, da, não, me, meu, minha, seu, sua, por, com, para, pra, está, "
        "este, esse, isso, se, mais, já, quero, como, mas, ou, na, ao, eu, você, vocês, quando, onde, quem, qual, "
        "obrigado, obrigada, olá, favor, muito, bem, tudo, nada, tem, são, até, sobre, sem, só, hoje, amanhã, foi, "
        "vou, posso, mensagem, mensagens, nunca, dos, das"
    ),
    not_typos=(
        "parede, parte, pagar, passar, padre, parece, sai, saia, sais, sabor, cancelei, escreve, contrato, contente, "
        "contexto, contado, pura, pera, pares, parem, para, carem, vare, pele, pane, parto, mares, pode, poder, "
        "cesta, fuga, sede, vida, remoto, chegar, cheguei, chego, chegou, cheia"
    ),
)
