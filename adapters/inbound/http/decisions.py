from litestar import Controller, post
from litestar.params import JSONBody

from adapters.inbound.injected import Injected
from application.compliance.check_consent import CheckConsent, CheckConsents
from domain.access import Actor
from domain.compliance.decisions import Explanation

_EXAMPLE = {"to": "+12125550101", "channel": "sms", "program": "weekly-offers"}


class DecisionsController(Controller):
    path = "/api/v1/decisions"
    tags = ["decisions"]

    @post(status_code=200, opt={"example": _EXAMPLE})
    async def decide(
        self, data: JSONBody[CheckConsent], actor: Injected[Actor], check_consents: Injected[CheckConsents]
    ) -> Explanation:
        """What would happen to a message to this contact, and why; nothing is stored or sent."""
        return (await check_consents(data, actor)).explained()
