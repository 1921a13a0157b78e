"""A Vault of our own on loopback: the documented API of transit, tokens and Kubernetes logins, with real encryption.

https://developer.hashicorp.com/vault/api-docs/secret/transit, …/auth/token, …/auth/kubernetes
"""

import base64
import json
import os
import secrets
from collections.abc import Callable
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NAMESPACE = "acme/production"
JWT = "the-pods-own-word"
ROLE = "optin"
LEASE = 3600


class Refused(Exception):
    def __init__(self, status: int, *errors: str) -> None:
        super().__init__(status)
        self.status, self.errors = status, errors


class Vault:
    def __init__(self) -> None:
        self.keys = {"optin": {1: AESGCM.generate_key(256)}}
        self.tokens: dict[str, int] = {}
        self.asked: list[str] = []
        self.sealed = False
        # What goes wrong before an answer: taken from here, one for each request.
        self.troubles: list[int] = []
        self.silent = Event()
        self.ended = Event()

    def grant(self, lease: int = LEASE) -> str:
        token = "hvs." + secrets.token_urlsafe(24)
        self.tokens[token] = lease
        return token

    def revoke(self, token: str) -> None:
        del self.tokens[token]

    def rotate(self, key: str = "optin") -> None:
        versions = self.keys[key]
        versions[max(versions) + 1] = AESGCM.generate_key(256)

    def answer(self, path: str, token: str, namespace: str, body: dict) -> dict:
        self.asked.append(path)
        if self.sealed:
            raise Refused(503, "Vault is sealed")
        if self.troubles:
            raise Refused(self.troubles.pop(0), "not now")
        if namespace != NAMESPACE:
            raise Refused(404, "no handler for route")
        if path == "auth/kubernetes/login":
            return self._login(body)
        if token not in self.tokens:
            raise Refused(403, "permission denied")
        if path == "auth/token/renew-self":
            return self._renewed(token)
        mount, what, key = path.split("/")
        works: dict[str, Callable[[str, dict], dict]] = {"encrypt": self._encrypt, "decrypt": self._decrypt}
        if mount != "transit" or what not in works:
            raise Refused(404)
        return {"data": works[what](key, body)}

    def _login(self, body: dict) -> dict:
        if body != {"role": ROLE, "jwt": JWT}:
            raise Refused(403, "permission denied")
        token = self.grant()
        return {"auth": {"client_token": token, "lease_duration": self.tokens[token], "renewable": True}}

    def _renewed(self, token: str) -> dict:
        if not self.tokens[token]:
            raise Refused(400, "lease is not renewable")
        return {"auth": {"client_token": token, "lease_duration": self.tokens[token], "renewable": True}}

    def _encrypt(self, key: str, body: dict) -> dict:
        if key not in self.keys:
            raise Refused(400, "encryption key not found")
        version, nonce = max(self.keys[key]), os.urandom(12)
        sealed = AESGCM(self.keys[key][version]).encrypt(nonce, base64.b64decode(body["plaintext"]), None)
        return {"ciphertext": f"vault:v{version}:{base64.b64encode(nonce + sealed).decode()}", "key_version": version}

    def _decrypt(self, key: str, body: dict) -> dict:
        if key not in self.keys:
            raise Refused(400, "encryption key not found")
        try:
            _, version, text = body["ciphertext"].split(":")
            sealed = base64.b64decode(text, validate=True)
            plain = AESGCM(self.keys[key][int(version[1:])]).decrypt(sealed[:12], sealed[12:], None)
        except (ValueError, KeyError, InvalidTag):
            raise Refused(400, "cipher: message authentication failed") from None
        return {"plaintext": base64.b64encode(plain).decode()}


class _Answers(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        vault: Vault = self.server.vault
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if vault.silent.is_set():
            vault.ended.wait()
            return
        token, namespace = self.headers.get("X-Vault-Token", ""), self.headers.get("X-Vault-Namespace", "")
        try:
            status, answer = 200, vault.answer(self.path.removeprefix("/v1/"), token, namespace, body)
        except Refused as refused:
            status, answer = refused.status, {"errors": list(refused.errors)}
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        if status == 307:
            self.send_header("Location", "http://127.0.0.1:8200/v1/elsewhere")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_) -> None:
        """Quiet."""


@contextmanager
def vault_on_loopback(context=None):
    vault = Vault()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.vault = vault
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    vault.address = f"http{'s' if context else ''}://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield vault
    finally:
        vault.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()
