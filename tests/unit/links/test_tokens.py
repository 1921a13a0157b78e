"""Rules EML-8058-01, -04 and -05: opaque, hard to forge, for ever, and for one thing only."""

import base64
import secrets
from itertools import permutations
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from adapters.outbound.secrets.ring import KeyRing
from adapters.outbound.secrets.tokens import SivTokens, TokenLinks
from domain.ids import ContactPointId, MessageId, ProgramId
from domain.links import Intent, Link, UnknownToken

LINK = Link(
    contact_point_id=ContactPointId(UUID("01930000-0000-7000-8000-000000000001")),
    program_id=ProgramId(UUID("01930000-0000-7000-8000-000000000002")),
    message_id=MessageId(UUID("01930000-0000-7000-8000-000000000003")),
    intent=Intent.UNSUBSCRIBE,
)
IDS = st.uuids()


def ring_of(*keys: bytes) -> KeyRing:
    """A ring whose key for tokens was rotated: the last key is the newest."""
    raw = msgspec.json.decode(KeyRing.generate().dump())
    raw["tokens"] = {str(version): base64.b64encode(key).decode() for version, key in enumerate(keys, start=1)}
    return KeyRing.parse(msgspec.json.encode(raw))


OLD, NEW, OTHER = (secrets.token_bytes(32) for _ in range(3))
TOKENS = SivTokens(ring_of(OLD))


@given(IDS, IDS, IDS, st.sampled_from(Intent))
def test_a_link_comes_back_as_it_was_made(point, program, message, intent):
    link = Link(
        contact_point_id=ContactPointId(point),
        program_id=ProgramId(program),
        message_id=MessageId(message),
        intent=intent,
    )
    assert TOKENS.open(TOKENS.seal(link), intent) == link


def test_the_same_link_is_the_same_token_so_that_a_message_sent_again_says_the_same():
    assert TOKENS.seal(LINK) == SivTokens(ring_of(OLD)).seal(LINK)
    assert TOKENS.seal(LINK) != TOKENS.seal(replace(LINK, intent=Intent.CONFIRM))


def test_a_token_shows_none_of_the_ids_it_stands_for():
    raw = base64.urlsafe_b64decode(TOKENS.seal(LINK))
    assert not any(part.bytes[6:] in raw for part in (LINK.contact_point_id, LINK.program_id, LINK.message_id))


def test_links_of_old_messages_work_after_the_key_was_changed():
    rotated = SivTokens(ring_of(OLD, NEW))
    assert rotated.open(TOKENS.seal(LINK), Intent.UNSUBSCRIBE) == LINK
    assert rotated.seal(LINK) == SivTokens(ring_of(NEW)).seal(LINK)


def test_links_of_any_key_the_ring_ever_had_work():
    keys = [secrets.token_bytes(32) for _ in range(5)]
    ring = SivTokens(ring_of(*keys))
    for made_under in (SivTokens(ring_of(key)) for key in keys):
        for intent in Intent:
            link = replace(LINK, intent=intent)
            assert ring.open(made_under.seal(link), intent) == link


def test_a_key_taken_out_of_the_ring_takes_its_links_along():
    with pytest.raises(UnknownToken):
        SivTokens(ring_of(NEW)).open(TOKENS.seal(LINK), Intent.UNSUBSCRIBE)


def test_no_bit_of_a_token_can_be_turned():
    raw = base64.urlsafe_b64decode(TOKENS.seal(LINK))
    for bit in range(len(raw) * 8):
        turned = bytearray(raw)
        turned[bit // 8] ^= 1 << bit % 8
        with pytest.raises(UnknownToken):
            TOKENS.open(base64.urlsafe_b64encode(turned).decode(), Intent.UNSUBSCRIBE)


def test_a_token_of_another_installation_is_unknown():
    with pytest.raises(UnknownToken):
        TOKENS.open(SivTokens(ring_of(OTHER)).seal(LINK), Intent.UNSUBSCRIBE)


@pytest.mark.parametrize(("made_for", "tried_for"), list(permutations(Intent, 2)))
def test_a_link_to_do_one_thing_does_no_other(made_for, tried_for):
    with pytest.raises(UnknownToken):
        TOKENS.open(TOKENS.seal(replace(LINK, intent=made_for)), tried_for)


@given(st.integers(0, 87), st.sampled_from("ABCXYZabcxyz0189-_"))
def test_a_token_with_one_character_changed_is_unknown(place, character):
    token = TOKENS.seal(LINK)
    forged = token[:place] + character + token[place + 1 :]
    if forged == token:
        assert TOKENS.open(forged, Intent.UNSUBSCRIBE) == LINK
    else:
        with pytest.raises(UnknownToken):
            TOKENS.open(forged, Intent.UNSUBSCRIBE)


@given(st.integers(0, 87))
def test_a_token_cut_short_is_unknown(length):
    with pytest.raises(UnknownToken):
        TOKENS.open(TOKENS.seal(LINK)[:length], Intent.UNSUBSCRIBE)


@given(
    st.text(max_size=200) | st.binary(min_size=66, max_size=66).map(lambda raw: base64.urlsafe_b64encode(raw).decode())
)
def test_whatever_else_is_tried_is_unknown(text):
    with pytest.raises(UnknownToken):
        TOKENS.open(text, Intent.UNSUBSCRIBE)


def test_the_address_in_a_message_leads_to_this_installation():
    links = TokenLinks(tokens=TOKENS, url="https://optin.example")
    address = links.unsubscribe(LINK.contact_point_id, LINK.program_id, LINK.message_id)
    assert address == f"https://optin.example/u/{TOKENS.seal(LINK)}"
    confirm = links.confirm(LINK.contact_point_id, LINK.program_id, LINK.message_id)
    assert confirm.startswith("https://optin.example/c/")
    preferences = links.preferences(LINK.contact_point_id, LINK.program_id, LINK.message_id)
    assert preferences.startswith("https://optin.example/preferences/")
    assert len(address) < 120
