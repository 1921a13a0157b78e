"""Write `domain/compliance/catalogue/` from the reviewed table `tests/compliance/rules.yaml`: one file for each pack.

Run after the table changes: `python tools/catalogue.py`. A test compares the two, so neither can drift.
"""

import json
from pathlib import Path

import yaml

_ROOT = Path(__file__).parent.parent
_TABLE = _ROOT / "tests/compliance/rules.yaml"
_CATALOGUE = _ROOT / "domain/compliance/catalogue"
_VERSION = "2026.1"

# pack: title, level, jurisdiction it serves, beginnings of its rules' ids (the longest wins), on by default.
_PACKS = {
    "core": ("Core", "core", None, ("CORE-", "SMS-KW-"), True),
    "strict": ("Unknown jurisdiction", "core", None, ("CORE-JUR-03",), True),
    "email": ("Email mechanics and mailbox providers", "core", None, ("EML-", "MBP-"), True),
    "records": ("Consent records and receipts", "core", None, ("REC-",), True),
    "verification": ("Verification codes", "core", None, ("VER-",), True),
    "privacy": ("Personal data, suppression, erasure", "core", None, ("PII-",), True),
    "twilio": ("Twilio", "industry", None, ("PRV-TWILIO-",), True),
    "us.ctia": ("CTIA messaging principles", "industry", "US", ("CTIA-",), True),
    "us.a2p": ("US 10DLC registration", "industry", "US", ("A2P-",), True),
    "us.federal": (
        "US federal law",
        "country",
        "US",
        ("US-TCPA-", "US-TSR-", "US-CANSPAM-", "US-MSCM-", "US-AZNY-"),
        True,
    ),
    "us.ca": ("California", "state", "US-CA", ("US-CCPA-",), True),
    "us.ct": ("Connecticut", "state", "US-CT", ("US-CT-",), True),
    "us.fl": ("Florida", "state", "US-FL", ("US-FL-",), True),
    "us.md": ("Maryland", "state", "US-MD", ("US-MD-",), True),
    "us.ok": ("Oklahoma", "state", "US-OK", ("US-OK-",), True),
    "us.or": ("Oregon", "state", "US-OR", ("US-OR-",), True),
    "us.stx": ("Other US states, unconfirmed", "state", "US", ("US-STX-",), False),
    "us.tx": ("Texas", "state", "US-TX", ("US-TX-",), True),
    "us.va": ("Virginia", "state", "US-VA", ("US-VA-",), True),
    "us.wa": ("Washington", "state", "US-WA", ("US-WA-",), True),
    "ca.casl": ("Canada", "country", "CA", ("CA-",), True),
    "eu.gdpr": ("European Union", "union", "EU", ("EU-",), True),
    "de.uwg": ("Germany", "country", "DE", ("DE-",), True),
    "at.tkg": ("Austria", "country", "AT", ("AT-",), True),
    "fr.sms": ("France", "country", "FR", ("FR-",), True),
    "uk.pecr": ("United Kingdom", "country", "UK", ("UK-",), True),
    "au.spam": ("Australia", "country", "AU", ("AU-",), True),
    "br.lgpd": ("Brazil", "country", "BR", ("BR-",), True),
    "in.dlt": ("India", "country", "IN", ("IN-",), True),
    "sg.pdpa": ("Singapore", "country", "SG", ("SG-",), True),
    "za.popia": ("South Africa", "country", "ZA", ("ZA-",), True),
}


def _pack_of(rule_id: str) -> str:
    fitting = [(len(start), pack) for pack, row in _PACKS.items() for start in row[3] if rule_id.startswith(start)]
    return max(fitting)[1]


def _write(name: str, content: object) -> None:
    text = json.dumps(content, indent=1, ensure_ascii=False, sort_keys=False)
    (_CATALOGUE / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def build() -> None:
    table = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    rules = [rule | {"order": order} for order, rule in enumerate(table["rules"])]
    for pack, (title, level, serves, _, default) in _PACKS.items():
        header = {"pack": pack, "version": _VERSION, "title": title, "level": level, "serves": serves}
        own = [rule for rule in rules if _pack_of(rule["id"]) == pack]
        _write(pack, header | {"default": default, "rules": own})
    _write("tables", {"as_of": table["meta"]["as_of"], "profiles": table["profiles"], "tables": table["parameters"]})


if __name__ == "__main__":
    build()
