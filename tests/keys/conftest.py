import pytest

from tests.installation import SetClock
from tests.keys.scene import scene_on


@pytest.fixture
async def scene(database_url, tmp_path):
    async with scene_on(database_url, tmp_path, SetClock()) as scene:
        yield scene
