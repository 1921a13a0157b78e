"""Spanish."""

from domain.compliance.replies.vocabulary import Language, Step

SPANISH = Language(
    code="es",
    opt_out="alto, parar, cancelar, baja, no más",
    clear=(
        "pare, paren, detener, detengan, detente, desuscribir, desuscribirme, desuscribirse, borrar, quitar, "
        "eliminar, salir, terminar, finalizar, fin, cancela, cancelen, cancele, ya no, nunca más, no envíen, "
        "no enviar, no mandar, darme de baja, dar de baja, darse de baja, anular, cesar, ya no más, bórrenme, "
        "bórrame, quítenme, quítame, elimíname, elimínenme, sáquenme, sácame, bajas, dame de baja, deme de baja, "
        "para ya, para por favor, parar todo, para todo, remover"
    ),
    unclear=(
        "para, no, nop, suficiente, ya estuvo, bastante, no gracias, no me interesa, no interesa, "
        "no estoy interesado, no estoy interesada, no quiero, spam, qué molestos, molestos, pesados, qué pesados, "
        "demasiado, no por favor, nada, pausa, adiós, bloqueado, bloquear, qué fastidio, no quiero nada, "
        "no lo quiero, qué spam, puro spam"
    ),
    help="ayuda, ayudar, información, ayúdenme, ayúdame, asistencia",
    opt_in="iniciar, comenzar, alta, suscribir, suscribirme",
    agree="sí, acepto",
    decline="no, no gracias, nop",
    words={
        "STOP": (
            "deja de, deje de, dejen de, dejar de, dejes de, dejad de, dejan de, dejas de, dejaran de, dejara de, "
            "paren, pare, parar, parad, pares, cesen, cese, cesar, ceses, detener, detengan, detenga, detente, "
            "deténganse, detengas, alto a, alto al, alto con, basta, basta ya, ya basta, stop, frenen, terminen, "
            "terminen de, corten, córtenla, córtala, paren con, para con, deja ya, dejen ya, déjense de, stopp, "
            "ya paren, para ya, párenle, párale, ya párenle, párenla"
        ),
        "PARA": "para",
        "CANCEL": (
            "cancelar, cancelen, cancele, cancela, canceles, cancelo, cancelado, anular, anulen, anule, anula, "
            "terminar, acaben"
        ),
        "UNSUB": (
            "de baja, la baja, mi baja, desuscrib*, desinscrib*, salir de la lista, salirme de la lista, "
            "salir de esta lista, desapúntame, desapuntarme, desapúntenme, bórrenme, bórrame, bórreme, quítenme, "
            "quítame, quíteme, sáquenme, sácame, sáqueme, elimíname, elimínenme, elimíneme, bórrenos, quítennos, "
            "remuévanme, remuévame, retírenme, retíreme, excluyanme, sacarme, borrarme, quitarme, eliminarme, "
            "quiten mi, quita mi, saquen mi, saca mi, lista de exclusión, lista robinson, opt out, unsubscribe, "
            "me borren, me quiten, me saquen, me eliminen, me borre, me quite, me saque, me elimine, dada de baja, "
            "dado de baja, darme de baja, den de baja, dé de baja, des de baja, dan de baja, da de baja, baja del, "
            "solicito baja, baja inmediata, pido baja, quiero baja, solicitar la baja, tramitar la baja, "
        ),
        "REMOVE": (
            "borr*, elimin*, remuev*, retiren, retire, saquen, saque, quiten, quite, suprim*, olviden, olvida, olvide"
        ),
        "CONTACT": (
            "mensaj*, sms, texto, textos, msj, msjs, msg, msgs, mensj, escrib*, contact*, molest*, notificacion*, "
            "correo, correos, email, emails, mail, mails, whatsapp, fastidi*, jodan, jodas, spam, comunicacion*, "
            "texteen, textear, alertas, boletín, boletines, newsletter, ruido, avisos, avisarme, moleste, "
            "comuniquen, comunicarse, info sms, chingar, chinguen, chingando, hablarme, hablen, buscarme, insistir, "
            "insistan, insistiendo, me hablen, en contacto, acos*, hostig*, actualizaciones, seguimiento"
        ),
        "SEND": "mand*, envi*, remit*, envíos",
        "PROMO": (
            "publicidad, propaganda, promocion*, promos, promo, ofertas, anuncios, mercadeo, marketing, basura, "
            "porquerías, mierdas"
        ),
        "CALL": "llamen, llame, llames, llamar, llamarme, llamadas, llamada, llamando",
        "ME": "me, nos, mi celular, mi móvil, mi esposo, mi esposa, le, les, al cliente, este teléfono",
        "NUMBER": "número, teléfono, celular, móvil, datos, contacto, cel, información mía, línea",
        "LIST": (
            "lista, listas, base de datos, base, sistema, agenda, registro, registros, grupo, directorio, listado, "
            "formar parte de esto, parte de esto"
        ),
        "SUBSCRIPTION": "suscripción, subscripción, inscripción, cuenta, plan, membresía",
        "ORDER": (
            "pedido, pedidos, orden, cita, citas, reserva, reservación, reservas, entrega, envío, paquete, compra, "
            "factura, pago, pagos, reembolso, turno, consulta, vuelo, viaje, producto, productos, artículo, "
            "dirección, tarjeta, cobro, cobros, cobrar, mesa, boleto, boletos, visita, devolución, código, talla, "
            "comida, clase, habitación, carrito, servicio técnico, evento"
        ),
        "NEG": (
            "no, ya no, nunca, jamás, nunca más, no vuelvan a, no vuelva a, no vuelvas a, nunca vuelvan a, tampoco, "
            "no sigan, no siga, no sigas, que no, no me sigan, no me siga, no me vuelvan a, no me vuelva a, "
            "no nos vuelvan a, ni se les ocurra, prohíbo, prohibido, dejen de no, no volver a, no volver, "
            "nunca volver a, no me vuelvas a, no me vuelvan, no nos vuelvan"
        ),
        "NOT": "sin, ningún, ninguna",
        "CANT": "no puedo, no podemos",
        "NOMORE": (
            "no más, ni un mensaje más, ni uno más, ningún otro, cero, no quiero más, basta de, suficiente de, "
            "nada de, nomás"
        ),
        "AGAIN": "más, otra vez, de nuevo, nuevamente, seguir, siguiendo, futuras, futuros, nuevos",
        "ANYTHING": "nada, nada más, ninguno, esto, eso, estos, esos, esas, estas, todo, todos, cosas",
        "WANT": (
            "quiero, quiere, quieren, queremos, quisiera, quisiéramos, deseo, desea, desean, deseamos, me gustaría, "
            "gustaría, acepto, interesa, deseo que, pedí, solicité, solicito, pido, piden, pide"
        ),
        "RECEIVE": (
            "recibir, recibirlos, recibirlas, recibiendo, reciban, que me lleguen, que me llegue, saber de ustedes, "
            "saber nada de"
        ),
        "GETS": (
            "no recibo, no me llegan, no me llega, no recibí, no he recibido, no me llegó, no llegan, no llega, "
            "no me llegaron"
        ),
        "CONSENT": (
            "consentimiento, permiso, autorización, autorizo, autorizado, autoricé, consiento, consentí, di permiso, "
            "doy permiso, doy autorización, doy mi permiso"
        ),
        "WITHDRAW": "revoco, revocar, retiro, retirar, revoque, revocación de, revocación del",
        "GOAWAY": (
            "déjenme en paz, déjame en paz, déjeme en paz, dejarme en paz, déjennos en paz, déjenme tranquila, "
            "déjenme tranquilo, déjame tranquilo, déjame tranquila, lárguense, lárgate, váyanse a la mierda, "
            "vete a la mierda, a la mierda, vete al carajo, váyanse al carajo, no molesten, no moleste, no molestes, "
            "no fastidien, no jodan, no chinguen, dejen de chingar, piérdanse, en paz, vete al diablo, "
            "vayan a la mierda, que les den, chinguen a su madre, olvídense de mí, olvídate de mí, dejen mi número, "
            "deja mi número, déjeme tranquila, déjeme tranquilo, déjenos en paz"
        ),
        "WRONG": (
            "número equivocado, equivocado de número, equivocaron de número, se equivocaron, se equivoca, "
            "equivocó de número, se equivocó, está equivocado, están equivocados, estás equivocado, "
            "número incorrecto, número erróneo, persona equivocada, no soy esa persona, no soy yo, "
            "ya no es el número, no es el número de, no es el teléfono de, ya no es el teléfono, ya no es de, "
            "no conozco a, aquí no vive, falleció, murió, ya murió, no es mi número, teléfono equivocado, "
            "equivocado, ya no tiene este, no tiene este número, ya no usa este, ya no es dueño, no es el número, "
            "este no es el número, número no es de, no pertenece, ya no es mi número, este no es mi número"
        ),
        "ENOUGH": (
            "harto de, harta de, hartos de, cansado de, cansada de, basta con, suficiente, ya me tienen, "
            "estoy harto, estoy harta"
        ),
        "DOUBT": (
            "demasiados, demasiadas, demasiado, es spam, de dónde sacaron, de dónde sacaste, cómo consiguieron, "
            "cómo obtuvieron, quién les dio, nunca me suscribí, no me suscribí, nunca me inscribí, no me inscribí, "
            "nunca di, no les di, nunca autoricé, denunciar, denuncia, denunciarlos, los voy a denunciar, acoso, "
            "ilegal, menos mensajes, menos seguido, pausa, pausar, qué molestos, qué pesados, no gracias, no pedí, "
            "nunca pedí, me tienen cansado, me siguen llegando, siguen mandando, siguen escribiendo, "
            "por qué me mandan, por qué me escriben, por qué recibo, por qué me llegan, muchos mensajes, "
            "tantos mensajes"
        ),
        "HOW": (
            "cómo, como hago para, cómo puedo, cómo me, qué hago para, qué tengo que hacer para, dónde puedo, "
            "dónde me, puedo, se puede, puede uno, podría yo, es posible, hay forma de, hay manera de, qué pasa si, "
            "qué debo hacer para"
        ),
        "WHEN": "cuándo, a qué hora, hasta cuándo, hasta que hora, qué día",
        "IF": (
            "si, tal vez, quizás, quizá, a lo mejor, debería, puede que, podría ser, estoy pensando en, pienso, "
            "voy a, pensando en, estaba por, casi, a punto de"
        ),
        "QUALIFIED": (
            "tan tarde, tan temprano, tanto, tantos, tan seguido, a esta hora, a estas horas, de noche, "
            "por la noche, antes de, después de, durante, hasta, mientras, los domingos, el domingo, "
            "los fines de semana, por ahora, por un tiempo, por hoy, esta semana, todos los días, cada día, "
            "a cada rato, en la madrugada, en las mañanas, de madrugada, entre"
        ),
        "DEMAND": (
            "pueden, podrían, puede, podría, puedes, podrías, deben, tienen que, les pido que, le pido que, "
            "les ruego que, le ruego que, exijo que, exijo, solicito que, pido que, les dije que, dije que, dije, "
            "ya dije, haga el favor de, hagan el favor de, favor de, necesito que, hay que, ruego, agradecería que, "
            "agradeceré, quisiera que, les agradezco, sírvanse, procedan a"
        ),
        "I": "yo, nosotros",
        "YOU": "ustedes, usted, vosotros, ud, uds, señores",
        "DECLINES": (
            "no me interesa, no me interesan, no interesa, no estoy interesado, no estoy interesada, "
            "no estoy interesado en, no estoy interesada en, no tengo interés, ya no me interesa, sin interés"
        ),
        "NEED": "necesito, necesitamos, me hace falta",
        "DET": (
            "el, la, los, las, un, una, unos, unas, de, del, a, al, su, sus, tu, tus, este, esta, estos mensajes de, "
            "ese, esa, tipo de, en, con, por, mi, mis, otro, otra, otros, otras, desde, se, suya, suyas, sobre, "
            "cualquier, tantas, ningún tipo de, mande"
        ),
        "IT": "lo",
        "FILL": (
            "que, ya, ahora, ahora mismo, inmediatamente, de inmediato, hola, oigan, oiga, oye, ok, bueno, buenas, "
            "buenos días, buenas tardes, buenas noches, pues, eh, carajo, mierda, coño, joder, señor, señora, hoy, "
            "urgente, por dios, definitivamente, para siempre, también, aquí, entonces, ni, hombre, amigo, wey, "
            "güey, cabrones, pinche, pinches, putos, malditos, estúpidos, saludos, dar, darme, darse"
        ),
        "POLITE": (
            "por favor, porfa, porfavor, porfis, x favor, xfa, gracias, muchas gracias, please, plis, pls, favor, "
            "mil gracias, de favor"
        ),
        "AND": "y, e, pero, o, porque, ni tampoco, sino, pues ya",
        "KEEP": "sigan, manténganme, mantengan, conserven, quiero seguir, deseo seguir, pero sí, continúen",
        "ONLY": "solo, solamente, únicamente, nada más quiero, solo quiero",
        "MISTAKE": "por error, sin querer, accidentalmente, me equivoqué",
        "INERT": (
            "parada, la parada, planta baja, de baja calidad, baja calidad, talla baja, non stop, nonstop, "
            "no hay problema, no entiendo, no funciona, no sé, no tengo, no tengo idea, alto precio, precio alto, "
            "muy alto, mesa alta, en alto, más alto, no veo, no pude, todavía no, aún no, no importa, no pasa nada, "
            "cuando esté, cuando llegue, si llegó, no hay, no he podido, no me queda, no era, no ha llegado, "
            "el lugar de, a más tardar, más tarde, no encuentro, más información, más detalles, más info, en alta, "
            "parar en, paro en, parar por, paran en"
        ),
    },
    patterns={
        Step.HEDGED: (("HOW ~2 LIST", "asks how to stop"),),
        Step.WANTS_TO_STAY: (("NEG =3 PARA =2 SEND|CONTACT", "asks us not to stop"),),
        Step.WANTS_TO_LEAVE: (
            ("PARA DET =1 SEND|CONTACT", "asks to stop messages"),
            ("< FILL|YOU* PARA POLITE+ >", "asks to stop"),
            ("NEG =1 WANT =1 NUMBER", "does not want contact"),
            ("NEG =3 RECEIVE|CONTACT", "does not want messages"),
            ("NEG =1 WANT ANYTHING FILLER* >", "wants nothing more"),
            ("NEG =2 SEND =1 PROMO", "asks not to be sent advertising"),
            ("STOP =2 PROMO|CONTACT", "asks to stop messages"),
            ("STOP DET =4 SEND|CONTACT", "asks to stop messages"),
        ),
    },
    common=(
        "el, la, los, las, un, una, que, y, en, de, no, me, mi, su, sus, por, con, para, es, esta, este, lo, le, se, "
        "más, ya, quiero, como, pero, si, o, del, al, soy, estoy, tengo, hay, cuando, donde, quién, gracias, hola, "
        "favor, muy, bien, todo, nada, son, mis, ustedes, yo, tienen, puedo, hasta, desde, sobre, otro, otra, "
        "buenos, buenas, días, tardes, porque, ni, nunca, solo, hoy, mañana, cuánto, cuesta, mensaje, mensajes"
    ),
    not_typos=(
        "bajo, bajar, caja, parte, padre, pasar, pagar, parir, pared, parecen, paren, cancelara, mensual, borracho, "
        "escribe, recibo, recibí, envidia, bastante, pasta, vasta, hasta, cesta, cena, cenar, cosen, cuando, pura, "
        "pero, perro, tener, contento, contrato, elimina, cancela, moleste, monte, para, pares, parece, salto, alta, "
        "altos, basto, gasta, llamar, tanta, resta"
    ),
)
