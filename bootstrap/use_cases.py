"""Everything the application can do, one line each."""

import inspect
from collections.abc import Mapping
from typing import Any, TypeVar

from dependency_injector.containers import DeclarativeContainer

from adapters.inbound.forms.opt_in import AskTogether
from adapters.inbound.http.messages import SendTogether
from adapters.tracing import tracing
from application.access.keys import IssueApiKey, RevokeApiKey
from application.audit.reading import ReadTrail, RevealTrail
from application.audit.seal_logs import AnchorRoots, SealLogs
from application.branding.write import SetBranding
from application.campaigns.write import ArchiveCampaign, ChangeCampaign, CreateCampaign
from application.channels.senders import ChangeSender, CreateSender
from application.compliance.check_consent import CheckConsents
from application.consent.asking import Asking
from application.consent.attest import AttestConsent
from application.consent.capture import CaptureConsents
from application.consent.confirm import ConfirmConsent
from application.consent.reading import ConsentQueries, ProgramNames
from application.consent.reason import GiveReason
from application.consent.recording import Recording
from application.consent.withdraw import WithdrawConsents, WithdrawPoint
from application.contacts.parting import Parting
from application.contacts.reveal import RevealAddress
from application.contacts.write import ChangeContact, CreateContact, LookUpContact
from application.forms.confirm import ConfirmOptIn, LookAtLink
from application.forms.opt_in import AskToConfirm
from application.keys.look import LookAtKeys
from application.keys.retire import RetireKey
from application.keys.turn_keys import TurnKeys
from application.keys.watch_keys import WatchKeys
from application.mail_in.answers import MailAnswers
from application.mail_in.bounces import MailBounces
from application.mail_in.complaints import MailComplaints
from application.mail_in.programs import MailPrograms
from application.mail_in.receive import ReceiveMail
from application.mail_in.traces import MailTraces
from application.messages.dispatch import Dispatch
from application.messages.drafting import Drafting
from application.messages.follow_up import CancelMessage, ExpireHeld, FindLost, RecordDelivery, ReleaseHeld
from application.messages.notices import Notices
from application.messages.opt_in_request import OptInRequests
from application.messages.outcomes import Outcomes
from application.messages.queries import MessageQueries
from application.messages.send_with_consent import SendWithConsent
from application.operators.company import ArriveFromCompany, LeaveForCompany
from application.operators.joining import Invitations, InviteOperator, JoinOperators, MakeFirstAdmin, MakeFirstLink
from application.operators.mails import OperatorMails
from application.operators.passkeys import AddPasskey, OfferPasskeys, ProvePasskey
from application.operators.passwords import AskForReset, ChangePassword, FinishReset, PasswordRules
from application.operators.second_factors import (
    BeginCodes,
    ConfirmCodes,
    RenewRecoveryCodes,
    SecondFactors,
    StopCodes,
)
from application.operators.sessions import EndSession, KnowSession, SessionQueries, StepUp
from application.operators.sign_in import FinishSignIn, SignIn
from application.operators.sign_ins import SignIns
from application.operators.staff import ChangeOperator, HelpOperator, OperatorQueries
from application.operators.throttle import Throttle
from application.preferences.change import ChangePreferences
from application.preferences.choices import ReadChoices, Standings
from application.preferences.prove import AskForCode, TryCode
from application.privacy.erase import EraseContact, Erasing, SettleErasures
from application.privacy.export_contact import ExportContact, Exporting
from application.privacy.fulfil import CompleteRequest, ExportForRequest
from application.privacy.identify import CheckIdentity, SendIdentityCode
from application.privacy.limits import Limiting
from application.privacy.requests import AdvanceRequest, LiftRestriction, OpenRequest, RequestQueries
from application.privacy.restricted import ShowRestrictedEvidence
from application.programs.write import ChangeProgram, CreateProgram, MoveProgram
from application.proof.make_dossier import MakeDossier
from application.proof.prove_consent import ProveConsent
from application.proof.receipts import GiveReceipt
from application.replies.answering import Answering
from application.replies.effects import Effects
from application.replies.receive import ReceiveReply
from application.replies.review import ReplyQueries, ResolveReply, RevealReply
from application.replies.surroundings import LookAround
from application.replies.yes import Agreements
from application.retention.holds import ListHolds, PlaceHold, ReleaseHold
from application.retention.lapsing import Lapsing
from application.retention.plan import PlanRetention
from application.retention.run import RetentionReports, RunRetention, StartRetention
from application.retention.shelving import Shelving
from application.sandbox.text_back import TextBack
from application.settings.credentials import ReadCredentials, RemoveCredentials, SetCredentials, TestCredentials
from application.settings.watch_credentials import WatchCredentials
from application.templates.notice_texts import NoticeTexts
from application.templates.preview import PreviewTemplate
from application.templates.write import CreateTemplate, DraftVersion, PublishTemplate
from application.verification.housekeeping import ForgetChallenges
from application.verification.send_challenges import SendChallenges
from application.verification.verification import Verification
from application.verification.verify import CheckVerification, StartVerification
from bootstrap.spans import spanned

