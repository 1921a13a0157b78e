"""What the documents say of the code can be looked up in it."""

import re
from pathlib import Path

import msgspec
import pytest

from bootstrap.settings import Settings

ROOT = Path(__file__).parents[2]
DECISIONS = ROOT / "docs/decisions"
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
CODE = re.compile(r"`([^`\n]+)`")
PLACE = re.compile(r"(?:domain|application|adapters|bootstrap|migrations|features|tests|tools|docs)/[\w./*-]+")
SETTING = re.compile(r"^\| `(OPTIN_\w+)` \| (?:`([^`]*)`)? ?\|", re.MULTILINE)
WORD = re.compile(r"^\| \*\*.*\| ([^|]+) \|$", re.MULTILINE)
# No feature of the business: a carrier that the application has to look into.
_ONLY_APPLIED = {"sandbox"}


def named(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_leads_somewhere(document):
    for target, heading in LINK.findall(document.read_text()):
        found = (document.parent / target) if target else document
        assert found.exists(), target
        if heading:
            titles = re.findall(r"^#+ (.+)$", found.read_text(), re.MULTILINE)
            assert heading in [re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles], heading


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_place_that_is_named_exists(document):
    places = [place for code in CODE.findall(document.read_text()) for place in PLACE.findall(code)]
    missing = [place for place in places if not list(ROOT.glob(place.rstrip("/.")))]
    assert missing == []


def test_every_setting_is_explained_with_its_default():
    told = dict(SETTING.findall((ROOT / "docs/operations.md").read_text()))
    defaults = {
        f"OPTIN_{field.name.upper()}": str(field.default).lower()
        if isinstance(field.default, bool)
        else str(field.default)
        for field in msgspec.structs.fields(Settings)
    }
    assert told == defaults


def test_every_decision_is_in_the_index_and_names_what_holds_it():
    index = (DECISIONS / "README.md").read_text()
    for decision in sorted(DECISIONS.glob("0*.md")):
        text = decision.read_text()
        title = re.match(r"# (\d+)\. (.+)\n", text)
        assert title, decision.name
        assert decision.name.startswith(f"{int(title[1]):04}-")
        assert f"| [{title[1]}]({decision.name}) | {title[2]} |" in index
        assert re.search(r"\*\*Held by\*\*|## Held by", text), decision.name


def test_every_word_of_the_glossary_has_a_place_in_the_code():
    glossary = (ROOT / "docs/glossary.md").read_text()
    places = [place for row in WORD.findall(glossary) for place in CODE.findall(row)]
    assert len(places) > 100
    assert [place for place in places if not (list(ROOT.glob(place)) or (ROOT / "domain" / place).exists())] == []


def test_a_feature_has_the_same_word_in_every_layer():
    words = {path.stem for path in (ROOT / "domain").iterdir()}
    features = {path.name for path in (ROOT / "application").iterdir() if (path / "__init__.py").exists()}
    assert features - words == _ONLY_APPLIED
