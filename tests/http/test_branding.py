"""How a sender's pages look, set over the API and seen by whoever opens one."""

import base64
from datetime import timedelta

import pytest

from tests.unit.branding.test_pictures import drawn

PLACE = "/api/v1/senders/acme/branding"
LOGO = drawn("PNG", (120, 40))


@pytest.fixture
async def looking(process, acme):
    """A page's look as the next visitor finds it, once what was remembered is forgotten."""

    async def look():
        process.clock.ahead += timedelta(seconds=6)
        return await process.ports.looks().of("acme")

    return look


async def test_a_sender_without_a_look_has_the_pages_own(api, acme, looking):
    found = await api.get(PLACE)
    assert found.json() == {
        "accent": "#1a56a8",
        "on_accent": "#ffffff",
        "accent_dark": "#8ebcf5",
        "on_accent_dark": "#0c1a2b",
        "background": "#f3f4f7",
        "logo": None,
    }
    look = await looking()
    assert (look.name, look.style, look.logo) == ("Acme Ltd", "", "")


async def test_colours_and_a_logo_are_kept_and_served(api, acme, looking):
    given = {"accent": "#7A1FA2", "background": "#faf5ff", "logo": base64.b64encode(LOGO + b"tail").decode()}
    answer = await api.put(PLACE, json=given)
    assert answer.status_code == 200, answer.text
    assert answer.json() == (await api.get(PLACE)).json()
    assert answer.json()["accent"] == "#7a1fa2"
    assert base64.b64decode(answer.json()["logo"]["data"]) == LOGO
    look = await looking()
    assert (look.width, look.height) == (120, 40)
    style, logo = await api.get(look.style), await api.get(look.logo)
    assert "--accent: #7a1fa2;" in style.text
    assert style.headers["content-type"] == "text/css; charset=utf-8"
    assert (logo.content, logo.headers["content-type"]) == (LOGO, "image/png")
    for file in (style, logo):
        assert file.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert file.headers["x-content-type-options"] == "nosniff"
        assert file.headers["content-security-policy"].startswith("default-src 'none'")


async def test_another_look_has_another_address_and_the_old_one_is_soon_out_of_date(api, acme, looking):
    await api.put(PLACE, json={"accent": "#7a1fa2"})
    old = await looking()
    await api.put(PLACE, json={"accent": "#14508c"})
    new = await looking()
    assert old.style != new.style
    answer = await api.get(old.style)
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert "#14508c" in answer.text


async def test_without_a_look_there_is_nothing_to_serve(api, acme):
    for path in ("acme/x.css", "acme/x.png", "nobody/x.css", "acme/..%2f..%2fx.css"):
        assert (await api.get(f"/pages/brands/{path}")).status_code == 404
    await api.put(PLACE, json={"accent": "#7a1fa2"})
    assert (await api.get("/pages/brands/acme/x.png")).status_code == 404


async def test_a_look_that_cannot_be_read_is_refused_with_everything_that_is_wrong(api, acme):
    answer = await api.put(PLACE, json={"accent": "#ffd500", "background": "#333"})
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["code"] == "branding-unusable"
    assert [error["field"] for error in problem["errors"]] == ["accent", "background"]
    assert "has a contrast of 1.42:1 and needs 3:1. Use #ad9100" in problem["errors"][0]["message"]
    assert (await api.get(PLACE)).json()["accent"] == "#1a56a8"


@pytest.mark.parametrize("logo", [base64.b64encode(b"<svg/>").decode(), "no base64!", 17, "", "A" * 900_000])
async def test_a_logo_that_is_none_is_refused(api, acme, logo):
    answer = await api.put(PLACE, json={"logo": logo})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["logo"]


async def test_setting_it_once_more_leaves_one_record(api, acme, process):
    for _ in range(2):
        await api.put(PLACE, json={"accent": "#7a1fa2"})
    assert await process.scalar("select count(*) from audit_records where action = 'sender.branded'") == 1


async def test_whoever_may_not_write_senders_may_not_dress_them(process, api, acme):
    issued = await process.issue("senders:read")
    headers = {"Authorization": f"Bearer {issued.secret}"}
    assert (await process.http.put(PLACE, json={}, headers=headers)).status_code == 403
    assert (await process.http.get(PLACE, headers=headers)).status_code == 200
    issued = await process.issue("programs:read")
    headers = {"Authorization": f"Bearer {issued.secret}"}
    assert (await process.http.get(PLACE, headers=headers)).status_code == 403


async def test_nobody_has_no_look(api):
    assert (await api.get("/api/v1/senders/nobody/branding")).status_code == 404
    assert (await api.put("/api/v1/senders/nobody/branding", json={})).status_code == 404
