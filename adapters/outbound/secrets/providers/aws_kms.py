"""AWS KMS: https://docs.aws.amazon.com/kms/latest/APIReference/. Credentials are found as AWS documents it."""

import base64
import binascii
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,  # noqa: A004 - its name there
    HTTPClientError,
    NoCredentialsError,
    PartialCredentialsError,
)

from adapters.outbound.secrets.providers.wrapped import KeyWrapper
from adapters.outbound.secrets.ring import RingUnusable

_ALTERED = (
    "it was wrapped with another key or for another installation, or the file was altered. Set OPTIN_KMS_KEY_ID and "
    "OPTIN_KEYS_INSTALLATION to what it was wrapped with, or restore the file"
)
_WHY = {
    "AccessDeniedException": "our credentials may not use it: allow kms:Encrypt and kms:Decrypt on the key",
    "NotFoundException": "there is no such key in this region: check OPTIN_KMS_KEY_ID and OPTIN_KMS_REGION",
    "DisabledException": "it is disabled: enable it in KMS",
    "KMSInvalidStateException": "it is on its way to deletion, or unavailable: cancel the deletion in KMS",
    "InvalidKeyUsageException": "it is not a key for encryption: make a symmetric one",
    "InvalidCiphertextException": _ALTERED,
    "IncorrectKeyException": _ALTERED,
    "UnrecognizedClientException": "AWS does not know our credentials",
    "ExpiredTokenException": "our credentials have run out",
}


class AwsKms(KeyWrapper):
    provider = "aws-kms"

    def __init__(
        self, key: str, installation: str, *, region: str = "", endpoint: str = "", patience: float = 5.0
    ) -> None:
        self.key = key
        self._context = {"application": "optin-manager", "installation": installation, "use": "key-ring"}
        self._region = region or None
        self._endpoint = endpoint or None
        self._config = Config(
            connect_timeout=patience, read_timeout=patience, retries={"mode": "standard", "total_max_attempts": 4}
        )

    def wrap(self, key: bytes) -> str:
        answer = self._call("encrypt", Plaintext=key)
        return base64.b64encode(answer["CiphertextBlob"]).decode()

    def unwrap(self, wrapped: str) -> bytes:
        try:
            blob = base64.b64decode(wrapped, validate=True)
        except (binascii.Error, ValueError):
            raise RingUnusable(f"KMS key {self.key!r} cannot open the key ring: {_ALTERED}.") from None
        return bytes(self._call("decrypt", CiphertextBlob=blob)["Plaintext"])

    def due(self) -> bool:
        return False

    def _call(self, what: str, **given: bytes) -> dict[str, Any]:
        """What AWS says in words is left out: it may repeat what was asked."""
        try:
            client = botocore.session.get_session().create_client(
                "kms", region_name=self._region, endpoint_url=self._endpoint, config=self._config
            )
            answer: dict[str, Any] = getattr(client, what)(KeyId=self.key, EncryptionContext=self._context, **given)
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            why = _WHY.get(code, f"AWS answers {code}")
            raise RingUnusable(f"KMS key {self.key!r} does not {what} the key ring's key: {why}.") from None
        except (NoCredentialsError, PartialCredentialsError):
            raise RingUnusable(
                "There are no credentials for AWS KMS: give this process a role, or AWS_ACCESS_KEY_ID and "
                "AWS_SECRET_ACCESS_KEY."
            ) from None
        except (ConnectionError, HTTPClientError) as error:
            raise RingUnusable(
                f"AWS KMS cannot be reached ({type(error).__name__}): check the network, OPTIN_KMS_REGION and "
                "OPTIN_KMS_ENDPOINT. Without it the key ring cannot be wrapped or unwrapped."
            ) from None
        except (BotoCoreError, ValueError) as error:
            raise RingUnusable(
                f"AWS KMS cannot be called ({type(error).__name__}): check OPTIN_KMS_REGION, OPTIN_KMS_ENDPOINT and "
                "the configuration of AWS."
            ) from None
        return answer
