"""`doctor`: what it looks at, what it calls wrong, and when the program cannot run."""

from __future__ import annotations

import importlib.metadata
import os
import pty
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator import doctor, terminal
from simulator.doctor import Finding
from simulator.version import rulebook_version
from tests.cli.conftest import Run
from tests.kept_code import CODE, keep_code

ASK = "from simulator import terminal; print(terminal.widths(terminal.WIDE + terminal.NARROW))"


@pytest.fixture(autouse=True)
def still_imports(monkeypatch: pytest.MonkeyPatch) -> None:
    """The start of a fresh Python is not measured in a test."""
    monkeypatch.setattr(doctor, "_start_seconds", lambda code: 0.5)


def by_name(findings: Iterator[Finding]) -> dict[str, Finding]:
    """Findings by their names."""
    return {finding.name: finding for finding in findings}


def test_the_doctor_tells_versions_folders_terminal_and_timings(run: Run, home: Path) -> None:
    told = run("doctor")

    assert (told.status, told.err) == (0, "")
    for word in (
        "Whiteslip",
        "Python",
        "textual",
        "numba",
        str(home / "data"),
        "terminal",
        "colours",
        "0.50 s",
        " ms",
    ):
        assert word in told.out
    assert not home.exists(), "the doctor leaves nothing behind"


def test_the_doctor_tells_whether_the_engine_is_compiled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WHITESLIP_COMPILED", str(tmp_path))
    assert doctor.compiled() == Finding(
        "engine", f"{tmp_path}, 0.0 MB, not compiled yet, which the first market does in half a minute to a minute"
    )
    keep_code(tmp_path / rulebook_version())
    assert doctor.compiled() == Finding("engine", f"{tmp_path}, 0.0 MB, compiled")


