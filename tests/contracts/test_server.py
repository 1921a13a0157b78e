"""What the server that reads HTTP for us lets through, and what never reaches us."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

_SERVE = """
import sys
from granian import Granian
from granian.constants import Interfaces
from bootstrap.cli import HTTP

Granian("tests.contracts.test_server:echo", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.ASGI,
        http1_settings=HTTP, websockets=False, log_enabled=False).serve()
"""
_HOST = b"Host: optin.example\r\nConnection: close\r\n"


async def echo(scope, receive, send):
    """Says what it took for the request."""
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": f"{scope['method']} {scope['path']}".encode()})


@pytest.fixture(scope="module")
def ask():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def asked(raw):
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.sendall(raw)
            answer = b""
            while part := connection.recv(65536):
                answer += part
        return answer

    def until_it_listens():
        for _ in range(100_000):
            assert server.poll() is None
            try:
                return asked(b"GET / HTTP/1.1\r\n" + _HOST + b"\r\n")
            except ConnectionRefusedError:
                continue
        raise AssertionError("The server does not listen.")

    program = [sys.executable, "-c", _SERVE, str(port)]
    with subprocess.Popen(program, cwd=Path(__file__).parents[2]) as server:  # noqa: S603
        try:
            assert until_it_listens().endswith(b"GET /")
            yield asked
        finally:
            server.terminate()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (b"".join(b"X-%d: 1\r\n" % number for number in range(120)), b"431"),
        (b"X: " + b"a" * 80_000 + b"\r\n", b"431"),
        (b"Content-Length: 5\r\nContent-Length: 6\r\n", b"400"),
        (b"Content-Length: +5\r\n", b"400"),
        (b"Content-Length: -1\r\n", b"400"),
        (b"Content-Length : 5\r\n", b"400"),
        (b"Transfer-Encoding: xchunked\r\n", b"400"),
        (b"X: a\r\n b\r\n", b"400"),
    ],
)
def test_what_two_servers_could_read_in_two_ways_is_refused(ask, headers, status):
    assert ask(b"POST /api/v1/senders HTTP/1.1\r\n" + _HOST + headers + b"\r\nhello!").split(b" ")[1] == status
