"""Running a command line inside the test, and what must hold of every refusal."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from simulator import cli

importlib.import_module("tui.console")  # the console script puts `play` and `demo` among the commands


class Answer(NamedTuple):
    """What a command line came to."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON object."""
        return json.loads(self.out)

    @property
    def faults(self) -> list[str]:
        """The sentences of a refusal, which must be plain ones and all there is."""
        assert self.status == 2, self
        assert self.out == ""
        sentences = self.err.splitlines()
        assert all(sentence.endswith((".", "?", "。", "？")) for sentence in sentences), sentences
        assert "Traceback" not in self.err
        return sentences


Run = Callable[..., Answer]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line and gives its answer."""

    def answer(*arguments: str) -> Answer:
        capsys.readouterr()
        status = cli.run(list(arguments))
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return answer


@pytest.fixture
def save(run: Run, tmp_path: Path) -> Path:
    """A sound save of a short life."""
    path = tmp_path / "life.db"
    assert run("story", "first-bill", "--save", str(path)).status == 0
    return path
