"""Whoever proves an address sees where it stands with every program, changes it, and leaves the proof."""

import pytest

from tests.forms.person import AGREED_BY_MAIL, Business, Person
from tests.installation import installation_on

PAT, PHONE = "pat@example.com", "+12125550101"


@pytest.fixture
async def business(database_url, tmp_path):
    business = Business(installation_on(database_url, tmp_path, public_url="https://optin.example"))
    await business.open()
    yield business
    await business.ports.carriers().close()
    await business.ports.wakeups().close()
    await business.ports.repeats().close()
    await business.ports.database().close()


@pytest.fixture
async def pat(business):
    person = Person(business)
    yield person
    await person.web.aclose()


async def test_who_proves_the_address_sees_every_program_of_it_and_since_when(business, pat):
    await business.agreed(PAT)
    await business.agreed(PAT, "shop-news")
    page = await pat.prove(PAT)
    assert page.status_code == 200, page.text
    assert "Weekly &lt;offers&gt;" in page.text
    assert "Shop news" in page.text
    assert "You agreed on November 23, 2026" in page.text
    assert "p***@example.com" in page.text
    assert PAT not in page.text
