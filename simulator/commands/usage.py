"""What is wrong with a command line, in plain words: options, arguments and commands that do not fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from simulator.commands.typed import shown
from simulator.text import _

_NEGATIVE = re.compile(r"-[0-9.]+")
_NO_COMMAND = re.compile(r"No such command '(?P<given>.*?)'", re.DOTALL)
_EXTRA = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((?P<given>.*)\)", re.DOTALL)
_NEEDS_VALUE = re.compile(r"Option '(?P<given>.*)' requires an argument")
_TAKES_NO_VALUE = re.compile(r"Option '(?P<given>.*)' does not take a value")


def usage_sentence(error: Any) -> str:
    """One sentence for what the command-line library found."""
    help_line = f"`{_path(error)} --help`"
    kind = type(error).__name__
    if kind == "MissingParameter" and error.param is not None:
        return _("{name} is missing; see {help}.").format(name=parameter_name(error.param), help=help_line)
    if kind == "NoSuchOption":
        return _no_option(error, help_line)
    if kind == "BadParameter" and error.param is not None:
        text = _("{name}: {told}; see {help}.")
        return text.format(name=parameter_name(error.param), told=_told(error), help=help_line)
    return _by_message(error, help_line)


def _no_option(error: Any, help_line: str) -> str:
    """An option that is none; an amount below 0 looks like one."""
    given = error.option_name
    if _NEGATIVE.fullmatch(given):
        return _("{given} is below 0, which no value here may be.").format(given=shown(given))
    return _with_near(_("There is no option {given}"), given, error.possibilities or (), help_line)


def _by_message(error: Any, help_line: str) -> str:
    """The faults that have only their message to go by."""
    told = _told(error)
    commands = _commands(error)
    if match := _NO_COMMAND.match(told):
        near = get_close_matches(match["given"], commands)
        return _with_near(_("There is no command {given}"), match["given"], near, help_line)
    if told == "Missing command":
        text = _("A command is missing, one of {commands}; see {help}.")
        return text.format(commands=", ".join(commands), help=help_line)
    for pattern, text in (
        (_EXTRA, _("{given} is more than the command takes; see {help}.")),
        (_NEEDS_VALUE, _("{given} needs a value; see {help}.")),
        (_TAKES_NO_VALUE, _("{given} takes no value; see {help}.")),
    ):
        if match := pattern.match(told):
            return text.format(given=shown(match["given"]), help=help_line)
    return f"{told}."


def _with_near(text: str, given: str, near: Any, help_line: str) -> str:
    """A sentence about a word that is unknown, with those that look like it, or where to find them."""
    start = text.format(given=shown(given))
    if near:
        return _("{start}; did you mean {near}?").format(start=start, near=", ".join(near))
    return _("{start}; see {help}.").format(start=start, help=help_line)


def _told(error: Any) -> str:
    """What the library says, without its full stop."""
    return str(error.message).strip().rstrip(".")


def _path(error: Any) -> str:
    """The command that the fault is in: `whiteslip policy`."""
    return error.ctx.command_path if error.ctx is not None else "whiteslip"


def _commands(error: Any) -> list[str]:
    """The commands that there are where the fault is."""
    commands: Mapping[str, Any] = getattr(error.ctx.command, "commands", {}) if error.ctx is not None else {}
    return [name for name, command in commands.items() if not command.hidden]


def parameter_name(parameter: Any) -> str:
    """How a person knows an argument or option."""
    long = [option for option in parameter.opts if option.startswith("--")]
    return str(long[0] if long else parameter.metavar or parameter.name.upper())
