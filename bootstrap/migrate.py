"""Bring a database to the schema this version needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config

_MIGRATIONS = Path(__file__).parent.parent / "migrations"


def upgrade(url: str, to: str = "head") -> None:
    command.upgrade(_config(url), to)


def downgrade(url: str, to: str) -> None:
    command.downgrade(_config(url), to)


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["url"] = url
    return config
