"""Retention over HTTP: what would go, what is held, and who may say so."""

from uuid import uuid4

import pytest

from tests.http.conftest import made

PLAN, RUNS, HOLDS = (f"/api/v1/retention/{what}" for what in ("plan", "runs", "holds"))


async def test_the_plan_names_every_class_with_its_period_and_rule(api):
    answer = await api.get(PLAN)
    assert answer.status_code == 200, answer.text
    classes = {one["record_class"]: one for one in answer.json()["classes"]}
    assert classes["messages"]["period"] == "P6Y"
    assert classes["messages"]["rule"] == "PII-09"
    assert classes["suppressions"]["doer"] == "nobody"
    assert all(one["basis"] for one in classes.values())


async def test_a_hold_is_placed_listed_and_released_once(api):
    placed = await made(api, HOLDS, {"on": "everything", "reason": "Smith v. Acme"})
    assert (await api.get(PLAN)).json()["on_hold"]
    path = f"{HOLDS}/{placed['id']}/actions/release"
    released = await api.post(path, json={"reason": "Settled"})
    assert released.status_code == 200
    assert released.json()["released_by"].startswith("key:")
    assert (await api.post(path, json={"reason": "Settled"})).status_code == 409
    [listed] = (await api.get(HOLDS)).json()["items"]
    assert listed["reason"] == "Smith v. Acme"
    assert not (await api.get(PLAN)).json()["on_hold"]


@pytest.mark.parametrize(
    ("hold", "status"),
    [
        ({"on": "everything", "reason": " "}, 422),
        ({"on": "contact", "reason": "why"}, 422),
        ({"on": "everything", "subject_id": str(uuid4()), "reason": "why"}, 422),
        ({"on": "contact", "subject_id": str(uuid4()), "reason": "why"}, 404),
        ({"on": "program", "subject_id": str(uuid4()), "reason": "why"}, 404),
        ({"on": "sender", "reason": "why"}, 422),
        ({"on": "everything", "reason": "why", "placed_by": "somebody"}, 422),
    ],
)
async def test_a_hold_that_means_nothing_is_refused(api, hold, status):
    answer = await api.post(HOLDS, json=hold)
    assert answer.status_code == status, answer.text
    assert (await api.get(HOLDS)).json()["items"] == []


async def test_a_run_is_begun_once(api):
    begun = await api.post(RUNS)
    assert begun.status_code == 202, begun.text
    assert begun.json()["finished_at"] is None
    assert (await api.post(RUNS)).status_code == 409
    assert [run["id"] for run in (await api.get(RUNS)).json()["items"]] == [begun.json()["id"]]


async def test_a_test_key_holds_nothing_of_both_worlds(process, api):
    hold = await made(api, HOLDS, {"on": "everything", "reason": "Smith v. Acme"})
    issued = await process.issue(live=False)
    process.http.headers["Authorization"] = f"Bearer {issued.secret}"
    placed = await api.post(HOLDS, json={"on": "everything", "reason": "why"})
    released = await api.post(f"{HOLDS}/{hold['id']}/actions/release", json={"reason": "why"})
    assert (placed.status_code, released.status_code) == (403, 403)


async def test_reading_and_holding_are_scopes_of_their_own(process, api):
    issued = await process.issue("retention:read")
    process.http.headers["Authorization"] = f"Bearer {issued.secret}"
    assert (await api.get(PLAN)).status_code == 200
    assert (await api.post(HOLDS, json={"on": "everything", "reason": "why"})).status_code == 403
    assert (await api.post(RUNS)).status_code == 403
