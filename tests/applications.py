"""Applications for tests. Laying one out takes half a second and opening it a hundredth, so each test process lays out
as many of a kind as one test has open at once, and the next test opens them on what is its own.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from litestar import Litestar

from bootstrap.ports import Ports
from bootstrap.web import CONTROLLERS, Layout, Site, lay_out, names_behind

_free: defaultdict[Layout, list[Site]] = defaultdict(list)
_open: list[tuple[Layout, Site]] = []


def application(ports: Ports, use_cases: Mapping[type, Any], extra: tuple[Any, ...] = ()) -> Litestar:
    """What `create_app` would give. `extra` are controllers a test adds."""
    layout = Layout.of(ports.settings(), names_behind(use_cases), (*CONTROLLERS, *extra))
    site = _free[layout].pop() if _free[layout] else lay_out(layout)
    _open.append((layout, site))
    return site.open(ports, use_cases)


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """However a test ends, what it had open is for the next."""
    yield
    while _open:
        layout, site = _open.pop()
        _free[layout].append(site)
