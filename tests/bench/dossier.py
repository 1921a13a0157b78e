"""The dossier of a contact with a thousand messages that went out, to its last byte, and the verifier it carries."""

import subprocess
import sys
import tempfile
import time
import zipfile
from io import BytesIO
from pathlib import Path
from statistics import median

from application.audit.seal_logs import SealLogs
from application.messages.dispatch import Dispatch
from application.messages.drafting import SendMessage
from application.messages.send_with_consent import Receipt, SendWithConsent
from application.proof.make_dossier import DossierWanted, MakeDossier
from domain.addresses import Channel
from domain.messages import Content
from tests.bench.product import BY, TEXT, address, fill, product
from tests.bench.report import Report

_MESSAGES, _OTHERS, _ROUNDS = 1_000, 5_000, 5


def run(report: Report) -> None:
    with product() as made:
        seconds, size, data = made.run(_measured)
    report.at_most(f"dossier of {_MESSAGES:,} messages, {size // 1000} kB", seconds, 2, " s")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "dossier.zip"
        file.write_bytes(data)
        zipfile.ZipFile(file).extract("verify.py", folder)
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-I", "-S", "verify.py", "dossier.zip"], cwd=folder, check=True, stdout=subprocess.DEVNULL
        )
        report.at_most("verifying it with Python alone", time.perf_counter() - start, 10, " s")


async def _measured(_, use_cases) -> tuple[float, int, bytes]:
    """Among the messages and checkpoints of others."""
    await fill(use_cases, 0, _OTHERS)
    for start in range(0, _MESSAGES, 500):
        sent = [_message(number) for number in range(start, start + 500)]
        receipts = await use_cases[SendWithConsent](sent, BY)
        assert all(isinstance(one, Receipt) for one in receipts), receipts[0]
    while await use_cases[Dispatch]():
        pass
    while await use_cases[SealLogs]():
        pass
    seconds, data = [], b""
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        wanted = DossierWanted(address=address(0), reason="bench")
        data = b"".join([chunk async for chunk in await use_cases[MakeDossier](wanted, BY)])
        seconds.append(time.perf_counter() - start)
    written = zipfile.ZipFile(BytesIO(data)).read("messages.jsonl")
    assert written.count(b"\n") == _MESSAGES
    return median(seconds), len(data), data


def _message(number: int) -> SendMessage:
    content = Content(text=f"{TEXT} {number}")
    return SendMessage(to=address(0), channel=Channel.SMS, program="order-updates", content=content)
