"""What a text to the US has to say about opting out, and the narrow texts that need no consent."""

from datetime import timedelta

from msgspec import Struct

from domain.compliance.case import Case
from domain.compliance.consents import covers_category, unproven
from domain.compliance.rules import Finding, Rule, rule
from domain.compliance.verdicts import Basis


@rule("US-TCPA-REV-05")
def no_single_way_to_opt_out(case: Case, rule: Rule) -> Finding | None:
    """The texts shown at opt-in are read by `lint_disclosure`."""
    if not case.content.exclusive_optout:
        return None
    return rule.bars("The message names one way to opt out as the only one.")


class _OneWay(Struct, frozen=True, kw_only=True):
    required_content: tuple[str, ...]


@rule("US-TCPA-REV-11", terms=_OneWay)
def senders_that_cannot_hear_say_so(case: Case, rule: Rule) -> Finding | None:
    if case.sender.two_way:
        return None
    content = case.content
    said = {"one_way_disclosure": content.one_way_disclosure, "alternative_optout": content.alternative_optout}
    missing = [what for what in rule.terms.required_content if not said.get(what, False)]
    if not missing:
        return None
    return rule.bars(
        "Replies are not read here, and the message does not say how else to opt out.", missing=", ".join(missing)
    )


class _Caps(Struct, frozen=True, kw_only=True):
    healthcare_cap: str

    @property
    def periods(self) -> dict[timedelta, int]:
        """Written as `1/day, 3/week`."""
        lengths = {"day": timedelta(days=1), "week": timedelta(weeks=1)}
        return {
            lengths[unit]: int(most)
            for most, _, unit in (part.strip().partition("/") for part in self.healthcare_cap.split(","))
        }


@rule("US-TCPA-EXEMPT-01", terms=_Caps)
def exempted_texts_meet_narrow_conditions(case: Case, rule: Rule) -> Finding | None:
    """Free to the person, in a program compliance has flagged, and rare; or with consent like any other text."""
    attempt = case.attempt
    if any(covers_category(grant, case.category) and not unproven(grant) for grant in case.grants):
        return rule.permits("The contact consented to these messages.")
    if not case.sender.free_to_end_user or attempt.program not in attempt.tenant.exempted_programs:
        return rule.asks(
            "The exemption needs a free-to-end-user sender and a program flagged for it.", program=attempt.program
        )
    sent = [send.at for send in attempt.recent_sends if send.category == case.category]
    for period, most in rule.terms.periods.items():
        if sum(1 for at in sent if case.at - period < at <= case.at) >= most:
            return rule.asks("The exemption allows no more messages in this period.", allowed=most, days=period.days)
    return rule.permits("The message is free to the person and within the exemption.", basis=Basis.EXEMPTION)
