"""Every process looks again and again at what is stored, and sends by it."""

from dataclasses import dataclass

from application.ports import Transaction
from application.settings.ports import CarrierSettings, CredentialStore
from domain.addresses import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchCredentials:
    credentials: CredentialStore
    carrier_settings: CarrierSettings
    transaction: Transaction

    async def __call__(self) -> None:
        """What cannot be read holds its messages back: they are neither lost nor taken for test messages."""
        async with self.transaction():
            found = await self.credentials.every()
        for channel in Channel:
            stored = found.get(channel)
            if channel in found and stored is None:
                await self.carrier_settings.suspend(channel)
            else:
                await self.carrier_settings.use(channel, stored.credentials if stored else None)
