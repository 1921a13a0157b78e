"""A person with a past, and a dossier of it as whoever gets it opens it."""

import io
import json
import subprocess
import sys
import zipfile

from application.audit.seal_logs import SealLogs
from application.messages.dispatch import Dispatch
from tests.postgres.audit.books import all_is_to_be_had

ADDRESS = "+12125550101"
TEXT = "I agree to automated marketing texts from Acme. Not a condition of purchase."
CONSENT = {
    "address": ADDRESS,
    "program": "weekly-offers",
    "channel": "sms",
    "type": "PEWC",
    "evidence": {
        "source": "first_party",
        "medium": "web_form",
        "affirmative_act": "checkbox_checked",
        "disclosure_text_verbatim": TEXT,
        "language": "en-US",
        "url": "https://acme.example/join",
        "ip": "203.0.113.7",
        "identity": "Pat Doe",
        "not_condition_of_purchase_disclosed": True,
        "autodialer_disclosed": True,
        "sellers_named": ["acme"],
    },
}
WANTED = {"address": ADDRESS, "reason": "Complaint of Pat Doe to the FCC"}


class Opened:
    """A dossier, read."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = archive.namelist()
        self.files = {name: archive.read(name) for name in self.names}

    def json(self, name):
        return json.loads(self.files[name])

    def lines(self, name):
        return [json.loads(line) for line in self.files[name].splitlines()]


def packed(files):
    """As a ZIP, in the order given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def verified(tmp_path, data, *words):
    """By the verifier out of a dossier, in a Python that has nothing but its standard library."""
    (tmp_path / "dossier.zip").write_bytes(data)
    return _run(tmp_path, "dossier.zip", *words)


def verified_in(folder):
    """By the verifier that lies there."""
    return _run(folder)


def _run(folder, *words):
    done = subprocess.run(  # noqa: S603 - what this very test wrote
        [sys.executable, "-I", "-S", "verify.py", *words], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


async def sealed(process):
    await all_is_to_be_had(process.ports.database())
    await process.use_cases[SealLogs]()


async def dispatched(process):
    while await process.use_cases[Dispatch]():
        pass
