"""The picture of the states keeps up with the table it is drawn from."""

from __future__ import annotations

from simulator.codes import STATUSES
from simulator.rules import drawing
from simulator.rules.transitions import TRANSITIONS


def test_the_page_of_states_is_up_to_date() -> None:
    assert drawing.PAGE.read_text("utf-8") == drawing.page()


def test_every_change_is_drawn_once_and_nothing_else() -> None:
    arrows = [line.split(" --> ") for line in drawing.picture().splitlines() if "-->" in line]
    drawn = {(start.strip().replace("_", "-"), to.replace("_", "-")) for start, to in arrows}
    known = {(STATUSES[start], STATUSES[to]) for start, targets in TRANSITIONS for to in targets}
    assert drawn == known | {("[*]", "none")}
    assert len(arrows) == len(drawn)
