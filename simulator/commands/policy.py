"""`whiteslip policy`: list, show, check, schema, new."""

from __future__ import annotations

import json
from pathlib import Path

from simulator.commands.faults import CommandFault, say
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
    """Print every policy that has a name, with its title."""
    for name in policy_files():
        try:
            policy = load_policy(name)
        except PolicyError as error:
            print(f"{name:<16} {error.faults[0]}")
            continue
        print(f"{name:<16} {policy.title.spoken()}: {policy.summary.spoken()}")


def show(name: str, as_json: bool) -> None:
    """Print a whole policy."""
    policy = loaded(name)
    print(json.dumps(to_json(policy), ensure_ascii=False) if as_json else to_toml(policy).rstrip())


def check(file: str, strict: bool) -> None:
    """Say whether a policy file is sound."""
    policy = loaded(file, strict)
    say(*policy.warnings)
    print(_("{file} is sound.").format(file=file))


def schema() -> None:
    """Print the JSON Schema of policies."""
    print(json.dumps(json_schema(), ensure_ascii=False, indent=1))


def new(file: str, base: str) -> None:
    """Write a new policy file that differs from another by nothing yet."""
    loaded(base)
    path = Path(file)
    if path.exists():
        raise CommandFault([_("{file} is there already; choose another name.").format(file=file)])
    try:
        path.write_text(new_toml(base, path.stem), encoding="utf-8")
    except OSError as error:
        raise CommandFault([_("{file} cannot be written: {error}.").format(file=file, error=error.strerror)]) from error
    print(_("{file} written; change what you like and check it.").format(file=file))
