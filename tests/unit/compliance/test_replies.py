"""What a reply does, by which rule, and which answer is due, on every channel."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.compliance.replies import Classification, Mailbox, PendingOptIn, Reading, Reply, Scope, classify

AT = datetime(2026, 11, 23, 19, tzinfo=UTC)
CONFIRMED = {"send": "optout_confirmation", "within_seconds": 300, "count": 1}
SEVEN = ("stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe")
FOREIGN = (
    ("alto", "es"),
    ("no más", "es"),
    ("ARRÊT", "fr"),
    ("désabonner", "fr"),
    ("sair", "pt"),
    ("Stopp!", "de"),
    ("abmelden", "de"),
    ("annulla", "it"),
    ("Basta!", "it"),
    ("uit", "nl"),
    ("TD", "en"),
    ("remove", "en"),
)


def read(text: str, **around: object) -> Reading:
    return classify(Reply(text=text, received_at=AT, **around))


def pending(hours: float) -> PendingOptIn:
    return PendingOptIn(program="promo", requested_at=AT - timedelta(hours=hours))


@pytest.mark.parametrize("word", [*SEVEN, "optout", "opt-out", "stopall", "stop all"])
@pytest.mark.parametrize("written", ["{}", "  {}!!! ", "“{}”", "{} 🙏", "({}).", "{}?"])
def test_the_fcc_words_are_an_opt_out_however_they_are_written(word, written):
    reading = read(written.format(word.upper()))
    assert (reading.classification, reading.rule) == (Classification.REVOKE, "US-TCPA-REV-01")
    assert reading.reply.as_vector() == CONFIRMED


@pytest.mark.parametrize("word", SEVEN)
def test_an_fcc_word_is_no_keyword_inside_a_sentence(word):
    assert read(f"{word} by the store").rule != "US-TCPA-REV-01"


def test_words_that_are_no_keyword_fall_under_the_reasonable_person():
    reading = read("Please stop texting me")
    assert (reading.classification, reading.rule) == (Classification.REVOKE, "US-TCPA-REV-02")
    assert reading.reply.as_vector() == CONFIRMED
    assert "US-TCPA-REV-06" in reading.also_rules


@pytest.mark.parametrize(
    ("word", "language"),
    FOREIGN,
)
def test_keywords_of_other_languages_count_as_the_whole_reply(word, language):
    reading = read(word)
    assert (reading.classification, reading.rule) == (Classification.REVOKE, "SMS-KW-I18N")
    assert reading.language == language


@pytest.mark.parametrize("word", ["para", "No", "enough!"])
def test_ambiguous_keywords_suspend_marketing_until_a_person_has_looked(word):
    reading = read(word)
    assert (reading.classification, reading.rule) == (Classification.SUSPEND_AND_REVIEW, "SMS-KW-I18N")
    assert reading.reply.as_vector() == {"send": None, "review_within_business_days": 1}


@pytest.mark.parametrize("sign", ["🛑", "✋🏽", "🚫🚫"])
def test_a_stop_sign_alone_suspends(sign):
    assert read(sign).classification is Classification.SUSPEND_AND_REVIEW


@pytest.mark.parametrize("text", ["стоп", "停止", "توقف"])
def test_a_script_nobody_here_reads_is_left_to_a_person_and_suspends_meanwhile(text):
    assert read(text).classification is Classification.SUSPEND_AND_REVIEW


@pytest.mark.parametrize("text", ["", "   ", "👍", "..."])
def test_a_reply_without_words_goes_to_support(text):
    reading = read(text)
    assert reading.classification is Classification.NOT_REVOCATION
    assert reading.reply.as_vector() == {"send": None, "route": "support"}


def test_a_repeated_stop_gets_no_second_confirmation_on_a_long_code():
    reading = read("STOP", already_opted_out=True)
    assert (reading.classification, reading.rule) == (Classification.REVOKE, "CTIA-11")
    assert reading.reply.as_vector() == {"send": None, "reason": "already_confirmed"}
    assert {"US-TCPA-REV-01", "US-TCPA-REV-06"} <= set(reading.also_rules)


def test_a_short_code_answers_every_stop():
    reading = read("STOP", already_opted_out=True, number_type="short_code")
    assert reading.reply.as_vector() == CONFIRMED
    assert {"PRV-TWILIO-08", "CTIA-11"} <= set(reading.also_rules)


@pytest.mark.parametrize(("text", "found"), [("STOP", Classification.REVOKE), (" unstop ", Classification.OPT_IN)])
def test_the_toll_free_network_answers_its_own_words_itself(text, found):
    reading = read(text, number_type="toll_free")
    assert (reading.classification, reading.rule) == (found, "PRV-TWILIO-04")
    assert reading.reply.as_vector() == {"send": None, "reason": "network_replied"}


@pytest.mark.parametrize("text", ["QUIT", "Stop!", "please stop"])
def test_words_the_toll_free_network_does_not_know_are_ours_to_confirm(text):
    reading = read(text, number_type="toll_free")
    assert reading.classification is Classification.REVOKE
    assert reading.reply.as_vector() == CONFIRMED


@pytest.mark.parametrize(
    ("said", "text", "found"),
    [
        ("STOP", "STOP", Classification.REVOKE),
        ("STOP", "basta de todo", Classification.REVOKE),
        ("START", "START", Classification.OPT_IN),
        ("START", "comenzar", Classification.OPT_IN),
        ("HELP", "assist", Classification.HELP),
    ],
)
def test_what_the_provider_recognised_and_answered_is_not_answered_again(said, text, found):
    reading = read(text, opt_out_type=said)
    assert (reading.classification, reading.rule) == (found, "PRV-TWILIO-03")
    assert reading.reply.as_vector() == {"send": None, "reason": "provider_replied"}


def test_an_opt_out_in_plain_words_stands_whatever_the_provider_took_it_for():
    assert read("help me stop these texts, please stop texting me", opt_out_type="HELP").rule == "US-TCPA-REV-02"


def test_twilio_knows_single_words_only():
    assert "PRV-TWILIO-01" in read("Stop", provider="twilio").also_rules
    assert "PRV-TWILIO-01" not in read("Stop please", provider="twilio").also_rules


@pytest.mark.parametrize(("text", "language"), [("STOP", "en"), ("arrêt", "fr"), ("Arret!", "fr"), ("unsub", "en")])
def test_canadian_keywords_are_answered_in_their_own_language(text, language):
    reading = read(text, country="CA", number_type="short_code")
    assert (reading.classification, reading.rule) == (Classification.REVOKE, "CA-CSC-01")
    assert (reading.language, reading.reply.as_vector()) == (language, CONFIRMED)


def test_a_word_canada_does_not_list_is_an_opt_out_there_too():
    assert read("revoke", country="CA").rule == "US-TCPA-REV-01"


def test_a_virginian_stop_is_kept_for_ten_years_and_never_brushed_aside():
    assert "US-VA-01" in read("stop", region="VA").also_rules
    reading = read("don't stop the music", region="VA")
    assert (reading.classification, reading.rule) == (Classification.SUSPEND_AND_REVIEW, "US-VA-01")


@pytest.mark.parametrize("text", ["HELP", "info", "Help please", "aide", "AYUDA", "Hilfe!", "ajuda", "aiuto"])
def test_help_is_answered_and_changes_nothing(text):
    reading = read(text)
    assert (reading.classification, reading.rule) == (Classification.HELP, "CTIA-04")
    assert (reading.effect, reading.reply.as_vector()) == ("none", {"send": "help_reply"})


def test_help_is_answered_after_an_opt_out_too():
    assert read("HELP", already_opted_out=True).reply.as_vector() == {"send": "help_reply"}


def test_canadian_help_is_owed_in_french():
    assert (read("AIDE", country="CA").rule, read("AIDE", country="CA").language) == ("CA-CSC-01", "fr")


@pytest.mark.parametrize("text", ["START", "unstop", "Start please"])
def test_start_opts_back_in(text):
    reading = read(text)
    assert (reading.classification, reading.rule) == (Classification.OPT_IN, "US-TCPA-REV-12")
    assert reading.reply.as_vector() == {"send": "optin_confirmation"}


@pytest.mark.parametrize("text", ["YES", "y", "Yes!", "yes please", "sí", "oui", "Ja", "sim", "sì"])
def test_yes_within_a_day_confirms_an_opt_in_request(text):
    reading = read(text, pending_optin=pending(hours=23.99))
    assert (reading.classification, reading.rule) == (Classification.OPT_IN_CONFIRMED, "CTIA-13")
    assert reading.reply.as_vector() == {"send": "optin_confirmation"}


@pytest.mark.parametrize("asked", [None, pending(hours=24), pending(hours=-1)])
def test_yes_to_no_open_request_changes_nothing(asked):
    reading = read("YES", pending_optin=asked)
    assert (reading.classification, reading.rule) == (Classification.NO_CHANGE, "CTIA-13")
    assert reading.reply.as_vector() == {"send": None}


@pytest.mark.parametrize("text", ["ok", "sure", "yes?", "yes but in blue"])
def test_nothing_but_a_plain_yes_confirms(text):
    assert read(text, pending_optin=pending(hours=1)).classification is Classification.NOT_REVOCATION


def test_no_to_an_opt_in_request_leaves_everything_as_it_was():
    assert read("No thanks", pending_optin=pending(hours=1)).classification is Classification.NO_CHANGE


def test_yes_that_the_provider_answered_is_not_answered_twice():
    reading = read("YES", pending_optin=pending(hours=1), opt_out_type="START")
    assert reading.classification is Classification.OPT_IN_CONFIRMED
    assert reading.reply.as_vector() == {"send": None, "reason": "provider_replied"}


def test_yes_after_the_request_expired_is_what_the_provider_made_of_it():
    assert read("YES", pending_optin=pending(hours=30), opt_out_type="START").rule == "PRV-TWILIO-03"


def test_stop_outweighs_an_open_opt_in_request():
    assert read("STOP", pending_optin=pending(hours=1)).classification is Classification.REVOKE


@pytest.mark.parametrize(
    "text",
    [
        "stop marketing but keep order updates",
        "Only order updates please, no promos",
        "solo quiero avisos de mi pedido, no me manden promociones",
        "gardez le suivi de commande mais plus de promotions svp",
        "nur noch Infos zur Bestellung, keine Werbung mehr",
        "solo aggiornamenti sull'ordine, basta promozioni",
    ],
)
def test_who_keeps_order_updates_leaves_marketing_alone(text):
    reading = read(text)
    assert (reading.classification, reading.scope) == (Classification.REVOKE, Scope.MARKETING)


@pytest.mark.parametrize("text", ["stop sending me offers", "I only got my order yesterday, stop texting me"])
def test_silence_about_the_scope_means_everything(text):
    assert read(text).scope is Scope.ALL


@pytest.mark.parametrize("channel", ["voicemail", "voice_live", "web", "post", "agent"])
def test_an_opt_out_made_elsewhere_counts(channel):
    reading = read("please take me off your list", channel=channel)
    assert (reading.classification, reading.rule) == (Classification.REVOKE, "US-TCPA-REV-04")
    assert reading.reply.as_vector() == {"send": None}


def test_elsewhere_too_a_doubt_suspends_and_an_order_is_for_support():
    assert read("not interested", channel="agent").classification is Classification.SUSPEND_AND_REVIEW
    assert read("cancel my order", channel="agent").reply.as_vector() == {"send": None, "route": "support"}


def test_mail_to_the_unsubscribe_mailbox_needs_no_words():
    reading = read("", channel="email", mailbox=Mailbox.UNSUBSCRIBE, headers={"Auto-Submitted": "auto-generated"})
    assert (reading.effect, reading.rule) == ("opt_out", "EML-MAILTO-01")


def test_a_person_who_mails_that_they_want_out_is_out():
    reading = read("Unsubscribe me please.\n\nOn Mon, Acme wrote:\n> big sale", channel="email")
    assert (reading.effect, reading.rule) == ("opt_out", "EML-MAILTO-01")
    assert "US-TCPA-REV-04" in reading.also_rules
    assert "US-TCPA-REV-04" not in read("Unsubscribe", channel="email", country="FR").also_rules


@pytest.mark.parametrize("text", ["YES", "help", "START"])
def test_mail_neither_opts_in_nor_asks_for_help_by_keyword(text):
    assert read(text, channel="email", pending_optin=pending(hours=1)).reply.as_vector() == {
        "send": None,
        "route": "support",
    }


def test_a_subject_counts_when_the_writer_chose_it():
    assert read("", channel="email", subject="Unsubscribe").effect == "opt_out"
    assert read("Thanks!", channel="email", subject="Re: Last chance, or unsubscribe").effect == "none"


def test_how_a_reply_was_read_never_repeats_it():
    reading = read("Stop texting Pat Doe at +1 212 555 0101")
    assert reading.classification is Classification.REVOKE
    assert "Pat" not in repr(reading)
    assert "0101" not in repr(reading)


def test_an_opt_out_is_found_at_the_end_of_a_long_reply():
    story = "Hello there, I ordered two lamps in May and both of them came, which made my family very happy. "
    assert read(f"{story} Now please stop texting me.").classification is Classification.REVOKE


def test_of_two_sentences_the_graver_counts():
    assert read("How do I unsubscribe? Don't remove me yet").classification is Classification.SUSPEND_AND_REVIEW
    assert read("How do I unsubscribe? Just take me off your list").classification is Classification.REVOKE
    assert read("Cancel my order 123. And stop texting me!").classification is Classification.REVOKE
