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
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test speaks English until it says otherwise, whatever the last one and the terminal spoke."""
    for variable in ("WHITESLIP_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    text.use(text.ENGLISH)
    yield
    text.use(text.ENGLISH)


COMPILED_FIRST = ("tests/cli/test_simulate.py", "tests/cli/test_compare.py")
"""The first makes the machine code of the market, the other that of the Lab: side by side, and none of it twice."""
PLAIN = ("explain", "ledger", "messages", "policy", "rates", "rules", "stories", "tui", "world")
"""Folders of tests that need no machine code, but for files in front of a `test_real` engine: meanwhile the other
processes have them to do, longer than it takes on a slow machine.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order files by what they need of the compiled engine; within, as they were found."""

    def turn(item: pytest.Item) -> int:
        place = item.path.relative_to(Path(__file__).parent.parent)
        if place.as_posix() in COMPILED_FIRST:
            return COMPILED_FIRST.index(place.as_posix())
        return 2 if place.parts[1] in PLAIN and not place.name.startswith("test_real") else 3

    items.sort(key=turn)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Three processes a core: those that test screens mostly wait for them to settle."""
    return 3 * (os.cpu_count() or 1)
