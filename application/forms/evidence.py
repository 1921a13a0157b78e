"""What a form and a confirmed address prove: everything the laws ask a record of consent to show."""

from msgspec.structs import replace

from domain.addresses import Channel
from domain.consent.evidence import ConsentType, Evidence, hash_of
from domain.forms import Answer, Box, Snapshot, Visit
from domain.ids import ChallengeId
from domain.programs import Category


def evidence_of(answer: Answer, box: Box, confirmed: Visit, challenge: ChallengeId) -> Evidence:
    """Of one box that was ticked. What it claims was disclosed stands beside every box of ours: opt_in.html."""
    shown, texting = answer.shown, box.channel is Channel.SMS
    told = Evidence(
        type=_type(box),
        source="first_party",
        medium="web_form",
        affirmative_act="checkbox_checked",
        disclosure_text_verbatim=box.words,
        disclosure_version=str(box.disclosure_version),
        language=box.locale,
        purpose=box.purpose,
        sellers_named=(shown.brand,),
        not_condition_of_purchase_disclosed=True,
        autodialer_disclosed=texting,
        rates_disclosed=True if texting else None,
        phone_in_record=True if texting else None,
        request_sender_name=shown.sender,
        request_mailing_address=shown.postal_address,
        request_contact=shown.support,
        postal_address_shown=True,
        withdrawal_statement=True,
        url=shown.url,
        form_id=f"{shown.form}@{shown.hash[:12]}",
        ip=answer.submitted.ip,
        user_agent=answer.submitted.user_agent,
        session_id=str(challenge),
        identity=answer.identity,
        doi_requested_at=answer.submitted.at,
        doi_confirmed_at=confirmed.at,
        doi_token_id=str(challenge),
        sms_handset_confirmed=texting,
    )
    snapshot = Snapshot(
        answer=answer, channel=box.channel, method="code" if texting else "link", confirmed=confirmed
    ).canonical
    return replace(told, snapshot=snapshot, snapshot_hash=hash_of(snapshot))


def _type(box: Box) -> ConsentType:
    if box.channel is Channel.EMAIL:
        return ConsentType.EMAIL_OPTIN
    return ConsentType.PEWC if box.category == Category.MARKETING else ConsentType.PEC
