"""The steps of features/verification, through the use cases and over HTTP."""

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from application.compliance.check_consent import CheckConsent, CheckConsents
from application.consent.withdraw import WithdrawConsent, WithdrawConsents
from application.contacts.write import CreateContact, NewContact
from domain.addresses import Channel
from tests.verification.codes import wrong_for
from tests.verification.scene import OverHttp, Scene, ThroughUseCases, actor, plain

scenarios("verification")


@pytest.fixture(params=[ThroughUseCases, OverHttp], autouse=True)
def scene(request, database_url):
    scene = Scene(database_url, request.param)
    yield scene
    scene.close()


@given("Acme sends codes to whoever asks for one")
def _(scene):
    scene.do(scene.acme.open())


@given(parsers.re(r"Pat asked for a code to (?P<address>\S+@\S+|\+[\d ]+\d)(?: to (?P<purpose>\w+))?"))
def _(scene, address, purpose):
    scene.ask(address, purpose or "confirm_address")
    scene.note_code()


@given(parsers.re("Pat asked for another one (?P<minutes>a|11) minutes? later"))
def _(scene, minutes):
    scene.pass_by(minutes=1 if minutes == "a" else int(minutes))
    scene.ask()
    scene.note_code()


@given(parsers.re("Pat entered (?P<times>\\d+) wrong codes?"))
@when(parsers.re("Pat enters (?P<times>\\d+) wrong codes?"))
def _(scene, times):
    scene.enter_wrong(int(times))


@given(parsers.parse("Pat with {address} is {known}"))
def _(scene, address, known):
    process, scene.address = scene.acme.process, plain(address)
    if not known.startswith("unknown"):
        scene.do(process.use_cases[CreateContact](NewContact(addresses=(scene.address,)), actor()))
    if known not in ("unknown", "a contact"):
        scene.do(process.use_cases[WithdrawConsents](WithdrawConsent(address=scene.address), actor()))


@when("Pat enters the code")
def _(scene):
    scene.enter(scene.codes[-1])


@when("Pat enters the first code")
def _(scene):
    scene.enter(scene.codes[0])


@when(parsers.parse("Pat enters the code after {minutes:d} minutes"))
def _(scene, minutes):
    scene.acme.pass_by(minutes=minutes)
    scene.enter(scene.codes[-1])


@when("Pat asks for another one 11 minutes later")
def _(scene):
    scene.pass_by(minutes=11)
    scene.ask()


@when(parsers.re(r"somebody asks for a code to (?P<address>\S+@\S+|\+[\d ]+\d)(?: to (?P<purpose>\w+))?"))
def _(scene, address, purpose):
    scene.ask(address, purpose or "confirm_address")


@when(
    parsers.re(
        r"somebody asks for a code to (?P<address>\+[\d ]+), (?P<apart>\d+) (?P<unit>\w+) apart, (?P<n>\d) times"
    )
)
def _(scene, address, apart, unit, n):
    for time in range(int(n)):
        if time:
            scene.pass_by(**{unit: int(apart)})
        scene.ask(address)


@when("codes are asked for 30 neighbouring numbers")
def _(scene):
    for number in range(30):
        scene.ask(f"+1212555{100 + number:04}")


@when("codes are asked for 15 strangers from one network")
def _(scene):
    for number in range(15):
        scene.ask(f"+1{212 + number % 5}5550{100 + number}", ip=f"203.0.113.{number}")


@when("a developer asks for a code to +1 212 555 0101")
def _(scene):
    scene.ask(live=False)


@then(parsers.re("it is (?P<status>approved|expired|locked)"))
def _(scene, status):
    assert scene.status == status


@then("it is not approved")
def _(scene):
    assert scene.status == "pending"


@then(parsers.re("it is (?P<answer>accepted|refused)"))
def _(scene, answer):
    assert scene.refusal == ("invalid" if answer == "refused" else None)


@then("the same code is worth nothing any more")
def _(scene):
    scene.enter(scene.codes[-1])
    assert scene.status == "used"


@then("nothing more is sent")
def _(scene):
    assert scene.arrived() == 2


@then("a day later Pat gets a code that works")
def _(scene):
    scene.pass_by(hours=24)
    scene.ask()
    scene.note_code()
    scene.enter(scene.codes[-1])
    assert scene.status == "approved"


@then("they are told that it is on its way")
def _(scene):
    assert scene.refusal is None
    assert scene.asked


@then("a wrong code is answered as ever")
def _(scene):
    scene.enter("000000" if not scene.arrived() else wrong_for(scene.do(scene.acme.code(scene.address))))
    assert scene.status == "pending"


@then(parsers.re("(?P<what>a code|nothing) arrives"))
def _(scene, what):
    assert scene.arrived() == (1 if what == "a code" else 0)


@then(parsers.re(r"(?P<codes>\d+) codes? arrives?"))
def _(scene, codes):
    assert scene.all_arrived() == int(codes)


@then("after 30 seconds 2 codes arrived in all, and no more after a minute")
def _(scene):
    for _ in range(2):
        scene.pass_by(seconds=30)
        assert scene.arrived() == 2


@then("nobody has more than one code that works")
def _(scene):
    live = "select count(*) from challenges where secret is not null and superseded_at is null"
    assert scene.do(scene.acme.ask(live)) == [(1,)]


@then("Pat is still opted out")
def _(scene):
    assert verdict(scene) == "deny"


@then("Acme has to ask +1 212 555 0101 before it sends offers")
def _(scene):
    assert verdict(scene) == "need_opt_in"


def verdict(scene):
    command = CheckConsent(to=scene.address, channel=Channel.SMS, program="weekly-offers")
    return scene.do(scene.acme.process.use_cases[CheckConsents](command, actor())).explained().verdict


@then("a code arrives on the developer's phone only")
def _(scene):
    assert (scene.arrived(live=False), scene.arrived()) == (1, 0)


@then("the message names Acme, says how long the code is good for and that nobody may be told")
def _(scene):
    said = scene.do(scene.acme.received(scene.address))[0].text
    assert "Acme Ltd" in said
    assert "10 min" in said
    assert "Never share it" in said


@then(parsers.parse("the message is about a code to {act}"))
def _(scene, act):
    assert f"is your code to {act}." in scene.do(scene.acme.received(scene.address))[0].text


@then("it has no link in it")
def _(scene):
    assert "//" not in scene.do(scene.acme.received(scene.address))[0].text
