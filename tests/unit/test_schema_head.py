"""The product knows which schema it needs without reading the migrations."""

from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

import migrations


def test_the_schema_this_version_needs_is_the_last_migration():
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == migrations.HEAD
