"""The reference: complete, and served from here alone."""

import re

import pytest

_STATUSES = {"400", "401", "403", "404", "409", "413", "415", "422", "429", "500", "503"}


@pytest.fixture
async def described(api):
    answer = await api.get("/docs/openapi.json")
    assert answer.status_code == 200
    return answer.json()


async def test_the_page_loads_nothing_from_anywhere_else(api):
    page = await api.get("/docs")
    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert "/docs/files/swagger-ui-bundle.js" in loaded
    for url in loaded:
        assert url.startswith(("/docs/", "data:,"))
        if url.startswith("/docs/files"):
            assert (await api.get(url)).status_code == 200
    assert "<style" not in page.text
    assert " style=" not in page.text
    assert not re.search(r"<script(?![^>]*src=)", page.text)
    style = (await api.get("/docs/files/swagger-ui.css")).text
    assert not re.search(r"url\(['\"]?(https?:)?//", style)
    assert (await api.get("/docs/files/swagger-ui.NOTICE")).status_code == 404


async def test_every_problem_has_its_page(api):
    listed = await api.get("/docs/problems")
    for code in re.findall(r'href="/docs/problems/([a-z0-9-]+)"', listed.text):
        assert (await api.get(f"/docs/problems/{code}")).status_code == 200
    for code in ("key-missing", "slug-taken", "fields-invalid", "rate-limited"):
        assert f"/docs/problems/{code}" in listed.text
    assert (await api.get("/docs/problems/nothing")).status_code == 404


async def test_the_description_is_openapi_3_1_with_the_key_to_enter(described):
    assert described["openapi"].startswith("3.1")
    assert described["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    assert described["security"] == [{"key": []}]
    tags = {tag["name"] for tag in described["tags"]}
    for path, item in described["paths"].items():
        assert path.startswith(("/api/v1/", "/admin/api/"))
        for operation in item.values():
            assert set(operation["tags"]) <= tags


async def test_every_operation_says_how_it_may_refuse_and_shows_an_example(described):
    for path, item in described["paths"].items():
        for method, operation in item.items():
            documented = set(operation["responses"])
            assert documented & _STATUSES >= {"400", "401", "403", "422", "429", "500", "503"}, path
            if method != "get":
                assert {"409", "413"} <= documented
            if "requestBody" in operation:
                assert "415" in documented
                assert operation["requestBody"]["content"]["application/json"]["example"], path
            for status in documented & _STATUSES:
                assert operation["responses"][status] == {"$ref": f"#/components/responses/{status}"}


async def test_examples_are_what_the_api_takes(api, described, acme):
    schemas = described["components"]["schemas"]
    for item in described["paths"].values():
        for operation in item.values():
            if "requestBody" not in operation:
                continue
            body = operation["requestBody"]["content"]["application/json"]
            schema = schemas[body["schema"]["$ref"].rpartition("/")[2]]
            assert set(body["example"]) <= set(schema["properties"])
            assert set(schema.get("required", ())) <= set(body["example"])
            assert schema["additionalProperties"] is False
