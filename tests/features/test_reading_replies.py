"""The steps of features/replies: one reply, read as the product reads every reply."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from domain.compliance.replies import Classification, Mailbox, PendingOptIn, Reading, Reply, Scope, classify

scenarios("replies/reading_replies.feature")

NOW = datetime(2026, 11, 23, 19, tzinfo=UTC)
CHANGE_NOTHING = {Classification.NOT_REVOCATION, Classification.NO_CHANGE, Classification.HELP}
PLACES = {"on the voicemail": "voicemail", "to an agent": "agent", "on the website": "web", "in a letter": "post"}


class Conversation:
    """What stands between Acme and Pat, and how Pat's last reply was read."""

    def __init__(self) -> None:
        self.around: dict[str, object] = {}
        self.reading: Reading | None = None

    def replied(self, text: str, **around: object) -> None:
        self.reading = classify(Reply(text=text, received_at=NOW, **self.around, **around))


@pytest.fixture
def conversation():
    return Conversation()


@given(parsers.parse("Acme asked Pat {hours:d} hours ago to confirm an opt-in"))
def _(conversation, hours):
    asked = NOW - timedelta(hours=hours)
    conversation.around["pending_optin"] = PendingOptIn(program="weekly-offers", requested_at=asked)


@given("Pat has already opted out")
def _(conversation):
    conversation.around["already_opted_out"] = True


@given("Acme writes from a toll-free number")
def _(conversation):
    conversation.around["number_type"] = "toll_free"


@given("the provider recognised an opt-out and answered it")
def _(conversation):
    conversation.around["opt_out_type"] = "STOP"


@when(parsers.parse('Pat replies "{text}"'))
def _(conversation, text):
    conversation.replied(text)


@when(parsers.re('Pat mails "(?P<text>[^"]+)"$'))
def _(conversation, text):
    conversation.replied(text, channel="email")


@when(parsers.parse('Pat mails "{text}" above our own words "{quoted}"'))
def _(conversation, text, quoted):
    conversation.replied(f"{text}\n\nOn Mon, 23 Nov 2026, Acme wrote:\n> {quoted}", channel="email")


@when("Pat's mail program writes to the unsubscribe mailbox")
def _(conversation):
    conversation.replied("", channel="email", mailbox=Mailbox.UNSUBSCRIBE)


@when(parsers.parse('Pat\'s mailbox answers by itself "{text}"'))
def _(conversation, text):
    conversation.replied(text, channel="email", headers={"Auto-Submitted": "auto-replied"})


@when(parsers.re(r'Pat says "(?P<text>[^"]+)" (?P<where>.+)'))
def _(conversation, text, where):
    conversation.replied(text, channel=PLACES[where])


@then("Pat has opted out")
def _(conversation):
    assert (conversation.reading.classification, conversation.reading.scope) == (Classification.REVOKE, Scope.ALL)


@then("Pat has opted out of marketing alone")
def _(conversation):
    assert (conversation.reading.classification, conversation.reading.scope) == (Classification.REVOKE, Scope.MARKETING)


@then("Pat has confirmed the opt-in")
def _(conversation):
    assert conversation.reading.classification is Classification.OPT_IN_CONFIRMED


@then("marketing to Pat is suspended")
def _(conversation):
    assert conversation.reading.classification is Classification.SUSPEND_AND_REVIEW


@then("nothing changes")
def _(conversation):
    assert conversation.reading.classification in CHANGE_NOTHING
    assert conversation.reading.effect == "none"


@then("one confirmation is due within 5 minutes")
def _(conversation):
    answer = conversation.reading.reply
    assert (answer.send, answer.count, answer.within_seconds) == ("optout_confirmation", 1, 300)


@then("the help text is due")
def _(conversation):
    assert conversation.reading.reply.send == "help_reply"


@then("no answer is due")
def _(conversation):
    assert conversation.reading.reply.send is None


@then("support takes it from there")
def _(conversation):
    assert conversation.reading.reply.route == "support"


@then("a person looks at it within 1 business day")
def _(conversation):
    assert conversation.reading.reply.review_within_business_days == 1
