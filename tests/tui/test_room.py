"""Room: what the account, the inbox and the money screen show besides in a large window."""

from __future__ import annotations

import re

import pytest

from simulator import codes
from simulator.explain import why
from simulator.money import money
from simulator.policy.schema import Policy
from simulator.text import LANGUAGES, percent_text
from simulator.views import account_view, inbox, money_view, plan_views
from simulator.views.inbox import came_before
from tests.tui.lives import life
from tests.tui.on_screen import SMALL, assert_rows_fill, at_screen
from tests.tui.test_rows import cut_cells
from tui.lab.export import as_text
from tui.widgets.page import Page

WIDE = (140, 45)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("state", ["no line", "billed", "suspended", "charged off"])
async def test_every_state_fits(state: str, lang: str) -> None:
    async with at_screen(life(state), WIDE, {"lang": lang}) as player:
        for place in ("account", "inbox", "money"):
            await player.go(place)
            assert_rows_fill(player.app)
            assert cut_cells(player) == []


async def test_beside_the_account_stands_what_the_policy_costs_at_each_grade() -> None:
    async with at_screen(life("billed"), WIDE) as player:
        await player.go("account")
        policy: Policy = player.app.world.policy
        rows = [row[86:].strip() for row in player.rows()]
        for terms, rates in policy.flat()["fee_rate_ppm"].items():
            row = next(row for row in rows if row.startswith(f"{terms} terms"))
            assert " ".join(row.split()[2:]) == " ".join(percent_text(rates[grade]) for grade in codes.GRADES)
        own = codes.GRADES[player.app.world.account.grade]
        assert f"[{own}]" in player.shown() and "Fees paid so far" in player.shown()
    async with at_screen(life("no line"), WIDE) as player:
        await player.go("account")
        assert "you have none yet" in player.shown() and "SO FAR" not in player.shown()


@pytest.mark.parametrize("size", [SMALL, WIDE], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_autopay_is_among_the_accounts_settings(size: tuple[int, int]) -> None:
    async with at_screen(life("billed"), size) as player:
        await player.go("account")
        await player.choose("Autopay: off")
        await player.choose("in full")
        assert codes.AUTOPAYS[player.app.world.account.autopay] == "full"
        assert "Autopay: in full" in player.shown()


async def test_an_inbox_with_little_in_it_says_what_comes_and_the_figures_of_a_message() -> None:
    async with at_screen(life("no line"), WIDE) as player:
        await player.go("inbox")
        assert "WHAT COMES HERE" in player.shown()
    async with at_screen(life("billed"), WIDE) as player:
        await player.go("inbox")
        await player.choose("Your application")
        side = player.app.screen.query_one("#side", Page)
        drawn = ["".join(cell.fitted() for cell in line) for line in side.lines]
        seq = next(event["seq"] for event in player.app.world.events if event["event"] == "application_decided")
        told = [line for line in why(player.app.world, f"decision:{seq}").lines if line.value_text]
        below = drawn[drawn.index("FIGURES") + 1 :]
        assert len(told) > 3 and len(below) >= len(told)
        assert all(any(line.value_text in row for row in below) for line in told)
    async with at_screen(life("billed"), SMALL) as player:
        await player.go("inbox")
        assert "WHAT COMES HERE" not in player.shown()


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_an_inbox_with_room_says_all_of_each_message_and_what_came_before_it(lang: str) -> None:
    async with at_screen(life("suspended"), WIDE, {"lang": lang}) as player:
        await player.go("inbox")
        found = inbox(player.app.world)
        main = as_text(player.page.lines)
        assert ".." not in main
        said = "".join(main.split())
        assert all("".join(each.notice.what.split()) in said for each in found if len(each.notice.what) < 40)
        cut = next(each for each in found if "2,500.00" in each.notice.what)
        await player.choose(cut.notice.title)
        assert_rows_fill(player.app)
        earlier = came_before(player.app.world, cut.seq, 99)
        below = "".join(as_text(player.page.lines).rpartition(f"“{cut.notice.title}”")[2].split())
        assert all("".join(told.split()) in below for _date, told in earlier[:4])
        assert all(date <= cut.date for date, _told in earlier)
        assert not any("remind" in told.lower() or "提醒" in told for _date, told in earlier)


async def test_of_several_messages_of_a_day_the_newest_is_read_first() -> None:
    """On the day of a missed bill a reminder comes too, after it: the list begins with it, and so does the cursor."""
    async with at_screen(life("suspended"), SMALL) as player:
        await player.go("inbox")
        newest = [each for each in inbox(player.app.world) if each.day == inbox(player.app.world)[-1].day]
        assert [each.notice.severity for each in newest] == ["bad", "watch"]
        assert player.rows()[3].startswith("A reminder")
        assert any(row.startswith("> 11 Feb   A reminder") for row in player.rows())
    async with at_screen(life("suspended"), WIDE) as player:
        await player.go("inbox")
        assert player.page.current is not None and player.page.current.cell.text == "A reminder"
        await player.press("down", "enter")
        assert "A bill was not paid" in player.rows()[4][86:]


async def test_where_there_is_no_room_a_message_has_a_row() -> None:
    async with at_screen(life("suspended"), SMALL) as player:
        await player.go("inbox")
        lines = as_text(player.page.lines).splitlines()
        assert sum(".." in line for line in lines) > 1
        assert len(lines) == lines.index("All messages") + 1 + len(inbox(player.app.world))


async def test_the_money_screen_shows_where_health_comes_from_and_what_moved_the_cash() -> None:
    async with at_screen(life("billed"), WIDE) as player:
        await player.go("money")
        seen = money_view(player.app.world)
        shown = player.shown()
        points = [int(row.split(" / 25")[0].split()[-1]) for row in player.rows() if " / 25 " in row]
        assert tuple(points) == seen.quarters and sum(points) == seen.health
        assert "WHAT MOVED YOUR CASH" in shown and "Kettle" in shown
        assert "CASH AHEAD, to 10 Feb" in shown
        assert money(max(player.app.world.shopper.cash_fen, *(each.cash_after_fen for each in seen.coming))) in shown


async def test_a_plan_tells_the_fees_that_settling_saves_and_everything_has_its_amount() -> None:
    async with at_screen(life("billed"), SMALL) as player:
        await player.go("bills")
        plan = next(each for each in plan_views(player.app.world) if each.can_settle)
        assert plan.fees_to_come_fen == plan.fee_fen * (plan.terms - plan.billed)
        assert plan.settlement_fen - plan.left_fen + plan.saved_fen == plan.fees_to_come_fen
        assert re.search(rf"still to come +{money(plan.left_fen)} \+ fees +{money(plan.fees_to_come_fen)}", player.shown())
        await player.press("p")
        assert f"Everything, plans too, {money(account_view(player.app.world).clear_all_fen)}" in player.shown()
