"""Notices, and who they go to."""

from application.messages.notices import NoticeTo
from domain.addresses import Address
from domain.templates.notices import Notice
from tests.postgres.sending.business import OFFERS

PAT, ROBIN = "+12125550101", "robin@example.com"
HELP = "notice-help-sms"


def to(person, kind=Notice.HELP, program=OFFERS, **more):
    return NoticeTo(kind=kind, address=Address.parse(person), program=program, **more)
