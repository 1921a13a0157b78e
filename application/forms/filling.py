"""Reading what somebody wrote into a form: every mistake named, by field, and nothing kept that was not asked for."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from domain.addresses import Address, Channel, InvalidAddress
from domain.forms import Shown

NAME, PHONE, EMAIL = "name", "phone", "email"
FIELD = {Channel.SMS: PHONE, Channel.EMAIL: EMAIL}
LONGEST_NAME = 100


class Mistake(StrEnum):
    NOTHING_TICKED = "nothing ticked"
    ADDRESS_MISSING = "address missing"
    NO_ADDRESS = "no address"
    TOO_LONG = "too long"
    UNREADABLE = "unreadable"
    TWICE = "twice"


class Filled(Struct, frozen=True, kw_only=True):
    """`addresses` are those of the channels that were ticked; what else was typed is left out."""

    ticked: tuple[str, ...] = ()
    addresses: dict[Channel, Address] = {}
    identity: str | None = None
    mistakes: dict[str, Mistake] = {}

    def __repr__(self) -> str:
        return f"Filled({self.ticked}, {self.mistakes})"


def read(fields: Mapping[str, str], shown: Shown, *, country: str) -> Filled:
    """A phone number without its country code is read as one of `country`, where the sender is."""
    mistakes: dict[str, Mistake] = {}
    ticked = tuple(box.name for box in shown.boxes if fields.get(box.name) == "yes")
    if not ticked and shown.boxes:
        mistakes[shown.boxes[0].name] = Mistake.NOTHING_TICKED
    addresses: dict[Channel, Address] = {}
    for channel in dict.fromkeys(box.channel for box in shown.boxes if box.name in ticked):
        typed = fields.get(FIELD[channel], "").strip()
        if not typed:
            mistakes[FIELD[channel]] = Mistake.ADDRESS_MISSING
            continue
        try:
            addresses[channel] = Address.parse(typed, channel, field=FIELD[channel], country=country)
        except InvalidAddress:
            mistakes[FIELD[channel]] = Mistake.NO_ADDRESS
    name = " ".join(fields.get(NAME, "").split())
    if len(name) > LONGEST_NAME:
        mistakes[NAME] = Mistake.TOO_LONG
    return Filled(ticked=ticked, addresses=addresses, identity=name or None, mistakes=mistakes)
