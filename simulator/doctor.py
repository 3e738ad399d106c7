"""What Whiteslip stands on: versions, folders, compiled engine, terminal, timings; what is wrong there and the mend."""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from simulator import __version__, terminal
from simulator.compiled import MARKET, is_compiled, is_damaged, others
from simulator.disk import cause_of
from simulator.files import cache_folder, compiled_folder, config_folder, data_folder, fixture, saves_folder
from simulator.text import LANGUAGES, _

LIBRARIES = (
    "textual",
    "textual-plot",
    "rich",
    "pydantic",
    "pydantic-core",
    "annotated-types",
    "sqlite-utils",
    "typer",
    "Faker",
    "Babel",
    "numpy",
    "numba",
    "llvmlite",
)
OLDEST, TOO_NEW = (3, 11), (3, 14)
SLOW_START_SECONDS, SLOW_DISK_SECONDS = 3.0, 0.05

_SYNCED_WRITES = 20
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Finding:
    """One thing looked at: its name, what is there, the mend if it is wrong; fatal if nothing can run."""

    name: str
    found: str
    mend: str = ""
    fatal: bool = False
    no_lives: bool = False
    """Commands run all the same, but no life can be begun or go on."""


def findings() -> Iterator[Finding]:
    """Everything looked at, one after another; the last ones take a moment."""
    yield from versions()
    yield from folders()
    yield compiled()
    yield from terminal_findings()
    yield from timings()


def versions() -> Iterator[Finding]:
    """Whiteslip, Python, what comes with the package, and the libraries."""
    yield Finding("Whiteslip", __version__)
    right = OLDEST <= sys.version_info[:2] < TOO_NEW
    mend = "" if right else _("Whiteslip needs Python 3.11, 3.12 or 3.13; install one of them.")
    system = f"{platform.python_version()}, {platform.system()} {platform.release()}"
    yield Finding("Python", system, mend, not right)
    again = _("Install Whiteslip again.")
    if not fixture("policies", "standard.toml").is_file():
        yield Finding(_("policies"), _("missing"), again, fatal=True)
    for name in LIBRARIES:
        try:
            yield Finding(name, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, _("missing"), again, fatal=True)


def folders() -> Iterator[Finding]:
    """The user's folders: whether they can be written, and what lies in them."""
    places = (
        (_("saves and policies"), data_folder()),
        (_("settings"), config_folder()),
        (_("cache"), cache_folder()),
    )
    for name, folder in places:
        fault, of_saves = _write_fault(folder), folder == data_folder()
        if of_saves and not fault and (of_its_own := _write_fault(saves_folder())):
            fault = f"{saves_folder()}: {of_its_own}"
        text = _("This folder cannot be written ({fault}); set WHITESLIP_HOME to one that can.")
        if of_saves:
            text = _("This folder cannot be written ({fault}), so no life can be kept; set WHITESLIP_HOME to one that can.")
        found = _(", ").join((str(folder), f"{_size(folder) / _MEGABYTE:.1f} MB"))
        yield Finding(name, found, text.format(fault=fault) if fault else "", no_lives=bool(fault) and of_saves)


def compiled() -> Finding:
    """Where the compiled engine is kept, whether it can be, and whether it is there for the rules in use."""
    folder = compiled_folder()
    told = _("compiled") if is_compiled(MARKET) else _("not compiled yet, which the first market does in half a minute to a minute")
    if is_damaged():
        told = _("some of it is damaged, and the next market compiles it again")
    beside = _("of it {megabytes} MB of other versions, removed when long unused")
    if megabytes := sum(map(_size, others())) / _MEGABYTE:
        told = beside.format(megabytes=f"{megabytes:.1f}") + _(", ") + told
    found = _(", ").join((str(folder), f"{_size(folder) / _MEGABYTE:.1f} MB", told))
    fault = _write_fault(folder)
    text = _(
        "The compiled engine cannot be kept there ({fault}), so it is compiled at each start; set WHITESLIP_COMPILED to a "
        "folder that can be written."
    )
    return Finding(_("engine"), found, text.format(fault=fault) if fault else "")


def _write_fault(folder: Path) -> str:
    """Why a folder cannot be written; empty if it can. A folder that was not there is not left behind."""
    there = folder
    while not os.path.exists(there):
        there = there.parent
    try:
        with tempfile.TemporaryFile(dir=there):
            return ""
    except FileNotFoundError:  # such as /proc says of a file that it does not take
        return _("it takes no files")
    except NotADirectoryError as error:
        return cause_of(error, there)
    except OSError as error:
        return error.strerror or str(error)


