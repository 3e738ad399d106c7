"""Disk: why a file cannot be written or read, in plain words that say what to do next; and files written whole.

A disk is *full* for us where the system says so, or where SQLite only says that it could not write and there
is next to no room: it needs some besides the rows themselves.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
from pathlib import Path

from simulator.text import _

NEXT_TO_NOTHING_BYTES = 256 * 1024
"""More than SQLite needs to open a file and to begin to write."""
_FULL = (errno.ENOSPC, errno.EDQUOT)
_BARRED = (errno.EACCES, errno.EPERM, errno.EROFS)
_IN_THE_WAY = (errno.ENOTDIR, errno.EEXIST)
_VAGUE = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)


def is_full(error: BaseException, path: Path) -> bool:
    """Whether a file could not be written, or opened, because there is no room where it lies."""
    if isinstance(error, OSError):
        return error.errno in _FULL
    code = _sqlite_code(error)
    return code == sqlite3.SQLITE_FULL or (code in _VAGUE and _free_bytes(path) < NEXT_TO_NOTHING_BYTES)


def cause_of(error: BaseException, path: Path) -> str:
    """Why a file could not be written, as the end of a sentence, with what to do next."""
    if is_full(error, path):
        return _("the disk is full; free some space there, then do it again")
    number = getattr(error, "errno", None)
    if number in _IN_THE_WAY:
        return _("a file stands where a folder should be")
    if number in _BARRED or (number == errno.ENOENT and os.path.isdir(path.parent)) or _sqlite_code(error) == sqlite3.SQLITE_READONLY:
        return _("nothing may be written there; choose another folder")
    return getattr(error, "strerror", None) or str(error)


def cause_unread(error: BaseException) -> str:
    """Why a file cannot be read, as the end of a sentence, with what to do next."""
    if getattr(error, "errno", None) in _BARRED or is_barred(error):
        return _("reading it is not permitted; see to its permissions, then do it again")
    return getattr(error, "strerror", None) or str(error)


def is_barred(error: BaseException) -> bool:
    """Whether SQLite was not let to a file at all: nothing is known of what is in it."""
    return _sqlite_code(error) in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)


def where_it_ended(path: Path) -> Path:
    """Of a path whose folders were all to be made, the first that is not there: what refused it says why."""
    while not os.path.exists(path.parent):
        path = path.parent
    return path


def write_whole(path: Path, text: str) -> None:
    """Write a file anew; where that fails, the old one stays as it was. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.new")
    try:
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def try_place(path: Path, folder: bool = False) -> None:
    """Make a file, or a folder, where none is, and take it away again. Raises OSError where it cannot be made."""
    if folder:
        path.mkdir()
        path.rmdir()
        return
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    path.unlink()


def _sqlite_code(error: BaseException) -> int:
    """SQLite's own number of what went wrong, without its details; 0 for other errors."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _free_bytes(path: Path) -> int:
    place = path if os.path.isdir(path) else path.parent
    with contextlib.suppress(OSError):
        usage = shutil.disk_usage(place)
        return usage.free if usage.total else NEXT_TO_NOTHING_BYTES  # what is no disk is not full
    return NEXT_TO_NOTHING_BYTES
