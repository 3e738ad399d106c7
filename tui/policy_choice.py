"""Choosing a policy: one's own and those that come with Whiteslip, told apart, each with what it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from simulator.policy.edit import differences
from simulator.policy.faults import PolicyError
from simulator.policy.load import load_policy, policy_files
from simulator.policy.own import hidden_policies, own_folder, own_policies
from simulator.policy.schema import Policy
from simulator.text import _, listed, sentences
from tui.screens.dialogs import ChoiceDialog

BASE = "standard"
"""What a policy without a word about itself is held against."""


def policy_dialog(title: str, run: Callable[[str], object], now: str = "") -> ChoiceDialog:
    """A dialog that asks for a policy; `run` is given its name. `now` is the one in force, where that matters."""
    own = own_policies()
    ours = sorted(set(policy_files()) - set(own))
    choices = [
        (name, sentences(_("In force now.") if name == now else "", policy_note(name)), partial(run, name))
        for name in (*own, *ours)
    ]
    heads = {0: _("YOUR OWN")} if own else {}
    return ChoiceDialog(title, choices, heads | {len(own): _("THEY COME WITH WHITESLIP")}, _where())


def policy_note(name: str) -> str:
    """What a policy is, by its own words or by what differs; or what is wrong with it."""
    try:
        policy = load_policy(name)
    except PolicyError as error:
        more = len(error.faults) - 1
        return sentences(error.faults[0], _("More faults: {count}.").format(count=more) if more else "")
    title = policy.title.spoken()
    return sentences(*([] if title == name else [_("{title}.").format(title=title)]), policy.summary.spoken() or _difference(policy))


def _difference(policy: Policy) -> str:
    count = len(differences(load_policy(BASE), policy))
    if not count:
        return _("The same values as {name}.").format(name=BASE)
    return _("Values that differ from {name}: {count}.").format(name=BASE, count=count)


def _where() -> str:
    """Where policies of one's own come from, and which of them are not offered."""
    told = _("Policies of your own are kept by the Lab, or lie in {folder}.").format(folder=own_folder())
    if hidden := hidden_policies():
        told = sentences(told, _("Not offered, for ours have the same names: {names}.").format(names=listed(hidden)))
    return told
