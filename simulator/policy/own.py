"""Policies of one's own: kept as whole files in the user's folder, under a name."""

from __future__ import annotations

from pathlib import Path

from simulator import files
from simulator.disk import write_whole
from simulator.policy.export import to_toml
from simulator.policy.load import policy_files
from simulator.policy.schema import Policy
from simulator.policy.values import Words
from simulator.text import _

LONGEST_NAME = 40
_NOT_IN_NAMES = '/\\:*?"<>|.'


class PolicyNameError(ValueError):
    """A name that a policy cannot have; the message is a plain sentence."""


def own_folder() -> Path:
    """Where policies of one's own lie."""
    return files.data_folder() / "policies"


def own_policies() -> list[str]:
    """Names of the policies of one's own that can be asked for by name."""
    return [name for name, path in policy_files().items() if path.parent == own_folder()]


def hidden_policies() -> list[str]:
    """Files of one's own that no name leads to, for a policy that comes with Whiteslip has it."""
    return [path.stem for path in files.files_in(own_folder(), "toml") if comes_with_whiteslip(path.stem)]


def comes_with_whiteslip(name: str) -> bool:
    """Whether a name is that of one of our policies."""
    return files.fixture("policies", f"{name}.toml").exists()


def own_file(name: str) -> Path:
    """The file of a policy of one's own. Raises PolicyNameError."""
    if (
        not name
        or len(name) > LONGEST_NAME
        or any(letter in _NOT_IN_NAMES or not letter.isprintable() for letter in name)
    ):
        text = _("A name has 1 to {most} letters, digits, spaces or hyphens.")
        raise PolicyNameError(text.format(most=LONGEST_NAME))
    if comes_with_whiteslip(name):
        raise PolicyNameError(_("{name} comes with Whiteslip; choose another name.").format(name=name))
    return own_folder() / f"{name}.toml"


def save_own(policy: Policy, name: str) -> Path:
    """Keep a policy under a name, in place of one of that name. Raises PolicyNameError and OSError.

    The file is whole or not there.
    """
    path = own_file(name)
    named = policy.model_copy(
        update={"name": name, "title": Words(en=name, zh=name), "summary": Words(en="", zh="")}
    )
    write_whole(path, to_toml(named))
    return path
