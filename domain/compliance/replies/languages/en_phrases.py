"""English turns of phrase: what is said in several words."""

TURNS_OF_PHRASE = {
    "GOAWAY": (
        "leave me alone, leave us alone, leave her alone, leave him alone, leave me be, leave me the hell alone, "
        "leave me the fuck alone, leave me tf alone, leave me in peace, go away, fuck off, fck off, eff off, f off, "
        "piss off, buzz off, bug off, lose my number, lose this number, lose my info, forget my number, "
        "forget this number, shut the fuck up, get out of my phone, knock it off, cut it out, quit it, sod off, "
        "bugger off, get off my phone, lose my contact, fuck right off, get bent, stay away from me, "
        "leave my phone alone, lose our number, stay out of my inbox, want no part, want no parts, get off my line, "
        "off my line, be the last message, be the last text, last time you text, stay off my phone, screw off, "
        "forget you have, eat shit, bite me"
    ),
    "WRONG": (
        "wrong number, wrong num, wrong person, wrong phone, wrong guy, wrong one, wrong contact, incorrect number, "
        "wrong nmbr, wrong phone number, wrong recipient, mistaken number, you have the wrong, you got the wrong, "
        "u got the wrong, youve got the wrong, u have the wrong, have the wrong number, no one named, nobody named, "
        "no one by that name, nobody by that name, not the person, not who you think, passed away, is deceased, "
        "has died, number was reassigned, this is a new number, no longer my number, doesnt live here, "
        "does not live here, no longer lives here, no longer at this number, no longer has this number, "
        "no longer uses this number, i am not, number changed hands, wrong email, wrong address for, "
        "doesnt have this, does not have this, does not belong, doesnt belong, belongs to someone else, "
        "someone elses number, new owner, texting a stranger, isnt the number, have the wrong person, wrong lady, "
        "wrong house, wrong woman, wrong man, no one here by, nobody here by, doesnt use this, does not use this"
    ),
    "DOUBT": (
        "too many, too much, too often, get your messages, keep getting, keeps texting, keep spamming, "
        "keeps sending, how did you get, where did you get, who gave you, never signed up, didnt sign up, "
        "did not sign up, never subscribed, didnt subscribe, did not subscribe, never opted in, didnt opt in, "
        "never gave, didnt give you, never agreed, didnt agree to, text less, message less, text me a lot less, "
        "reported as spam, marked as spam, reporting you, report you, report this, reporting this, is spam, "
        "youre spam, sue you, harassment, illegal, youre annoying, you are annoying, yall are annoying, "
        "this is annoying, these are annoying, so annoying, getting annoying, really annoying, irritating, unwanted, "
        "unsolicited, less often, fewer, blocked, block you, blocking you, blocking this, take a break, pause, mute, "
        "unacceptable, no thanks, no thank you, remove my account, delete my account, close my account, "
        "keep bothering, keep contacting, text me less, out of control, bombarding, nonstop texts, hold off, "
        "not for me, signing up, how did u get, where did u get, who gave u, how you got, where you got, how u got"
    ),
    "HOW": (
        "how do i, how do we, how can i, how to, how would i, where do i, where can i, how does one, what do i, "
        "how am i, how could i, what happens, what does, is it possible to, is there a way to, can i, could i, "
        "may i, can we, am i able to, do i, did i, will i, how do u, how do you, how i, what if, way to, "
        "whats the way to, am i, have i, how long, whats the word, whats the number, what word, which word, "
        "what number, what do we, does replying, does texting, does it work if, whats the code, is there an, "
        "is there a, is there any, do you have an, where is the, wheres the, any way to"
    ),
    "QUALIFIED": (
        "so much, so many, so often, so late, so early, that late, that often, this late, this early, too late, "
        "too early, before, after, during, while, until, till, til, unless, for now, for a while, for a week, "
        "for a month, for a bit, for a few, for today, at night, at work, on sunday, on sundays, on weekends, "
        "this week, temporarily, when im, when i am, in the morning, every day, everyday, daily, every hour, "
        "all the time, only if, for the weekend, past, between, other than, on saturdays, in the evening, at 6am, "
        "late at night, as often, as much, constantly at, on weekdays, weekdays, weekends, once a week, "
        "once a month, at 5am, at 7am, at 6, at 5, at 7, at midnight, at 2am, at 3am, at 4am, at 8am, at 10pm, "
        "at 11pm, after hours, in the middle, only on weekdays, today, tonight, this month"
    ),
    "WHY": (
        "why do you, why are you, why r u, why do u, why do i, why am i, why you, why u, why is, why did i, "
        "why have i, why were, why have you, why did you, why would you"
    ),
    "MISTAKE": (
        "accidentally, by mistake, by accident, accident, accidently, oops, didnt mean to, did not mean to, "
        "mistakenly, back on, add me back, sign me back up, put me back, resubscribe, re subscribe, mistake"
    ),
    "INERT": (
        "stop by, stop in, stop at, stop over, stopped by, stopping by, stop off, stop sign, stop light, bus stop, "
        "the stop, a stop, one stop, next stop, last stop, full stop, pit stop, non stop, nonstop, rest stop, "
        "truck stop, train stop, stop watch, stop shop, first stop, stop and shop, stop n shop, quick stop, weekend, "
        "the end, in the end, at the end, end of, year end, end date, end time, high end, low end, back end, "
        "front end, end up, dead end, end to end, end table, book end, end user, my end, your end, end game, "
        "to no end, cancel culture, cant stop, couldnt stop, could not stop, cannot stop, can not stop, "
        "wont stop me, not stop thinking, quit smoking, quit my job, quit drinking, quit working, doesnt work, "
        "dont work, text when, did not get, didnt get, havent received, have not received, didnt receive, "
        "did not receive, havent gotten, never got, never received, never arrived, no problem, no worries, not yet, "
        "no doubt, no idea, no signal, no longer work, text back, text and drive, never mind, nevermind, no message, "
        "no messages, no code, dont see, do not see, i dont have, we dont have, i do not have, dont know, "
        "do not know, dont think, dont mind, no rush, dont worry, take care, not a problem, not bad, text me when, "
        "text me the, send me the, never texted, never sent, never messaged, never emailed, contact lens, "
        "contact lenses, by the time, remove from cart, from my cart, from my order, cancel the order, "
        "cancelled my order, no issue, dont understand, didnt get the text, didnt get my text, not wrong, lets stop, "
        "stop loss, door stop, stop motion, ended up, text you back, text you later, get back to you, call you back, "
        "get back, talk later, not receiving notifications, dont get it, dont get the"
    ),
    "GETS": (
        "not getting, not receiving, arent getting, stopped getting, stopped receiving, stopped working, dont get, "
        "do not get"
    ),
}
