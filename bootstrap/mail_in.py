"""The listener for mail, in whichever process the settings give it to."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from dependency_injector.containers import DeclarativeContainer

from adapters.inbound.mail.listener import AlreadyListening, Bind, MailListener
from application.mail_in.receive import ReceiveMail
from bootstrap.logs import configure_logs
from bootstrap.settings import SettingsUnusable


def listening(
    ports: DeclarativeContainer, use_cases: Mapping[type, Any]
) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """A lifespan that takes mail in. Raises SettingsUnusable where it cannot listen."""

    @asynccontextmanager
    async def running(_: Any) -> AsyncIterator[None]:
        settings = ports.settings()
        if not settings.lmtp_bind:
            yield
            return
        configure_logs()
        listener = MailListener(
            receive_mail=use_cases[ReceiveMail], mail_tokens=ports.mail_tokens(), domain=settings.mail_domain
        )
        try:
            open_ = await listener.start(Bind.parse(settings.lmtp_bind))
        except (OSError, AlreadyListening) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise SettingsUnusable(f"OPTIN_LMTP_BIND cannot be listened at: {reason}") from None
        except ValueError:
            raise SettingsUnusable("OPTIN_LMTP_BIND is host:port or the path of a socket.") from None
        try:
            yield
        finally:
            await open_.close()

    return running
