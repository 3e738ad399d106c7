"""A window that is closed while a market is being made: the program ends, and the life is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.pseudo_terminal import KEYS, PLAY, Terminal
from simulator.ledger.care import check_save
from simulator.replay import replay_faults
from simulator.world import World

SHOPPERS = "400000"


@pytest.mark.slow
def test_a_window_closed_beside_a_large_market_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "life.db"
    terminal = Terminal(tmp_path, [*PLAY, "--save", str(path), "--shoppers", SHOPPERS])
    terminal.until(b"Where do I stand?", 60)
    terminal.key(b"k", b"Preparing the market", settled=False)
    terminal.key(KEYS["f3"], b"2 Jan 2025", settled=False)
    terminal.key(KEYS["f3"], b"3 Jan 2025", settled=False)
    terminal.end()
    assert check_save(path, replay_faults).faults == []
    world = World.open(path)
    assert world.read_only is None
    assert world.day == 2
    world.close()
