"""Asking for a line before its conditions are met costs a wait: it is said before and after."""

from __future__ import annotations

import datetime

from simulator.explain import why
from simulator.views import inbox
from tests.lives import FIRST_STEPS, begin, played
from tests.tui.lives import life
from tests.tui.on_screen import at_screen

WAIT = "A no means waiting 30 days before you can ask again."


async def test_who_lacks_purchases_is_told_before_that_the_answer_is_no_and_what_it_costs() -> None:
    async with at_screen(begin(who=2)) as player:
        await player.go("account")
        await player.press("r")
        shown = " ".join(player.shown().split())
        assert "Today the lender says no:" in shown and "[!]" in shown and WAIT in shown
        await player.choose("I agree, ask all the same")
        assert "Ask again from 31 Jan 2025 on" in " ".join(player.shown().split())
        await player.press("escape")
        assert "Ask again from 31 Jan 2025 on: asking sooner begins the wait anew." in inbox(player.app.world)[-1].remedy


async def test_who_meets_the_conditions_is_told_what_a_no_costs_after_the_facts() -> None:
    world = begin()
    for step in FIRST_STEPS[:2]:
        world.do(step)
    async with at_screen(world) as player:
        await player.go("account")
        await player.press("r")
        shown = " ".join(player.shown().split())
        assert "says no" not in shown and WAIT in shown and "I agree, ask now" in shown


def test_the_day_that_is_told_is_the_first_on_which_the_wait_is_over() -> None:
    """And whoever asks on the eve waits anew."""
    world = begin(who=2)
    world.do({"do": "apply"})
    seq = world.events[-1]["seq"]
    assert any("31 Jan 2025" in line.label for line in why(world, f"decision:{seq}").lines)
    world.do({"do": "wait", "days": 29})
    early = world.trial()
    assert "cooling_off" in codes_of(early.do({"do": "apply"}))
    world.do({"do": "wait", "days": 1})
    assert world.date == datetime.date(2025, 1, 31)
    assert "cooling_off" not in codes_of(world.trial().do({"do": "apply"}))
    early.do({"do": "wait", "days": 1})
    assert "cooling_off" in codes_of(early.do({"do": "apply"}))


def codes_of(events: list[dict[str, object]]) -> list[str]:
    """Why an application was declined."""
    reasons = events[-1]["reasons"]
    assert isinstance(reasons, list)
    return [reason["code"] for reason in reasons]


async def test_a_line_asked_back_too_early_is_refused_without_a_wait_and_none_is_threatened() -> None:
    async with at_screen(life("closed")) as player:
        await player.go("account")
        await player.press("r")
        shown = " ".join(player.shown().split())
        assert "Today the lender says no:" in shown and "A no means waiting" not in shown
        await player.choose("Yes, ask")
        assert "Ask again from" not in player.shown()


def test_a_second_line_is_refused_without_a_wait() -> None:
    world = played(None)
    world.do({"do": "apply"})
    assert not any("Ask again" in text for text in inbox(world)[-1].remedy)
