"""The command line as a process of its own: what it imports, its pipes, its streams, how it fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulator import cli
from simulator.commands import quote as quote_command
from simulator.ledger.care import check_save
from simulator.replay import replay_faults
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]
QUOTE = ["quote", "1299", "--terms", "12", "--fee-rate-ppm", "8000"]
LOADED = """
import contextlib, io, json, sys
from simulator import cli
import tui.console
told = []
for arguments in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        status = cli.run(arguments)
    told.append([status, sorted({name.partition(".")[0] for name in sys.modules})])
print(json.dumps(told))
"""


def whiteslip(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the console script."""
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments], cwd=ROOT, env={**os.environ, **environment},
        capture_output=True, encoding="utf-8", timeout=60, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def loaded_after(*lines: list[str]) -> list[set[str]]:
    """What is loaded after each of some command lines, run one after another in one process."""
    told = subprocess.run(
        [sys.executable, "-c", LOADED, json.dumps(lines)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    answers = json.loads(told.stdout)
    assert [status for status, _modules in answers] == [0] * len(lines)
    return [set(modules) for _status, modules in answers]


def test_help_and_a_quote_with_a_rate_load_nothing_heavy() -> None:
    heavy = {"pydantic", "numpy", "numba", "sqlite_utils", "sqlite3", "textual", "rich", "babel", "faker"}

    for modules in loaded_after(["--help"], ["quote", "--help"], QUOTE, [*QUOTE, "--json"]):
        assert modules & heavy == set()


ENGINE_COMMANDS = {"simulate"}


def test_no_command_but_those_of_the_app_loads_its_toolkit(tmp_path: Path) -> None:
    save = str(tmp_path / "life.db")
    lines = [
        ["--help"], QUOTE, ["quote", "500", "--terms", "3"], ["policy", "list"], ["policy", "show", "standard"],
        ["policy", "check", "standard"], ["policy", "schema"],
        ["policy", "new", str(tmp_path / "mine.toml"), "--from", "standard"],
        ["story", "first-bill", "--save", save], ["why", save, "limit"], ["save", "check", save], ["save", "list"],
        ["save", "export", save, "--to", "csv"], ["doctor"],
        ["shopper", "1", "--warm-up", "5", "--days", "3"],
        ["simulate", "--shoppers", "9", "--days", "3", "--warm-up", "5", "--json"],
    ]  # fmt: skip
    commands = {line[0] for line in lines[1:]}

    assert commands == set(cli.command_tree().commands) - {"play", "demo", "validate", "compare", "sweep"}
    for line, modules in zip(lines, loaded_after(*lines), strict=True):
        assert modules & {"textual", "rich"} == set(), line
        assert "numba" not in modules or line[0] in ENGINE_COMMANDS, line


def test_a_fault_is_status_2_and_no_traceback() -> None:
    told = whiteslip("quote", "12.345", "--terms", "12", "--json")

    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == "12.345 has three decimals; write 12.35.\n"


def test_the_module_without_the_screens_speaks_too() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys; from simulator import cli; sys.exit(cli.run(['policy', 'list']))"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert told.returncode == 0


def test_a_reader_that_goes_away_is_no_news() -> None:
    told = subprocess.run(
        f"{sys.executable} -m tui policy schema | head -n 1",
        shell=True, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (told.stdout, told.stderr) == ("{\n", "")


@pytest.mark.parametrize("arguments", [["policy", "show", "standard", "--json"], ["policy", "list"]])
def test_a_stream_that_cannot_show_chinese_stops_nothing(arguments: list[str]) -> None:
    told = whiteslip(*arguments, PYTHONIOENCODING="ascii", WHITESLIP_LANG="zh")

    assert (told.returncode, told.stderr) == (0, "")
    if "--json" in arguments:
        assert json.loads(told.stdout)["title"]["zh"] == "标准"


def test_what_should_not_happen_is_status_1_with_the_details_in_a_file(
    run: Run, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    def fail(*_given: object) -> None:
        raise ZeroDivisionError("a fault of ours\nin two lines")

    monkeypatch.setattr(quote_command, "run", fail)
    told = run(*QUOTE)
    log = home / "cache" / "last-failure.txt"

    assert (told.status, told.out) == (1, "")
    assert told.err.splitlines() == [
        "Whiteslip failed: ZeroDivisionError: a fault of ours in two lines.",
        f"Details are in {log}.",
    ]
    assert "Traceback" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, EOFError])
def test_being_stopped_is_status_1(
    run: Run, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    def wait(*_given: object) -> None:
        raise stop

    monkeypatch.setattr(quote_command, "run", wait)
    told = run(*QUOTE)

    assert (told.status, told.err.strip()) == (1, "Stopped.")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_output_for_which_there_is_no_room_is_said_in_a_sentence() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        told = subprocess.run(
            [sys.executable, "-m", "tui", *QUOTE], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, encoding="utf-8",
            timeout=60, check=False,
        )  # fmt: skip
    assert told.returncode == 1
    assert told.stderr == "The disk is full, so that was not done. Free some space, then do it again.\n"


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("quote 1299 --terms 12 --json >&-", 0),
        ("quote 0 --terms 12 --json 2>&-", 2),
        ("quote 0 --terms 12 --json 2>/dev/full", 2),
        ("validate --seeds 0 --json <&- 2>&-", 2),
        ("doctor <&- >/dev/null", 0),
        ("story first-bill --save {save} <&- >&- 2>&-", 0),
    ],
)
def test_a_stream_that_is_closed_or_takes_nothing_is_no_failure(tmp_path: Path, line: str, status: int) -> None:
    """Nor does a file of ours take its place: what is printed would be written into it."""
    save = tmp_path / "life.db"
    told = subprocess.run(
        f"{sys.executable} -m tui {line.format(save=save)}", shell=True, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (told.returncode, told.stdout, told.stderr) == (status, "", "")
    if save.exists():
        assert check_save(save, replay_faults).faults == []


STOPPED = """
import runpy, signal, sys
class Stops:
    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[1]:
            exec("signal.raise_signal(signal.SIGINT)")
sys.meta_path.insert(0, Stops())
sys.argv = ["whiteslip", "quote", "5", "--terms", "3"]
runpy.run_module("tui", run_name="__main__")
"""


@pytest.mark.parametrize("loading", ["typer", "simulator.cli", "simulator.commands.quote"])
def test_ctrl_c_while_the_commands_are_loaded_ends_without_a_traceback(loading: str) -> None:
    source = STOPPED.replace("sys.argv[1]", repr(loading))
    told = subprocess.run([sys.executable, "-c", source], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr in ("", "Stopped.\n")
