"""English."""

from domain.compliance.replies.languages.en_phrases import TURNS_OF_PHRASE
from domain.compliance.replies.vocabulary import Language, Step

ENGLISH = Language(
    code="en",
    opt_out="remove, td",
    clear=(
        "stopped, no more, stop it, unsub, unsubscribed, unsubscribing, discontinue, cease, desist, halt, terminate, "
        "never again, stop 2 end, stop to end, stop to quit, reply stop, text stop, send stop, cancelled, canceled, "
        "quit it, end it all, out now, remove number, delete number, do not disturb, dnd, do not text, "
        "do not contact, no texts, no text, stop me, opted out, opting out, all stop, please end, end please, "
        "please quit, stop end, stop quit, stop unsubscribe, stop cancel, stp, optout all, no spam, no calls, dnc, "
        "revoke"
    ),
    unclear=(
        "no, nope, nah, naw, n, enough, enough is enough, done, im done, out, off, pause, mute, snooze, dont, "
        "please dont, please no, no thanks, no thank you, no ty, nty, no way, not interested, im not interested, "
        "i am not interested, not for me, spam, this is spam, scam, block, blocked, ugh, annoying, so annoying, "
        "i quit, delete, erase, leave, bye, goodbye, hell no, fuck you, screw you, too much, too many, stahp, "
        "end it, end this, cancel it, cancel this, cancel that, finished, opt, nah im good, no im good, im good, "
        "im good thanks, no more for now, hard pass, pass, im out, can you not, can u not, is this spam, no sorry, "
        "no no no, no no"
    ),
    help="help, info, help me, information, helpme, assistance",
    opt_in=(
        "start, unstop, start again, restart, resubscribe, subscribe, opt in, optin, opt back in, opt me in, resume"
    ),
    agree="yes, y",
    decline="no, n, nope, no thanks, no thank you",
    words={
        **TURNS_OF_PHRASE,
        "STOP": (
            "stop, stopping, stop it, quit, quitting, cease, ceasing, halt, desist, discontinue, discontinuing, "
            "terminate, refrain from, cut out, stopp, stahp, stop all, stopall"
        ),
        "CANCEL": (
            "cancel, cancelling, canceling, end, ending, cancel all, turn off, shut off, switch off, disable, kill, "
            "deactivate, suspend, shut down, cut off"
        ),
        "UNSUB": (
            "unsubscribe, unsubscribing, unsub, opt out, opt me out, opt us out, opt this number out, opting out, "
            "optout, opted out, sign me off, sign me out, signed off, count me out, want out, wants out, be removed, "
            "be unsubscribed, get removed, be taken off, be deleted, get taken off, am removed, unenroll, "
            "unregister, deregister, do not call list, do not contact list, dnc list, do not text list, "
            "no call list, un subscribe, unsubscribed from, off your list, off this list, off the list, "
            "off of your list, off of this list, off ur list, off all lists, off your text list, want off, "
            "block me from, opt outs, unlist me, off the text list, off your mailing list, turn these off, "
            "turn them off, turn it off, turn this off, stopped texting, stopped sending, stopped messaging, "
            "stopped contacting, stopped emailing, stopped these, me removed, us removed, number removed, "
            "me taken off, number taken off, her removed, him removed, block my number, block this number, block me, "
            "stoop texting, stoop sending, stip texting, stoop messaging"
        ),
        "REMOVE": "remove, removing, delete, deleting, erase, exclude, unlist, purge",
        "TAKE": "take, taking, pull, drop, scratch, strike, cross, wipe, clear, taken",
        "OFF": "off, off of, out of, outta",
        "CONTACT": (
            "text, texts, texting, texted, txt, txts, txting, textin, text message, text messages, message, "
            "messages, messaging, messagin, msg, msgs, sms, contact, contacting, contacted, bother, bothering, spam, "
            "spamming, harass, harassing, email, emails, emailing, e mail, e mails, notification, notifications, "
            "alert, alerts, communication, communications, communicating, notify, notifying, blowing up, hitting up, "
            "hit me up, hitting me up, write, writing, disturb, disturbing, pester, pestering, bug, bugging, "
            "annoying me, reach out, reaching out, newsletter, newsletters, correspondence, solicit, soliciting, "
            "solicitation, solicitations, reminders, blasts, junk, mailing me, mailings, mails, mms, notices, "
            "spam me, dm me, ping me, pinging, robotext, robotexts, communicate, subscription texts, updates, "
            "emailed, messaged, hit my line, hitting my line, hit my phone, hitting my phone, blow up my phone, "
            "blowing up my phone, blowing up my line"
        ),
        "SEND": "send, sending, receiving from you, deliver me, send out, mail me",
        "PROMO": (
            "ad, ads, advert, adverts, advertising, advertisement, advertisements, promo, promos, promotion, "
            "promotions, promotional, offers, deals, marketing, coupons, crap, bullshit, shit, garbage, bs, stuff, "
            "nonsense, sales pitches, specials, junk mail, flyers, catalogs"
        ),
        "CALL": "call, calls, calling, phone calls, ring, ringing",
        "ME": (
            "me, us, my phone, my cell, my wife, my husband, my daughter, my son, my mother, my mom, my dad, my kid, "
            "him, the customer, customer, caller, this phone, this person, my family, myself, this client, "
            "this device, old owner, the old owner, previous owner, the previous owner"
        ),
        "NUMBER": (
            "number, numbers, phone, phone number, cell, cell number, cellphone, mobile, digits, info, information, "
            "details, data, contact info, contact information, email address, my address from, my email, name, "
            "mobile number, telephone, no longer valid number, line, num, contact details, personal data"
        ),
        "LIST": (
            "list, lists, database, system, distribution, mailing list, text list, contacts, records, rotation, "
            "distro, db, roster, group text, marketing list, subscriber list, email list, distribution list, files, "
            "registry, directory, participate, take part, part of this, be part of, part of it"
        ),
        "SUBSCRIPTION": (
            "subscription, membership, account, plan, my subscription, my account, my membership, sub, enrollment"
        ),
        "ORDER": (
            "order, orders, delivery, deliveries, appointment, appt, appointments, reservation, reservations, "
            "booking, bookings, package, packages, parcel, refund, shipment, shipping, item, items, payment, "
            "payments, card, invoice, purchase, ticket, tickets, table, flight, trip, visit, meeting, session, "
            "class, lesson, pickup, pick up, ride, room, stay, service call, lunch, dinner, cart, address, product, "
            "products, prescription, refill, repair, charging, billing, charge, trial, auto renewal, autopay, "
            "contract, cheque, check, quote, pizza, food, shirt, shoes, dress, size, color, coupon code, promo code, "
            "code, cleaning, show, game, return, exchange, transaction, transfer, withdrawal, renewal, tour, event, "
            "rsvp, interview, haircut, exam"
        ),
        "NEG": (
            "dont, do not, donot, don t, dnt, never, never ever, not to, wish not to, nobody, "
            "under no circumstances, must not, should not, shouldnt, may not, rather not, prefer not, no need to, "
            "doesnt, does not, didnt ask you to, didnt ask for, did not ask for, not want, not wish, not like to, "
            "dont ever, do not ever"
        ),
        "NAY": "no, nope, nah",
        "NOT": "not, isnt, without, aint",
        "CANT": "cant, cannot, can not, couldnt, could not, wont, will not, wouldnt, would not",
        "NOMORE": "no more, no further, no additional, no other, not any more, zero more, none of",
        "AGAIN": (
            "again, anymore, any more, more, any longer, further, any further, another, any, anytime, additional, "
            "future"
        ),
        "ANYTHING": (
            "anything, nothing, anything else, any of, a thing, everything, all of, all, rest, the rest, others"
        ),
        "WANT": (
            "want, wish, wishes, wants, would like, id like, like, interested in, care for, care to, desire, wanted, "
            "asked for, looking to, agree to, intend to, requesting, requested, request"
        ),
        "WANTTO": (
            "want to, wanna, wish to, like to, want you to, like you to, need you to, would like to, id like to, "
            "wants to"
        ),
        "RECEIVE": (
            "receive, receiving, get, getting, hear from, see, be contacted, be texted, be messaged, hear, read, "
            "be bothered"
        ),
        "CONSENT": (
            "consent, permission, authorization, authorisation, approval, authorize, agreement to receive, opt in"
        ),
        "WITHDRAW": (
            "revoke, revoking, withdraw, withdrawing, rescind, rescinding, retract, take back, withdrawn, revoked, "
            "object to, decline to, refuse to, opposed to"
        ),
        "ENOUGH": (
            "enough with, enough of, had enough of, thats enough, enough, fed up with, sick of, tired of, done with, "
            "through with"
        ),
        "WHEN": "when, what time, whens, what day, until when, how soon",
        "ASK": "does, is, are, did, where, do you, do u, will the, has, was, why was",
        "IF": (
            "if, should i, might, maybe, may, thinking about, thinking of, considering, probably, perhaps, "
            "was going to, almost, nearly, about to, tempted to, gonna, going to, ill, i will, whenever, in case, "
            "would you like me to"
        ),
        "DEMAND": (
            "need to, gotta, got to, have to, has to, must, can, could, would, will, should, told, tell, said, say, "
            "says, saying, asked, ask, asking, beg, begging, demand, make, makes, for the last time, how many times, "
            "times, i said, let me, lets, try, typed, texted stop, replied, sent, id prefer, would prefer, time to, "
            "do, hereby, im asking"
        ),
        "I": "i, im, ive, i m, we, were, weve, id",
        "YOU": "you, u, ya, yall, you guys, you all, yourselves, people, ur, youre, acme, your company",
        "OR": "or, nor",
        "DECLINES": (
            "not interested, no interest, not interested in, no interest in, no longer interested, "
            "no longer interested in, have no interest, not interested at all"
        ),
        "NOLONGER": "no longer",
        "TO": "to",
        "BEGONE": "get lost, shut up, back off, beat it, go to hell",
        "NEED": "need, needs, require",
        "DET": (
            "this, that, these, those, them, the, a, an, your, my, our, her, his, their, every, such, both, "
            "whatever, of, from, on, in, with, about, w, for, at, via, by, which, being, be, so"
        ),
        "IT": "it",
        "FILL": (
            "now, right now, immediately, asap, already, at once, right away, dare, you dare, hi, hey, hello, ok, "
            "okay, oh, um, uh, yeah, well, dude, bro, man, bruh, lol, omg, wtf, god, damn, fucking, freaking, "
            "fuckin, effing, goddamn, really, just, also, then, seriously, sir, madam, maam, folks, guys, team, "
            "period, comma, exclamation, dot, period period, forever, permanently, completely, entirely, "
            "effective immediately, the hell, the fuck, tf, bloody, stupid, still, anyway, regards, fine, urgently, "
            "for good, altogether, directly, ever, actually, truly, simply, thread, once, dammit, damnit, ffs, "
            "jesus, christ, for real, fr, smh, and desist, pronto, yo, dear, good morning, good afternoon, "
            "forthwith, listen, look, sorry, alright, messages again, alone, up, two, three, 2, 3, here, there, yes, "
            "yep, yup, love of, for the love of god, reply or, respond or"
        ),
        "POLITE": (
            "please, pls, plz, plse, plss, pleas, thanks, thank you, thx, ty, thankyou, tks, tnx, kindly, thank u, "
            "many thanks, much appreciated, cheers, appreciate it, if you would, bye, god bless, best regards, "
            "respectfully, with respect, peace, ty so much, plese, plaese, pleae, pleaze, plx, pleese, thnx"
        ),
        "AND": "and, but, because, cause, cuz, so that, nd, since, otherwise, as, n, then please",
        "KEEP": (
            "keep, still want, continue, still get, still need, leave, still receive, still send, but not, except for"
        ),
        "ONLY": "only, just want, just need, just the, just my, only send, only text, nothing but, except, only want",
    },
    patterns={
        Step.OTHER_MATTER: (
            ("I NOT|NEG CONTACT !ME", "says how they use messages themselves"),
            ("NEG CALL ~2 CONTACT", "prefers texts to calls"),
        ),
        Step.INSISTS: (
            ("NEG -1 BAREWANT DET|IT|POLITE* STOP|UNSUB|REMOVE|TAKE", "does not want it, and asks to stop"),
        ),
        Step.HEDGED: (("NEG CALL AND? =2 CONTACT", "a wish about calls, perhaps not about texts"),),
        Step.WANTS_TO_LEAVE: (
            ("TAKE =2 ME|NUMBER ~2 OFF", "asks to be taken off"),
            ("RECEIVE =1 ME|NUMBER =1 OFF", "asks to be taken off"),
            ("TAKE =2 ME|NUMBER ~2 LIST", "asks to be taken off a list"),
            ("TAKE =2 OFF =2 LIST", "asks to be taken off a list"),
            ("NOT ~2 ME|NUMBER AGAIN", "says the number is somebody else's"),
            ("NOT ME|DET|UNKNOWN UNKNOWN? NUMBER", "says the number is somebody else's"),
            ("NOMORE DET? UNKNOWN? NUMBER", "says the number is somebody else's"),
            ("NEG ~3 NUMBER AGAIN", "says the number is somebody else's"),
        ),
    },
    common=(
        "the, and, you, that, was, for, are, with, his, they, this, have, from, had, but, some, what, there, we, "
        "can, out, other, were, all, your, when, up, use, how, said, an, each, she, which, do, their, time, if, "
        "will, way, about, many, then, them, would, like, so, these, her, make, thing, see, him, two, has, look, "
        "day, could, go, come, did, my, sound, no, most, who, over, know, than, call, first, people, may, down, "
        "side, been, now, find, i, me, is, it, to, of, in, on, at, be, by, he, or, not, does, where, why, got, get, "
        "im, dont, its, am, as, just, still, here, yes, good, great, love, work, works, back, want, need, much, "
        "size, store, quite, retire, tire, tires, dies, die, net, sin, trek, tout, sans, plus, bore, stopper, "
        "suspend, meld, nan, sum, pas, son, pour, mine, main, pain, chat, coin, comment, figure, gift, kind, hell, "
        "also, den, war, note, pie, real, once, ten, red, vale, ha, fine, dose, cave, dove, come, male, sale, rate, "
        "more, care, dare"
    ),
    not_typos=(
        "shop, shops, step, steps, spot, spots, top, tops, stoop, slop, swop, stow, stomp, strop, atop, estop, sop, "
        "stock, store, stoke, story, storm, stove, stone, stool, stood, stuff, quite, quiet, suit, quilt, quid, "
        "quiz, quip, guilt, unit, quoit, squit, crease, tease, lease, please, ease, fease, peace, teased, ceased, "
        "cases, cares, salt, hall, halo, hat, shalt, halts, malt, cancer, chancel, canvas, canal, candle, contract, "
        "contrast, content, contain, context, massage, massages, passage, remote, removed, deleted, relate, dilute, "
        "evoke, provoke, invoke, subscribe, resubscribe, subscribed, subscriber, describe, tests, testing, test, "
        "next, tent, taxing, tasting, texas, exting, tax, taxis, wiring, waiting, writer, written, ending, mending, "
        "sending, spending, vending, lending, bending, tending, pending, alters, alerted, offers, officers, deals, "
        "meals, dealt, ideals, deal, steals, letter, letters, matter, better, bother, brother, mother, other, "
        "another, both, modify, notice, solicitor, email, emails, snail, female, mailing, sailing, raise, erase, "
        "crase, phrase, grease, eraser, discount, discounts, communication, community, reminder, remainder, "
        "remainders, reminded, stay, start, stat, star, sport, shot, sloppy, stops, stopper, suite, quote, quiets, "
        "cancels, endorse, unscribe, disturbed, buzzing, bugging, budging, shopping, shipping, stepping, topping, "
        "dropping, chopping, hopping, swapping, slipping, skipping, quilting, knitting, sitting, hitting, fitting, "
        "leasing, teasing, pleasing, easing, discontinued, include, stoppers, unscripted, mowing, moving, heating, "
        "sharing, stocking, storing, quoting, cancelled, canceled"
    ),
)
