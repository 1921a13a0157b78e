"""A phone that texts back through Twilio."""

import httpx

from application.consent.reading import ConsentQueries
from application.messages.follow_up import ExpireHeld, FindLost, ReleaseHeld
from application.replies.ports import Listed
from application.replies.review import ReplyQueries
from domain.addresses import Address
from tests.contracts.twilio_office import PAT, Office
from tests.contracts.twilio_server import ACCOUNT

ACME, INBOUND = "+12125550100", "/callbacks/twilio/inbound"
QUIET = b'<?xml version="1.0" encoding="UTF-8"?><Response/>'


class Phone(Office):
    """Pat's phone, and what Twilio makes of it."""

    texts = 0

    async def text(self, body: str, **more: str) -> httpx.Response:
        self.texts += 1
        return await self.call(INBOUND, self.form(body, **{"MessageSid": f"SM{self.texts:032x}", **more}))

    def form(self, body: str, **more: str) -> dict[str, str]:
        sid = more.get("MessageSid", f"SM{self.texts:032x}")
        return {
            "MessageSid": sid,
            "SmsMessageSid": sid,
            "AccountSid": ACCOUNT,
            "From": PAT,
            "To": ACME,
            "Body": body,
            "NumMedia": "0",
            "NumSegments": "1",
            "FromCountry": "US",
            **more,
        }

    async def settle(self) -> None:
        for kind in (ReleaseHeld, ExpireHeld, FindLost):
            await self.installation[kind]()
        await self.dispatch()

    async def standing(self) -> str:
        contact = await self.installation.ports.contact_queries().by_address(Address.parse(PAT), live=True)
        [standing] = await self.installation[ConsentQueries].of_contact(contact.id, self.installation.actor)
        return standing.consent.status

    async def entries(self) -> list[str]:
        return [row["status"] for row in await self.rows("select status from consent_entries order by position")]

    async def rows(self, query: str):
        database = self.installation.ports.database()
        async with database.transaction():
            return await database.connection.fetch(query)

    async def replies(self):
        return [seen.reply for seen in await self.installation[ReplyQueries].page(Listed(), self.installation.actor)]
