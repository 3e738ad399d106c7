"""The house rules of every test: no deadline for a first compile, folders of its own, English."""

import gc
import importlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

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


COMPILING = ("tests/cli/test_simulate.py", "tests/cli/test_compare.py", "tests/engine/test_compiled.py")
"""The first makes the machine code of the market, the next that of the Lab, the last that of every rule: all in one
process, where a rule that is translated once is translated for all three.
"""
PLAIN = ("explain", "ledger", "messages", "policy", "rates", "rules", "stories", "tui", "world")
"""Folders of tests that need no machine code, but for files in front of a `test_real` engine: meanwhile the other
processes have them to do, longer than it takes on a slow machine.
"""


def pytest_collection(session: pytest.Session) -> None:
    """Import what will be collected, in each process from another file on: what one has translated, the others find."""
    worker = getattr(session.config, "workerinput", None)
    if worker is None:
        return
    files = sorted(Path(__file__).parent.glob("*/test_*.py"))
    first = int(worker["workerid"].removeprefix("gw")) * len(files) // worker["workercount"]
    for path in files[first:] + files[:first]:
        importlib.import_module(f"tests.{path.parent.name}.{path.stem}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order files by what they need of the compiled engine; within, as they were found."""

    def turn(item: pytest.Item) -> int:
        place = item.path.relative_to(Path(__file__).parent.parent)
        if place.as_posix() in COMPILING:
            return COMPILING.index(place.as_posix())
        plain = place.parts[1] in PLAIN and not place.name.startswith("test_real")
        return len(COMPILING) + (0 if plain else 1)

    items.sort(key=turn)


def pytest_collection_finish() -> None:
    """What is there now stays to the end; the collector of garbage need not go through it time and again."""
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Where each file is one process's, all that compile are the same one's."""
    if config.getvalue("dist") != "loadfile":
        return None
    scheduler = LoadFileScheduling(config, log)
    scheduler._split_scope = _one_process_for
    return scheduler


def _one_process_for(test: str) -> str:
    file = test.partition("::")[0]
    return COMPILING[0] if file in COMPILING else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Three processes a core: those that test screens mostly wait for them to settle."""
    return 3 * (os.cpu_count() or 1)
