"""Codes of an authenticator app: TOTP (RFC 6238), six digits, thirty seconds, SHA-1, as every app has it."""

import base64
import hmac
import secrets
from datetime import datetime

import pyotp
import segno

from application.operators.ports import Codes

_STEP = 30
_SECRET_BYTES = 20
_DIGITS = 6


class AppCodes(Codes):
    def __init__(self, name: str) -> None:
        self._name = name

    def new_secret(self) -> bytes:
        return secrets.token_bytes(_SECRET_BYTES)

    def address(self, secret: bytes, account: str) -> str:
        return _totp(secret).provisioning_uri(name=account, issuer_name=self._name)

    def picture(self, address: str) -> str:
        return str(segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=4))

    def step(self, secret: bytes, code: str, now: datetime) -> int | None:
        """A clock may be one step off. All three are compared, so that the time tells nothing."""
        current, found = int(now.timestamp()) // _STEP, None
        for step in (current - 1, current, current + 1):
            if hmac.compare_digest(_totp(secret).generate_otp(step).encode(), code.encode("utf-8", "replace")):
                found = step
        return found


def _totp(secret: bytes) -> pyotp.TOTP:
    return pyotp.TOTP(base64.b32encode(secret).decode(), digits=_DIGITS, interval=_STEP)
