"""The sentences of features/compliance: each module has those about one matter, and all are known to every scenario.

They build the facts and ask the rules themselves; nothing here opens a database or a connection.
"""

from importlib import import_module

import pytest

from tests.features.compliance.scene import Scene

MODULES = (
    "circumstances",
    "contacts_and_consents",
    "deadlines_and_records",
    "forms_and_settings",
    "links",
    "relationships",
    "replies",
    "reports_and_codes",
    "sending",
)

pytest.register_assert_rewrite(*(f"{__package__}.{name}" for name in MODULES))
for _name in MODULES:
    _steps = vars(import_module(f"{__package__}.{_name}"))
    # A step is known where its fixture is: here, for every scenario below.
    globals().update({name: step for name, step in _steps.items() if name.startswith("pytestbdd_stepdef")})


@pytest.fixture
def scene():
    return Scene()
