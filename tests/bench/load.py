"""A client that costs as little as it can: kept connections, requests made beforehand, only the status read."""

import asyncio
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

import msgspec

from application.messages.drafting import SendMessage


class Connection(asyncio.Protocol):
    def __init__(self) -> None:
        self._answer: asyncio.Future[int] | None = None
        self._seen = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._seen += data
        head, found, body = self._seen.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        if len(body) >= length and self._answer is not None:
            self._seen = b""
            answer, self._answer = self._answer, None
            answer.set_result(int(head.split(b" ", 2)[1]))

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionError("closed"))

    async def ask(self, request: bytes) -> int:
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)  # type: ignore[attr-defined]
        return await self._answer


def requests(path: str, key: str, commands: Sequence[SendMessage]) -> list[bytes]:
    made = []
    for command in commands:
        body = msgspec.json.encode(
            {
                "to": command.to,
                "channel": "sms",
                "program": command.program,
                "content": {"text": command.content.text if command.content else ""},
            }
        )
        made.append(
            b"POST %b HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer %b\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n%b" % (path.encode(), key.encode(), len(body), body)
        )
    return made


async def connect(url: str, count: int) -> list[Connection]:
    target = urlsplit(url)
    loop = asyncio.get_running_loop()
    pairs = [await loop.create_connection(Connection, target.hostname, target.port) for _ in range(count)]
    return [connection for _, connection in pairs]


async def flood(url: str, made: Sequence[bytes], *, clients: int, seconds: float, answer: int = 201) -> float:
    """Accepted per second by so many clients that each wait for their answer. Any other answer is an error."""
    connections = await connect(url, clients)
    over = time.perf_counter() + seconds
    done = 0

    async def one(connection: Connection, place: int) -> None:
        nonlocal done
        while time.perf_counter() < over:
            status = await connection.ask(made[place % len(made)])
            if status != answer:
                raise RuntimeError(f"The server answered {status}.")
            place += clients
            done += 1

    start = time.perf_counter()
    await asyncio.gather(*(one(connection, place) for place, connection in enumerate(connections)))
    return done / (time.perf_counter() - start)


async def steady(url: str, made: Sequence[bytes], *, rate: int, seconds: int) -> list[float]:
    """How long each took, when they come at that rate whatever the answers do."""
    connections = await connect(url, 20)
    free: asyncio.Queue[Connection] = asyncio.Queue()
    for connection in connections:
        free.put_nowait(connection)
    took: list[float] = []

    async def one(request: bytes, due: float) -> None:
        connection = await free.get()
        if await connection.ask(request) == 201:
            took.append(time.perf_counter() - due)
        free.put_nowait(connection)

    start = time.perf_counter()
    tasks = []
    for number in range(rate * seconds):
        due = start + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(one(made[number % len(made)], due)))
    await asyncio.gather(*tasks)
    return took
