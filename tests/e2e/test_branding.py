"""A sender's own colours and logo, seen."""

from io import BytesIO

import pytest
from PIL import Image

from application.branding.write import NewBranding, SetBranding
from application.channels.senders import CreateSender, NewSender
from domain.access import SYSTEM
from domain.branding.pictures import MOST_BYTES
from tests.e2e.browser import DESK

pytestmark = pytest.mark.anyio


@pytest.fixture
def logo():
    """As heavy as one may be, or nearly."""
    file = BytesIO()
    Image.effect_noise((360, 160), 60).save(file, "JPEG", quality=40)
    assert MOST_BYTES * 2 // 3 < len(file.getvalue()) < MOST_BYTES
    return file.getvalue()


async def test_pages_look_like_their_senders_and_stay_small_and_readable(chromium, product, logo):
    florist = NewSender(
        slug="florist",
        legal_name="Mary's Flowers",
        postal_address="2 Main St, Springfield, IL 62701, US",
        support="https://florist.example/help",
        sms_from="+12125550198",
        email_from="mary@florist.example",
        terms_url="https://florist.example/terms",
        privacy_url="https://florist.example/privacy",
    )
    await product[CreateSender](florist, SYSTEM)
    await product[SetBranding]("florist", NewBranding(accent="#a3195b", background="#fff5f9", logo=logo), SYSTEM)
    await product.add_program("bouquets", "Bouquets", sender="florist")
    async with chromium.visit() as visit:
        visit.name = "branded"
        await visit.open("/f/bouquets")
        assert await visit.weight() < 50_000
        assert visit.elsewhere() == []
        assert visit.said == []
        button = visit.page.get_by_role("button", name="Sign up")
        assert await button.evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(163, 25, 91)"
        shown = visit.page.get_by_role("img", name="Mary's Flowers")
        assert await shown.evaluate("one => one.complete && one.naturalWidth") == 360
        for scheme in ("light", "dark"):
            await visit.page.emulate_media(color_scheme=scheme)
            assert await visit.violations() == []
            await visit.picture(f"390-{scheme}")
        await visit.resize(*DESK)
        await visit.page.emulate_media(color_scheme="light")
        await visit.picture("1280-light")
        ground = "getComputedStyle(document.body).backgroundColor"
        assert await visit.page.evaluate(ground) == "rgb(255, 245, 249)"
