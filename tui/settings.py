"""Settings: what a person chooses once, kept as TOML in the configuration folder. Saves are elsewhere.

Each can also be set for one run by an environment variable, which goes before the file and is never
written into it. A file that cannot be read is left as it is, and said so; lines of one's own stay.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.commands.market_options import MOST_SHOPPERS
from simulator.disk import cause_of, cause_unread, write_whole
from simulator.files import config_folder, may_be_file
from simulator.text import LANGUAGES, _, language_around
from tui.themes import ALL_NAMES

TEMPLATE = """\
# Settings of Whiteslip. A line that begins with # says nothing; take the # away to set it.

# Colours: light, dark, high-contrast, ansi-light, ansi-dark (the terminal's own). WHITESLIP_THEME
# theme = "dark"

# Language: en, zh; that of the terminal where nothing is said. WHITESLIP_LANG
# language = "en"

# Nothing moves by itself, and the screen is drawn less often. WHITESLIP_CALM=1
# calm = false

# Lines and frames of plain characters, for terminals that draw others two places wide. WHITESLIP_ASCII=1
# ascii = false

# How many people the market has, 1 to 10000000; the market's t asks for it too.
# shoppers = 20000

# Another key for a thing to do, by its name in docs/keys.md. WHITESLIP_KEYS="time.next=N,do.pay=P"
# [keys]
# "time.next" = "N"
"""


@dataclass
class Settings:
    """What the person has chosen, and what was wrong with it."""

    theme: str = "dark"
    """Colours; one of `tui.themes.ALL_NAMES`."""
    language: str = "en"
    """What the screens speak."""
    calm: bool = False
    """Nothing moves by itself."""
    ascii: bool = False
    """Lines and frames of plain characters."""
    shoppers: int = 0
    """How many people the market has; 0 for the usual number."""
    keys: dict[str, str] = field(default_factory=dict)
    """Keys by binding id, instead of the usual ones."""
    faults: list[str] = field(default_factory=list)
    readable: bool = True
    """Whether what is chosen may be written into the file."""


def settings_file() -> Path:
    """Where the settings lie."""
    return config_folder() / "settings.toml"


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings; what is wrong is replaced by what is usual, with a sentence that names it."""
    found = Settings(language=language_around(environment))
    path = settings_file()
    told: dict[str, Any] = {}
    if may_be_file(path):
        try:
            told = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            found.readable = False
            text = _("{file} cannot be read and stays as it is: {error}.")
            found.faults.append(text.format(file=path.name, error=cause_unread(error)))
    told = {**told, **_asked(environment)}
    for name, (fits, allowed) in _CHECKS.items():
        if name in told and fits(told[name]):
            setattr(found, name, told[name])
        elif name in told:
            found.faults.append(
                _("Setting {name} is {given}; it can be {allowed}.").format(
                    name=name, given=json.dumps(told[name], ensure_ascii=False, default=str), allowed=allowed
                )
            )
    found.faults += [
        _("There is no setting {name}.").format(name=name) for name in told if name not in _CHECKS
    ]
    return found


def _is_keymap(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(key, str) and key for key in value.values())


_CHECKS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "theme": (lambda value: value in ALL_NAMES, ", ".join(ALL_NAMES)),
    "language": (lambda value: value in LANGUAGES, ", ".join(LANGUAGES)),
    "calm": (lambda value: isinstance(value, bool), "true, false"),
    "ascii": (lambda value: isinstance(value, bool), "true, false"),
    "shoppers": (
        lambda value: type(value) is int and 1 <= value <= MOST_SHOPPERS,
        f"1 … {MOST_SHOPPERS}",
    ),
    "keys": (_is_keymap, '"time.next" = "N"'),
}


def _asked(environment: Mapping[str, str]) -> dict[str, Any]:
    """What the environment sets, as the file would say it."""
    asked: dict[str, Any] = {}
    for name, variable in (("theme", "WHITESLIP_THEME"), ("language", "WHITESLIP_LANG")):
        if environment.get(variable):
            asked[name] = environment[variable]
    for name, variable in (("calm", "WHITESLIP_CALM"), ("ascii", "WHITESLIP_ASCII")):
        if environment.get(variable):
            asked[name] = {"1": True, "0": False}.get(environment[variable], environment[variable])
    if keys := environment.get("WHITESLIP_KEYS"):
        pairs = [pair.partition("=") for pair in keys.split(",")]
        asked["keys"] = {binding.strip(): key.strip() for binding, _sign, key in pairs}
    return asked


def keep_setting(settings: Settings, name: str, value: str | bool | int) -> str:
    """Choose a value from now on; every other line of the file stays as it is. Why it could not be kept, or ""."""
    setattr(settings, name, value)
    path = settings_file()
    if not settings.readable:
        return _("{file} could not be read").format(file=path.name)
    line = f"{name} = {json.dumps(value)}"
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else TEMPLATE
        write_whole(path, with_line(text, name, line))
    except OSError as error:
        return cause_of(error, path)
    return ""


def with_line(text: str, name: str, line: str) -> str:
    """The file with one setting's line replaced, or put before the first table."""
    for said in (rf"^{name}[ \t]*=.*$", rf"^# {name} = .*$"):
        head, table, rest = _parted(text)
        changed, count = re.subn(said, lambda _match: line, head, count=1, flags=re.MULTILINE)
        if count:
            return changed + table + rest
    head, table, rest = _parted(text)
    return (head if not head or head.endswith("\n") else head + "\n") + line + "\n" + table + rest


def _parted(text: str) -> tuple[str, str, str]:
    """What stands before the first table, its header, and what follows."""
    table = re.search(r"^\[", text, flags=re.MULTILINE)
    if table is None:
        return text, "", ""
    return text[: table.start()], text[table.start() : table.end()], text[table.end() :]
