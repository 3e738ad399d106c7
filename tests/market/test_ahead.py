"""Ahead: what a save keeps of the market beside its life."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.ledger.care import check_save, recover
from simulator.market.ahead import SETTING, Ahead, ahead_of, keep_ahead
from simulator.policy.faults import PolicyError
from simulator.policy.load import load_policy
from simulator.world import World, replay_faults
from tests.lives import played

AHEAD = Ahead(63, {12: load_policy("cautious"), 40: load_policy("generous")})


def test_how_far_and_under_which_policies_is_kept_and_the_save_stays_sound(tmp_path: Path) -> None:
    world = played(tmp_path / "life.db")
    assert world.save is not None and ahead_of(world.save) is None
    keep_ahead(world.save, AHEAD)
    assert ahead_of(world.save) == AHEAD
    world.close()
    assert check_save(tmp_path / "life.db", replay_faults) == []
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
