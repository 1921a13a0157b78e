from uuid import UUID

from litestar import Controller, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from adapters.inbound.injected import Injected
from application.verification.verification import Started
from application.verification.verify import Attempt, CheckVerification, NewVerification, StartVerification
from domain.access import Actor, Permission
from domain.verification.challenge import Status

PATH = "/api/v1/verifications"
_EXAMPLE = {"address": "+12125550101", "purpose": "confirm_address", "locale": "en-US", "ip": "203.0.113.7"}


class VerificationStatus(Struct, frozen=True, kw_only=True):
    status: Status


class VerificationsController(Controller):
    path = PATH
    tags = ["verifications"]

    @post(status_code=202, opt={"permission": Permission.WRITE_VERIFICATIONS, "example": _EXAMPLE})
    async def start_verification(
        self,
        data: JSONBody[NewVerification],
        actor: Injected[Actor],
        start_verification: Injected[StartVerification],
        seed: Injected[UUID | None],
    ) -> Started:
        """Send a code to an address. The answer is the same whether or not one is sent. `purpose` is a word of yours
        for what the code is for; by mail one that confirms the address. Asking again voids the code before, and
        waits: half a minute at first, then longer.
        """
        return await start_verification(data, actor, seed=seed)

    @post(
        "/{verification_id:uuid}/check",
        status_code=200,
        opt={"permission": Permission.WRITE_VERIFICATIONS, "example": {"code": "048213"}},
    )
    async def check_verification(
        self,
        verification_id: FromPath[UUID],
        data: JSONBody[Attempt],
        actor: Injected[Actor],
        check_verification: Injected[CheckVerification],
    ) -> VerificationStatus:
        """Check what the person typed: five tries, and right only once. `pending` is a wrong code, `used` one that was
        approved before; after `expired` and `locked` start another.
        """
        return VerificationStatus(status=await check_verification(verification_id, data, actor))