# Parts several use cases are made of, each before whoever names it.
PARTS: tuple[type, ...] = (
    Parting,
    Erasing,
    Lapsing,
    Shelving,
    Exporting,
    Recording,
    Drafting,
    NoticeTexts,
    Notices,
    Asking,
    Verification,
    Limiting,
    OptInRequests,
    Outcomes,
    Standings,
    Effects,
    WithdrawPoint,
    MailPrograms,
    MailTraces,
    MailBounces,
    MailComplaints,
    MailAnswers,
    LookAround,
    Agreements,
    Answering,
    ReceiveReply,
    Throttle,
    SignIns,
    SecondFactors,
    PasswordRules,
    OperatorMails,
)

USE_CASES: tuple[type, ...] = (
    # audit
    SealLogs,
    AnchorRoots,
    ReadTrail,
    RevealTrail,
    # keys
    WatchKeys,
    TurnKeys,
    LookAtKeys,
    WatchCredentials,
    ReadCredentials,
    SetCredentials,
    RemoveCredentials,
    TestCredentials,
    RetireKey,
    # access
    IssueApiKey,
    RevokeApiKey,
    # operators
    MakeFirstLink,
    MakeFirstAdmin,
    InviteOperator,
    Invitations,
    JoinOperators,
    SignIn,
    FinishSignIn,
    LeaveForCompany,
    ArriveFromCompany,
    KnowSession,
    SessionQueries,
    EndSession,
    StepUp,
    ChangePassword,
    AskForReset,
    FinishReset,
    BeginCodes,
    ConfirmCodes,
    StopCodes,
    RenewRecoveryCodes,
    OfferPasskeys,
    AddPasskey,
    ProvePasskey,
    OperatorQueries,
    ChangeOperator,
    HelpOperator,
    # channels, programs, templates
    CreateSender,
    ChangeSender,
    SetBranding,
    CreateProgram,
    ChangeProgram,
    MoveProgram,
    CreateTemplate,
    DraftVersion,
    PublishTemplate,
    PreviewTemplate,
    # contacts, campaigns
    CreateContact,
    ChangeContact,
    LookUpContact,
    RevealAddress,
    CreateCampaign,
    ChangeCampaign,
    ArchiveCampaign,
    # consent
    CaptureConsents,
    AttestConsent,
    ConfirmConsent,
    WithdrawConsents,
    WithdrawPoint,
    ConsentQueries,
    ProgramNames,
    CheckConsents,
    ProveConsent,
    MakeDossier,
    GiveReceipt,
    # forms
    AskToConfirm,
    LookAtLink,
    ConfirmOptIn,
    # preferences
    AskForCode,
    TryCode,
    ReadChoices,
    ChangePreferences,
    GiveReason,
    # messages
    SendWithConsent,
    CancelMessage,
    MessageQueries,
    Dispatch,
    RecordDelivery,
    FindLost,
    ReleaseHeld,
    ExpireHeld,
    # replies
    ReceiveReply,
    ReplyQueries,
    RevealReply,
    ResolveReply,
    TextBack,
    ReceiveMail,
    # privacy
    EraseContact,
    ExportContact,
    SettleErasures,
    ShowRestrictedEvidence,
    OpenRequest,
    AdvanceRequest,
    SendIdentityCode,
    CheckIdentity,
    CompleteRequest,
    ExportForRequest,
    LiftRestriction,
    RequestQueries,
    # retention
    PlanRetention,
    StartRetention,
    RunRetention,
    RetentionReports,
    PlaceHold,
    ReleaseHold,
    ListHolds,
    # verification
    StartVerification,
    CheckVerification,
    SendChallenges,
    ForgetChallenges,
)

T = TypeVar("T")


def build(use_case: type[T], ports: DeclarativeContainer, parts: Mapping[str, Any]) -> T:
    """Fill a use case's fields from the parts and providers of the same names; the others keep their defaults."""
    wanted = inspect.signature(use_case).parameters.values()
    return use_case(
        **{
            parameter.name: parts[parameter.name] if parameter.name in parts else getattr(ports, parameter.name)()
            for parameter in wanted
            if parameter.name in parts or parameter.name in ports.providers
        }
    )


def build_use_case(use_case: type[T], ports: DeclarativeContainer, parts: Mapping[str, Any]) -> T:
    """Its calls are spans where traces are wanted, and nothing is around it where they are not."""
    return build(spanned(use_case, snake(use_case)) if tracing.on else use_case, ports, parts)


def build_all(ports: DeclarativeContainer) -> dict[type, Any]:
    parts: dict[str, Any] = {}
    for part in PARTS:
        parts[snake(part)] = build(part, ports, parts)
    built: dict[type, Any] = {use_case: build_use_case(use_case, ports, parts) for use_case in USE_CASES}
    return {**built, SendTogether: SendTogether(built[SendWithConsent]), AskTogether: AskTogether(built[AskToConfirm])}


def snake(kind: type) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in kind.__name__).lstrip("_")
