"""Mail to a local SMTP sink: the carrier beside a bare loop of the same client, and beside the signing limit."""

import asyncio
import multiprocessing
import time
from datetime import UTC, datetime

import aiosmtplib
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from adapters.outbound.email.connection import SmtpServer
from adapters.outbound.email.dkim import DkimSigner
from adapters.outbound.email.smtp import SmtpCarrier
from adapters.outbound.system.clock import SystemClock
from application.messages.carriers import Outgoing
from domain.addresses import Address, Channel
from domain.ids import MessageId, new_id
from domain.messages import Content
from tests.bench.report import Report
from tests.unit.compliance.acme import ACME

_COUNT, _CONNECTIONS = 6_000, 10
_NOON = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


def run(report: Report) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    signer = DkimSigner(domain="acme.example", selector="bench", pem=pem)
    with Sink() as port:
        bare = asyncio.run(_bare(port))
        report.rate(
            "mail, unsigned (floor: a bare loop of the client)", asyncio.run(_carried(port, ())), floor=bare, ratio=0.6
        )
        signing = _signing(key)
        signed = asyncio.run(_carried(port, (signer,)))
        report.rate("mail, DKIM RSA-2048 (floor: signing alone)", signed, floor=signing, ratio=0.6)


def _signing(key: rsa.RSAPrivateKey) -> float:
    start, count = time.perf_counter(), 0
    while time.perf_counter() - start < 2:
        key.sign(b"x" * 400, padding.PKCS1v15(), SHA256())
        count += 1
    return count / (time.perf_counter() - start)


async def _bare(port: int) -> float:
    text = b"From: a@acme.example\r\nTo: b@example.com\r\nSubject: x\r\n\r\n" + b"x" * 60 + b"\r\n"

    async def loop(count: int) -> None:
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False, use_tls=False)
        await client.connect()
        for _ in range(count):
            await client.sendmail("a@acme.example", ["b@example.com"], text)
        await client.quit()

    start = time.perf_counter()
    await asyncio.gather(*(loop(_COUNT // _CONNECTIONS) for _ in range(_CONNECTIONS)))
    return _COUNT / (time.perf_counter() - start)


async def _carried(port: int, signers: tuple[DkimSigner, ...]) -> float:
    server = SmtpServer(host="127.0.0.1", port=port, security="none", connections=_CONNECTIONS)
    carrier = SmtpCarrier(server, SystemClock(), signers)
    outgoing = [
        Outgoing(
            message_id=MessageId(new_id(_NOON)),
            channel=Channel.EMAIL,
            to=Address(f"person{number}@example.com", Channel.EMAIL),
            sender=ACME,
            content=Content(text="Your order has shipped.", subject="Your order", html="<p>Your order has shipped."),
        )
        for number in range(_COUNT)
    ]
    start = time.perf_counter()
    for first in range(0, _COUNT, 250):
        await asyncio.gather(*(carrier.send(one) for one in outgoing[first : first + 250]))
    took = time.perf_counter() - start
    await carrier.close()
    return _COUNT / took


class Sink:
    """A process that says yes to every mail."""

    def __enter__(self) -> int:
        here, there = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=_swallow, args=(there,), daemon=True)
        self._process.start()
        port: int = here.recv()
        return port

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.join()


def _swallow(port) -> None:
    class Swallow(asyncio.Protocol):
        def connection_made(self, transport):
            self._out, self._mail, self._seen = transport, False, b""
            transport.write(b"220 sink\r\n")

        def data_received(self, data):
            self._seen += data
            while True:
                if self._mail:
                    if b"\r\n.\r\n" not in self._seen:
                        return
                    self._seen = self._seen.partition(b"\r\n.\r\n")[2]
                    self._mail = False
                    self._out.write(b"250 taken\r\n")
                line, end, rest = self._seen.partition(b"\r\n")
                if not end:
                    return
                self._seen = rest
                self._say(line[:4].upper())

        def _say(self, verb):
            if verb == b"DATA":
                self._mail = True
                self._out.write(b"354 go on\r\n")
            elif verb == b"EHLO":
                self._out.write(b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n")
            elif verb == b"QUIT":
                self._out.write(b"221 bye\r\n")
                self._out.close()
            else:
                self._out.write(b"250 yes\r\n")

    async def serve():
        server = await asyncio.get_running_loop().create_server(Swallow, "127.0.0.1", 0)
        port.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())
