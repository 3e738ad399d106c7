"""A TOML file as it was read: its values, and where each of them stands."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.policy.faults import Fault, PolicyError
from simulator.policy.fields import Place
from simulator.policy.lines import key_lines
from simulator.text import _

LARGEST_BYTES = 1_000_000
"""Many times what a policy takes: a device gives bytes without end."""
_AT = re.compile(r"(?P<cause>.*?) \(at (?:line (?P<line>\d+), column \d+|end of document)\)")


@dataclass(frozen=True)
class TomlFile:
    """One file: the name that sentences call it by, its values, the lines they stand on."""

    shown: str
    values: dict[str, Any]
    lines: dict[Place, int]

    def fault(self, place: Place, sentence: str) -> Fault:
        """What is wrong at a place, said of its line, or of the nearest one around it."""
        for depth in range(len(place), 0, -1):
            if line := self.lines.get(place[:depth]):
                return on_line(self.shown, line, sentence)
        return Fault(0, in_file(self.shown, sentence))


def read_toml(path: Path, shown: str) -> TomlFile:
    """Read a file; PolicyError where it is absent, without end, empty, not UTF-8 or not TOML."""
    try:
        with path.open("rb") as file:
            told = file.read(LARGEST_BYTES + 1)
        if len(told) > LARGEST_BYTES:
            raise PolicyError([in_file(shown, _("The file is too large for a policy, which has at most 1 MB."))])
        text = told.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PolicyError([in_file(shown, _("The file is not text in UTF-8."))]) from None
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) else error
        sentence = _("The file cannot be read ({cause}).").format(cause=cause)
        raise PolicyError([in_file(shown, sentence)]) from None
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise PolicyError([_syntax_fault(shown, text, str(error))]) from None
    if not values:
        raise PolicyError([in_file(shown, _("The file sets no value; write what differs from `standard`, or name another policy by from."))])
    return TomlFile(shown, values, key_lines(text))


def _syntax_fault(shown: str, text: str, told: str) -> str:
    """The parser's own words, with the line that they name."""
    match = _AT.fullmatch(told)
    sentence = _("This is not valid TOML ({cause}).").format(cause=match["cause"] if match else told)
    if match is None:
        return in_file(shown, sentence)
    return on_line(shown, int(match["line"] or len(text.splitlines())), sentence).sentence


def in_file(shown: str, sentence: str) -> str:
    """A sentence with the file that it is about before it."""
    return _("{where}: {sentence}").format(where=shown, sentence=sentence)


def on_line(shown: str, line: int, sentence: str) -> Fault:
    """A fault on a line of a file."""
    return Fault(line, in_file(_("{file}, line {line}").format(file=shown, line=line), sentence))