def test_the_doctor_does_not_call_damaged_code_sound(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WHITESLIP_COMPILED", str(tmp_path))
    keep_code(tmp_path / rulebook_version())
    (tmp_path / rulebook_version() / "engine_1" / CODE).write_bytes(b"")
    assert doctor.compiled() == Finding(
        "engine", f"{tmp_path}, 0.0 MB, some of it is damaged, and the next market compiles it again"
    )


def test_the_doctor_tells_what_lies_there_of_other_versions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WHITESLIP_COMPILED", str(tmp_path))
    for version, megabytes in ((rulebook_version(), 3), ("0" * 12, 2)):
        keep_code(tmp_path / version, size=megabytes * 1_000_000)
    assert doctor.compiled() == Finding(
        "engine", f"{tmp_path}, 5.0 MB, of it 2.0 MB of other versions, removed when long unused, compiled"
    )


def test_a_place_that_cannot_keep_the_engine_is_told_with_its_mend(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.touch()
    monkeypatch.setenv("WHITESLIP_COMPILED", str(place))
    found = doctor.compiled()
    assert found.mend.startswith("The compiled engine cannot be kept there (a file stands where a folder should be)") and not found.fatal
    assert "set WHITESLIP_COMPILED" in found.mend


def test_a_missing_library_is_fatal_with_its_mend(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LIBRARIES", ("textual", "no-such-library"))
    told = run("doctor")

    assert told.status == 1
    assert told.err == "no-such-library: missing. Install Whiteslip again.\n"
    assert "[x] no-such-library" in told.out


def test_every_library_looked_for_is_one_that_the_package_needs() -> None:
    needed = {re.split(r"[<>=~]", line)[0].lower() for line in _dependencies()}

    assert {name.lower() for name in doctor.LIBRARIES} == needed - {"platformdirs"}


def _dependencies() -> list[str]:
    told = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    block = told.partition("dependencies = [\n")[2].partition("]")[0]
    return re.findall(r'"([^"]+)"', block)


def test_a_folder_that_cannot_be_written_is_named_with_its_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    found = by_name(doctor.folders())

    assert all("set WHITESLIP_HOME" in finding.mend and not finding.fatal for finding in found.values())
    assert [name for name, finding in found.items() if finding.no_lives] == ["saves and policies"]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="a folder that takes no files")
def test_where_no_life_can_be_kept_the_doctor_does_not_end_as_if_all_were_well(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "data_folder", lambda: Path("/proc/whiteslip"))
    monkeypatch.setattr(doctor, "timings", lambda: iter(()))
    told = run("doctor")
    assert told.status == 0
    assert "This folder cannot be written (it takes no files), so no life can be kept; set WHITESLIP_HOME" in told.out
    assert told.out.splitlines()[-1].startswith("Commands can run here, but no life can be begun in the app")


def test_a_file_where_the_saves_should_lie_is_named_with_its_mend(home: Path) -> None:
    (home / "data").mkdir(parents=True)
    (home / "data" / "saves").touch()
    found = by_name(doctor.folders())["saves and policies"]
    assert found.no_lives
    assert f"({home / 'data' / 'saves'}: a file stands where a folder should be), so no life can be kept" in found.mend


def test_a_folder_is_measured(home: Path) -> None:
    (home / "cache").mkdir(parents=True)
    (home / "cache" / "compiled").write_bytes(bytes(2_500_000))

    assert by_name(doctor.folders())["cache"].found.endswith("cache, 2.5 MB")


@pytest.mark.parametrize(
    ("environment", "count", "word"),
    [
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, 2**24, ""),
        ({"TERM": "xterm-256color"}, 256, ""),
        ({"TERM": "screen", "TMUX": "/tmp/tmux,1"}, 16, "tmux"),
        ({"TERM": "xterm"}, 16, "ansi-dark"),
        ({"TERM": "dumb"}, 0, "xterm-256color"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, 16, ""),
    ],
)
def test_colours_are_counted_and_mended(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], count: int, word: str
) -> None:
    for name in ("TERM", "COLORTERM", "TMUX", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    mend = by_name(doctor.terminal_findings())["colours"].mend

    assert terminal.colours(os.environ) == count
    assert word in mend
    assert bool(mend) == bool(word)


def test_a_small_window_and_a_strange_language_are_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("LINES", "20")
    monkeypatch.setenv("WHITESLIP_LANG", "cn")
    found = by_name(doctor.terminal_findings())

    assert "80 columns" in found["terminal"].mend
    assert found["WHITESLIP_LANG"].mend == "Set it to en or zh."


@pytest.mark.parametrize(
    ("measured", "word"),
    [({}, ""), ({"…": 2, "·": 2}, "… · take two places"), ({"中": 1}, "Chinese is not drawn")],
)
def test_characters_that_are_drawn_too_wide_are_named(
    monkeypatch: pytest.MonkeyPatch, measured: dict[str, int], word: str
) -> None:
    usual = {"中": 2, **dict.fromkeys(terminal.NARROW, 1)}
    monkeypatch.setattr(terminal, "widths", lambda characters: usual | measured)
    mend = by_name(doctor.terminal_findings())["widths"].mend

    assert word in mend
    assert bool(mend) == bool(word)


def test_a_slow_disk_and_a_slow_start_are_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_start_seconds", lambda code: 9.0)
    monkeypatch.setattr(doctor, "step_seconds", lambda folder: 0.2)
    found = list(doctor.timings())

    assert len(found) == 4
    assert all(finding.mend for finding in found)


def test_a_step_to_the_disk_is_measured_where_the_saves_lie(tmp_path: Path) -> None:
    assert 0 < doctor.step_seconds(tmp_path) < 5
    assert list(tmp_path.iterdir()) == []
    assert doctor.step_seconds(tmp_path / "nowhere") > 0


def test_versions_are_those_installed() -> None:
    assert by_name(doctor.versions())["textual"].found == importlib.metadata.version("textual")


def test_without_a_terminal_no_width_is_known() -> None:
    told = subprocess.run(
        [sys.executable, "-c", ASK], capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
    )

    assert told.stdout == "{}\n"


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("wide", ["中", "中…·"])
def test_a_terminal_is_asked_how_wide_it_draws(wide: str) -> None:
    ours, theirs = pty.openpty()
    told = bytearray()

    def answer() -> None:
        """A terminal that draws some characters two places wide."""
        while True:
            try:
                told.extend(part := os.read(ours, 1024))
            except OSError:
                return
            for drawn in re.findall("\r\x1b\\[K(.)\x1b\\[6n", part.decode("utf-8", "ignore")):
                os.write(ours, f"\x1b[1;{3 if drawn in wide else 2}R".encode())

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    subprocess.run([sys.executable, "-c", ASK], stdin=theirs, stdout=theirs, check=True, timeout=30)
    os.close(theirs)
    thread.join(5)
    os.close(ours)
    expected = {each: 2 if each in wide else 1 for each in terminal.WIDE + terminal.NARROW}

    assert str(expected) in told.decode("utf-8")
