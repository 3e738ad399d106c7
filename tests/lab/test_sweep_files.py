"""A sweep's recipe and file: read back, it is the same sweep, and another one has another place."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.lab.grid import SweepError, axes_of
from simulator.lab.keeping import Kept
from simulator.lab.recipe import Asked, asked_of
from simulator.lab.setting import Setting
from simulator.lab.shelf import place_of, read_shelved, shelved
from simulator.lab.spread import MOST_STEPS, spread_of
from simulator.lab.sweeper import Pace
from simulator.policy.fields import policy_leaves
from simulator.policy.load import load_policy, set_field
from tui.lab.sweep_plan import can_vary

STANDARD = load_policy("standard")
SETTING = Setting(STANDARD, seed=3, days=60, warm_up_days=120)
ASKED = Asked(SETTING, axes_of(["grade_cutoffs.E=540:590:25"]), 600)
TRIAL = set_field(STANDARD, "income_multiple_ppm", 700_000)


def test_a_recipe_read_back_is_the_same_sweep() -> None:
    later = replace(SETTING, today=40, champion=load_policy("generous"))
    for setting in (SETTING, replace(later, timeline="as_if_always"), replace(later, before=((-120, STANDARD),))):
        asked = ASKED._replace(setting=setting)
        for each in (asked, asked._replace(trial=TRIAL)):
            back = asked_of(json.loads(json.dumps(each.recipe)))
            assert back.recipe == each.recipe and back.setting.key == each.setting.key and back.varied.flat() == each.varied.flat()


def test_another_day_or_policy_is_another_sweep_in_another_place() -> None:
    others = [
        ASKED, ASKED._replace(shoppers=700), ASKED._replace(trial=TRIAL), ASKED._replace(setting=replace(SETTING, today=1)),
        ASKED._replace(setting=replace(SETTING, champion=set_field(STANDARD, "min_limit_fen", 40_000))),
    ]  # fmt: skip
    assert len({place_of(each) for each in others}) == len(others)


@pytest.mark.parametrize("path", [path for path in policy_leaves() if can_vary(path)])
def test_a_first_grid_holds_todays_value_within_what_is_allowed(path: str) -> None:
    value: object = STANDARD.flat()
    for part in path.split("."):
        assert isinstance(value, dict)
        value = value[part]
    assert isinstance(value, int)
    kind = policy_leaves()[path]
    first, last, step, nudge = spread_of(STANDARD, path, kind, value)
    values = range(first, last + 1, step)
    assert value in values and 1 <= len(values) <= MOST_STEPS + 1 and nudge >= 1
    for each in (values[0], values[-1]):
        set_field(STANDARD, path, each)


def test_what_is_no_sweep_is_refused_and_left_out(home: Path) -> None:
    folder = place_of(ASKED).parent
    folder.mkdir(parents=True)
    (folder / "text.db").write_text("no database")
    with pytest.raises(SweepError) as refused:
        read_shelved(folder / "text.db")
    assert len(refused.value.faults) == 1
    with pytest.raises(SweepError):
        read_shelved(folder / "nowhere.db")
    Kept(place_of(ASKED), ASKED.recipe).close()
    Kept(folder / "older.db", ASKED.recipe | {"rulebook": "before"}).close()
    found = {each.path.name: each for each in shelved()}
    assert set(found) == {place_of(ASKED).name, "older.db"}
    assert found[place_of(ASKED).name].same_rules and not found["older.db"].same_rules
    assert all(each.done == 0 for each in found.values())


def test_a_pace_counts_the_base_once_a_range() -> None:
    assert Pace(2.0, 0.25).seconds(8, 3) == 8.0
