"""The reasons there are to pick from. None has to be picked, and leaving never waits for one."""

from collections.abc import Mapping

from adapters.inbound.forms.texts import phrase
from domain.preferences import Why

WHYS: Mapping[str, str] = {
    Why.TOO_MANY: phrase("Too many messages"),
    Why.NOT_FOR_ME: phrase("Not interesting to me"),
    Why.NEVER_ASKED: phrase("I never asked for them"),
    Why.OTHER: phrase("Something else"),
}
