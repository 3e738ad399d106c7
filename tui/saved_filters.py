"""Saved filters: what a person looks for again and again, a line each in the data folder."""

from __future__ import annotations

from pathlib import Path

from simulator.disk import cause_of, write_whole
from simulator.files import data_folder

MOST = 50


def filters_file() -> Path:
    """Where they lie."""
    return data_folder() / "filters.txt"


def saved_filters() -> list[str]:
    """The filters, newest first; none where the file cannot be read."""
    try:
        lines = filters_file().read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    return [line.strip() for line in lines if line.strip()][:MOST]


def save_filter(text: str) -> str:
    """Keep a filter, the newest first; what went wrong, or ""."""
    kept = [text, *(each for each in saved_filters() if each != text)][:MOST]
    return _write(kept)


def forget_filter(text: str) -> str:
    """Keep it no longer; what went wrong, or ""."""
    return _write([each for each in saved_filters() if each != text])


def _write(filters: list[str]) -> str:
    path = filters_file()
    try:
        write_whole(path, "".join(f"{each}\n" for each in filters))
    except OSError as error:
        return cause_of(error, path)
    return ""
