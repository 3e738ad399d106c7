"""A purchase on hold: Home and Account say until when it waits, and the sums add up."""

from __future__ import annotations

import pytest

from simulator import codes
from simulator.explain import why
from simulator.money import money
from simulator.views import home, inbox
from simulator.views.account import account_view
from simulator.views.held import held
from simulator.world import World
from tests.tui.lives import life
from tests.tui.on_screen import SMALL, at_screen


def holding() -> World:
    """An open line, and on its first night a dear purchase by an unknown device."""
    world = life("no line")
    for step in ({"do": "buy", "item": "kettle", "pay": "cash"}, {"do": "buy", "item": "coat", "pay": "cash"}, {"do": "apply"}):
        world.do(step)
    world.do({"do": "buy", "amount": "2000.00", "hour": 2, "known_device": False})
    assert world.events[-1]["event"] == "purchase_held"
    return world


async def test_what_waits_is_said_with_its_last_day_and_can_be_shown_from_home() -> None:
    world = holding()
    last = 1 + world.policy.verify_days
    async with at_screen(world, SMALL) as player:
        assert f"2,000.00 waits: show by {last} Jan that it is you, or it is not bought." in " ".join(player.shown().split())
        seen = home(world)
        assert seen.limit_fen - seen.used_fen - seen.on_hold_fen == seen.can_use_fen and seen.on_hold_fen == 2_000_00
        assert f"on hold {money(seen.on_hold_fen)}" in player.shown()
        await player.go("account")
        assert f"by {last} Jan" in player.shown()
        await player.go("home")
        await player.choose("Show that it was you")
        assert held(world) is None and "on hold" not in player.shown()


def test_the_day_that_is_told_is_the_last_on_which_it_helps() -> None:
    world = holding()
    seen = held(world)
    assert seen is not None
    assert any(seen.until.isoformat()[-2:].lstrip("0") in text for text in inbox(world)[-1].remedy)
    world.do({"do": "wait", "days": (seen.until - world.date).days})
    assert held(world) is not None
    lapsed = world.trial()
    lapsed.do({"do": "wait", "days": 1})
    assert held(lapsed) is None and lapsed.events[-1]["event"] == "purchase_declined"


def test_why_of_what_can_be_used_cites_what_is_on_hold() -> None:
    world = holding()
    seq = next(event["seq"] for event in world.events if event["event"] == "purchase_held")
    assert seq in why(world, "can_use").entries
    world.do({"do": "verify_identity"})
    assert seq not in why(world, "can_use").entries


@pytest.mark.parametrize(("before", "offered"), [(31, False), (30, True), (0, True)])
async def test_identity_is_asked_for_only_where_it_will_be_fresh_on_the_day_of_asking(before: int, offered: bool) -> None:
    """It is fresh for 30 days."""
    world = life("closed")
    first = account_view(world).earliest_return
    assert first is not None
    world.do({"do": "wait", "days": (first - world.date).days - before})
    async with at_screen(world, (80, 40)) as player:
        await player.go("account")
        assert any("Show your identity" in stop.cell.text for stop in player.page.stops) is offered
        shown = " ".join(player.shown().split())
        assert ("Shown today it would be too old again when you can ask" in shown) is not offered


async def test_a_small_breach_says_the_last_day_to_put_it_right() -> None:
    world = life("open")
    world.do({"do": "breach", "kind": "expired_identity"})
    async with at_screen(world) as player:
        await player.go("account")
        assert "Not put right by Wed 15 Jan 2025, the line closes." in player.shown()
    world.do({"do": "wait", "days": 14})
    cured = world.trial()
    cured.do({"do": "verify_identity"})
    assert not cured.account.causes & codes.BY_BREACH
    world.do({"do": "wait", "days": 1})
    assert world.account.status == codes.CLOSED
