"""The maps of these tests: each as shipped, and as its facts draft it today."""

from __future__ import annotations

import pytest
from map_kit import FACTS, Map, drafted, shipped


@pytest.fixture(
    params=[(way, path) for path in FACTS for way in (shipped, drafted)],
    ids=[f"{path.stem}-{way.__name__}" for path in FACTS for way in (shipped, drafted)],
)
def a_map(request: pytest.FixtureRequest) -> Map:
    way, path = request.param
    made = way(path)
    assert isinstance(made, Map)
    return made
