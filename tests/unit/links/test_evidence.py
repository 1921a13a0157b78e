"""What an answer by link leaves in the ledger, and what it leaves nowhere else."""

from uuid import UUID

import pytest

from application.links.evidence import Visitor, of_opt_out
from domain.ids import ContactPointId, MessageId, ProgramId
from domain.links import Intent, Link

LINK = Link(
    contact_point_id=ContactPointId(UUID(int=1)),
    program_id=ProgramId(UUID(int=2)),
    message_id=MessageId(UUID(int=3)),
    intent=Intent.UNSUBSCRIBE,
)


@pytest.mark.parametrize(("one_click", "via"), [(True, "one_click"), (False, "unsub_link")])
def test_the_button_of_a_mail_program_is_told_from_ours(one_click, via):
    evidence = of_opt_out(LINK, Visitor(ip=None, user_agent=None), one_click=one_click)
    assert (evidence.via, evidence.ip, evidence.user_agent) == (via, None, None)
    assert str(LINK.message_id) in (evidence.statement or "")


def test_where_a_visitor_came_from_is_never_printed():
    visitor = Visitor(ip="203.0.113.7", user_agent="Browser 1")
    assert "203.0.113.7" not in f"{visitor} {visitor!r} {of_opt_out(LINK, visitor, one_click=True)}"
