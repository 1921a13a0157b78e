"""The steps of features/access/api_keys.feature, over HTTP."""

import asyncio
from datetime import timedelta

from pytest_bdd import given, parsers, scenarios, then, when

from tests.features.keys.conftest import PAT

scenarios("access/api_keys.feature")


@given(parsers.parse('a key that may "{scope}"'))
def scoped(place, run, scope):
    run(issue(place, scopes=[scope]))


@given("a key that may do everything")
def any_key(place, run):
    run(issue(place))


@given("a key that ends in an hour")
def ending(place, run):
    run(issue(place, expires_at=(place.business.clock.now() + timedelta(hours=1)).isoformat()))


@given(parsers.parse('a key for the network "{network}"'))
def bound(place, run, network):
    run(issue(place, networks=[network]))


async def issue(place, **more):
    async with await place.administrator() as admin:
        answer = await admin.post("/api/v1/keys", json={"name": "shop", "live": True, "scopes": ["*"], **more})
    assert answer.status_code == 201, answer.text
    place.key = answer.json()


async def listed(place):
    async with await place.administrator() as admin:
        answer = await admin.get("/api/v1/keys")
    return next(one for one in answer.json()["items"] if one["name"] == "shop"), answer


@then("it reads messages")
@then("it works")
@when("it is used")
def works(place, run):
    assert run(place.ask("/api/v1/messages")).status_code == 200


@then("it sends none")
def sends_none(place, run):
    text = {"text": "Acme: your order 17 is on its way."}
    body = {"to": PAT, "channel": "sms", "program": "order-updates", "content": text}
    answer = run(place.ask("/api/v1/messages/send_with_consent", method="POST", json=body))
    assert answer.json()["code"] == "not-permitted"


@when("an hour has passed")
def an_hour(place):
    place.business.pass_by(hours=1)


@then("it is refused")
def refused(place, run):
    assert run(place.ask("/api/v1/messages")).json()["code"] == "key-expired"


@then(parsers.parse('it works from "{ip}"'))
def works_from(place, run, ip):
    assert run(place.ask("/api/v1/messages", ip=ip)).status_code == 200


@then(parsers.parse('it is refused from "{ip}"'))
def refused_from(place, run, ip):
    assert run(place.ask("/api/v1/messages", ip=ip)).json()["code"] == "network-not-allowed"


@then("it was never used")
def never_used(place, run):
    assert run(listed(place))[0]["last_used_at"] is None


@then("it was used just now")
def used_now(place, run):
    told = run(listed(place))[0]["last_used_at"]
    assert told == place.business.clock.now().isoformat().replace("+00:00", "Z")


@when("it is revoked")
def revoked(place, run):
    """By somebody who has just seen it work."""

    async def taken():
        assert (await place.ask("/api/v1/messages")).status_code == 200
        async with await place.administrator() as admin:
            answer = await admin.post(f"/api/v1/keys/{place.key['key']['id']}/actions/revoke")
        assert answer.status_code == 200

    run(taken())


@then("it is refused within a second")
def refused_soon(place, run):
    async def tried():
        time = asyncio.get_running_loop().time
        revoked = asked = time()
        while (answer := await place.ask("/api/v1/messages")).status_code == 200:
            assert asked < revoked + 1
            asked = time()
        return answer

    assert run(tried()).json()["code"] == "key-expired"


@then("the list of keys does not show its secret")
def shown_once(place, run):
    one, answer = run(listed(place))
    assert place.key["secret"].startswith("om_live_")
    assert place.key["secret"] not in answer.text
    assert "secret" not in one
