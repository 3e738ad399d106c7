"""A TOML file as it was read: its values, and where each of them stands."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.policy.faults import PolicyError, located
from simulator.policy.fields import Place
from simulator.policy.lines import key_lines
from simulator.text import _

_AT = re.compile(r"(?P<cause>.*?) \(at (?:line (?P<line>\d+), column \d+|end of document)\)")


@dataclass(frozen=True)
class TomlFile:
    """One file: the name that sentences call it by, its values, the lines they stand on."""

    shown: str
    values: dict[str, Any]
    lines: dict[Place, int]

    def where(self, place: Place) -> str:
        """The file and line of a place, or of the nearest one around it."""
        for depth in range(len(place), 0, -1):
            if place[:depth] in self.lines:
                return _on_line(self.shown, self.lines[place[:depth]])
        return self.shown


def read_toml(path: Path, shown: str) -> TomlFile:
    """Read a file; PolicyError where it is absent, is not UTF-8 or is not TOML."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise PolicyError([located(shown, _unreadable(error))]) from None
    except UnicodeDecodeError:
        raise PolicyError([located(shown, _("The file is not text in UTF-8."))]) from None
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise PolicyError([_syntax_fault(shown, str(error))]) from None
    return TomlFile(shown, values, key_lines(text))


def _unreadable(error: OSError) -> str:
    return _("The file cannot be read ({cause}).").format(cause=error.strerror)


def _syntax_fault(shown: str, told: str) -> str:
    """The parser's own words, with the line that they name."""
    match = _AT.fullmatch(told)
    cause, line = (match["cause"], match["line"]) if match else (told, None)
    where = _on_line(shown, int(line)) if line else shown
    return located(where, _("This is not valid TOML ({cause}).").format(cause=cause))


def _on_line(shown: str, line: int) -> str:
    return _("{file}, line {line}").format(file=shown, line=line)
