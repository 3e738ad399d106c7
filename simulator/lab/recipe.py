"""Recipe: all that decides what a sweep comes to, as plain values; read back, it is the same sweep again."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from simulator.lab.grid import Axis
from simulator.lab.setting import Setting
from simulator.policy.edit import differences
from simulator.policy.export import to_toml
from simulator.policy.load import checked
from simulator.policy.schema import SECTIONS, Policy
from simulator.text import _
from simulator.version import rulebook_version


class Asked(NamedTuple):
    """A sweep as it was asked for: today's policy and its days, what is varied, over how many shoppers.

    `trial` is the policy whose values are varied, None where that is today's; figures stand beside today's either way.
    """

    setting: Setting
    axes: tuple[Axis, ...]
    shoppers: int
    trial: Policy | None = None

    @property
    def varied(self) -> Policy:
        """The policy that the grid starts from."""
        return self.trial or self.setting.champion

    @property
    def recipe(self) -> dict[str, Any]:
        """Its recipe under the rulebook of today."""
        return recipe_of(*self)


def recipe_of(setting: Setting, axes: Sequence[Axis], shoppers: int, trial: Policy | None = None) -> dict[str, Any]:
    """All that decides what a sweep comes to. What is not as usual stands in it too: a later first day, what held before, a trial."""
    more: dict[str, Any] = {"today": setting.today} if setting.today else {}
    if setting.before:
        more["before"] = [[day, to_toml(policy), policy.name] for day, policy in setting.before]
    if trial is not None:
        more |= {"trial": to_toml(trial), "trial_name": trial.name}
    return {
        "policy": to_toml(setting.champion), "name": setting.champion.name,
        "fields": {axis.path: list(axis.values) for axis in axes}, "shoppers": shoppers, "days": setting.days,
        "seed": setting.seed, "start": setting.start.isoformat(), "warm_up_days": setting.warm_up_days,
        "timeline": setting.timeline, "rulebook": rulebook_version(), **more,
    }  # fmt: skip


def around_text(champion: Policy, trial: Policy | None) -> str:
    """The policy that a grid starts from: its name, or the trial by how much it changes in today's."""
    if trial is None:
        return champion.name
    changes = len(differences(champion, trial))
    return _("the trial ({count} changed in {policy})").format(count=changes, policy=champion.name)


def asked_of(recipe: Mapping[str, Any]) -> Asked:
    """The sweep that a recipe tells. Raises KeyError, ValueError or PolicyError where it is none."""
    setting = Setting(
        _policy(recipe["policy"], recipe["name"]), recipe["seed"], datetime.date.fromisoformat(recipe["start"]),
        recipe["days"], recipe["warm_up_days"], recipe["timeline"], recipe.get("today", 0),
        tuple((day, _policy(text, name)) for day, text, name in recipe.get("before", ())),
    )  # fmt: skip
    axes = tuple(Axis(path, tuple(values)) for path, values in recipe["fields"].items())
    trial = _policy(recipe["trial"], recipe["trial_name"]) if "trial" in recipe else None
    return Asked(setting, axes, recipe["shoppers"], trial)


def _policy(text: str, name: str) -> Policy:
    """A policy that was written out whole."""
    values: dict[str, Any] = {}
    for key, given in tomllib.loads(text).items():
        values.update(given if key in SECTIONS else {key: given})
    return checked(values | {"name": name})
