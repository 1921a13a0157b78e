"""Our addresses: short, in any case of letters, for ever, and for one thing only."""

import base64
import secrets
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.outbound.secrets.mail_tokens import SivMailTokens
from adapters.outbound.secrets.ring import KeyRing
from domain.addresses import Address
from domain.ids import ContactPointId, MessageId, ProgramId
from domain.mail_in.addresses import BounceOf, Complaints, ProgramTail, UnknownMailAddress, Way, WayOf

IDS = st.uuids()
ADDRESSES = st.one_of(
    st.builds(BounceOf, message_id=IDS.map(MessageId)),
    st.builds(
        WayOf,
        way=st.sampled_from(Way),
        contact_point_id=IDS.map(ContactPointId),
        program=IDS.map(lambda one: ProgramTail.of(ProgramId(one))),
    ),
    st.just(Complaints()),
)
POINT = WayOf(
    way=Way.UNSUBSCRIBE,
    contact_point_id=ContactPointId(UUID("01930000-0000-7000-8000-000000000001")),
    program=ProgramTail.of(ProgramId(UUID("01930000-0000-7000-8000-0000deadbeef"))),
)


def ring_of(*keys: bytes) -> KeyRing:
    """A ring whose key for tokens was rotated: the last key is the newest."""
    raw = msgspec.json.decode(KeyRing.generate().dump())
    raw["tokens"] = {str(version): base64.b64encode(key).decode() for version, key in enumerate(keys, start=1)}
    return KeyRing.parse(msgspec.json.encode(raw))


OLD, NEW, OTHER = (secrets.token_bytes(32) for _ in range(3))
TOKENS = SivMailTokens(ring_of(OLD))


@given(ADDRESSES)
def test_an_address_comes_back_as_it_was_made_and_any_mail_system_takes_it(address):
    local_part = TOKENS.seal(address)
    assert TOKENS.open(local_part) == address
    assert len(local_part) <= 64
    assert Address.parse(f"{local_part}@mail.acme.example").value == f"{local_part}@mail.acme.example"


@given(ADDRESSES)
def test_a_mail_system_may_change_the_case_of_letters(address):
    assert TOKENS.open(TOKENS.seal(address).upper()) == address


def test_an_address_shows_none_of_the_ids_it_stands_for():
    token = TOKENS.seal(POINT).partition("+")[2]
    raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    assert POINT.contact_point_id.bytes not in raw
    assert b"\xde\xad\xbe\xef" not in raw


def test_an_address_works_after_its_key_was_retired_and_not_without_it():
    made = TOKENS.seal(POINT)
    assert SivMailTokens(ring_of(OLD, NEW)).open(made) == POINT
    assert SivMailTokens(ring_of(OLD, NEW)).seal(POINT) != made
    with pytest.raises(UnknownMailAddress):
        SivMailTokens(ring_of(OTHER)).open(made)


def test_an_address_for_replies_is_not_turned_into_one_that_unsubscribes():
    token = TOKENS.seal(POINT).partition("+")[2]
    for word in ("reply", "bounce", "complaint", "unsubscribe", ""):
        with pytest.raises(UnknownMailAddress):
            TOKENS.open(f"{word}+{token}")


@given(st.data())
def test_an_address_somebody_changed_is_nobodys(data):
    made = TOKENS.seal(POINT)
    place = data.draw(st.integers(6, len(made) - 1))
    letter = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz234567=+ \x00é"))
    changed = made[:place] + letter + made[place + 1 :]
    if changed != made:
        with pytest.raises(UnknownMailAddress):
            TOKENS.open(changed)


@given(st.text(max_size=80) | st.text("abcdefgh234567+", max_size=80).map(lambda text: f"unsub+{text}"))
def test_nothing_made_up_is_an_address_of_ours(local_part):
    try:
        assert TOKENS.open(local_part) == Complaints()
    except UnknownMailAddress:
        return
    assert local_part.lower().startswith("complaints")


def test_a_program_is_known_by_its_tail():
    assert POINT.program.fits(ProgramId(UUID("01930000-0000-7000-8000-0000deadbeef")))
    assert not POINT.program.fits(ProgramId(UUID("01930000-0000-7000-8000-0000deadbeee")))
