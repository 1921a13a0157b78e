"""Whether a yes has to be confirmed before it counts: the program says so, or the place of whoever gave it."""

from collections.abc import Sequence
from datetime import date

from application.compliance.attempts import recipient_of
from application.messages.ports import Known
from domain.addresses import Address, Channel
from domain.compliance.jurisdiction import whereabouts
from domain.compliance.profile import STRICT
from domain.consent.evidence import Evidence
from domain.consent.ledger import Fact
from domain.programs import Category, OptIn, Program


def must_be_confirmed(program: Program, address: Address, known: Known, history: Sequence[Fact], on: date) -> bool:
    """Germany, Austria and nobody knows where want it for marketing, whatever the program says (DE-UWG-01, AT-TKG-01,
    CORE-JUR-03). Stricter profiles are kept when a message is due.
    """
    if program.opt_in is OptIn.DOUBLE:
        return True
    if program.category is not Category.MARKETING:
        return False
    place = whereabouts(recipient_of(address, known, history), on)
    return not place.codes.isdisjoint(STRICT.double_opt_in_countries)


def is_confirmed(evidence: Evidence, channel: Channel, program: Program) -> bool:
    """A program takes any confirmation it is told of; the law one of the very address."""
    if program.opt_in is OptIn.DOUBLE or channel is Channel.EMAIL:
        return evidence.doi_confirmed_at is not None
    return evidence.sms_handset_confirmed
