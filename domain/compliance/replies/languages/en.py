"""English."""

from domain.compliance.replies.vocabulary import Language, Step

ENGLISH = Language(
    code="en",
    opt_out="remove, td",
    clear=(
        "stopped, no more, stop it, unsub, unsubscribed, unsubscribing, discontinue, cease, desist, halt, terminate, never again, "
        "stop 2 end, stop to end, stop to quit, reply stop, text stop, send stop, cancelled, canceled, quit it, end it all, out now, "
        "remove number, delete number, do not disturb, dnd, do not text, do not contact, no texts, no text, stop me, opted out, "
        "opting out, all stop, please end, end please, please quit, stop end, stop quit, stop unsubscribe, stop cancel, stp, optout all, no spam, no calls"
    ),
    unclear=(
        "no, nope, nah, naw, n, enough, enough is enough, done, im done, out, off, pause, mute, snooze, dont, please dont, please no, "
        "no thanks, no thank you, no ty, nty, no way, not interested, im not interested, i am not interested, not for me, spam, "
        "this is spam, scam, block, blocked, ugh, annoying, so annoying, i quit, delete, erase, leave, bye, goodbye, hell no, "
        "fuck you, screw you, too much, too many, stahp, end it, end this, cancel it, cancel this, cancel that, finished, opt, nah im good, no im good, im good, im good thanks, not now, no more for now, hard pass, pass"
    ),
    help="help, info, help me, information, helpme, assistance",
    opt_in="start, unstop, start again, restart, resubscribe, subscribe, opt in, optin, opt back in, opt me in, resume",
    agree="yes, y",
    decline="no, n, nope, no thanks, no thank you",
    words={
        "STOP": (
            "stop, stops, stopping, stop it, quit, quitting, cease, ceasing, halt, desist, discontinue, discontinuing, terminate, "
            "refrain from, cut out, stopp, stahp, stop all, stopall"
        ),
        "CANCEL": "cancel, cancelling, canceling, end, ending, cancel all, turn off, shut off, switch off, disable, kill, deactivate, suspend, shut down, cut off",
        "UNSUB": (
            "unsubscribe, unsubscribing, unsub, opt out, opt me out, opt us out, opt this number out, opting out, optout, opted out, "
            "sign me off, sign me out, signed off, count me out, want out, wants out, be removed, be unsubscribed, get removed, "
            "be taken off, be deleted, get taken off, am removed, unenroll, unregister, deregister, do not call list, "
            "do not contact list, dnc list, do not text list, no call list, un subscribe, unsubscribed from, off your list, "
            "off this list, off the list, off of your list, off of this list, off ur list, off all lists, off your text list, "
            "want off, block me from, opt outs, unlist me, off the text list, off your mailing list, turn these off, turn them off, turn it off, turn this off, stopped texting, stopped sending, stopped messaging, stopped contacting, stopped emailing, stopped these"
        ),
        "REMOVE": "remove, removing, delete, deleting, erase, exclude, unlist, purge, removed, deleted",
        "TAKE": "take, taking, get, pull, drop, scratch, strike, cross, wipe, clear, taken",
        "OFF": "off, off of, out of, outta, from",
        "CONTACT": (
            "text, texts, texting, texted, txt, txts, txting, textin, text message, text messages, message, messages, messaging, "
            "messagin, msg, msgs, sms, contact, contacting, contacted, bother, bothering, spam, spamming, harass, harassing, email, "
            "emails, emailing, e mail, e mails, notification, notifications, alert, alerts, communication, communications, "
            "communicating, notify, notifying, blowing up, hitting up, hit me up, hitting me up, write, writing, disturb, disturbing, "
            "pester, pestering, bug, bugging, annoying, reach out, reaching out, newsletter, newsletters, correspondence, solicit, "
            "soliciting, solicitation, solicitations, reminders, blasts, harassment, junk, mailing me, mailings, mails, mms, notices, "
            "spam me, dm me, ping me, pinging, robotext, robotexts, communicate, subscription texts, updates, emailed, messaged"
        ),
        "SEND": "send, sending, sent, receiving from you, deliver me, send out, mail me",
        "PROMO": (
            "ad, ads, advert, adverts, advertising, advertisement, advertisements, promo, promos, promotion, promotions, promotional, "
            "offers, deals, marketing, coupons, crap, bullshit, shit, garbage, bs, stuff, nonsense, sales pitches, specials, "
            "junk mail, flyers, catalogs"
        ),
        "CALL": "call, calls, calling, phone calls, ring, ringing, reply, respond, knock",
        "ME": (
            "me, us, my phone, my cell, my wife, my husband, my daughter, my son, my mother, my mom, my dad, my kid, him, her, "
            "the customer, customer, caller, this phone, this person, my family, myself, this client, this device"
        ),
        "NUMBER": (
            "number, numbers, phone, phone number, cell, cell number, cellphone, mobile, digits, info, information, details, data, "
            "contact info, contact information, email address, my address from, my email, name, mobile number, telephone, no longer valid number, line, num, "
            "contact details, personal data"
        ),
        "LIST": (
            "list, lists, database, system, distribution, mailing list, text list, contacts, records, rotation, distro, db, roster, "
            "thread, group text, marketing list, subscriber list, email list, distribution list, files, registry, directory"
        ),
        "SUBSCRIPTION": "subscription, membership, account, plan, my subscription, my account, my membership, sub, enrollment",
        "ORDER": (
            "order, orders, delivery, deliveries, appointment, appt, appointments, reservation, reservations, booking, bookings, "
            "package, packages, parcel, refund, shipment, shipping, item, items, payment, payments, card, invoice, purchase, ticket, "
            "tickets, table, flight, trip, visit, meeting, session, class, lesson, pickup, pick up, ride, room, stay, service call, "
            "lunch, dinner, cart, address, product, products, prescription, refill, repair, charging, billing, charge, trial, auto "
            "renewal, autopay, contract, cheque, check, quote, pizza, food, shirt, shoes, dress, size, color, coupon code, promo code, code, cleaning, "
            "show, game, return, exchange, transaction, transfer, withdrawal, renewal, tour, event, rsvp, interview, haircut, exam"
        ),
        "NEG": (
            "dont, do not, donot, don t, dnt, never, never ever, no longer, not to, wish not to, nobody, under no circumstances, "
            "must not, should not, shouldnt, may not, rather not, prefer not, no need to, doesnt, does not, didnt ask you to, "
            "didnt ask for, did not ask for, not want, not wish, not like to, dont ever, do not ever"
        ),
        "NAY": "no, nope, nah",
        "NOT": "not, isnt, without, nor, aint",
        "CANT": "cant, cannot, can not, couldnt, could not, wont, will not, wouldnt, would not",
        "NOMORE": "no more, no further, no additional, no other, not any more, not anymore, zero more, none of",
        "AGAIN": "again, anymore, any more, more, any longer, further, ever, any further, another, any, anytime, additional, future",
        "ANYTHING": "anything, nothing, anything else, any of, a thing, everything, all of, all, rest, the rest, others",
        "WANT": (
            "want, wish, wishes, wants, would like, id like, like, need, needs, interested in, care for, care to, desire, "
            "wanted, asked for, looking to, agree to, intend to, requesting, requested, request"
        ),
        "WANTTO": "want to, wanna, wish to, like to, want you to, like you to, need you to, would like to, id like to, wants to, need to",
        "RECEIVE": "receive, receiving, get, getting, hear from, see, be contacted, be texted, be messaged, hear, read, be bothered",
        "CONSENT": "consent, permission, authorization, authorisation, approval, authorize, agreement to receive, opt in",
        "WITHDRAW": "revoke, revoking, withdraw, withdrawing, rescind, rescinding, retract, take back, withdrawn, revoked",
        "GOAWAY": (
            "leave me alone, leave us alone, leave her alone, leave him alone, leave me be, leave me the hell alone, leave me the fuck "
            "alone, leave me tf alone, leave me in peace, go away, fuck off, fck off, eff off, f off, piss off, get lost, buzz off, "
            "bug off, back off, lose my number, lose this number, lose my info, forget my number, forget this number, shut up, "
            "shut the fuck up, get out of my phone, knock it off, cut it out, quit it, buzz off, beat it, sod off, bugger off, "
            "get off my phone, lose my contact, fuck right off, get bent, never again, stay away from me, leave my phone alone, "
            "lose our number, stay out of my inbox"
        ),
        "WRONG": (
            "wrong number, wrong num, wrong person, wrong phone, wrong guy, wrong one, wrong contact, incorrect number, wrong nmbr, "
            "wrong phone number, wrong recipient, mistaken number, you have the wrong, you got the wrong, u got the wrong, youve got the wrong, u have the wrong, have the wrong number, no one named, nobody named, "
            "no one by that name, nobody by that name, not the person, not who you think, passed away, is deceased, has died, "
            "number was reassigned, this is a new number, no longer my number, doesnt live here, does not live here, no longer lives here, no longer at this number, "
            "no longer has this number, no longer uses this number, i am not, number changed hands, wrong email, wrong address for"
        ),
        "ENOUGH": "enough with, enough of, had enough of, thats enough, enough, fed up with, sick of, tired of, done with, through with",
        "DOUBT": (
            "not interested, no interest, not interested in, too many, too much, too often, so many texts, so many messages, "
            "get your messages, keep getting, keeps texting, keep spamming, keeps sending, "
            "how did you get, where did you get, who gave you, never signed up, didnt sign up, did not sign up, never subscribed, "
            "didnt subscribe, did not subscribe, never opted in, didnt opt in, never gave, didnt give you, never agreed, "
            "didnt agree to, reporting you, report you, report this, reported, reporting this, is spam, youre spam, sue you, "
            "lawyer, attorney, fcc, tcpa, harassment, illegal, annoying, irritating, unwanted, unsolicited, less often, "
            "fewer, blocked, block you, blocking you, blocking this, take a break, pause, mute, unacceptable, no thanks, no thank you, "
            "remove my account, delete my account, close my account, bugging me, stop for, keep bothering, keep contacting, "
            "text me less, out of control, bombarding, nonstop texts, why am i getting, why do i get, not for me, signing up, how did u get, where did u get, who gave u, how you got, where you got, how u got"
        ),
        "HOW": (
            "how do i, how do we, how can i, how to, how would i, where do i, where can i, how does one, what do i, how am i, "
            "how could i, what happens, what does, is it possible to, is there a way to, can i, could i, may i, can we, "
            "am i able to, do i, did i, will i, how do u, how do you, how i, what if, way to, whats the way to, am i, have i, how long, whats the word, whats the number, what word, which word, what number, what do we, does replying, does texting, does it work if, whats the code"
        ),
        "WHEN": "when, what time, whens, what day, until when, how soon, does, is, are, did, where, which, do you, do u, will the",
        "IF": (
            "if, unless, should i, might, maybe, may, thinking about, thinking of, considering, probably, perhaps, was going to, "
            "almost, nearly, about to, tempted to, gonna, going to, ill, i will, whenever, in case, would you like me to"
        ),
        "QUALIFIED": (
            "so much, so many, so often, so late, so early, that late, that often, this late, this early, too late, too early, "
            "before, after, during, while, until, till, til, unless, for now, for a while, for a week, for a month, for a bit, "
            "for a few, for today, at night, at work, on sunday, on sundays, on weekends, this week, temporarily, when im, when i am, "
            "in the morning, every day, everyday, daily, twice, every hour, all the time, only if, for the weekend, past, between, "
            "except, other than, on saturdays, in the evening, at 6am, late at night, as often, as much, constantly at, on weekdays, weekdays, weekends, on weekends, once a week, once a month, at 6am, at 5am, at 7am, at 6, at 5, at 7, at midnight, at 2am, at 3am, at 4am, at 8am, at 10pm, at 11pm, after hours, in the middle"
        ),
        "DEMAND": (
            "need to, gotta, got to, have to, has to, must, can, could, would, will, should, kindly, told, tell, said, say, says, "
            "saying, asked, ask, asking, beg, begging, demand, make, makes, just, for the last time, how many times, times, i said, "
            "already, let me, lets, try, typed, texted stop, replied, sent, id prefer, would prefer, time to, do, hereby, asap, im asking"
        ),
        "I": "i, im, ive, i m, we, were, weve, id",
        "YOU": "you, u, ya, yall, you guys, you all, yourselves, people, ur, youre, acme, your company, folks, guys, team",
        "OR": "or, nor",
        "WHY": "why do you, why are you, why r u, why do u, why do i, why am i, why you, why u, why is, why did i, why have i, why were, why have you, why did you, why would you",
        "DET": (
            "this, that, these, those, them, the, a, an, your, my, our, her, his, their, every, such, both, whatever, of, from, to, on, in, "
            "with, about, w, for, at, via, by, which, being, be, so"
        ),
        "IT": "it",
        "FILL": (
            "now, right now, immediately, asap, already, at once, right away, hi, hey, hello, ok, okay, oh, um, uh, yeah, well, dude, "
            "bro, man, bruh, lol, omg, wtf, god, damn, fucking, freaking, fuckin, effing, goddamn, really, just, also, then, today, "
            "seriously, sir, madam, maam, folks, guys, team, period, comma, exclamation, dot, period period, forever, permanently, "
            "completely, entirely, effective immediately, the hell, the fuck, tf, bloody, stupid, still, anyway, regards, fine, "
            "urgently, for good, altogether, directly, ever, actually, truly, simply, thread, once, dammit, damnit, ffs, jesus, christ, "
            "for real, fr, smh, and desist, pronto, yo, dear, good morning, good afternoon, forthwith, listen, look, sorry, alright, "
            "messages again, alone, up, two, three, 2, 3, here, there, yes, yep, yeah, yup, love of, for the love of god"
        ),
        "POLITE": (
            "please, pls, plz, plse, plss, pleas, thanks, thank you, thx, ty, thankyou, tks, tnx, kindly, thank u, many thanks, much "
            "appreciated, cheers, appreciate it, if you would, bye, god bless, best regards, respectfully, with respect, peace, ty so much"
        ),
        "AND": "and, but, because, cause, cuz, so that, nd, since, otherwise, as, n, then please",
        "KEEP": "keep, still want, continue, still get, still need, leave, still receive, still send, but not, except for",
        "ONLY": "only, just want, just need, just the, just my, only send, only text, nothing but, except, only want",
        "MISTAKE": (
            "accidentally, by mistake, by accident, accident, accidently, oops, didnt mean to, did not mean to, mistakenly, back on, "
            "add me back, sign me back up, put me back, resubscribe, re subscribe, mistake"
        ),
        "INERT": (
            "stop by, stop in, stop at, stop over, stopped by, stopping by, stop off, stop sign, stop light, bus stop, the stop, a stop, "
            "one stop, next stop, last stop, full stop, pit stop, non stop, nonstop, rest stop, truck stop, train stop, stop watch, "
            "stop shop, first stop, stop and shop, stop n shop, quick stop, weekend, the end, in the end, at the end, end of, year end, "
            "end date, end time, high end, low end, back end, front end, end up, dead end, end to end, end table, book end, end user, "
            "my end, your end, end game, to no end, cancel culture, cant stop, couldnt stop, could not stop, cannot stop, can not stop, "
            "wont stop me, not stop thinking, quit smoking, quit my job, quit drinking, quit working, doesnt work, dont work, "
            "text when, did not get, didnt get, havent received, have not received, didnt receive, did not receive, havent gotten, "
            "never got, never received, never arrived, no problem, no worries, not yet, no doubt, no idea, no signal, no longer work, "
            "text back, text and drive, never mind, nevermind, no message, no messages, no code, dont see, do not see, i dont have, "
            "we dont have, i do not have, dont know, do not know, dont think, dont mind, no rush, dont worry, take care, not a problem, not bad, "
            "text me when, text me the, send me the, contact lens, contact lenses, by the time, remove the, remove from cart, "
            "from my cart, from my order, cancel the order, cancelled my order, no issue, dont understand, didnt get the text, "
            "didnt get my text, not wrong, lets stop, stop loss, door stop, stop motion, ended up, text you back, text you later, "
            "get back to you, call you back, get back, talk later, not receiving notifications, dont get it, dont get the"
        ),
        "GETS": "not getting, not receiving, arent getting, stopped getting, stopped receiving, stopped working, dont get, do not get",
    },
    patterns={
        Step.OTHER_MATTER: (
            ("I NOT|NEG CONTACT !ME", "says how they use messages themselves"),
            ("NEG CALL ~2 CONTACT", "prefers texts to calls"),
        ),
        Step.INSISTS: (("NEG -1 BAREWANT =2 STOP|UNSUB|REMOVE|TAKE", "does not want it, and asks to stop"),),
        Step.HEDGED: (("NEG CALL AND? =2 CONTACT", "a wish about calls, perhaps not about texts"),),
        Step.WANTS_TO_LEAVE: (
            ("TAKE =2 ME|NUMBER ~2 OFF", "asks to be taken off"),
            ("RECEIVE ME|NUMBER =1 OFF", "asks to be taken off"),
            ("TAKE =2 ME|NUMBER ~2 LIST", "asks to be taken off a list"),
            ("TAKE =2 OFF =2 LIST", "asks to be taken off a list"),
            ("NOT ~2 ME|NUMBER AGAIN", "says the number is somebody else's"),
            ("NOT UNKNOWN UNKNOWN? NUMBER", "says the number is somebody else's"),
            ("NOMORE DET? UNKNOWN? NUMBER", "says the number is somebody else's"),
            ("NEG ~1 NUMBER AGAIN", "says the number is somebody else's"),
        ),
    },
    common=(
        "the, and, you, that, was, for, are, with, his, they, this, have, from, had, but, some, what, there, we, can, out, other, were, "
        "all, your, when, up, use, how, said, an, each, she, which, do, their, time, if, will, way, about, many, then, them, would, like, "
        "so, these, her, make, thing, see, him, two, has, look, day, could, go, come, did, my, sound, no, most, who, over, know, than, "
        "call, first, people, may, down, side, been, now, find, i, me, is, it, to, of, in, on, at, be, by, he, or, not, does, where, why, "
        "got, get, im, dont, its, am, as, just, still, here, yes, good, great, love, work, works, back, want, need, much, size, store"
    ),
    not_typos=(
        "shop, shops, step, steps, spot, spots, top, tops, stoop, slop, swop, stow, stomp, strop, atop, estop, sop, stock, store, stoke, "
        "story, storm, stove, stone, stool, stood, stuff, quite, quiet, suit, quilt, quid, quiz, quip, guilt, unit, quoit, squit, "
        "crease, tease, lease, please, ease, fease, peace, teased, ceased, cases, cares, salt, hall, halo, hat, shalt, halts, malt, "
        "cancer, chancel, canvas, canal, candle, contract, contrast, content, contain, context, massage, massages, passage, remote, "
        "removed, deleted, relate, dilute, evoke, provoke, invoke, subscribe, resubscribe, subscribed, subscriber, describe, tests, "
        "testing, test, next, tent, tests, taxing, tasting, texas, exting, tax, taxis, wiring, waiting, writer, written, ending, "
        "mending, sending, spending, vending, lending, bending, tending, pending, alters, alerted, offers, officers, deals, meals, "
        "dealt, ideals, deal, steals, letter, letters, matter, better, bother, brother, mother, other, another, both, modify, "
        "notice, solicitor, email, emails, snail, female, mailing, sailing, raise, erase, crase, phrase, grease, eraser, please, "
        "discount, discounts, communication, community, reminder, remainder, remainders, reminded, stay, start, stat, star, sport, "
        "shot, sloppy, stops, stopper, suite, quote, quiets, cancels, endorse, unscribe, disturbed, buzzing, bugging, budging, shopping, shipping, stepping, topping, dropping, chopping, hopping, swapping, slipping, skipping, quilting, knitting, sitting, hitting, fitting, leasing, teasing, pleasing, easing, discontinued, include, stoppers, unscripted, mowing, moving, heating, sharing, stocking, storing, quoting, cancelled, canceled"
    ),
)
