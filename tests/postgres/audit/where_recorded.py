"""For every use case there is, how what it does can be found afterwards. Whoever adds one says so here."""

from bootstrap.use_cases import USE_CASES

# What each leaves on the trail, tried one by one in `test_every_use_case.py`.
RECORDS = {
    "RevealTrail": "audit_record.revealed",
    "IssueApiKey": "api_key.issued",
    "RevokeApiKey": "api_key.revoked",
    "CreateSender": "sender.created",
    "ChangeSender": "sender.changed",
    "SetBranding": "sender.branded",
    "CreateProgram": "program.created",
    "ChangeProgram": "program.changed",
    "MoveProgram": "program.paused",
    "CreateTemplate": "template.created",
    "DraftVersion": "template.drafted",
    "PublishTemplate": "template.published",
    "CreateContact": "contact.created",
    "ChangeContact": "contact.changed",
    "RevealAddress": "address.revealed",
    "EraseContact": "contact.erased",
    "ExportContact": "contact.exported",
    "CreateCampaign": "campaign.created",
    "ChangeCampaign": "campaign.changed",
    "ArchiveCampaign": "campaign.archived",
    "CaptureConsents": "consent.captured",
    "AttestConsent": "consent.attested",
    "WithdrawConsents": "consent.withdrawn",
    "ProveConsent": "consent.proved",
    "CancelMessage": "message.cancelled",
    "RevealReply": "reply.revealed",
    "ResolveReply": "reply.resolved",
}

# What each leaves on the trail, where it takes more than one call to get there: tried by the tests of the feature.
# Here only that the words stand in the feature, and that the use case reaches the trail.
RECORDS_TRIED_ELSEWHERE = {
    "MakeDossier": "dossier.made",
    "ShowRestrictedEvidence": "evidence.opened",
    "TurnKeys": "key.rotated",
    "StartRetention": "retention.started",
    "RunRetention": "retention.ran",
    "PlaceHold": "hold.placed",
    "ReleaseHold": "hold.released",
    "MakeFirstAdmin": "operator.made_first",
    "InviteOperator": "operator.invited",
    "Invitations": "operator.invitation_withdrawn",
    "JoinOperators": "operator.joined",
    "SignIn": "operator.signed_in",
    "FinishSignIn": "operator.signed_in",
    "ArriveFromCompany": "operator.joined",
    "EndSession": "operator.session_ended",
    "StepUp": "operator.proven",
    "ProvePasskey": "operator.proven",
    "ChangePassword": "operator.password_changed",
    "AskForReset": "operator.reset_asked",
    "FinishReset": "operator.password_reset",
    "ConfirmCodes": "operator.codes_begun",
    "StopCodes": "operator.codes_stopped",
    "RenewRecoveryCodes": "operator.recovery_codes_renewed",
    "AddPasskey": "operator.passkey_added",
    "ChangeOperator": "operator.changed",
    "HelpOperator": "operator.factors_removed",
}

_READS = "reads what is masked or public, and changes nothing"
_SEALS = "makes the checkpoints, which are a record of their own"
_PERSON = "the person's own act: on the ledger with its evidence, or nothing lasting"
_JOURNAL = "a hot path: the message's journal says who asked, by which request, and each step after"
_MACHINE = "the product's own work on what others asked for: the journal or the ledger has each step"
_ASKS = "begins what is on the trail when it is done: a link, a question"

NOT_ON_THE_TRAIL = {
    "SealLogs": _SEALS,
    "AnchorRoots": _SEALS,
    "ReadTrail": _READS,
    "PlanRetention": _READS,
    "RetentionReports": _READS,
    "ListHolds": _READS,
    "WatchKeys": _READS,
    "LookAtKeys": _READS,
    "KnowSession": _READS,
    "SessionQueries": _READS,
    "OperatorQueries": _READS,
    "PreviewTemplate": _READS,
    "LookUpContact": _READS,
    "ConsentQueries": _READS,
    "ProgramNames": _READS,
    "CheckConsents": _READS,
    "MessageQueries": _READS,
    "ReplyQueries": _READS,
    "MakeFirstLink": _ASKS,
    "LeaveForCompany": _ASKS,
    "BeginCodes": _ASKS,
    "OfferPasskeys": _ASKS,
    "ConfirmConsent": _PERSON,
    "WithdrawPoint": _PERSON,
    "AskToConfirm": _PERSON,
    "LookAtLink": _PERSON,
    "ConfirmOptIn": _PERSON,
    "AskForCode": _PERSON,
    "TryCode": _PERSON,
    "ReadChoices": _PERSON,
    "ChangePreferences": _PERSON,
    "GiveReason": _PERSON,
    "ReceiveReply": _PERSON,
    "ReceiveMail": _PERSON,
    "TextBack": "only in the sandbox, in the place of the person",
    "SendWithConsent": _JOURNAL,
    "StartVerification": "a hot path: rationed and counted; the key stands in the evidence of what comes of it",
    "CheckVerification": "a hot path: the key stands in the evidence of what comes of it",
    "Dispatch": _MACHINE,
    "RecordDelivery": _MACHINE,
    "FindLost": _MACHINE,
    "ReleaseHeld": _MACHINE,
    "ExpireHeld": _MACHINE,
    "SendChallenges": _MACHINE,
    "ForgetChallenges": _MACHINE,
    "SettleErasures": _MACHINE,
}

KNOWN = {use_case.__name__: use_case for use_case in USE_CASES}
