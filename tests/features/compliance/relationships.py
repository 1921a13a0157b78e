"""Sentences about what ties the contact to the sender besides a consent."""

from msgspec.structs import replace
from pytest_bdd import given, parsers

from domain.compliance.attempt import Relationship
from tests.features.compliance.places import DAY, any_of, day

_CUSTOMER = Relationship(
    type="existing_customer",
    context="sale",
    same_controller=True,
    own_similar=True,
    objection_offered_at_collection=True,
)
_SUPPORTER = Relationship(type="charity_support", purpose_charitable_only=True, objection_offered_at_collection=True)
_PUBLISHED = Relationship(
    type="conspicuous_publication",
    source_kept=True,
    capture_kept=True,
    no_refusal_statement=True,
    relevant_to_role=True,
)
STANDING = {
    "is an existing customer": _CUSTOMER,
    "is a personal friend of the seller": Relationship(type="personal", personal=True),
    "has a contract in force": Relationship(type="contract", ongoing=True),
    "is a member of the club": Relationship(type="membership", ongoing=True),
    "published the address for messages about work": _PUBLISHED,
    "was referred by a friend whose full name the message gives": Relationship(type="referral", referrer_named=True),
}
# What happened, and which of the dates of a relationship it sets.
EVENTS = {
    "bought something": ("purchase", ("date", "last_purchase")),
    "asked about a product": ("inquiry", ("date", "last_inquiry")),
    "cancelled the subscription": ("subscription", ("ended",)),
    "left the club": ("membership", ("ended",)),
    "gave to the charity": ("donation", ("date",)),
    "did voluntary work for the party": ("volunteer", ("date",)),
}


@given(parsers.re(rf"the contact (?P<standing>{any_of(STANDING)})"))
def _(scene, standing):
    scene.tell(relationship=STANDING[standing])


@given(parsers.re(rf"the contact (?P<event>{any_of(EVENTS)}) on (?P<on>{DAY})"))
def _(scene, event, on):
    kind, dates = EVENTS[event]
    scene.tell(relationship=Relationship(type=kind, **dict.fromkeys(dates, day(on))))


@given(parsers.re(rf"the contact supports the charity and gave the address on (?P<on>{DAY})"))
def _(scene, on):
    scene.tell(relationship=replace(_SUPPORTER, collected=day(on)))


EXCEPTIONS = {
    "all is as it should be": {},
    "the address came with a question about prices": {"context": "negotiation"},
    "the address came with a prize draw": {"context": "prize_draw"},
    "the address came with a free account": {"context": "free_account"},
    "another company took the address down": {"same_controller": False},
    "other kinds of products are advertised": {"own_similar": False},
    "no refusal was offered when the address was taken down": {"objection_offered_at_collection": False},
    "the contact refused at once": {"refused": True},
    "the message asks for more than support": {"purpose_charitable_only": False},
    "the record keeps no copy of the page": {"capture_kept": False},
    "the page asked for no advertising": {"no_refusal_statement": False},
    "the message has nothing to do with that work": {"relevant_to_role": False},
    "the charity is not registered": {"registered_charity_or_party": False},
    "the friend's message has been sent already": {"messages_sent": 1},
    "the contact ended the relationship": {"terminated": True},
}


@given(parsers.re(rf"(?P<exception>{any_of(EXCEPTIONS)})"))
def _(scene, exception):
    scene.tell_of("relationship", **EXCEPTIONS[exception])
