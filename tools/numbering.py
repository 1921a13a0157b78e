"""Write `domain/numbering/*.json` from libphonenumber, the reviewed tables and the IANA database.

Run after an update of `phonenumbers` or `tzdata`: `python tools/numbering.py`. Loading the library's place names takes
100 MB, which is why the product reads the result instead.
"""

import json
import re
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import phonenumbers
import yaml
from phonenumbers import PhoneNumber, PhoneNumberType
from phonenumbers.geodata import GEOCODE_DATA
from phonenumbers.tzdata import TIMEZONE_DATA

_ROOT = Path(__file__).parent.parent
_NUMBERING = _ROOT / "domain/numbering"
_TABLE = yaml.safe_load((_ROOT / "tests/compliance/rules.yaml").read_text(encoding="utf-8"))
_PARAMETERS = _TABLE["parameters"]
_SPLIT: dict[str, list[str]] = _PARAMETERS["npa_multi_tz"]["table"]
_OVERLAYS: dict[str, str] = _PARAMETERS["npa_overlay_inherit"]["table"]
_RULE = next(rule for rule in _TABLE["rules"] if rule["id"] == "CORE-JUR-02")
_PLACELESS: list[str] = _RULE["parameters"]["nongeographic_npas"]
_TERRITORIES = {"PR", "VI", "GU", "MP", "AS"}
_LINES = {
    PhoneNumberType.TOLL_FREE: "toll_free",
    PhoneNumberType.PREMIUM_RATE: "premium_rate",
    PhoneNumberType.PERSONAL_NUMBER: "personal",
    PhoneNumberType.VOIP: "voip",
}
# In service, or about to be, and not in the library yet.
_NEW_OVERLAYS = {
    "357": "559", "387": "416", "436": "440", "457": "318", "465": "718", "471": "662", "483": "334", "621": "713",
    "624": "716", "679": "313", "837": "530", "861": "309",
}  # fmt: skip
_SEVERAL = {"Northwest Territories/Nunavut/Yukon": ["NT", "NU", "YT"], "Nova Scotia/Prince Edward Island": ["NS", "PE"]}
_REGION_NAMES = (
    "Alabama:AL,Alaska:AK,Arizona:AZ,Arkansas:AR,California:CA,Colorado:CO,Connecticut:CT,Delaware:DE,Florida:FL,"
    "Georgia:GA,Hawaii:HI,Idaho:ID,Illinois:IL,Indiana:IN,Iowa:IA,Kansas:KS,Kentucky:KY,Louisiana:LA,Maine:ME,"
    "Maryland:MD,Massachusetts:MA,Michigan:MI,Minnesota:MN,Mississippi:MS,Missouri:MO,Montana:MT,Nebraska:NE,"
    "Nevada:NV,New Hampshire:NH,New Jersey:NJ,New Mexico:NM,New York:NY,North Carolina:NC,North Dakota:ND,Ohio:OH,"
    "Oklahoma:OK,Oregon:OR,Pennsylvania:PA,Rhode Island:RI,South Carolina:SC,South Dakota:SD,Tennessee:TN,Texas:TX,"
    "Utah:UT,Vermont:VT,Virginia:VA,Washington State:WA,West Virginia:WV,Wisconsin:WI,Wyoming:WY,"
    "Washington D.C.:DC,Alberta:AB,British Columbia:BC,British Colombia:BC,Manitoba:MB,New Brunswick:NB,"
    "Newfoundland and Labrador:NL,Ontario:ON,Quebec:QC,Québec:QC,Saskatchewan:SK"
)
_REGIONS = dict(pair.split(":") for pair in _REGION_NAMES.split(","))
_CITY = re.compile(r", ([A-Z]{2})$")
Place = tuple[str, list[str], list[str]]


def _regions(area_code: str) -> list[str]:
    """The name of the whole code, else the region most of its exchanges name."""
    named: dict[str, int] = defaultdict(int)
    for prefix, names in GEOCODE_DATA.items():
        if not prefix.startswith(f"1{area_code}") or "en" not in names:
            continue
        name = names["en"]
        if len(prefix) == 4 and name in _SEVERAL:
            return _SEVERAL[name]
        city = _CITY.search(name)
        region = _REGIONS.get(name) or (city[1] if city else None)
        if region:
            named[region] += 1000 if len(prefix) == 4 else 1
    return [max(named, key=lambda region: named[region])] if named else []


def _zones(area_code: str) -> set[str]:
    listed = (zones for prefix, zones in TIMEZONE_DATA.items() if prefix.startswith(f"1{area_code}"))
    return {zone for zones in listed for zone in zones} | set(_SPLIT.get(area_code, ()))


def north_america() -> tuple[dict[str, Place], dict[str, str]]:
    """Area codes with a place, and those without."""
    geographic: dict[str, Place] = {}
    placeless = dict.fromkeys(_PLACELESS, "non_geographic")
    for area_code in map(str, range(200, 1000)):
        numbers = [
            PhoneNumber(country_code=1, national_number=int(f"{area_code}{rest}")) for rest in (2340123, 5550123)
        ]
        number = next((one for one in numbers if phonenumbers.region_code_for_number(one)), None)
        if number is None:
            continue
        kind, country = phonenumbers.number_type(number), phonenumbers.region_code_for_number(number)
        if kind in _LINES:
            placeless[area_code] = _LINES[kind]
        elif country in _TERRITORIES:
            geographic[area_code] = ("US", [country], sorted(_zones(area_code)))
        else:
            regions = _regions(area_code) if country in ("US", "CA") else []
            geographic[area_code] = (str(country), regions, sorted(_zones(area_code)))
    for overlay, base in (_OVERLAYS | _NEW_OVERLAYS).items():
        country, regions, zones = geographic[base]
        own = geographic.get(overlay, (country, regions, []))
        geographic[overlay] = (own[0], own[1], sorted({*own[2], *zones}))
    return geographic, placeless


def country_zones() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            found[country].append(zone)
    return {country: sorted(zones) for country, zones in found.items()}


def _lines(rows: dict[str, object]) -> str:
    return "{\n" + ",\n".join(f" {json.dumps(key)}: {json.dumps(value)}" for key, value in sorted(rows.items())) + "\n}"


def build() -> None:
    geographic, placeless = north_america()
    text = f'{{\n"geographic": {_lines(dict(geographic))},\n"non_geographic": {_lines(dict(placeless))}\n}}\n'
    (_NUMBERING / "nanp.json").write_text(text, encoding="utf-8")
    (_NUMBERING / "zones.json").write_text(_lines(dict(country_zones())) + "\n", encoding="utf-8")


if __name__ == "__main__":
    build()
