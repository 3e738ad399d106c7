"""Ahead: what a save keeps of the market beside its life."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest

from simulator.ledger.care import check_save, recover
from simulator.market.ahead import SETTING, Ahead, Keeper, ahead_of, keep_ahead
from simulator.policy.faults import PolicyError
from simulator.policy.load import load_policy
from simulator.replay import replay_faults
from simulator.world import World
from tests.lives import played

AHEAD = Ahead(63, {12: load_policy("cautious"), 40: load_policy("generous")})


def test_how_far_and_under_which_policies_is_kept_and_the_save_stays_sound(tmp_path: Path) -> None:
    world = played(tmp_path / "life.db")
    assert world.save is not None and ahead_of(world.save) is None
    keep_ahead(world.save, AHEAD)
    assert ahead_of(world.save) == AHEAD
    world.close()
    assert check_save(tmp_path / "life.db", replay_faults).faults == []
    recover(tmp_path / "life.db")
    again = World.open(tmp_path / "life.db")
    assert again.save is not None and ahead_of(again.save) == AHEAD, "what is mended keeps it too"
    again.close()


def test_a_window_that_only_reads_changes_nothing(tmp_path: Path) -> None:
    first = played(tmp_path / "life.db")
    second = World.open(tmp_path / "life.db")
    assert second.read_only and second.save is not None
    keep_ahead(second.save, AHEAD)
    assert ahead_of(second.save) is None
    second.close()
    first.close()


def test_only_what_the_life_does_not_tell_is_kept(tmp_path: Path) -> None:
    world = played(tmp_path / "life.db")
    save = world.save
    assert save is not None
    keeper = Keeper(save, Ahead(world.day), lambda: world.day)
    for day in range(world.day + 1):
        keeper.keep(day, {})
    assert ahead_of(save) is None, "on its way to the life's own day"
    keeper.keep(world.day + 1, {})
    assert ahead_of(save) == Ahead(world.day + 1)
    keeper.keep(world.day - 3, {})
    assert ahead_of(save) == Ahead(world.day - 3), "it stands ahead no more"
    keeper.keep(world.day - 2, AHEAD.policies)
    assert ahead_of(save) == Ahead(world.day - 2, AHEAD.policies)
    world.close()


def test_the_life_and_its_market_keep_what_they_do_at_the_same_time(tmp_path: Path) -> None:
    world = played(tmp_path / "life.db")
    save = world.save
    assert save is not None
    keeper = Keeper(save, Ahead(world.day), lambda: 0)

    def run_ahead() -> None:
        for day in range(1, 200):
            keeper.keep(day, AHEAD.policies)

    market = Thread(target=run_ahead)
    market.start()
    while market.is_alive():
        world.do({"do": "wait", "days": 1})
    market.join()
    assert ahead_of(save) == Ahead(199, AHEAD.policies)
    world.close()
    assert check_save(tmp_path / "life.db", replay_faults).faults == []


def test_a_policy_that_is_none_any_more_is_said_so(tmp_path: Path) -> None:
    world = played(tmp_path / "life.db")
    assert world.save is not None
    keep_ahead(world.save, AHEAD)
    kept = world.save.get_setting(SETTING)
    kept["policies"][0][1]["charge_off_dpd"] = -1
    world.save.set_setting(SETTING, kept)
    with pytest.raises(PolicyError):
        ahead_of(world.save)
    world.close()
