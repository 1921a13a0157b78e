"""Codes and tokens are drawn evenly, with every digit they have."""

from collections import Counter

import pytest

from application.verification.verification import DIGITS, TOKEN_BYTES, Ask, Checked, new_secret
from application.verification.verify import Attempt, NewVerification
from domain.addresses import Channel
from domain.compliance.codes import strong_enough
from domain.verification.challenge import Intent, Method, Status
from tests.unit.verification.test_rationing import MAIL, PAT, challenge

DRAWN = 20_000


def test_a_code_is_six_digits_each_as_likely_as_any_other():
    codes = [new_secret(challenge(PAT)) for _ in range(DRAWN)]
    assert all(len(code) == 6 and code.isascii() and code.isdecimal() for code in codes)
    for place in range(6):
        counted = Counter(code[place] for code in codes)
        # Nine degrees of freedom: once in ten million draws a fair source passes this.
        assert sum((counted[str(digit)] - DRAWN / 10) ** 2 for digit in range(10)) / (DRAWN / 10) < 50


def test_a_token_holds_192_bits_nobody_can_guess():
    tokens = {new_secret(challenge(MAIL, method=Method.LINK)) for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {54}


@pytest.mark.parametrize("channel", Channel)
def test_what_is_printed_of_a_request_names_nobody(channel):
    address = PAT if channel is Channel.SMS else MAIL
    printed = [
        repr(Ask(address=address, purpose="confirm_address", intent=Intent.API, ip="203.0.113.7")),
        repr(NewVerification(address=address.value, purpose="confirm_address")),
        repr(Attempt(code="048213")),
        repr(Checked(status=Status.APPROVED, challenge=challenge(address), address=address, payload=b"048213")),
    ]
    assert not any(secret in text for text in printed for secret in (address.value, "203.0.113.7", "048213"))


def test_what_is_sent_is_as_hard_to_guess_as_the_rule_asks():
    assert strong_enough(10, DIGITS, csprng=True)
    assert strong_enough(256, TOKEN_BYTES, csprng=True)
    assert TOKEN_BYTES * 8 >= 128
