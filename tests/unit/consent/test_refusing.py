"""Who may say yes after a no, and what a consent was at another time."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.addresses import Channel
from domain.consent.evidence import Evidence
from domain.consent.ledger import AlreadyRevoked, Consent, Fact, Status
from domain.ids import EntryId, ProgramId, new_id

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
PROGRAM = ProgramId(new_id(NOON))
ON_A_FORM = Evidence(
    source="first_party",
    affirmative_act="checkbox_checked",
    disclosure_text_verbatim="I agree.",
    categories=("marketing",),
)
HEARD = Evidence(
    source="first_party",
    affirmative_act="oral_agreement",
    disclosure_text_verbatim="Do you agree?",
    categories=("marketing",),
    attested_by="agent 17",
)


def said(status, *, expires_at=None, **evidence):
    return Fact(
        id=EntryId(new_id(NOON)),
        program_id=PROGRAM,
        channel=Channel.SMS,
        status=status,
        at=NOON,
        recorded_at=NOON,
        expires_at=expires_at,
        facts=Evidence(**evidence).facts(),
    )


def consent(*facts):
    return Consent(program_id=PROGRAM, channel=Channel.SMS).replay(facts)


@pytest.mark.parametrize("no", [{}, {"scope": "category", "category": "marketing"}])
def test_nobody_vouches_for_whoever_said_no(no):
    with pytest.raises(AlreadyRevoked):
        consent(said(Status.REVOKED, **no)).grant(Status.REQUESTED, HEARD, LATER)


def test_after_a_no_the_person_may_say_yes_again():
    consent(said(Status.REVOKED)).grant(Status.GRANTED, ON_A_FORM, LATER)
    with pytest.raises(AlreadyRevoked):
        consent(said(Status.REVOKED)).grant(Status.GRANTED, ON_A_FORM, NOON)


def test_a_no_to_another_category_refuses_nothing():
    kept = consent(said(Status.REVOKED, scope="category", category="transactional"))
    kept.grant(Status.REQUESTED, HEARD, LATER)
    assert kept.status is Status.NONE


def test_a_consent_with_an_end_is_over_when_it_comes():
    granted = consent(said(Status.GRANTED, expires_at=LATER))
    assert [granted.as_of(at) for at in (NOON, LATER)] == [Status.GRANTED, Status.EXPIRED]
