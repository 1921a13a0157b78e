"""One event per line, as JSON, on standard output."""

import os

import msgspec
import structlog


def configure_logs() -> None:
    """Does nothing if logs are configured already."""
    if structlog.is_configured():
        return
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(serializer=lambda event, **_: msgspec.json.encode(event, enc_hook=repr)),
        ],
        logger_factory=structlog.BytesLoggerFactory(os.fdopen(1, "wb", closefd=False)),
        cache_logger_on_first_use=True,
    )
