"""`whiteslip doctor`: versions, folders, terminal, timings; what is wrong and the mend."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from simulator import __version__
from simulator.commands.faults import FAILED, CommandFault
from simulator.files import cache_folder, config_folder, data_folder, fixture
from simulator.text import _

LIBRARIES = ("textual", "pydantic", "sqlite-utils", "numpy", "numba", "typer")


def run() -> None:
    """Print what there is. Raises CommandFault only where the program cannot run."""
    print(f"Whiteslip {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}")
    missing = [name for name in LIBRARIES if not _show_library(name)]
    troubles = [_("{name} is not installed; install Whiteslip again.").format(name=name) for name in missing]
    for label, folder in (
        (_("saves and policies"), data_folder()), (_("settings"), config_folder()), (_("cache"), cache_folder())
    ):  # fmt: skip
        trouble = _folder_trouble(folder)
        print(f"  {label:<20} {folder}  {trouble or _('can be written')}")
    if not fixture("policies", "standard.toml").is_file():
        troubles.append(_("The policies that come with Whiteslip are missing; install it again."))
    for line in terminal_lines():
        print(f"  {line}")
    print(f"  {_('a step on disk'):<20} {_disk_milliseconds():.1f} ms")
    if troubles:
        raise CommandFault(troubles, FAILED)
    print(_("Whiteslip can run here."))


def _show_library(name: str) -> bool:
    try:
        print(f"  {name:<20} {importlib.metadata.version(name)}")
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _folder_trouble(folder: Path) -> str:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return _("cannot be written ({error}); set WHITESLIP_HOME to a folder that can").format(error=error.strerror)


def terminal_lines() -> list[str]:
    """What is known of the terminal, and advice where it falls short."""
    columns, rows = shutil.get_terminal_size()
    term = os.environ.get("TERM", "")
    lines = [_("terminal {term}, {columns} x {rows}").format(term=term or "-", columns=columns, rows=rows)]
    if columns < 80 or rows < 24:
        lines.append(_("The screens want 80 columns and 24 rows: make the window larger."))
    if os.environ.get("TMUX") and not os.environ.get("COLORTERM"):
        lines.append(_("tmux shows fewer colours here: add “set -g default-terminal tmux-256color” to its settings."))
    if os.environ.get("NO_COLOR"):
        lines.append(_("NO_COLOR is set: words alone carry the meaning, as they always do."))
    if "utf" not in (sys.stdout.encoding or "").lower():
        lines.append(_("The terminal does not speak UTF-8: set LANG to a UTF-8 locale for Chinese."))
    return lines


def _disk_milliseconds() -> float:
    """Median time of a small synced transaction."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "timing.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE t (n INTEGER)")
        times = []
        for number in range(20):
            start = time.perf_counter()
            connection.execute("BEGIN")
            connection.execute("INSERT INTO t VALUES (?)", [number])
            connection.execute("COMMIT")
            times.append(time.perf_counter() - start)
        connection.close()
    return sorted(times)[len(times) // 2] * 1000
