"""Use from Python: the page of docs runs as it stands, names come when asked for and nothing before."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import simulator

PAGE = Path(__file__).parents[2] / "docs" / "python.md"


@pytest.mark.slow
def test_the_page_runs_as_it_stands() -> None:
    found = doctest.testfile(str(PAGE), module_relative=False)
    assert found.attempted > 20 and found.failed == 0


def test_every_public_name_is_there_and_told() -> None:
    told = PAGE.read_text(encoding="utf-8")
    assert 12 <= len(simulator.__all__) <= 15
    for name in simulator.__all__:
        assert callable(getattr(simulator, name)), name
        assert f"`{name}`" in told, name
    assert set(simulator.__all__) <= set(dir(simulator))
    with pytest.raises(AttributeError):
        _ = simulator.nothing_of_the_kind


def test_nothing_heavy_comes_with_the_package() -> None:
    program = "import sys, simulator; sys.exit(any(name in sys.modules for name in ('numpy', 'numba', 'pydantic')))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
