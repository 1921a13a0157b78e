"""Whether a consent about to be taken down will be one: asked at the form, before anybody relies on it."""

from msgspec import Struct

from domain.compliance import catalogue
from domain.compliance.attempt import TEXT
from domain.compliance.consents import NO_ACT, NUMBER_ENTERED
from domain.compliance.jurisdiction import Whereabouts
from domain.compliance.rules import enforced_elsewhere
from domain.compliance.verdicts import Verdict

_WHERE, _TEST = "domain.compliance.capture.judge_capture", "tests/compliance/test_cases.py"
_AGES: dict[str, int] = catalogue.tables().tables["child_consent_age"]["table"]
_EUROPE = frozenset({"EU", "UK"})


class Capture(Struct, frozen=True, kw_only=True):
    """What the form does and what it will write down. `elements` and `fields` None means nobody listed them."""

    channel: str
    age: int | None = None
    offered_directly_to_child: bool = False
    parental_authorisation: bool = False
    affirmative_act: str | None = None
    bundled_with_terms: bool = False
    conditional_on_service: bool = False
    separate_sms_checkbox: bool = True
    elements: frozenset[str] | None = None
    fields: frozenset[str] | None = None


class Captured(Struct, frozen=True, kw_only=True):
    verdict: Verdict
    rule: str
    obligations: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


class _Elements(Struct, frozen=True, kw_only=True):
    required_elements: tuple[str, ...]


class _Fields(Struct, frozen=True, kw_only=True):
    fields: tuple[str, ...]


class _Evidence(Struct, frozen=True, kw_only=True):
    required_evidence: tuple[str, ...]


_SHOWN = catalogue.parameters("CTIA-10", _Elements).required_elements
_WRITTEN_DOWN = catalogue.parameters("CTIA-12", _Fields).fields
_CANADIAN = catalogue.parameters("CA-CASL-02", _Evidence).required_evidence


def age_of_consent(country: str | None) -> int:
    """The national age; where none is known, the highest the regulation allows."""
    return _AGES.get(country or "", max(_AGES.values()))


def judge_capture(capture: Capture, place: Whereabouts) -> Captured:
    """The first rule that says no, the young first; else the one that was relevant and satisfied."""
    found = [*_of_children(capture, place), *_of_quality(capture, place), *_of_records(capture, place)]
    failing = [captured for captured in found if captured.verdict is not Verdict.ALLOW]
    if failing:
        return failing[0]
    return found[0] if found else Captured(verdict=Verdict.ALLOW, rule="CORE-PROOF-01")


def _of_children(capture: Capture, place: Whereabouts) -> list[Captured]:
    if not capture.offered_directly_to_child or place.codes.isdisjoint(_EUROPE) or capture.age is None:
        return []
    if capture.age >= age_of_consent(place.country) or capture.parental_authorisation:
        return [Captured(verdict=Verdict.ALLOW, rule="EU-GDPR-05")]
    return [Captured(verdict=Verdict.NEED_OPT_IN, rule="EU-GDPR-05", obligations=("parental_authorisation",))]


def _of_quality(capture: Capture, place: Whereabouts) -> list[Captured]:
    flaws = tuple(
        flaw
        for flaw, there in {
            "affirmative_act": capture.affirmative_act in NO_ACT,
            "bundled_with_terms": capture.bundled_with_terms,
            "conditional_on_service": capture.conditional_on_service,
        }.items()
        if there
    )
    found = []
    if flaws and not place.codes.isdisjoint(_EUROPE):
        found.append(Captured(verdict=Verdict.NEED_OPT_IN, rule="EU-GDPR-01", lacking=flaws))
    if "US" in place.codes and capture.channel in TEXT and (flaws or not capture.separate_sms_checkbox):
        found.append(Captured(verdict=Verdict.NEED_OPT_IN, rule="A2P-04", lacking=flaws or ("separate_sms_checkbox",)))
    return found


def _of_records(capture: Capture, place: Whereabouts) -> list[Captured]:
    found = []
    texting = capture.channel in TEXT
    if "US" in place.codes and texting:
        if capture.elements is not None:
            found.append(_complete("CTIA-10", _SHOWN, capture.elements))
        if capture.affirmative_act in NUMBER_ENTERED:
            found.append(Captured(verdict=Verdict.NEED_OPT_IN, rule="CTIA-10", lacking=("affirmative_act",)))
        if capture.fields is not None:
            found.append(_complete("CTIA-12", _WRITTEN_DOWN, capture.fields))
    if "CA" in place.codes and capture.fields is not None:
        found.append(_complete("CA-CASL-02", _CANADIAN, capture.fields))
    return found


def _complete(rule: str, wanted: tuple[str, ...], there: frozenset[str]) -> Captured:
    lacking = tuple(field for field in wanted if field not in there)
    return Captured(verdict=Verdict.NEED_OPT_IN if lacking else Verdict.ALLOW, rule=rule, lacking=lacking)


for _rule in ("EU-GDPR-05", "CTIA-10", "CTIA-12", "A2P-04"):
    enforced_elsewhere(_rule, where=_WHERE, test=_TEST)
