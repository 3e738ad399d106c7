"""A line that was closed for not being paid, and a debt written off: what clears it is said alike everywhere, and `p` pays it."""

from __future__ import annotations

import pytest

from simulator import codes
from simulator.explain import why
from simulator.money import money
from simulator.rules.balances import owed_fen, recoverable_fen
from simulator.views import account_view
from simulator.views.bills import payable_fen
from simulator.world import World
from tests.lives import FIRST_STEPS
from tests.tui.lives import TO_DUE, life
from tests.tui.on_screen import SMALL, at_screen


def closed_late(*more: dict[str, object]) -> World:
    """A line with a plan, 92 days late and closed."""
    world = life("no line")
    for step in (*FIRST_STEPS, *TO_DUE, {"do": "wait", "days": 92}, *more):
        world.do(step)
    assert world.account.status == codes.CLOSED
    return world


@pytest.mark.parametrize("more", [(), ({"do": "repay", "amount": "full"},)], ids=["late", "bills paid"])
async def test_what_is_owed_on_a_closed_line_is_paid_from_home_and_account(more: tuple[dict[str, object], ...]) -> None:
    world = closed_late(*more)
    world.shopper.cash_fen = 20_000_00
    clears = account_view(world).clear_all_fen
    assert clears > owed_fen(world.account), "fees run, and a plan settled early costs a part of its fee"
    async with at_screen(world, SMALL) as player:
        assert "p Pay" in player.rows()[-1] and "Ask for a line" not in player.rows()[-1]
        await player.press("p")
        assert player.name() == "BillsScreen"
        await player.go("account")
        assert player.shown().count(money(clears)) == 2, "what is owed, and the condition of coming back"
        await player.press("p")
        assert f"Pay {money(clears)}, everything that is owed?" in player.shown()
        await player.choose("Yes, pay everything")
        assert owed_fen(world.account) == account_view(world).clear_all_fen == 0
        await player.go("home")
        assert "r Ask for a line" in player.rows()[-1]


async def test_what_was_written_off_and_paid_in_part_names_both_and_the_payment() -> None:
    world = life("charged off")
    world.shopper.cash_fen = 20_000_00
    off = world.account.charged_off_fen
    world.do({"do": "repay", "amount": "100.00"})
    left = money(off - 100_00)
    for figure in ("owe", "payable"):
        told = why(world, figure)
        assert told.value == off - 100_00 == recoverable_fen(world.account) == payable_fen(world)
        assert [world.events[seq - 1]["event"] for seq in told.entries] == ["charged_off", "payment_received"]
    async with at_screen(world, SMALL) as player:
        assert f"Cash 19,900.00 Owe {left} " in player.rows()[0] and "Can use 0.00" in player.rows()[0]
        await player.go("account")
        shown = " ".join(player.shown().split())
        assert f"{money(off)} was written off by the lender. You have paid 100.00 of it; {left} is still yours to pay" in shown
        await player.press("p")
        await player.choose("Yes, pay everything")
        assert world.account.status == codes.CLOSED and account_view(world).clear_all_fen == 0