def _size(folder: Path) -> int:
    """Bytes of the files in a folder; another Whiteslip may be removing some."""
    size = 0
    for place, _folders, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                size += os.stat(os.path.join(place, name)).st_size
    return size


def terminal_findings() -> Iterator[Finding]:
    """Language, size, colours, encoding, and the widths of characters."""
    language = os.environ.get("WHITESLIP_LANG", "")
    if language:
        yield Finding("WHITESLIP_LANG", language, "" if language in LANGUAGES else _("Set it to en or zh."))
    columns, rows = shutil.get_terminal_size()
    small = columns < terminal.COLUMNS or rows < terminal.ROWS
    mend = _("The screens need 80 columns and 24 rows; make the window larger.") if small else ""
    yield Finding(_("terminal"), f"{os.environ.get('TERM', '-')}, {columns} x {rows}", mend)
    yield _colours()
    encoding = (sys.stdout.encoding or "-").lower()
    mend = "" if "utf" in encoding else _("Set LANG to a UTF-8 locale, such as zh_CN.UTF-8 or en_US.UTF-8.")
    yield Finding(_("encoding"), encoding, mend)
    yield from _widths()


def _colours() -> Finding:
    """The colours, with what tmux hides."""
    count = terminal.colours(os.environ)
    found = f"{count:,}"
    if os.environ.get("NO_COLOR"):
        return Finding(_("colours"), _("{found}, left out because NO_COLOR is set").format(found=found))
    mend = ""
    if count == 0:
        mend = _("TERM names no terminal that can draw screens; set it to xterm-256color.")
    elif os.environ.get("TMUX") and count < 256:
        mend = _("tmux hides colours: put `set -g default-terminal tmux-256color` into its settings.")
    elif count < 256:
        mend = _("Colours will be coarse; choose the theme ansi-dark or ansi-light.")
    return Finding(_("colours"), found, mend)


def _widths() -> Iterator[Finding]:
    """How wide the terminal draws Chinese, and what some terminals draw too wide."""
    measured = terminal.widths(terminal.WIDE + terminal.NARROW)
    if not measured:
        return
    wide = "".join(each for each in terminal.NARROW if measured[each] != 1)
    mend = ""
    if measured[terminal.WIDE] != 2:
        mend = _("Chinese is not drawn two places wide, so columns shift; choose another font or terminal.")
    elif wide:
        text = _(
            "{characters} take two places here; switch off “ambiguous characters are wide” in the terminal."
        )
        mend = text.format(characters=" ".join(wide))
    yield Finding(_("widths"), f"{terminal.WIDE} {measured[terminal.WIDE]}, … {measured['…']}", mend)


def timings() -> Iterator[Finding]:
    """How long the parts take to start, and a step to reach the disk."""
    slow = _("A first start is slow; if it stays so, exempt Python from the virus checker.")
    for name, code in (
        (_("start of a command"), "import simulator.cli"),
        (_("start of the screens"), "import textual.app, textual.widgets"),
        (_("start of the engine"), "import numpy, numba"),
    ):
        seconds = _start_seconds(code)
        yield Finding(name, f"{seconds:.2f} s", slow if seconds > SLOW_START_SECONDS else "")
    seconds = step_seconds(data_folder())
    mend = (
        _("The disk is slow; set WHITESLIP_HOME to a folder on a local one.")
        if seconds > SLOW_DISK_SECONDS
        else ""
    )
    yield Finding(_("a step to the disk"), f"{seconds * 1000:.1f} ms", mend)


def _start_seconds(code: str) -> float:
    """How long a fresh Python takes for some imports, which this one is spared."""
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, cwd=Path(__file__).parents[1]
    )
    return time.perf_counter() - began


def step_seconds(folder: Path) -> float:
    """The median of a small synced transaction, as a save makes it; in the folder, if it can be written."""
    there = folder if os.path.isdir(folder) and not _write_fault(folder) else None
    times = []
    with tempfile.TemporaryDirectory(dir=there) as place:
        connection = sqlite3.connect(Path(place) / "timing.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE steps (number INTEGER)")
        for number in range(_SYNCED_WRITES):
            began = time.perf_counter()
            connection.execute("INSERT INTO steps VALUES (?)", [number])
            times.append(time.perf_counter() - began)
        connection.close()
    return sorted(times)[len(times) // 2]
