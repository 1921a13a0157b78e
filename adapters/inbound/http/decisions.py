from typing import Any

from litestar import Controller, post
from litestar.params import JSONBody
from msgspec import Struct

from adapters.inbound.injected import Injected
from application.compliance.check_consent import CheckConsent, CheckConsents
from domain.access import Actor, Permission
from domain.compliance.decisions import Explanation
from domain.compliance.vectors.answers import answer
from domain.compliance.vectors.reading import shipped_fixtures, with_fixtures

_EXAMPLE = {"to": "+12125550101", "channel": "sms", "program": "weekly-offers"}
_CASE = {
    "given": {
        "contact": {"phone": "+12125550101", "declared": {"country": "US", "region": "NY", "tz": "America/New_York"}},
        "consents": ["fx:pewc_promo"],
    },
    "when": {
        "action": "evaluate_send",
        "channel": "sms",
        "category": "marketing",
        "program": "promo",
        "at": "2026-11-24T02:00:00Z",
    },
}


class Case(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One policy vector without its expectation."""

    given: dict[str, Any] = {}
    when: dict[str, Any]


class DecisionsController(Controller):
    path = "/api/v1/decisions"
    tags = ["decisions"]

    @post(status_code=200, opt={"permission": Permission.READ_CONSENT, "example": _EXAMPLE})
    async def decide(
        self, data: JSONBody[CheckConsent], actor: Injected[Actor], check_consents: Injected[CheckConsents]
    ) -> Explanation:
        """What would happen to a message to this contact, and why; nothing is stored or sent."""
        return (await check_consents(data, actor)).explained()

    @post("/simulate", status_code=200, opt={"permission": Permission.READ_CONSENT, "example": _CASE})
    async def simulate(self, data: JSONBody[Case], actor: Injected[Actor]) -> dict[str, Any]:
        """What would happen in a case made up: `given` and `when` of one policy vector, answered as its `expect`."""
        actor.must(Permission.READ_CONSENT)
        known = shipped_fixtures()
        found = answer(with_fixtures(data.given, known), with_fixtures(data.when, known))
        return {**found.actual, "unread": list(found.unread), "explanation": found.explanation}
