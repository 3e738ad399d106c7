"""`whiteslip policy`: list, show, check, schema, new."""

from __future__ import annotations

import json
import os
from pathlib import Path

from simulator.commands.faults import WRONG_INPUT, CommandFault, say, unwritten
from simulator.commands.table import table
from simulator.commands.typed import Typed
from simulator.disk import write_whole
from simulator.policy.export import json_schema, new_toml, to_json, to_toml
from simulator.policy.faults import PolicyError
from simulator.policy.load import load_policy, policy_files
from simulator.policy.schema import Policy
from simulator.text import _


def loaded(name: str, strict: bool = False) -> Policy:
    """A policy. Raises CommandFault with every fault."""
    try:
        return load_policy(name, strict)
    except PolicyError as error:
        raise CommandFault(error.faults) from error


def list_all() -> None:
    """Print every policy that has a name, with its title and what it is."""
    rows = []
    for name in policy_files():
        try:
            policy = load_policy(name)
        except PolicyError as error:
            say(*error.faults)
        else:
            rows.append((name, policy.title.spoken(), policy.summary.spoken()))
    print("\n".join(table(rows, "<<<")))


def show(name: str, as_json: bool) -> None:
    """Print a whole policy; what is warned of is said beside it."""
    policy = loaded(name)
    print(json.dumps(to_json(policy), ensure_ascii=False) if as_json else to_toml(policy).rstrip())
    say(*policy.warnings)


def check(file: str, strict: bool) -> None:
    """Say whether a policy is sound."""
    policy = loaded(file, strict)
    say(*policy.warnings)
    print(_("{file} is sound.").format(file=file))


def schema() -> None:
    """Print the JSON Schema of policies."""
    print(json.dumps(json_schema(), ensure_ascii=False, indent=1))


def new(file: str, base: str) -> None:
    """Write a new policy file that differs from another by nothing yet."""
    typed = Typed()
    path = typed.new_file(file)
    typed.policy(base)
    typed.check()
    try:
        write_whole(path, new_toml(_as_seen_from(path, base), path.stem))
    except OSError as error:
        raise unwritten(Path(file), error, status=WRONG_INPUT) from error
    print(_("{file} is made; change what you like, then `whiteslip policy check {file}`.").format(file=file))


def _as_seen_from(path: Path, base: str) -> str:
    """A base as a file names it: a policy's own name, or the way from the file's folder."""
    if base in policy_files():
        return base
    return Path(os.path.relpath(base, path.parent)).as_posix()
