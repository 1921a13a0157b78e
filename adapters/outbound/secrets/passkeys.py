"""Passkeys: W3C Web Authentication, by py_webauthn. The holder is there, and unlocked it (user verification)."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import msgspec
import webauthn
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from application.operators.ports import Authenticators, NewCredential, Offer
from domain.operators import Operator, Passkey

# What an answer that is not even well-formed makes the library stumble over.
_MALFORMED = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, IndexError)


class WebAuthnAuthenticators(Authenticators):
    def __init__(self, url: str, name: str) -> None:
        parts = urlsplit(url)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._host = parts.hostname or ""
        self._name = name

    def to_register(self, operator: Operator, known: Sequence[Passkey]) -> Offer:
        options = webauthn.generate_registration_options(
            rp_id=self._host,
            rp_name=self._name,
            user_id=operator.id.bytes,
            user_name=operator.email.value,
            user_display_name=operator.name,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
            ),
            exclude_credentials=[PublicKeyCredentialDescriptor(id=one.credential_id) for one in known],
        )
        return Offer(challenge=options.challenge, options=msgspec.json.decode(webauthn.options_to_json(options)))

    def registered(self, answer: dict[str, Any], challenge: bytes) -> NewCredential | None:
        try:
            verified = webauthn.verify_registration_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=self._host,
                expected_origin=self._origin,
                require_user_verification=True,
            )
        except _MALFORMED:
            return None
        return NewCredential(
            credential_id=verified.credential_id,
            public_key=verified.credential_public_key,
            sign_count=verified.sign_count,
        )

    def to_sign_in(self) -> Offer:
        options = webauthn.generate_authentication_options(
            rp_id=self._host, user_verification=UserVerificationRequirement.REQUIRED
        )
        return Offer(challenge=options.challenge, options=msgspec.json.decode(webauthn.options_to_json(options)))

    def named(self, answer: dict[str, Any]) -> bytes | None:
        said = answer.get("rawId")
        if not isinstance(said, str):
            return None
        try:
            return base64.b64decode(said + "=" * (-len(said) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None

    def proven(self, answer: dict[str, Any], challenge: bytes, passkey: Passkey) -> int | None:
        try:
            verified = webauthn.verify_authentication_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=self._host,
                expected_origin=self._origin,
                credential_public_key=passkey.public_key,
                credential_current_sign_count=passkey.sign_count,
                require_user_verification=True,
            )
        except _MALFORMED:
            return None
        return verified.new_sign_count
