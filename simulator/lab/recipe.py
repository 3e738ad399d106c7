"""Recipe: all that decides what a sweep comes to, as plain values; read back, it is the same sweep again."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from simulator.lab.grid import Axis
from simulator.lab.setting import Setting
from simulator.policy.export import to_toml
from simulator.policy.load import checked
from simulator.policy.schema import SECTIONS, Policy
from simulator.version import rulebook_version


class Asked(NamedTuple):
    """A sweep as it was asked for: the base policy and its days, what is varied, over how many shoppers."""

    setting: Setting
    axes: tuple[Axis, ...]
    shoppers: int

    @property
    def recipe(self) -> dict[str, Any]:
        """Its recipe under the rulebook of today."""
        return recipe_of(*self)


def recipe_of(setting: Setting, axes: Sequence[Axis], shoppers: int) -> dict[str, Any]:
    """All that decides what a sweep comes to. A trial from another day than the first says from which."""
    later = {"today": setting.today} if setting.today else {}
    return {
        "policy": to_toml(setting.champion), "name": setting.champion.name,
        "fields": {axis.path: list(axis.values) for axis in axes}, "shoppers": shoppers, "days": setting.days,
        "seed": setting.seed, "start": setting.start.isoformat(), "warm_up_days": setting.warm_up_days,
        "timeline": setting.timeline, "rulebook": rulebook_version(), **later,
    }  # fmt: skip


def asked_of(recipe: Mapping[str, Any]) -> Asked:
    """The sweep that a recipe tells. Raises KeyError, ValueError or PolicyError where it is none."""
    setting = Setting(
        _policy(recipe["policy"], recipe["name"]), recipe["seed"], datetime.date.fromisoformat(recipe["start"]),
        recipe["days"], recipe["warm_up_days"], recipe["timeline"], recipe.get("today", 0),
    )  # fmt: skip
    axes = tuple(Axis(path, tuple(values)) for path, values in recipe["fields"].items())
    return Asked(setting, axes, recipe["shoppers"])


def _policy(text: str, name: str) -> Policy:
    """A policy that was written out whole."""
    values: dict[str, Any] = {}
    for key, given in tomllib.loads(text).items():
        values.update(given if key in SECTIONS else {key: given})
    return checked(values | {"name": name})
