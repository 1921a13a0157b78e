"""What to do about a refusal, in one plain sentence."""

from datetime import datetime

from domain.compliance.rules import Finding
from domain.compliance.verdicts import Stage, Verdict

_BY_STAGE: dict[Stage, str] = {
    Stage.SUPPRESSION: "Do not message this address; only the person can lift the block, by opting in again.",
    Stage.JURISDICTION: "Add what the strict rules for an unknown place ask for, or record where the contact lives.",
    Stage.ADDRESS: "Ask the contact for an address that can receive this channel.",
    Stage.REVOCATION: "Stop: the contact opted out. Only a new opt-in by the contact changes this.",
    Stage.CONSENT: "Ask the contact to opt in, and keep the evidence the rule names.",
    Stage.REGISTRY: "Do not contact this number without the contact's written agreement.",
    Stage.CONTENT: "Change the content as the rule asks, then send it again.",
    Stage.PROVIDER: "Put right what the provider or registration lacks, then send it again.",
}
_ASK = "Ask the contact to opt in, and keep the evidence the rule names."


def remedy_for(finding: Finding, until: datetime | None) -> str:
    if finding.remedy:
        return finding.remedy
    if finding.verdict is Verdict.DEFER:
        return f"Nothing to do: the message may go at {until:%Y-%m-%dT%H:%M:%SZ}." if until else "It cannot go as set."
    if finding.verdict is Verdict.NEED_OPT_IN and finding.rule.entry.stage is not Stage.JURISDICTION:
        return _ASK
    return _BY_STAGE.get(finding.rule.entry.stage, "Put right what the rule names, then send it again.")
