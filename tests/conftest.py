"""The house rules of every test: no deadline for a first compile, folders of its own, English."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from simulator import text

# The engine is compiled once for all tests and for all runs of them, whatever home a test has.
os.environ.setdefault("WHITESLIP_COMPILED", str(Path(__file__).parent.parent / ".pytest_cache" / "compiled"))
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Saves, settings and caches of a test live in its own folder."""
    folder = tmp_path / "home"
    monkeypatch.setenv("WHITESLIP_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A test speaks English until it says otherwise, whatever the last one spoke."""
    text.use(text.ENGLISH)
    yield
    text.use(text.ENGLISH)
