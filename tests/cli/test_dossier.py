"""A dossier as whoever sits at the machine gets it."""

import asyncio
import stat
import subprocess
import sys
import zipfile

import pytest

from application.contacts.write import CreateContact, NewContact
from domain.access import SYSTEM
from tests.installation import installation_on


@pytest.fixture
def pat(optin, database_url, ring, tmp_path):
    """A contact."""
    assert optin("migrate").returncode == 0

    async def create():
        installed = installation_on(database_url, tmp_path, ring)
        await installed[CreateContact](NewContact(addresses=("+12125550101",)), SYSTEM)
        await installed.ports.database().close()

    asyncio.run(create())


def test_of_an_address_nobody_has_there_is_none_and_no_file_is_left(optin, tmp_path):
    answer = optin("dossier", "+12125550199", "complaint.zip", "--reason", "complaint 17")
    assert (answer.returncode, "Nothing is on record" in answer.stderr) == (1, True)
    assert list(tmp_path.glob("complaint.zip*")) == []


def test_without_a_reason_there_is_none(optin, tmp_path):
    answer = optin("dossier", "+12125550101", "complaint.zip")
    assert answer.returncode != 0
    assert not (tmp_path / "complaint.zip").exists()


def test_it_is_written_for_its_owner_alone_and_verifies_itself(optin, pat, tmp_path):
    answer = optin("dossier", "+12125550101", "complaint.zip", "--reason", "complaint 17")
    assert answer.returncode == 0, answer.stderr
    file = tmp_path / "complaint.zip"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    zipfile.ZipFile(file).extract("verify.py", tmp_path)
    verified = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", "complaint.zip"], cwd=tmp_path, capture_output=True, check=False
    )
    assert verified.returncode == 0, verified.stdout


def test_where_it_cannot_be_written_it_says_so_in_one_line(optin, pat):
    answer = optin("dossier", "+12125550101", "no/such/folder.zip", "--reason", "complaint 17")
    assert (answer.returncode, "cannot be written" in answer.stderr, "Traceback" in answer.stderr) == (1, True, False)
